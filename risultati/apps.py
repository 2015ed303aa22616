"""Configuration of the app."""

from django.apps import AppConfig


class RisultatiConfig(AppConfig):
    name = "risultati"
    verbose_name = "Risultati"

    def ready(self) -> None:
        from risultati import tasks  # noqa: F401  (registers the kinds of job)
        from risultati.fascicolo import registro  # noqa: F401  (registers the files of the fascicolo)
