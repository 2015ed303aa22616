"""Signers: every reading is written down and shown; the names go at the end of the term."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from candidature import sottoscrittori
from candidature.models import LetturaSottoscrittori, Sottoscrizione
from candidature.tasks import forget_sottoscrittori_scaduti
from electoral.permessi import Ruolo
from tests.candidature.costruzione import add_firme, elezione_di, presenta
from tests.factories import utente_con_ruolo

pytestmark = pytest.mark.django_db


@pytest.fixture
def lista():
    lista = presenta(elezione_di(40_000, seggi=24), sessi="MF" * 8, firme=None)
    add_firme(lista, 3)
    return lista


def letture(lista) -> str:
    return reverse("candidature:letture", args=[lista.elezione.slug])


def test_the_responsabile_sees_who_read_the_signers(client, lista):
    commissario = utente_con_ruolo(lista.elezione.comune, Ruolo.COMMISSIONE)
    client.force_login(commissario)
    client.get(reverse("candidature:firme", args=[lista.elezione.slug, lista.pk]))

    client.force_login(utente_con_ruolo(lista.elezione.comune, Ruolo.RESPONSABILE))
    pagina = client.get(letture(lista)).content.decode()

    assert str(commissario) in pagina
    assert "FIRMATARIO" not in pagina


@pytest.mark.parametrize("ruolo", [Ruolo.OPERATORE, Ruolo.COMMISSIONE, Ruolo.RAGIONERIA])
def test_nobody_else_sees_the_register(client, lista, ruolo):
    client.force_login(utente_con_ruolo(lista.elezione.comune, ruolo))

    assert client.get(letture(lista)).status_code == 403


def test_the_preview_of_a_file_of_signers_is_a_reading_too(client, lista):
    client.force_login(utente_con_ruolo(lista.elezione.comune, Ruolo.OPERATORE))
    file = SimpleUploadedFile("f.csv", b"riga;cognome;nome\n10;NUOVO;UNO\n11;NUOVO;DUE\n")
    carica = reverse("candidature:importa", args=[lista.elezione.slug, "sottoscrittori"])
    anteprima = client.post(f"{carica}?lista={lista.pk}", {"file": file}).url

    assert "NUOVO" in client.get(anteprima).content.decode()

    lettura = LetturaSottoscrittori.objects.get()
    assert (lettura.lista, lettura.letti, lettura.pagina) == (lista, 2, "anteprima")


def test_the_daily_task_forgets_only_after_the_term(lista):
    scadenza = sottoscrittori.scadenza_conservazione(lista.elezione)

    assert sottoscrittori.forget_scaduti(scadenza) == 0
    assert sottoscrittori.forget_scaduti(scadenza + timedelta(days=1)) == 3

    assert set(Sottoscrizione.objects.values_list("cognome", "nome", "data_nascita")) == {("", "", None)}
    assert all(Sottoscrizione.objects.values_list("impronta_nome", flat=True))
    assert lista.sottoscrizioni.count() == 3


def test_the_deletion_is_scheduled_every_day_and_leaves_no_name_in_the_history(lista, settings):
    compiti = {voce["task"] for voce in settings.CELERY_BEAT_SCHEDULE.values()}

    forget_sottoscrittori_scaduti()

    assert forget_sottoscrittori_scaduti.name in compiti
    campi = {campo.name for campo in Sottoscrizione.pgh_event_model._meta.get_fields()}
    assert not campi & {"cognome", "nome", "codice_fiscale", "data_nascita", "luogo_nascita"}
