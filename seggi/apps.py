"""Configuration of the app."""

from django.apps import AppConfig


class SeggiConfig(AppConfig):
    name = "seggi"
    verbose_name = "Uffici di sezione"
