"""System checks: what an installation may lack, with a hint."""

from django.conf import settings
from django.core.checks import Error, Tags, Warning, register


@register(Tags.compatibility)
def check_fuso_orario(app_configs, **kwargs):
    if settings.TIME_ZONE != "Europe/Rome":
        return [
            Error(
                f"TIME_ZONE è {settings.TIME_ZONE}.",
                hint="Le ore della legge sono quelle italiane: usare Europe/Rome.",
                id="electoral.E001",
            )
        ]
    return []


@register(Tags.compatibility)
def check_typst(app_configs, **kwargs):
    try:
        import typst  # noqa: F401
    except ImportError:
        return [
            Error(
                "Manca la libreria dei documenti.",
                hint="Installare le dipendenze di requirements.txt.",
                id="electoral.E002",
            )
        ]
    return []


@register(Tags.database, deploy=True)
def check_servizi(app_configs, **kwargs):
    avvisi = []
    if settings.PRODUZIONE and not settings.REDIS_URL:
        avvisi.append(
            Warning(
                "REDIS_URL non è impostata: i lavori lunghi bloccano la pagina che li chiede.",
                hint="Impostare REDIS_URL e avviare un worker Celery.",
                id="electoral.W001",
            )
        )
    return avvisi
