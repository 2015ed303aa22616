"""Login: people are invited, nobody signs up by himself; the second factor is asked where it is due.

An invitation is a signed link, good for seven days and for one use: it stops working as soon as a password
is set, because the signature covers the stored one.
"""

import hashlib
from time import monotonic
from typing import ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.utils import is_mfa_enabled
from allauth.usersessions.middleware import UserSessionsMiddleware
from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.shortcuts import redirect

from electoral.models import Utente
from electoral.permessi import Azione, comuni_dove

SALE_INVITO = "urna.invito"
GIORNI_INVITO = 7


class AccessoAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request) -> bool:
        return False


class AttivitaMiddleware(UserSessionsMiddleware):
    """When each session was last seen, written once a minute: not five queries on every page."""

    OGNI_SECONDI = 60
    _viste: ClassVar[dict[str, float]] = {}

    def __call__(self, request):
        chiave, adesso = request.session.session_key, monotonic()
        if chiave and adesso - self._viste.get(chiave, -self.OGNI_SECONDI) < self.OGNI_SECONDI:
            return self.get_response(request)
        if len(self._viste) > 10_000:
            self._viste.clear()
        if chiave:
            self._viste[chiave] = adesso
        return super().__call__(request)


class SecondoFattoreMiddleware:
    """Amministratori and responsabili without a second factor are sent to activate one before anything else.

    In force when ``MFA_OBBLIGATORIA`` is set (default: in production).
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if settings.MFA_OBBLIGATORIA and _deve_attivarlo(request):
            messages.warning(
                request, "Il suo ruolo chiede la verifica in due passaggi: la attivi per continuare."
            )
            return redirect("mfa_index")
        return self.get_response(request)


def _deve_attivarlo(request) -> bool:
    liberi = ("/accesso/", settings.STATIC_URL)
    if request.path.startswith(liberi) or not request.user.is_authenticated:
        return False
    comuni = comuni_dove(request.user, Azione.GESTIRE_UTENTI)
    return (comuni is None or bool(comuni)) and not is_mfa_enabled(request.user)


def _impronta(utente: Utente) -> str:
    return hashlib.sha256(f"{utente.password}|{utente.is_active}".encode()).hexdigest()[:16]


def invito(utente: Utente) -> str:
    """The token of the link with which the user sets her password."""
    return signing.dumps([utente.pk, _impronta(utente)], salt=SALE_INVITO)


def utente_dell_invito(token: str) -> Utente | None:
    """Who was invited; ``None`` when the link is forged, expired or already used."""
    try:
        pk, impronta = signing.loads(token, salt=SALE_INVITO, max_age=GIORNI_INVITO * 86_400)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    utente = Utente.objects.filter(pk=pk, is_active=True).first()
    return utente if utente is not None and _impronta(utente) == impronta else None
