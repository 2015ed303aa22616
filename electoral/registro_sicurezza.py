"""Security log: who entered, who failed, what changed in the means of access; one JSON object per line.

The line goes to the logger ``urna.sicurezza`` (console, or the file of ``REGISTRO_SICUREZZA``): it must
survive the database it speaks of. Never a password, never the value typed in its place.
"""

import json
import logging

from allauth.account.signals import password_changed, password_reset
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.utils import timezone

registro = logging.getLogger("urna.sicurezza")
LUNGHEZZA_NOME = 150  # a longer name was not typed by a person: kept short in the log


def record_evento(evento: str, *, utente: str, request=None, **dettagli: object) -> None:
    """Write one line: event, hour, user name, address, page and what else identifies the fact."""
    riga = {"evento": evento, "ora": timezone.localtime().isoformat(timespec="seconds"), "utente": utente}
    if request is not None:
        riga |= {"da": request.META.get("REMOTE_ADDR", ""), "pagina": request.path}
    registro.info(json.dumps(riga | dettagli, ensure_ascii=False))


def _entrato(sender, request, user, **kwargs):
    record_evento("accesso", utente=user.get_username(), request=request)


def _uscito(sender, request, user, **kwargs):
    if user is not None:
        record_evento("uscita", utente=user.get_username(), request=request)


def _respinto(sender, credentials, request=None, **kwargs):
    nome = credentials.get("username") or credentials.get("login") or credentials.get("email") or ""
    record_evento("accesso_respinto", utente=str(nome)[:LUNGHEZZA_NOME], request=request)


def _password_cambiata(sender, request, user, **kwargs):
    record_evento("password_cambiata", utente=user.get_username(), request=request)


def _secondo_fattore(evento: str):
    def scrivi(sender, request, user, authenticator=None, **kwargs):
        tipo = {"tipo": str(authenticator.type)} if authenticator is not None else {}
        record_evento(evento, utente=user.get_username(), request=request, **tipo)

    return scrivi


def connect() -> None:
    """Listen to the signals of login, of passwords and of the second factor (once, at start)."""
    ascolti = (
        (user_logged_in, _entrato),
        (user_logged_out, _uscito),
        (user_login_failed, _respinto),
        (password_changed, _password_cambiata),
        (password_reset, _password_cambiata),
        (authenticator_added, _secondo_fattore("secondo_fattore_aggiunto")),
        (authenticator_removed, _secondo_fattore("secondo_fattore_tolto")),
        (authenticator_reset, _secondo_fattore("secondo_fattore_rinnovato")),
    )
    for segnale, ascolto in ascolti:
        segnale.connect(ascolto, weak=False, dispatch_uid=f"urna.sicurezza.{id(segnale)}")
