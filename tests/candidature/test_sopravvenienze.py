"""Withdrawals, renunciations and deaths in the room: states, findings, draw, documents, verbale."""

from datetime import datetime

import pytest
from django.urls import reverse

from candidature import manifesti, sorteggio
from candidature.atti import verbale_contesto
from candidature.decisioni import decide_lista, open_seduta
from candidature.models import Candidato, CandidatoSindaco, Lista, RilievoCandidatura, Sopravvenienza
from candidature.presentazione import NonConsentito
from candidature.sopravvenienze import annul_sopravvenienza, record_prefetto, record_sopravvenienza
from electoral.permessi import Ruolo
from risultati.riparto import collect_dati
from tests.candidature.costruzione import alle, elezione_di, presenta
from tests.factories import UtenteFactory, utente_con_ruolo

pytestmark = pytest.mark.django_db


@pytest.fixture
def lista():
    return presenta(elezione_di(40_000, seggi=24), sessi="MF" * 8)


def registra(lista, tipo, chi, *, quando=None, **altro):
    return record_sopravvenienza(
        lista.elezione,
        tipo=tipo,
        chi=chi,
        avvenuta_il=quando or alle(4, ora=11),
        presentata_da="ROSSI Maria, delegata",
        atto="prot. 100 del 4/9/2021",
        by=UtenteFactory(),
        **altro,
    )


def ammetti(lista):
    return decide_lista(lista, esito="ammessa", motivazione="", by=UtenteFactory())


def sorteggia(elezione):
    for urna in sorteggio.urne(elezione):
        sorteggio.draw(
            elezione,
            chiave=urna.chiave,
            modalita="ripetibile",
            seme="7",
            presenti="Commissione",
            eseguito_il=alle(7),
            by=UtenteFactory(),
        )


def ultimo(lista) -> Candidato:
    return lista.candidati.order_by("-numero").first()


def test_a_name_that_renounces_in_time_is_not_examined_and_the_numbers_follow(lista):
    registra(lista, "rinuncia", ultimo(lista))

    minimo = RilievoCandidatura.objects.get(lista=lista, passo="e")
    assert ultimo(lista).stato == Candidato.Stato.RITIRATO
    assert minimo.codice.startswith("E") and 15 in minimo.contesto.values()  # 16 are due


def test_after_the_admission_it_is_recorded_and_nothing_changes(lista):
    ammetti(lista)
    chi = ultimo(lista)

    fatto = registra(lista, "rinuncia", chi, quando=datetime(2021, 10, 1, 9, tzinfo=alle(1).tzinfo))

    chi.refresh_from_db()
    assert (fatto.is_efficace, chi.stato) == (False, "presentato")


def test_a_withdrawn_list_is_not_examined_and_its_sindaco_falls_with_it(lista):
    registra(lista, "ritiro", lista)

    lista.refresh_from_db()
    assert (lista.stato, lista.sindaco.stato) == ("ritirata", "ritirato")
    with pytest.raises(NonConsentito, match="ritirata"):
        ammetti(lista)


def test_the_lists_of_a_sindaco_who_renounces_are_to_be_refused(lista):
    registra(lista, "rinuncia", lista.sindaco)

    assert RilievoCandidatura.objects.filter(lista=lista, codice="E111").exists()
    decide_lista(lista, esito="ricusata", motivazione="Senza candidato sindaco.", by=UtenteFactory())
    lista.sindaco.refresh_from_db()
    assert lista.sindaco.stato == CandidatoSindaco.Stato.RITIRATO


def test_a_decision_taken_before_is_to_be_taken_again(lista):
    ammetti(lista)
    Lista.objects.filter(pk=lista.pk).update(presentata_il=alle(3))
    lista.decisioni.update(decisa_il=alle(5))
    registra(lista, "rinuncia", ultimo(lista))

    with pytest.raises(NonConsentito, match="va decisa di nuovo"):
        sorteggia(lista.elezione)


def test_what_would_change_the_ballot_is_not_recorded_after_the_draw(lista):
    ammetti(lista)
    lista.decisioni.update(decisa_il=alle(5))
    sorteggia(lista.elezione)

    with pytest.raises(NonConsentito, match="prima annulla il sorteggio"):
        registra(lista, "rinuncia", ultimo(lista))


def test_a_name_dead_after_the_admission_stays_on_the_manifesto_with_the_note(lista):
    ammetti(lista)
    lista.decisioni.update(decisa_il=alle(5))
    sorteggia(lista.elezione)
    registra(lista, "decesso", ultimo(lista), quando=alle(20))

    contesto = manifesti.manifesto_contesto(lista.elezione, manifesti.gruppi(lista.elezione))

    nomi = contesto["sindaci"][0]["liste"][0]["candidati"]
    assert len(nomi) == 16
    assert nomi[-1]["nascita"].endswith("deceduta il 20/09/2021")


@pytest.mark.parametrize(
    ("popolazione", "seggi", "articolo"), [(9_000, 12, "art. 71 c. 11"), (40_000, 24, "art. 72")]
)
def test_a_dead_candidate_for_sindaco_stops_draw_manifesto_and_ballots(popolazione, seggi, articolo):
    lista = presenta(elezione_di(popolazione, seggi=seggi), sessi="MF" * (seggi // 2 - 1))
    ammetti(lista)
    registra(lista, "decesso", lista.sindaco, quando=alle(20))

    for atto in (lambda: sorteggia(lista.elezione), lambda: manifesti.gruppi(lista.elezione)):
        with pytest.raises(NonConsentito, match=articolo):
            atto()


def test_up_to_15_000_the_postponement_is_of_law_above_the_prefetto_decides():
    piccolo = presenta(elezione_di(9_000, seggi=12), sessi="MF" * 5)
    grande = presenta(elezione_di(40_000, seggi=24), sessi="MF" * 8)
    fatti = [registra(lista, "decesso", lista.sindaco, quando=alle(20)) for lista in (piccolo, grande)]
    ammetti(grande)

    with pytest.raises(NonConsentito, match="il rinvio è di legge"):
        record_prefetto(fatti[0], esito="prosegue", atto="decreto 1", by=UtenteFactory())
    record_prefetto(fatti[1], esito="prosegue", atto="decreto 2 del 21/9/2021", by=UtenteFactory())

    sorteggia(grande.elezione)
    assert manifesti.gruppi(grande.elezione)
    assert collect_dati(grande.elezione)["prosegue_con"] == "decreto 2 del 21/9/2021"
    assert "prosegue_con" not in collect_dati(piccolo.elezione)


def test_the_engine_knows_of_the_death_from_here(lista):
    registra(lista, "decesso", lista.sindaco, quando=alle(20))

    assert collect_dati(lista.elezione)["sindaci"][0]["deceduto_il"] == "2021-09-20"


def test_annulled_everything_is_as_before_and_the_row_stays(lista):
    fatto = registra(lista, "ritiro", lista)

    annul_sopravvenienza(fatto, motivo="Era di un'altra lista.", by=UtenteFactory())

    lista.refresh_from_db()
    assert (lista.stato, lista.sindaco.stato) == ("presentata", "presentato")
    assert Sopravvenienza.objects.count() == 1
    assert Sopravvenienza.pgh_event_model.objects.count() == 2


@pytest.mark.parametrize(
    ("tipo", "quando", "messaggio"),
    [
        ("rinuncia", alle(3, ora=9), "presentata dopo"),
        ("rinuncia", alle(3, mese=10), "vicende dei candidati"),
        ("rinuncia", alle(3, anno=2099), "nel futuro"),
        ("ritiro", None, "Una lista si ritira"),
    ],
)
def test_a_wrong_fact_is_refused_with_the_reason(lista, tipo, quando, messaggio):
    with pytest.raises(NonConsentito, match=messaggio):
        registra(lista, tipo, ultimo(lista), quando=quando)


def test_the_same_fact_is_not_recorded_twice(lista):
    registra(lista, "rinuncia", ultimo(lista))

    with pytest.raises(NonConsentito, match="già registrato"):
        registra(lista, "decesso", ultimo(lista))


def test_the_verbale_of_the_sitting_says_it(lista):
    seduta = open_seduta(
        lista.elezione,
        tipo="esame",
        by=UtenteFactory(),
        luogo="Municipio",
        presidente="P",
        componenti="C",
        segretario="S",
        aperta_il=alle(5),
    )
    registra(lista, "rinuncia", ultimo(lista))

    (voce,) = verbale_contesto(seduta)["sopravvenienze"]
    assert voce["cosa"] == "rinuncia alla candidatura"
    assert "Cons. Stato 1384/1998" in voce["effetto"]


def test_the_page_shows_what_follows_before_it_records(client, lista):
    client.force_login(utente_con_ruolo(lista.elezione.comune, Ruolo.OPERATORE))
    pagina = reverse("candidature:sopravvenienze", args=[lista.elezione.slug])
    dati = {
        "tipo": "rinuncia",
        "chi": f"candidato-{ultimo(lista).pk}",
        "avvenuta_il": "2021-09-04T12:01",
        "presentata_da": "ROSSI Maria",
        "atto": "prot. 1",
        "autenticata": "on",
    }

    prima = client.post(pagina, dati)
    assert "dopo il termine di presentazione delle liste" in prima.content.decode()
    assert not Sopravvenienza.objects.exists()

    assert client.post(pagina, dati | {"conferma": "1"}).status_code == 302
    assert Sopravvenienza.objects.get().conseguenza == "nessuna"


def test_who_is_already_out_by_a_decision_has_nothing_to_renounce(lista):
    Candidato.objects.filter(pk=ultimo(lista).pk).update(stato="escluso")

    with pytest.raises(NonConsentito, match="già escluso"):
        registra(lista, "rinuncia", ultimo(lista))
