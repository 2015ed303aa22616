"""The notices of October for the registers, from the page of the registers."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from comuni.models import Atto
from electoral.permessi import Ruolo
from seggi.documenti_albi import produce_avviso_albo
from tests.factories import utente_con_ruolo
from tests.seggi.costruzione import make_elezione
from tests.seggi.test_compensi import read_pdf

pytestmark = pytest.mark.django_db
DOVE = {"dove": "Ufficio elettorale, via di prova 1", "orario": "dalle 9 alle 12", "recapito": ""}


@pytest.fixture
def elezione():
    return make_elezione(sezioni=1)


def page(elezione, albo="scrutatori"):
    return reverse("seggi:avviso_albo", args=[elezione.slug, albo])


def login(client, elezione, ruolo=Ruolo.RESPONSABILE):
    client.force_login(utente_con_ruolo(elezione.comune, ruolo))


def test_the_notice_of_the_scrutatori_says_until_when_where_and_who(elezione):
    atto = produce_avviso_albo(elezione, "scrutatori", oggi=date(2026, 10, 5), **DOVE)

    testo = " ".join(read_pdf(atto).split())
    assert "entro lunedì 30 novembre 2026" in testo
    assert "Ufficio elettorale, via di prova 1" in testo
    assert "almeno la licenza media" in testo
    assert "70 anni" in testo
    assert "entro il 31 ottobre 2026" in testo
    assert "corte d’appello" not in testo


def test_the_notice_of_the_presidenti_asks_the_diploma_and_goes_to_the_court(elezione):
    testo = " ".join(
        read_pdf(produce_avviso_albo(elezione, "presidenti", oggi=date(2026, 10, 5), **DOVE)).split()
    )

    assert "entro sabato 31 ottobre 2026" in testo
    assert "almeno il diploma" in testo
    assert "corte d’appello" in testo
    assert "Da affiggere" not in testo


def test_from_the_page_of_the_registers_to_the_act(client, elezione):
    login(client, elezione)
    albi = reverse("seggi:albi", args=[elezione.slug])

    with time_machine.travel("2026-10-05 10:00"):
        assert page(elezione) in client.get(albi).content.decode()
        risposta = client.post(page(elezione), DOVE)
        atto = Atto.objects.get(tipo="avviso_albo")
        assert risposta.url == reverse("comuni:atto", args=[elezione.slug, atto.numero])
        assert atto.oggetto == "scrutatori 2026"
        testo = client.get(albi).content.decode()
    assert f"Avviso prodotto (n. {atto.numero})" in testo
    assert "30 novembre 2026" in testo


def test_late_is_said_and_not_stopped(client, elezione):
    login(client, elezione)

    with time_machine.travel("2026-11-10 10:00"):
        client.post(page(elezione), DOVE)
        testo = client.get(reverse("seggi:albi", args=[elezione.slug])).content.decode()

    assert Atto.objects.filter(tipo="avviso_albo").exists()
    assert "andava affisso entro il 31 ottobre 2026" in testo


def test_without_saying_where_nothing_is_produced(client, elezione):
    login(client, elezione)

    assert client.post(page(elezione), DOVE | {"dove": ""}).status_code == 422
    assert client.get(page(elezione, "sconosciuto")).status_code == 404
    assert not Atto.objects.filter(tipo="avviso_albo").exists()


def test_who_may_not_nominate_does_not_produce_it(client, elezione):
    login(client, elezione, Ruolo.RAGIONERIA)

    assert client.post(page(elezione), DOVE).status_code == 403
    assert page(elezione) not in client.get(reverse("seggi:albi", args=[elezione.slug])).content.decode()
