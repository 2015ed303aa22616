"""Configuration of the foundation app and of the admin."""

from django.apps import AppConfig, apps
from django.contrib.admin.apps import AdminConfig


class ElectoralConfig(AppConfig):
    name = "electoral"
    verbose_name = "Utenti e lavori"

    def ready(self) -> None:
        from electoral import (
            checks,  # noqa: F401  (registers the system checks)
            ingressi,
            registro_sicurezza,
        )

        registro_sicurezza.connect()
        ingressi.limit_anni()
        _name_relazioni()


def _name_relazioni() -> None:
    """The rows of the tables that Django makes for a many-to-many say what they link, not «object (1)»."""
    for modello in apps.get_models(include_auto_created=True):
        if modello._meta.auto_created:
            modello.__str__ = _say_relazione


def _say_relazione(riga) -> str:
    return " – ".join(str(getattr(riga, campo.name)) for campo in riga._meta.fields if campo.is_relation)


class UrnaAdminConfig(AdminConfig):
    default_site = "electoral.sito.UrnaAdminSite"
