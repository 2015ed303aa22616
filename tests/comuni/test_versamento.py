"""The package of the acts: what it holds, for whom, and what it says when a file is missing."""

import hashlib
import io
import json
import zipfile

import pytest
from django.urls import reverse

from comuni.atti_firmati import attach_firmata
from electoral.permessi import Azione, Ruolo
from tests.comuni.test_atti import produce
from tests.electoral.firmatari import Autorita, sign_p7m
from tests.factories import ElezioneFactory, UtenteFactory, utente_con_ruolo

pytestmark = pytest.mark.django_db


@pytest.fixture
def elezione():
    return ElezioneFactory()


def scarica(client, elezione, ruolo=Ruolo.RESPONSABILE) -> zipfile.ZipFile:
    client.force_login(utente_con_ruolo(elezione.comune, ruolo))
    risposta = client.get(reverse("comuni:pacchetto_atti", args=[elezione.slug]))
    return zipfile.ZipFile(io.BytesIO(b"".join(risposta.streaming_content)))


def test_every_act_is_there_with_its_description_and_its_hash(client, elezione):
    atti = [produce(elezione), produce(elezione, titolo="Altro avviso")]

    pacchetto = scarica(client, elezione)

    assert len(pacchetto.read("indice.csv").splitlines()) == 1 + len(atti)
    for atto in atti:
        nome = f"{atto.numero:05d}-prova"
        descrizione = json.loads(pacchetto.read(f"{nome}.json"))
        assert descrizione["sha256"] == hashlib.sha256(pacchetto.read(f"{nome}.pdf")).hexdigest()
        assert descrizione["soggetto_produttore"] == f"Comune di {elezione.comune.nome}"
        assert not descrizione["firmato"] and not descrizione["riservato"]


def test_the_signed_version_goes_along_with_its_signer(client, elezione):
    atto = produce(elezione)
    with atto.file.open("rb") as file:
        busta = sign_p7m(file.read(), Autorita().firmatario())
    attach_firmata(atto, busta, nome="avviso.pdf.p7m", by=UtenteFactory())

    pacchetto = scarica(client, elezione)

    descrizione = json.loads(pacchetto.read("00001-prova.json"))
    (firmata,) = descrizione["versioni_firmate"]
    assert descrizione["firmato"] and firmata["firmatari"] == ["Rossi Maria"]
    assert hashlib.sha256(pacchetto.read(firmata["file"])).hexdigest() == firmata["sha256"]


def test_an_act_that_the_user_may_not_read_is_not_in_his_package(client, elezione):
    atto = produce(elezione)
    atto.azione = Azione.DECIDERE_LISTE.value
    atto.save()

    assert scarica(client, elezione).namelist() == ["indice.csv"]


def test_a_missing_file_is_told_and_the_rest_is_given(client, elezione):
    perso, presente = produce(elezione), produce(elezione, titolo="Altro avviso")
    perso.file.delete(save=False)
    perso.refresh_from_db()

    pacchetto = scarica(client, elezione)

    assert perso.sha256 in pacchetto.read("mancanti.txt").decode()
    assert f"{presente.numero:05d}-prova.pdf" in pacchetto.namelist()


@pytest.mark.parametrize("ruolo", [Ruolo.PREFETTURA, Ruolo.DIGITATORE, Ruolo.RAGIONERIA])
def test_who_does_not_prepare_the_election_takes_no_package(client, elezione, ruolo):
    client.force_login(utente_con_ruolo(elezione.comune, ruolo))

    assert client.get(reverse("comuni:pacchetto_atti", args=[elezione.slug])).status_code in (403, 404)
