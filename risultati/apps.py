"""Configuration of the app."""

from django.apps import AppConfig


class RisultatiConfig(AppConfig):
    name = "risultati"
    verbose_name = "Risultati"
