"""Pages after the allocation: runoff, prova di resistenza, publication, mandate; and the whole road."""

import pytest
from django.urls import reverse

from electoral.permessi import Ruolo
from risultati.models import Surroga, VotiSindaco
from risultati.percorso import compare_ufficiale, conclude
from risultati.riparto import run_riparto_elezione
from tests.factories import ComuneFactory, utente_con_ruolo
from tests.reali.fascicoli import CARTELLA
from tests.risultati.elezioni import reale, semplice

pytestmark = pytest.mark.django_db

PAGINE = ("ballottaggio", "resistenza", "pubblicazione", "mandato")


def indirizzo(nome, elezione):
    return reverse(f"esito:{nome}", args=[elezione.slug])


def entra(client, elezione, ruolo=Ruolo.RESPONSABILE):
    client.force_login(utente_con_ruolo(elezione.comune, ruolo))


def test_pages_open_before_anything_is_there_and_are_closed_to_other_comuni(client):
    elezione = semplice()
    entra(client, elezione)
    assert [client.get(indirizzo(nome, elezione)).status_code for nome in PAGINE] == [200] * 4

    client.force_login(utente_con_ruolo(ComuneFactory(), Ruolo.RESPONSABILE))
    assert [client.get(indirizzo(nome, elezione)).status_code for nome in PAGINE] == [404] * 4


def test_a_tie_of_two_sindaci_goes_to_the_runoff_with_its_manifesto(client):
    elezione = semplice(voti=(500, 500, 200), data_ballottaggio="2021-10-17")
    assert run_riparto_elezione(elezione).tipo_esito == "ballottaggio"
    entra(client, elezione)

    assert "ROSSI2 Anna" in client.get(indirizzo("ballottaggio", elezione)).content.decode()
    pdf = client.get(indirizzo("manifesto_ballottaggio", elezione))
    assert b"".join(pdf.streaming_content).startswith(b"%PDF")


def test_the_responsabile_publishes_corrects_and_withdraws(client, django_capture_on_commit_callbacks):
    elezione = semplice()
    conclude(elezione)
    entra(client, elezione)
    pagina = indirizzo("pubblicazione", elezione)

    with django_capture_on_commit_callbacks(execute=True):
        client.post(pagina, {"azione": "pubblica"})
    assert client.get(f"/{elezione.slug}/").status_code == 200
    client.post(pagina, {"azione": "correggi", "testo": "Refuso corretto."})
    assert elezione.errata.get().testo == "Refuso corretto."
    with django_capture_on_commit_callbacks(execute=True):
        client.post(pagina, {"azione": "ritira", "motivo": "Somma errata."})
    assert "Somma errata." in client.get(f"/{elezione.slug}/").content.decode()


def test_a_resignation_recorded_from_the_page_gives_successor_and_act(client):
    elezione = semplice()
    conclude(elezione)
    entra(client, elezione)
    dati = {"chi": "1/1", "causa": "dimissioni", "data": "2024-05-02", "protocollo": "12/2024"}

    assert client.post(indirizzo("mandato", elezione), dati).status_code == 302

    surroga = Surroga.objects.get()
    assert surroga.subentra.numero == 9
    assert elezione.atti.filter(tipo="surroga").count() == 1
    assert "BIANCHI19" in client.get(indirizzo("mandato", elezione)).content.decode()
    rifiutata = client.post(indirizzo("mandato", elezione), {**dati, "chi": "2/1", "data": "2024-05-01"})
    assert rifiutata.status_code == 422


def test_a_three_way_tie_asks_who_goes_to_the_runoff():
    elezione = semplice(voti=(400, 400, 400))

    riparto = run_riparto_elezione(elezione)

    assert riparto.tipo_esito == "sorteggio"
    assert riparto.esito["richiesta"]["contendenti"] == [1, 2, 3]


def test_the_official_comparison_names_what_differs():
    elezione = reale("triora-2018")
    cartella = CARTELLA / "triora-2018"
    assert compare_ufficiale(conclude(elezione), cartella) == []

    diversa = semplice(voti=(100, 200, 300))
    VotiSindaco.objects.filter(scrutinio__elezione=diversa, sindaco__numero=1).update(voti=50)
    assert "sindaco" in compare_ufficiale(conclude(diversa), cartella)
