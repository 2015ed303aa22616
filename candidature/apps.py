"""Configuration of the app."""

from django.apps import AppConfig


class CandidatureConfig(AppConfig):
    name = "candidature"
    verbose_name = "Candidature"
