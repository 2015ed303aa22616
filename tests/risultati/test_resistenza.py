"""The prova di resistenza from the page: a job, contested ballots and doubtful sections, answers, PDF."""

from io import BytesIO

import pytest
from django.urls import reverse
from pypdf import PdfReader

from electoral.models import Lavoro
from electoral.permessi import Ruolo
from risultati.models import Scrutinio, VotiSindaco
from risultati.riparto import run_riparto_elezione
from tests.factories import utente_con_ruolo
from tests.risultati.elezioni import semplice

pytestmark = pytest.mark.django_db

NIENTE = {
    "turno": 1,
    "schede_contestate": 0,
    "sezioni_da_ricontare": "",
    "sezioni_da_rivotare": "",
    "voti_dubbi": 0,
}


@pytest.fixture
def elezione():
    elezione = semplice(sezioni=3)
    Scrutinio.objects.filter(sezione__numero=2).update(elettori=900)
    Scrutinio.objects.filter(sezione__numero=1).update(elettori=1500, voti_validi=1100)
    run_riparto_elezione(elezione)
    return elezione


@pytest.fixture
def prova(client, django_capture_on_commit_callbacks):
    def chiedi(elezione, **dati):
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(reverse("esito:resistenza", args=[elezione.slug]), NIENTE | dati)

    return chiedi


def entra(client, elezione, ruolo=Ruolo.RESPONSABILE):
    client.force_login(utente_con_ruolo(elezione.comune, ruolo))


def pagina(client, elezione) -> str:
    return client.get(reverse("esito:resistenza", args=[elezione.slug])).content.decode()


def test_two_contested_ballots_change_nothing_and_the_pdf_says_so(client, elezione, prova):
    entra(client, elezione)

    assert prova(elezione, schede_contestate=2).status_code == 302

    testo = pagina(client, elezione)
    assert "non può cambiare" in testo
    assert "BIANCHI18 Ugo" in testo
    with elezione.atti.get(tipo="resistenza").file.open("rb") as file:
        pdf = PdfReader(BytesIO(file.read())).pages[0].extract_text()
    assert "Il sindaco non può cambiare" in pdf
    assert "schede contestate 2" in pdf


def test_a_section_to_vote_again_puts_its_electors_and_its_votes_in_doubt(client, elezione, prova):
    entra(client, elezione)

    prova(elezione, sezioni_da_rivotare="2", sezioni_da_ricontare="1")

    chiesta = Lavoro.objects.get(tipo="resistenza").parametri["prova"]
    assert chiesta["elettori_sezioni_aperte"] == 900
    assert chiesta["voti_dubbi"] == 1100
    assert "può cambiare" in pagina(client, elezione)


@pytest.mark.parametrize(
    ("dati", "messaggio"),
    [
        ({"sezioni_da_ricontare": "9"}, "Non ci sono le sezioni 9"),
        ({"sezioni_da_ricontare": "uno"}, "non è un numero di sezione"),
        ({"sezioni_da_ricontare": "3-1"}, "prima il numero minore"),
        ({"sezioni_da_ricontare": "1", "sezioni_da_rivotare": "1-2"}, "Anche fra quelle da ricontare: 1"),
        ({"sezioni_da_rivotare": "3"}, "Non si sanno gli elettori delle sezioni 3"),
        ({"schede_contestate": "-1"}, "maggiore o uguale"),
    ],
)
def test_what_cannot_be_is_refused_in_words(client, elezione, prova, dati, messaggio):
    entra(client, elezione)

    risposta = prova(elezione, **dati)

    assert risposta.status_code == 422
    assert messaggio in risposta.content.decode()
    assert not Lavoro.objects.filter(tipo="resistenza").exists()


def test_changed_votes_make_the_last_test_old(client, elezione, prova):
    entra(client, elezione)
    prova(elezione)
    VotiSindaco.objects.filter(sindaco__numero=2).update(voti=310)
    run_riparto_elezione(elezione)

    assert "va rifatta" in pagina(client, elezione)


def test_the_prefettura_reads_the_answer_and_does_not_ask(client, elezione, prova):
    entra(client, elezione)
    prova(elezione)
    entra(client, elezione, Ruolo.PREFETTURA)

    assert "non può cambiare" in pagina(client, elezione)
    prima = list(Lavoro.objects.order_by("pk").values())
    risposta = prova(elezione, schede_contestate=5)
    assert risposta.status_code == 200 and "Fai la prova" not in risposta.content.decode()
    assert list(Lavoro.objects.order_by("pk").values()) == prima


def test_without_an_allocation_the_job_says_what_is_missing(client, prova):
    elezione = semplice(nome="senza-riparto")
    entra(client, elezione)

    prova(elezione)

    assert "riparto calcolato" in Lavoro.objects.get().errore
    assert "Serve un riparto" in pagina(client, elezione)
