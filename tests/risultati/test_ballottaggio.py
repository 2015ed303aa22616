"""The runoff from the screens: admitted, links, death of a finalist, date, manifesto; void elections."""

from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from pypdf import PdfReader

from electoral.permessi import Ruolo
from risultati.ballottaggio import sindaci_del_turno
from risultati.models import Proclamazione, Riparto, Scrutinio
from tests.factories import utente_con_ruolo
from tests.risultati.elezioni import add_ballottaggio, registra, semplice
from tests.risultati.test_parita_al_banco import SEDUTA, testo_atto

pytestmark = pytest.mark.django_db


def grande(**altro):
    dati = {
        "data": "2021-10-03",
        "sistema": "oltre_15000",
        "popolazione": 20000,
        "seggi_consiglio": 16,
        "sindaci": [
            {"id": n, "nome": nome, "voti": voti}
            for n, nome, voti in ((1, "ROSSI Anna", 4000), (2, "VERDI Ugo", 3500), (3, "NERI Ada", 2500))
        ],
        "liste": [
            {"id": n, "nome": f"Lista {n}", "sindaco": n, "voti": voti}
            for n, voti in ((1, 4000), (2, 3400), (3, 2400))
        ],
    }
    return registra(dati, nome="ballottaggio", data_ballottaggio=date(2021, 10, 17), **altro)


@pytest.fixture
def apri(client, django_capture_on_commit_callbacks):
    """Pages of an election as the responsabile: get with no data, else post."""

    def funzione(elezione, nome, dati=None, *args):
        client.force_login(utente_con_ruolo(elezione.comune, Ruolo.RESPONSABILE))
        indirizzo = reverse(f"esito:{nome}", args=[elezione.slug, *args])
        if dati is None:
            return client.get(indirizzo, follow=True)
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(indirizzo, dati)

    return funzione


def manifesto(apri, elezione) -> str:
    byte = b"".join(apri(elezione, "manifesto_ballottaggio").streaming_content)
    return " ".join(PdfReader(BytesIO(byte)).pages[0].extract_text().split())


def test_the_manifesto_has_the_two_admitted_their_lists_and_the_new_links(apri):
    elezione = grande()
    elezione.liste.filter(numero=3).update(apparentata_con=elezione.candidati_sindaco.get(numero=2))
    apri(elezione, "calcola", {})

    assert "Liste apparentate per il ballottaggio" in apri(elezione, "ballottaggio").content.decode()
    testo = manifesto(apri, elezione)
    assert "17 ottobre 2021" in testo
    assert "NERI Ada" not in testo
    assert "liste apparentate per il ballottaggio Lista 3" in testo


def test_at_the_death_of_a_finalist_the_next_enters_on_a_later_sunday(apri):
    elezione = grande()
    apri(elezione, "calcola", {})
    vicenda = {"tipo": "morte", "persona": "s2", "data": "2021-10-08", "atto": "Atto di morte n. 7"}
    apri(elezione, "vicende", vicenda)
    apri(elezione, "calcola", {})

    pagina = apri(elezione, "ballottaggio").content.decode()
    assert "NERI ADA" in pagina.upper()
    assert "va cambiata in 24 ottobre 2021" in pagina
    testo = manifesto(apri, elezione)
    assert "24 ottobre 2021" in testo
    assert "VERDI" not in testo
    assert [s.numero for s in sindaci_del_turno(elezione, 2)] == [1, 3]


def test_without_a_date_the_manifesto_waits(apri):
    elezione = grande()
    elezione.data_ballottaggio = None
    elezione.save()
    apri(elezione, "calcola", {})

    risposta = apri(elezione, "manifesto_ballottaggio")

    assert "va indicata la data del ballottaggio" in risposta.content.decode()
    assert not elezione.atti.exists()


def test_a_tie_at_the_runoff_of_a_small_comune_is_won_by_the_elder(apri):
    elezione = semplice(voti=(500, 500, 200))
    elezione.candidati_sindaco.filter(numero=1).update(data_nascita=date(1980, 1, 1))
    elezione.candidati_sindaco.filter(numero=2).update(data_nascita=date(1950, 1, 1))
    apri(elezione, "calcola", {})
    assert Riparto.objects.corrente(elezione).tipo_esito == "ballottaggio"
    add_ballottaggio(elezione, {1: 300, 2: 300})
    apri(elezione, "calcola", {})

    assert Riparto.objects.corrente(elezione).esito["sindaco"] == 2
    assert "la maggiore età" in apri(elezione, "banco").content.decode()


def lista_unica(*, votanti: int, anno: int = 2021, aire: tuple[int, int] | None = None):
    elezione = semplice(voti=(300,), nome=f"unica-{anno}-{votanti}")
    elezione.data = date(anno, 10, 3)
    if aire:
        elezione.elettori_aire, elezione.votanti_aire = aire
    elezione.save()
    Scrutinio.objects.filter(elezione=elezione).update(elettori=1000, votanti=votanti, voti_validi=300)
    return elezione


def test_a_single_list_without_the_turnout_is_void_and_nobody_can_be_proclaimed(apri):
    elezione = lista_unica(votanti=399)
    apri(elezione, "calcola", {})

    assert Riparto.objects.corrente(elezione).tipo_esito == "nulla"
    assert "Elezione nulla" in apri(elezione, "banco").content.decode()
    assert "L&#x27;elezione è nulla" in apri(elezione, "proclamazione").content.decode()

    dati = SEDUTA | {"motivo_W512": "Gli iscritti AIRE non hanno votato."}
    assert apri(elezione, "proclamazione", dati).status_code == 302

    assert not Proclamazione.objects.exists()
    verbale = testo_atto(elezione, "verbale_esito")
    assert "Nessuno è proclamato eletto" in verbale
    assert "È proclamato" not in verbale
    assert "non ha proclamato nessun eletto" in testo_atto(elezione, "comunicazione_prefetto")


def test_a_sindaco_who_cannot_be_proclaimed_leaves_the_verbale_of_it(apri):
    elezione = semplice()
    apri(
        elezione,
        "vicende",
        {"tipo": "incandidabilita", "persona": "s1", "data": "2021-10-06", "atto": "App. n. 1"},
    )
    apri(elezione, "calcola", {})

    assert "Nessuno si proclama" in apri(elezione, "proclamazione").content.decode()
    apri(elezione, "proclamazione", SEDUTA)

    assert not Proclamazione.objects.exists()
    verbale = testo_atto(elezione, "verbale_esito")
    assert "L'ufficio rileva l'incandidabilità di ROSSI1 Anna" in verbale
    assert "Nessuno è proclamato eletto" in verbale


def test_the_quorum_of_a_single_list_leaves_out_the_aire_that_did_not_vote_only_in_the_years_of_the_rule(
    apri,
):
    con_aire = lista_unica(votanti=380, aire=(100, 10))  # 40 % of 1000 - 90 = 364
    apri(con_aire, "calcola", {})
    assert Riparto.objects.corrente(con_aire).tipo_esito == "riparto"

    prima = lista_unica(votanti=460, anno=2018, aire=(100, 10))  # 50 % of all the electors
    apri(prima, "calcola", {})
    assert Riparto.objects.corrente(prima).tipo_esito == "nulla"
