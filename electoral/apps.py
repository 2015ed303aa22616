"""Configuration of the foundation app and of the admin."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class ElectoralConfig(AppConfig):
    name = "electoral"
    verbose_name = "Utenti e lavori"

    def ready(self) -> None:
        from electoral import (
            checks,  # noqa: F401  (registers the system checks)
            registro_sicurezza,
        )

        registro_sicurezza.connect()


class UrnaAdminConfig(AdminConfig):
    default_site = "electoral.sito.UrnaAdminSite"
