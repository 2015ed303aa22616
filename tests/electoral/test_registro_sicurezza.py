"""The security log: accesses, failures and changes of the second factor, never a secret."""

import json
import logging

import pytest
from allauth.mfa.totp.internal.auth import (
    SECRET_SESSION_KEY,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.cache import cache
from django.urls import reverse

from tests.factories import UtenteFactory

pytestmark = pytest.mark.django_db
PASSWORD = "una-frase-lunga-per-entrare"


@pytest.fixture
def righe():
    """The lines written during the test, as objects."""
    scritte: list[str] = []

    class Raccoglitore(logging.Handler):
        def emit(self, record):
            scritte.append(record.getMessage())

    raccoglitore = Raccoglitore()
    registro = logging.getLogger("urna.sicurezza")
    registro.addHandler(raccoglitore)
    cache.clear()
    yield lambda: [json.loads(riga) for riga in scritte]
    registro.removeHandler(raccoglitore)
    cache.clear()


@pytest.fixture
def monti():
    utente = UtenteFactory(username="monti")
    utente.set_password(PASSWORD)
    utente.save()
    return utente


def test_who_enters_and_who_leaves_is_written_with_address_and_hour(client, monti, righe):
    client.post(reverse("account_login"), {"login": "monti", "password": PASSWORD}, REMOTE_ADDR="192.0.2.7")
    client.post(reverse("account_logout"))

    accesso, uscita = righe()
    assert (accesso["evento"], accesso["utente"], accesso["da"]) == ("accesso", "monti", "192.0.2.7")
    assert (uscita["evento"], uscita["utente"]) == ("uscita", "monti")


def test_a_refused_access_is_written_without_what_was_typed(client, monti, righe):
    client.post(reverse("account_login"), {"login": "monti", "password": "segreto-sbagliato"})

    (respinto,) = righe()
    assert (respinto["evento"], respinto["utente"]) == ("accesso_respinto", "monti")
    assert "segreto-sbagliato" not in json.dumps(respinto)


def test_a_name_of_any_length_is_written_short(client, righe):
    client.post(reverse("account_login"), {"login": "x" * 5000, "password": "y"})

    assert all(len(riga["utente"]) <= 150 for riga in righe())


def test_a_second_factor_added_is_written(client, monti, righe, django_capture_on_commit_callbacks):
    pagina = reverse("mfa_activate_totp")
    client.post(reverse("account_login"), {"login": "monti", "password": PASSWORD})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    client.get(pagina)
    contatore = next(iter(yield_hotp_counters_from_time()))
    codice = format_hotp_value(hotp_value(client.session[SECRET_SESSION_KEY], contatore))
    with django_capture_on_commit_callbacks(execute=True):
        client.post(pagina, {"code": codice})

    assert ("secondo_fattore_aggiunto", "totp") in [(riga["evento"], riga.get("tipo")) for riga in righe()]
