"""A tie of quotient and cifra in a surrogation: the desk stops, asks, records, goes on; the act says so."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from electoral.permessi import Ruolo
from risultati.models import Surroga
from risultati.proclamazione import proclaim
from risultati.riparto import run_riparto_elezione
from risultati.surroga import (
    Estrazione,
    SorteggioNecessario,
    SurrogaRifiutata,
    consiglio_al,
    register_surroga,
)
from tests.factories import utente_con_ruolo
from tests.risultati.elezioni import registra, semplice
from tests.risultati.test_parita_al_banco import testo_atto

pytestmark = pytest.mark.django_db
ROMA = ZoneInfo("Europe/Rome")
QUANDO = datetime(2023, 2, 10, 18, 30, tzinfo=ROMA)


def gruppo_in_parita():
    """Sindaco 2 lost and sits; his lists 2 and 3 have the same votes and no seat."""

    def lista(numero: int, sindaco: int, voti: int) -> dict:
        candidati = [{"id": k, "nome": f"BIANCHI{numero}{k} Ugo", "preferenze": 50 - k} for k in range(1, 17)]
        nome = f"Lista {numero}"
        return {"id": numero, "nome": nome, "sindaco": sindaco, "voti": voti, "candidati": candidati}

    dati = {
        "data": "2021-10-03",
        "sistema": "oltre_15000",
        "popolazione": 20000,
        "seggi_consiglio": 16,
        "sindaci": [
            {"id": n, "nome": nome, "voti": voti}
            for n, nome, voti in ((1, "ROSSI Anna", 6000), (2, "VERDI Ugo", 900), (3, "NERI Ada", 3000))
        ],
        "liste": [lista(1, 1, 6000), lista(2, 2, 450), lista(3, 2, 450), lista(4, 3, 3000)],
    }
    elezione = registra(dati, nome="gruppo-in-parita")
    quando = datetime(2021, 10, 6, 12, tzinfo=ROMA)
    riparto = run_riparto_elezione(elezione)
    avvisi = {r["codice"]: "Di prova." for r in riparto.esito["rilievi"]}
    p = proclaim(elezione, riparto=riparto, presidente="Maria Rossi", at=quando, motivi_avvisi=avvisi)
    assert p.istantanea["esito"]["consiglieri_sindaci"] == [2, 3]
    assert p.istantanea["esito"]["seggi_per_lista"] == {"1": 10, "2": 0, "3": 0, "4": 4}
    return p


def dimissioni(p, **altro) -> Surroga:
    chi = p.elezione.candidati_sindaco.get(numero=2)
    return register_surroga(p, chi=chi, causa=Surroga.Causa.DIMISSIONI, data=date(2023, 2, 1), **altro)


def test_the_tie_stops_the_surrogation_and_says_who_and_why():
    p = gruppo_in_parita()

    with pytest.raises(SorteggioNecessario) as domanda:
        dimissioni(p)

    assert domanda.value.nomi == {"2": "Lista 2", "3": "Lista 3"}
    assert (domanda.value.richiesta["cifra"], domanda.value.richiesta["divisore"]) == (450, 1)
    assert not Surroga.objects.exists()


@pytest.fixture
def banco(client):
    p = gruppo_in_parita()
    client.force_login(utente_con_ruolo(p.elezione.comune, Ruolo.RESPONSABILE))
    return p, client, reverse("esito:mandato", args=[p.elezione.slug])


EVENTO = {"chi": "sindaco/2", "causa": "dimissioni", "data": "2023-02-01", "protocollo": "12/2023"}
ESTRAZIONE = {
    "esito": "3",
    "modalita": "urna",
    "presenti": "Il segretario, due consiglieri",
    "giorno": "2023-02-10",
    "ora": "18:30",
}


def test_the_clerk_records_the_draw_and_the_act_tells_it(banco):
    p, client, mandato = banco

    rinvio = client.post(mandato, EVENTO)
    assert rinvio.status_code == 302
    pagina = client.get(rinvio.url).content.decode()
    assert "VERDI Ugo" in pagina and "dimissioni" in pagina
    assert "Lista 2, Lista 3" in pagina
    assert "450" in pagina
    assert not Surroga.objects.exists()

    assert client.post(rinvio.url, ESTRAZIONE).status_code == 302

    surroga = Surroga.objects.get()
    assert (surroga.lista.numero, surroga.subentra.numero, surroga.protocollo) == (3, 1, "12/2023")
    assert surroga.sorteggio["richiesta"]["contendenti"] == [2, 3]
    assert (3, 1) in consiglio_al(p)[1].in_carica
    atto = testo_atto(p.elezione, "surroga")
    for frase in (
        "fra le liste «Lista 2» e «Lista 3»",
        "sorteggio in pubblico",
        "estrazione dall'urna",
        "10 febbraio 2023, ore 18:30",
        "presenti Il segretario, due consiglieri",
        "È stata sorteggiata la lista «Lista 3»",
    ):
        assert frase in atto, frase
    assert "sorteggio fra Lista 2, Lista 3" in client.get(mandato).content.decode()


@pytest.mark.parametrize(
    ("cambia", "perche"),
    [
        ({"giorno": "2023-01-31"}, "prima del fatto"),
        ({"giorno": f"{timezone.localdate().year + 1}-01-01"}, "futura"),
        ({"presenti": ""}, "obbligatorio"),
        ({"esito": "1"}, "Scegli"),
        ({"modalita": "ripetibile"}, "ha bisogno del suo seme"),
    ],
)
def test_a_draw_that_cannot_be_is_refused_and_nothing_is_recorded(banco, cambia, perche):
    _, client, mandato = banco
    indirizzo = client.post(mandato, EVENTO).url

    pagina = client.post(indirizzo, ESTRAZIONE | cambia)

    assert pagina.status_code == 422
    assert perche in pagina.content.decode()
    assert not Surroga.objects.exists()


@pytest.mark.parametrize(
    "evento",
    [
        "",
        "?chi=sindaco/2",
        "?chi=1/1&causa=dimissioni&data=2023-02-01",
        "?chi=9/9&data=x",
        "?data=2099-01-01",
    ],
)
def test_the_page_of_the_draw_without_a_tie_goes_back(banco, evento):
    _, client, mandato = banco

    assert client.get(f"{mandato}sorteggio/{evento}").url == mandato


def test_a_draw_that_nothing_asks_for_is_refused():
    p = gruppo_in_parita()
    chi = p.elezione.liste.get(numero=1).candidati.get(numero=1)

    with pytest.raises(SurrogaRifiutata, match="nessuna parità"):
        register_surroga(
            p,
            chi=chi,
            causa=Surroga.Causa.DIMISSIONI,
            data=date(2023, 2, 1),
            sorteggio=Estrazione(3, "Il segretario", QUANDO),
        )


def test_only_who_closes_may_record_a_draw(client):
    p = gruppo_in_parita()
    client.force_login(utente_con_ruolo(p.elezione.comune, Ruolo.OPERATORE))

    pagina = reverse("esito:sorteggio_surroga", args=[p.elezione.slug])
    assert client.get(pagina, EVENTO).status_code == 403


@pytest.mark.parametrize(
    ("giorno", "perche"),
    [
        (date(2099, 1, 1), "non è ancora arrivato"),
        (date(2021, 10, 5), "prima della proclamazione, del 06/10/2021"),
    ],
)
def test_an_event_of_an_impossible_day_is_refused_with_the_reason(giorno, perche):
    p = gruppo_in_parita()
    chi = p.elezione.liste.get(numero=1).candidati.get(numero=1)

    with pytest.raises(SurrogaRifiutata, match=perche):
        register_surroga(p, chi=chi, causa=Surroga.Causa.MORTE, data=giorno)


def test_no_event_after_the_end_of_the_mandate():
    elezione = semplice(nome="vecchia")
    elezione.data = date(2015, 5, 31)
    elezione.save()
    p = proclaim(
        elezione,
        riparto=run_riparto_elezione(elezione),
        presidente="Maria Rossi",
        at=datetime(2015, 6, 2, 12, tzinfo=ROMA),
    )
    chi = elezione.liste.get(numero=1).candidati.get(numero=1)

    with pytest.raises(SurrogaRifiutata, match="resta al più fino al 29/06/2020"):
        register_surroga(p, chi=chi, causa=Surroga.Causa.MORTE, data=date(2020, 6, 30))
    register_surroga(p, chi=chi, causa=Surroga.Causa.MORTE, data=date(2020, 6, 29))


def test_a_new_proclamation_ends_the_mandate_before():
    p = gruppo_in_parita()
    nuova = semplice(nome="nuova")
    nuova.comune, nuova.data = p.elezione.comune, date(2024, 6, 9)
    nuova.save()
    proclaim(
        nuova,
        riparto=run_riparto_elezione(nuova),
        presidente="Maria Rossi",
        at=datetime(2024, 6, 11, 12, tzinfo=ROMA),
    )
    chi = p.elezione.liste.get(numero=1).candidati.get(numero=1)

    with pytest.raises(SurrogaRifiutata, match="il nuovo consiglio è stato proclamato il 11/06/2024"):
        register_surroga(p, chi=chi, causa=Surroga.Causa.MORTE, data=date(2024, 6, 11))


def test_a_fact_of_a_candidate_is_not_in_the_future(client):
    elezione = semplice()
    elezione.liste.filter(numero=1).update(presentata_il=datetime(2021, 9, 4, 10, tzinfo=ROMA))
    client.force_login(utente_con_ruolo(elezione.comune, Ruolo.RESPONSABILE))
    pagina = reverse("esito:vicende", args=[elezione.slug])
    morte = {"tipo": "morte", "persona": "s1", "atto": "Certificato n. 1"}
    domani = timezone.localdate() + timedelta(days=1)

    futuro = client.post(pagina, morte | {"data": domani.isoformat()})
    assert "Il giorno è futuro" in futuro.content.decode()
    prima = client.post(pagina, morte | {"data": "2021-09-03"})
    assert "presentate il 04/09/2021" in prima.content.decode()
    assert not elezione.vicende.exists()
    assert client.post(pagina, morte | {"data": "2021-09-04"}).status_code == 302
