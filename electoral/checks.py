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


#: What an installation in production must say, each with its remedy; checked by ``check --deploy``.
_MANCA = (
    (
        "electoral.E003",
        lambda: not settings.CHIAVE_DATA,
        "SECRET_KEY non è impostata: ogni macchina userebbe la sua.",
        'Generarla una volta (python -c "import secrets; print(secrets.token_urlsafe(64))") e darla a tutte.',
    ),
    (
        "electoral.E004",
        lambda: set(settings.ALLOWED_HOSTS) <= {"localhost", "127.0.0.1", "[::1]"},
        "ALLOWED_HOSTS non dice il nome del sito.",
        "Impostare ALLOWED_HOSTS, per esempio elezioni.comune.example.it.",
    ),
    (
        "electoral.E005",
        lambda: not settings.DATABASE_URL,
        "DATABASE_URL non è impostata: si userebbe la banca dati inclusa, che serve solo per provare.",
        "Impostare DATABASE_URL su un PostgreSQL 14 o successivo, con il suo salvataggio.",
    ),
    (
        "electoral.E006",
        lambda: settings.EMAIL_BACKEND.endswith("console.EmailBackend"),
        "EMAIL_URL non è impostata: inviti e promemoria non partono.",
        "Impostare EMAIL_URL, per esempio smtp+tls://utente:password@posta.example.it:587.",
    ),
    (
        "electoral.E007",
        lambda: not settings.URNA_INDIRIZZO.startswith("https://"),
        "URNA_INDIRIZZO non è l'indirizzo pubblico: i collegamenti dei messaggi sarebbero sbagliati.",
        "Impostare URNA_INDIRIZZO, per esempio https://elezioni.comune.example.it.",
    ),
    (
        "electoral.E008",
        lambda: settings.DEFAULT_FROM_EMAIL == "urna@localhost",
        "DEFAULT_FROM_EMAIL non è impostata: i messaggi partirebbero da urna@localhost.",
        "Impostare l'indirizzo di chi scrive, per esempio elezioni@comune.example.it.",
    ),
)


@register(Tags.security, deploy=True)
def check_produzione(app_configs, **kwargs):
    if not settings.PRODUZIONE:
        return []
    trovati = [Error(testo, hint=rimedio, id=codice) for codice, manca, testo, rimedio in _MANCA if manca()]
    if not settings.REDIS_URL:
        trovati.append(
            Warning(
                "REDIS_URL non è impostata: i lavori lunghi bloccano la pagina che li chiede.",
                hint="Impostare REDIS_URL e avviare un worker Celery.",
                id="electoral.W001",
            )
        )
    return trovati
