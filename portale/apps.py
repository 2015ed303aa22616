"""Configuration of the app."""

from django.apps import AppConfig


class PortaleConfig(AppConfig):
    name = "portale"
    verbose_name = "Portale pubblico"

    def ready(self) -> None:
        from portale import segnali

        segnali.connect()
