"""Login: invitation, second factor, pause after failures, pages of error."""

from time import monotonic

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.test import Client, RequestFactory
from django.urls import reverse
from django.views.defaults import server_error

from electoral.accesso import invito, utente_dell_invito
from electoral.permessi import Ruolo
from tests.factories import ComuneFactory, ElezioneFactory, UtenteFactory, utente_con_ruolo

pytestmark = pytest.mark.django_db
PASSWORD = "una-frase-lunga-per-entrare"


@pytest.fixture(autouse=True)
def tentativi_a_zero():
    cache.clear()
    yield
    cache.clear()


def test_an_invitation_sets_the_password_once(client):
    utente = UtenteFactory(username="monti")
    indirizzo = reverse("invito", args=[invito(utente)])

    prima = client.post(indirizzo, {"new_password1": PASSWORD, "new_password2": PASSWORD}, follow=True)
    seconda = client.get(indirizzo)

    assert "Entri con il nome utente monti" in prima.content.decode()
    assert client.login(username="monti", password=PASSWORD)
    assert seconda.status_code == 410


def test_a_forged_or_expired_invitation_opens_nothing(client):
    utente = UtenteFactory()
    token = invito(utente)

    assert utente_dell_invito(token) == utente
    assert utente_dell_invito(token + "x") is None
    assert utente_dell_invito("") is None
    assert client.get(reverse("invito", args=["qualunque"])).status_code == 410


def test_an_invitation_lasts_seven_days():
    utente = UtenteFactory()
    with time_machine.travel("2026-05-01 10:00:00+00:00", tick=False):
        token = invito(utente)
    with time_machine.travel("2026-05-08 09:00:00+00:00", tick=False):
        assert utente_dell_invito(token) == utente
    with time_machine.travel("2026-05-08 11:00:00+00:00", tick=False):
        assert utente_dell_invito(token) is None


def test_a_deactivated_user_s_invitation_is_void():
    utente = UtenteFactory()
    token = invito(utente)
    utente.is_active = False
    utente.save()

    assert utente_dell_invito(token) is None


def test_nobody_signs_up_by_himself(client):
    pagina = client.get(reverse("account_signup")).content.decode()

    assert "<form" not in pagina


def test_ten_failures_pause_that_name_and_say_so(client):
    UtenteFactory(username="monti").set_password(PASSWORD)
    for _ in range(10):
        client.post(reverse("account_login"), {"login": "monti", "password": "sbagliata"})
    pagina = client.post(reverse("account_login"), {"login": "monti", "password": PASSWORD}).content.decode()

    assert "Troppi tentativi di accesso non riusciti" in pagina
    assert "sospeso per 15 minuti" in pagina


def test_the_admin_login_is_the_one_of_urna(client):
    risposta = client.get("/admin/login/?next=/admin/comuni/comune/")

    assert risposta.url == "/accesso/login/?next=%2Fadmin%2Fcomuni%2Fcomune%2F"
    assert client.get("/admin/login/?next=https://altrove.example/").url == "/accesso/login/?next=%2Fadmin%2F"


@pytest.mark.parametrize(
    ("ruolo", "mandato_ad_attivarla"), [(Ruolo.RESPONSABILE, True), (Ruolo.OPERATORE, False)]
)
def test_the_second_factor_is_asked_to_who_manages_users(client, settings, ruolo, mandato_ad_attivarla):
    settings.MFA_OBBLIGATORIA = True
    elezione = ElezioneFactory()
    client.force_login(utente_con_ruolo(elezione.comune, ruolo))

    risposta = client.get(reverse("comuni:home"))

    assert (risposta.status_code == 302 and risposta.url == reverse("mfa_index")) is mandato_ad_attivarla
    assert client.get(reverse("mfa_index")).status_code == 200


def test_with_the_second_factor_the_office_opens(client, settings):
    settings.MFA_OBBLIGATORIA = True
    responsabile = utente_con_ruolo(ComuneFactory(), Ruolo.RESPONSABILE)
    Authenticator.objects.create(user=responsabile, type=Authenticator.Type.TOTP, data={"secret": "x"})
    client.force_login(responsabile)

    assert client.get(reverse("comuni:home")).status_code == 200


@pytest.mark.parametrize(
    "nome",
    [
        "account_change_password",
        "mfa_index",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "usersessions_list",
        "account_logout",
        "account_reauthenticate",
        "account_email",
    ],
)
def test_the_pages_of_the_login_speak_italian(client, nome):
    utente = UtenteFactory()
    utente.set_password(PASSWORD)
    utente.save()
    client.post(reverse("account_login"), {"login": utente.username, "password": PASSWORD})

    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})

    pagina = client.get(reverse(nome)).content.decode()

    assert 'lang="it"' in pagina
    for parola in [
        "Sign ",
        "Password:",
        "Change",
        "Security",
        "Authenticat",
        "Confirm ",
        "Submit",
        "email address",
    ]:
        assert parola not in pagina.split("<main")[1], parola


def test_a_missing_page_and_a_broken_one_keep_the_look(client, django_assert_num_queries):
    assert "Pagina non trovata" in client.get("/ufficio/non-esiste/qui/la/").content.decode()
    with django_assert_num_queries(0):
        pagina = server_error(RequestFactory().get("/")).content.decode()
    assert "Qualcosa non ha funzionato" in pagina


def test_a_form_without_its_token_is_explained():
    risposta = Client(enforce_csrf_checks=True).post(reverse("account_login"), {})

    assert risposta.status_code == 403
    assert "nulla è stato salvato" in risposta.content.decode()


def test_the_last_seen_of_a_session_is_written_once_a_minute_and_not_on_every_page(client, monkeypatch):
    client.force_login(UtenteFactory())
    client.get("/ufficio/")
    prima = UserSession.objects.get().last_seen_at
    client.get("/ufficio/")
    assert UserSession.objects.get().last_seen_at == prima

    monkeypatch.setattr("electoral.accesso.monotonic", lambda: monotonic() + 61)
    client.get("/ufficio/")

    assert UserSession.objects.get().last_seen_at > prima
