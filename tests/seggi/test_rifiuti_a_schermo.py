"""Whom the law excludes, refused from the pages a clerk uses, with the article in words."""

from datetime import date

import pytest
from django.urls import reverse

from electoral.ordine import chiave_ordine
from electoral.permessi import Ruolo
from seggi.idoneita import Idoneita
from seggi.models import Iscritto, Nomina, PostoGraduatoria, Rappresentante, SorteggioScrutatori
from tests.factories import CandidatoFactory, CandidatoSindacoFactory, ListaFactory, utente_con_ruolo
from tests.seggi.costruzione import draw_scrutatori, make_albo, make_elezione

pytestmark = pytest.mark.django_db

ESCLUSI = {
    "chi ha superato i settanta anni": ({"data_nascita": date(1951, 10, 2)}, "art. 23 a) TU"),
    "un dipendente dell'ufficio elettorale": ({"esclusione": "e"}, "art. 23 e) TU"),
    "un elettore di un altro comune": ({"elettore": False}, "art. 1 l. 95/1989"),
    "un candidato": ({"data_nascita": date(1990, 5, 5)}, "art. 23 f) TU"),
    "un rappresentante di lista": ({"data_nascita": date(1985, 6, 6)}, "rappresentante"),
}


@pytest.fixture
def elezione():
    elezione = make_elezione(sezioni=2)
    lista = ListaFactory(sindaco=CandidatoSindacoFactory(elezione=elezione))
    CandidatoFactory(lista=lista, cognome="PERSONA00001", nome="PROVA", data_nascita=date(1990, 5, 5))
    Rappresentante.objects.create(
        elezione=elezione,
        cognome="PERSONA00001",
        nome="PROVA",
        data_nascita=date(1985, 6, 6),
        lista="1. LISTA",
        qualita="effettivo",
        modo="pec",
        designato_il="2021-09-29T10:00+02:00",
    )
    return elezione


@pytest.fixture
def ufficio_web(client, elezione):
    client.force_login(utente_con_ruolo(elezione.comune, Ruolo.RESPONSABILE))
    return client


def page(nome, elezione, *altro):
    return reverse(f"seggi:{nome}", args=[elezione.slug, *altro])


@pytest.mark.parametrize("campi, articolo", ESCLUSI.values(), ids=ESCLUSI)
def test_the_page_of_a_post_refuses_with_the_article(ufficio_web, elezione, campi, articolo):
    make_albo(elezione, 1, **campi)
    indirizzo = page("nomina_posto", elezione, 1, "scrutatore", 1)

    risposta = ufficio_web.post(indirizzo, {"iscritto": 1, "metodo": "unanimita"}, follow=True)

    assert articolo in risposta.content.decode()
    assert not Nomina.objects.exists()


@pytest.mark.parametrize("campi, articolo", ESCLUSI.values(), ids=ESCLUSI)
def test_one_unfit_name_of_the_commissione_stops_all_the_others(ufficio_web, elezione, campi, articolo):
    make_albo(elezione, 1, **campi)
    make_albo(elezione, 3)

    risposta = ufficio_web.post(
        page("inserisci_nomine", elezione),
        {"ruolo": "scrutatore", "metodo": "voto", "numeri": "2 3 1 4"},
        follow=True,
    )

    assert articolo in risposta.content.decode()
    assert not Nomina.objects.exists()


@pytest.mark.parametrize("campi, articolo", ESCLUSI.values(), ids=ESCLUSI)
def test_the_roll_of_the_draw_leaves_out_and_says_why(ufficio_web, elezione, campi, articolo):
    (escluso,) = make_albo(elezione, 1, **campi)
    make_albo(elezione, 12)

    pagina = ufficio_web.get(page("sorteggio", elezione)).content.decode()
    ufficio_web.post(page("pubblica_elenco", elezione), {"riserve": 4})

    assert articolo in pagina and str(escluso) in pagina
    elenco = SorteggioScrutatori.objects.get().elenco
    assert len(elenco) == 12 and escluso.pk not in {voce["iscritto"] for voce in elenco}


@pytest.mark.parametrize("campi, articolo", ESCLUSI.values(), ids=ESCLUSI)
def test_a_reserve_become_unfit_is_put_aside_and_the_next_is_called(ufficio_web, elezione, campi, articolo):
    make_albo(elezione, 14)
    draw_scrutatori(elezione, riserve=2)
    prima, seconda = PostoGraduatoria.objects.di(elezione).order_by("posizione")
    if "data_nascita" in campi:  # the name of who runs or represents a list
        campi = {**campi, "cognome": "PERSONA00001", "chiave": chiave_ordine("PERSONA00001 PROVA")}
    Iscritto.objects.filter(pk=prima.iscritto_id).update(**campi)
    nomina = Nomina.objects.first()

    ufficio_web.post(page("rinuncia", elezione, nomina.pk), {"motivo": "motivi di salute"})

    prima.refresh_from_db()
    assert prima.stato == PostoGraduatoria.Stato.INDISPONIBILE and articolo in prima.motivo
    assert Nomina.objects.get(sostituisce=nomina).iscritto_id == seconda.iscritto_id


def test_a_candidate_written_by_name_as_segretario_shows_on_the_office_with_the_article(
    ufficio_web, elezione
):
    """The presidente chooses the segretario: the office records what the paper says, and shows the fault."""
    ufficio_web.post(
        page("nomina_posto", elezione, 1, "segretario", 1),
        {"cognome": "Persona00001", "nome": "Prova", "data_nascita": "1990-05-05", "metodo": "presidente"},
    )

    assert Nomina.objects.get().ruolo == "segretario"
    assert "art. 23 f) TU" in ufficio_web.get(page("ufficio", elezione, 1)).content.decode()


def test_a_candidate_named_presidente_by_the_sindaco_is_refused(ufficio_web, elezione):
    risposta = ufficio_web.post(
        page("nomina_posto", elezione, 1, "presidente", 1),
        {"cognome": "Persona00001", "nome": "Prova", "data_nascita": "1990-05-05", "metodo": "sindaco"},
        follow=True,
    )

    assert "art. 23 f) TU" in risposta.content.decode()
    assert not Nomina.objects.exists()


def test_the_reading_of_the_age_is_a_choice_on_the_board(ufficio_web, elezione):
    make_albo(elezione, 1, data_nascita=date(1950, 1, 1))
    indirizzo = page("nomina_posto", elezione, 1, "scrutatore", 1)

    ufficio_web.post(page("scelta_eta", elezione), {"eta": "presidente"})
    ufficio_web.post(indirizzo, {"iscritto": 1, "metodo": "unanimita"})
    assert Nomina.objects.count() == 1
    ufficio_web.post(page("scelta_eta", elezione), {"eta": "tutti"})
    seconda = page("nomina_posto", elezione, 1, "scrutatore", 2)
    make_albo(elezione, 1, data_nascita=date(1950, 1, 2))
    risposta = ufficio_web.post(seconda, {"iscritto": 2, "metodo": "unanimita"}, follow=True)

    assert "art. 23 a) TU" in risposta.content.decode()
    assert Nomina.objects.count() == 1


def test_the_excluded_counted_by_the_database_are_those_refused_one_by_one(elezione):
    """Births on both sides of the seventieth birthday, also unknown; every other cause."""
    nascite = [date(1951, 10, giorno) for giorno in (1, 2, 3, 4)] + [
        date(1951, 9, 28),
        date(1940, 2, 29),
        None,
    ]
    for nascita in nascite:
        make_albo(elezione, 1, data_nascita=nascita)
    for campi, _ in ESCLUSI.values():
        make_albo(elezione, 1, **campi)
    Iscritto.objects.filter(data_nascita=date(1990, 5, 5)).update(
        cognome="PERSONA00001", chiave=chiave_ordine("PERSONA00001 PROVA")
    )
    idoneita, tutti = Idoneita(elezione), Iscritto.objects.all()

    idonei, esclusi = idoneita.sort_idonei(tutti)
    trovati = idoneita.find_esclusi(tutti)

    assert set(trovati.idonei()) == set(idonei)
    assert trovati.quanti == len(esclusi) == len(trovati.first(60)) > 5
    assert len(trovati.first(3)) == 3


def test_the_same_person_in_two_offices_is_refused_or_shown_also_when_written_by_name(ufficio_web, elezione):
    persona = {"cognome": "Doppia", "nome": "Prova", "data_nascita": "1980-02-03"}
    for numero in (1, 2):  # the presidenti choose: the office records both and shows it
        ufficio_web.post(
            page("nomina_posto", elezione, numero, "segretario", 1), {**persona, "metodo": "presidente"}
        )
    risposta = ufficio_web.post(
        page("nomina_posto", elezione, 2, "presidente", 1), {**persona, "metodo": "sindaco"}, follow=True
    )

    assert Nomina.objects.count() == 2
    assert "E312" in ufficio_web.get(page("ufficio", elezione, 2)).content.decode()
    assert "è già in un ufficio: sezione 1, sezione 2 (art. 20 TU)" in risposta.content.decode()
