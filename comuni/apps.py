"""Configuration of the app."""

from django.apps import AppConfig


class ComuniConfig(AppConfig):
    name = "comuni"
    verbose_name = "Comuni ed elezioni"

    def ready(self) -> None:
        from comuni.stato import stato_dal_calendario
        from electoral.navigazione import register_stato

        register_stato(stato_dal_calendario)
