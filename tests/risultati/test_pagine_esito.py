"""The allocation desk: who may open it, what it does, ties asked and recorded."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from electoral.models import Utente
from electoral.permessi import Ruolo
from risultati.letture import scelte_correnti
from risultati.models import Eletto, Proclamazione, Riparto, Sorteggio, Vicenda
from risultati.riparto import run_riparto_elezione
from tests.factories import ComuneFactory, utente_con_ruolo
from tests.risultati.elezioni import reale, semplice
from tests.risultati.test_parita_al_banco import SEDUTA

pytestmark = pytest.mark.django_db

PARITA = (600, 200, 200)


def indirizzo(nome, elezione, *args):
    return reverse(f"esito:{nome}", args=[elezione.slug, *args])


def entra(client, elezione, ruolo=Ruolo.RESPONSABILE):
    client.force_login(utente_con_ruolo(elezione.comune, ruolo))


def calcola(client, elezione, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        return client.post(indirizzo("calcola", elezione))


def registra_sorteggio(client, elezione, on_commit, *, esito="2", presenti="Bruni, Neri, scrutatori"):
    dati = {
        "esito": esito,
        "modalita": "urna",
        "presenti": presenti,
        "giorno": "2021-10-05",
        "ora": "11:20",
    }
    with on_commit(execute=True):
        return client.post(indirizzo("sorteggio", elezione), dati)


def test_another_comune_gets_404_and_a_role_without_results_403(client):
    elezione = semplice()
    client.force_login(utente_con_ruolo(ComuneFactory(), Ruolo.RESPONSABILE))
    assert client.get(indirizzo("banco", elezione)).status_code == 404

    entra(client, elezione, Ruolo.RAGIONERIA)
    assert client.get(indirizzo("banco", elezione)).status_code == 403


def test_the_prefettura_sees_and_does_not_touch(client):
    elezione = semplice()
    entra(client, elezione, Ruolo.PREFETTURA)

    assert client.get(indirizzo("banco", elezione)).status_code == 200
    assert client.post(indirizzo("calcola", elezione)).status_code == 403
    for nome in ("sorteggio", "letture", "vicende", "riapri"):
        assert client.get(indirizzo(nome, elezione)).status_code == 403


def test_the_button_runs_the_allocation_and_the_page_shows_steps_and_elected(
    client, django_capture_on_commit_callbacks
):
    elezione = reale("san-benedetto-del-tronto-2021")
    entra(client, elezione)

    calcola(client, elezione, django_capture_on_commit_callbacks)
    pagina = client.get(indirizzo("banco", elezione)).content.decode()

    assert Riparto.objects.get().tipo_esito == "riparto"
    assert "PELLEI DOMENICO" in pagina
    assert "TUEL art. 73 c. 10" in pagina
    assert "2.123,50" in pagina


def test_a_tie_stops_asks_records_and_goes_on(client, django_capture_on_commit_callbacks):
    elezione = semplice(seggi=10, voti=PARITA, nome="parita")
    entra(client, elezione)
    calcola(client, elezione, django_capture_on_commit_callbacks)
    pagina = client.get(indirizzo("banco", elezione)).content.decode()
    assert "Una parità che decide la sorte" in pagina

    risposta = registra_sorteggio(client, elezione, django_capture_on_commit_callbacks)

    assert risposta.status_code == 302
    sorteggio = Sorteggio.objects.get()
    assert (sorteggio.esito, sorteggio.registrato_da.username) == ("2", _utente(client))
    esito = Riparto.objects.corrente(elezione).esito
    assert esito["esito"] == "riparto"
    assert esito["seggi_per_lista"] == {"1": 7, "2": 1, "3": 0}


def _utente(client):
    return Utente.objects.get(pk=client.session["_auth_user_id"]).username


def test_a_wrong_draw_is_refused_with_the_reason(client, django_capture_on_commit_callbacks):
    elezione = semplice(voti=PARITA, seggi=10, nome="parita")
    entra(client, elezione)
    calcola(client, elezione, django_capture_on_commit_callbacks)

    risposta = registra_sorteggio(client, elezione, django_capture_on_commit_callbacks, esito="1")
    assert risposta.status_code == 422
    risposta = registra_sorteggio(client, elezione, django_capture_on_commit_callbacks, presenti="")
    assert risposta.status_code == 422
    assert not Sorteggio.objects.exists()


def test_an_annulled_draw_stays_written_and_is_asked_again(client, django_capture_on_commit_callbacks):
    elezione = semplice(voti=PARITA, seggi=10, nome="parita")
    entra(client, elezione)
    calcola(client, elezione, django_capture_on_commit_callbacks)
    registra_sorteggio(client, elezione, django_capture_on_commit_callbacks)

    pagina = indirizzo("annulla_sorteggio", elezione, Sorteggio.objects.get().pk)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(pagina, {"motivo": "Nome letto male."})

    assert Sorteggio.objects.get().annullato
    assert Riparto.objects.corrente(elezione).tipo_esito == "sorteggio"


def test_the_responsabile_proclaims_and_the_manifesto_is_produced(client, django_capture_on_commit_callbacks):
    elezione = semplice()
    entra(client, elezione)
    calcola(client, elezione, django_capture_on_commit_callbacks)

    with django_capture_on_commit_callbacks(execute=True):
        risposta = client.post(indirizzo("proclamazione", elezione), SEDUTA)

    assert risposta.status_code == 302
    assert Eletto.objects.count() == 1 + 12
    manifesto = elezione.atti.get(tipo="manifesto_eletti")
    pdf = client.get(reverse("comuni:atto", args=[elezione.slug, manifesto.numero]))
    assert b"".join(pdf.streaming_content).startswith(b"%PDF")
    assert client.get(indirizzo("proclamazione", elezione)).status_code == 200


def test_an_operatore_cannot_proclaim(client):
    elezione = semplice()
    run_riparto_elezione(elezione)
    entra(client, elezione, Ruolo.OPERATORE)

    client.post(indirizzo("proclamazione", elezione), SEDUTA)

    assert not Proclamazione.objects.exists()


def test_another_reading_is_chosen_and_the_allocation_follows(client, django_capture_on_commit_callbacks):
    elezione = reale("san-benedetto-del-tronto-2021")
    entra(client, elezione)
    calcola(client, elezione, django_capture_on_commit_callbacks)
    assert [v["punto"] for v in Riparto.objects.get().letture] == ["arrotondamento_premio"]

    scelte = scelte_correnti({}) | {"arrotondamento_premio": "aritmetico"}
    with django_capture_on_commit_callbacks(execute=True):
        client.post(indirizzo("letture", elezione), scelte)

    elezione.refresh_from_db()
    assert elezione.interpretazioni == {"arrotondamento_premio": "aritmetico"}
    assert sum(list(Riparto.objects.corrente(elezione).esito["seggi_per_lista"].values())[:5]) == 14


def test_an_incandidabile_is_not_proclaimed_and_the_next_enters(client, django_capture_on_commit_callbacks):
    elezione = semplice()
    primo = elezione.liste.get(numero=1).candidati.get(numero=1)
    entra(client, elezione)
    client.post(
        indirizzo("vicende", elezione),
        {
            "tipo": "incandidabilita",
            "persona": f"c{primo.pk}",
            "data": "2021-10-06",
            "atto": "Tribunale di prova, n. 1",
        },
    )

    assert Vicenda.objects.get().persona == primo
    assert run_riparto_elezione(elezione).esito["eletti"]["1"] == [2, 3, 4, 5, 6, 7, 8, 9]


def test_the_desk_asks_the_same_queries_for_two_lists_and_for_four(client):
    conti = []
    for voti in ((600, 300), (600, 300, 200, 100)):
        elezione = semplice(voti=voti, nome=f"liste-{len(voti)}")
        run_riparto_elezione(elezione)
        entra(client, elezione)
        with CaptureQueriesContext(connection) as fatte:
            client.get(indirizzo("banco", elezione))
        conti.append(len(fatte))

    assert conti[0] == conti[1] < 48
