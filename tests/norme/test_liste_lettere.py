"""Examination of a list, letter by letter: receipt, signatures, mark, linked sindaco, papers."""

from dataclasses import replace

import pytest

from norme.liste import (
    Contrassegno,
    Proposta,
    Stato,
    check_lista,
    check_liste,
)
from norme.parametri import parametri_at
from tests.norme.liste import (
    GRANDE,
    SINDACO,
    TURNO,
    codici,
    lista_di,
    ora,
    stato,
)


@pytest.mark.parametrize(
    ("presentata", "codice", "proposta"),
    [
        (ora("2021-09-04T12:00"), [], Proposta.AMMESSA),
        (ora("2021-09-04T10:00+00:00"), [], Proposta.AMMESSA),
        (ora("2021-09-04T10:01+00:00"), ["E101"], Proposta.RICUSATA),
        (ora("2021-09-04T12:01"), ["E101"], Proposta.RICUSATA),
        (ora("2021-09-03T07:59"), ["W114"], Proposta.AMMESSA),
    ],
)
def test_the_hour_of_the_receipt_decides(presentata, codice, proposta):
    esito = check_lista(lista_di(presentata_il=presentata), parametri=GRANDE)
    assert (codici(esito), esito.proposta) == (codice, proposta)


def test_too_few_signatures_eliminate_the_list():
    esito = check_lista(lista_di(firme_valide=33, firme_presentate=34), parametri=GRANDE)
    assert (codici(esito), esito.proposta) == (["E102"], Proposta.RICUSATA)
    assert esito.verifiche[1].testo == "33 valide su 34 (minimo 34, massimo 200)"


def test_signatures_without_certificate_may_still_save_it():
    lista = lista_di(firme_valide=33, firme_presentate=34, firme_curabili=1)
    assert check_lista(lista, parametri=GRANDE).proposta is Proposta.DA_INTEGRARE
    assert check_lista(lista, parametri=GRANDE, definitiva=True).proposta is Proposta.RICUSATA


def test_too_many_signatures_are_only_noted():
    esito = check_lista(lista_di(firme_valide=190, firme_presentate=201), parametri=GRANDE)
    assert (codici(esito), esito.proposta) == (["W101"], Proposta.AMMESSA)


def test_below_a_thousand_people_no_signature_is_asked():
    piccolo = parametri_at(TURNO, popolazione=999)
    esito = check_lista(lista_di("MFMFMFM", firme_valide=None), parametri=piccolo)
    assert stato(esito, "a") is Stato.NON_DOVUTA
    assert esito.proposta is Proposta.AMMESSA


@pytest.mark.parametrize(
    ("contrassegno", "codice", "proposta"),
    [
        (Contrassegno("Lista", presente=False), ["E103"], Proposta.DA_INTEGRARE),
        (Contrassegno("Lista", esemplari=3), [], Proposta.AMMESSA),
        (Contrassegno("Lista", esemplari=2), ["W108"], Proposta.AMMESSA),
        (Contrassegno("Lista", digitale=True, religioso=True), ["E114"], Proposta.DA_INTEGRARE),
        (
            Contrassegno("Lista", digitale=True, simbolo_partito=True, autorizzato=False),
            ["E113"],
            Proposta.DA_INTEGRARE,
        ),
        (Contrassegno("Lista", digitale=True, simbolo_partito=True, autorizzato=True), [], Proposta.AMMESSA),
    ],
)
def test_what_a_machine_sees_of_the_mark(contrassegno, codice, proposta):
    esito = check_lista(lista_di(contrassegno=contrassegno), parametri=GRANDE)
    assert (codici(esito), esito.proposta) == (codice, proposta)


def test_the_mark_presented_later_gives_way():
    prima = lista_di(id="A", contrassegno=Contrassegno("Alba", impronta="x", digitale=True))
    dopo = lista_di(
        id="B",
        contrassegno=Contrassegno("Tramonto", impronta="x", digitale=True),
        presentata_il=ora("2021-09-03T10:01"),
    )
    uno, altro = check_liste([prima, dopo], parametri=GRANDE)
    assert (codici(uno), codici(altro)) == ([], ["E105"])
    assert altro.rilievi[0].testo == "L'immagine è la stessa della lista «Alba», presentata prima."


@pytest.mark.parametrize(
    ("primo", "secondo", "motivo"),
    [
        (Contrassegno("Viva Città!"), Contrassegno("VIVA CITTA"), "stessa denominazione"),
        (Contrassegno("Uniti per Sanremo"), Contrassegno("Uniti per San Remo 2"), "denominazione simile"),
        (
            Contrassegno("Uno", impronta_visiva=0b1111),
            Contrassegno("Due", impronta_visiva=0),
            "immagine simile",
        ),
    ],
)
def test_marks_that_deserve_a_look_are_shown_and_not_refused(primo, secondo, motivo):
    prima = lista_di(id="A", contrassegno=replace(primo, digitale=True))
    dopo = lista_di(
        id="B", contrassegno=replace(secondo, digitale=True), presentata_il=ora("2021-09-03T11:00")
    )
    esito = check_lista(dopo, parametri=GRANDE, altre_liste=[prima])
    assert codici(esito) == ["W104"]
    assert motivo in esito.rilievi[0].testo
    assert esito.proposta is Proposta.AMMESSA


def test_different_marks_do_not_resemble_each_other():
    prima = lista_di(id="A", contrassegno=Contrassegno("Alba", impronta_visiva=0, digitale=True))
    dopo = lista_di(
        id="B",
        contrassegno=Contrassegno("Insieme", impronta_visiva=2**40 - 1, digitale=True),
        presentata_il=ora("2021-09-03T11:00"),
    )
    assert codici(check_lista(dopo, parametri=GRANDE, altre_liste=[prima])) == []


def test_without_a_linked_sindaco_the_list_waits_and_then_falls():
    for lista in (lista_di(sindaco=None), lista_di(collegamento=False)):
        assert codici(check_lista(lista, parametri=GRANDE)) == ["E110"]
        assert check_lista(lista, parametri=GRANDE).proposta is Proposta.DA_INTEGRARE
        assert check_lista(lista, parametri=GRANDE, definitiva=True).proposta is Proposta.RICUSATA


def test_when_the_sindaco_falls_every_linked_list_falls():
    sindaco = replace(SINDACO, incandidabile=True)
    liste = [lista_di(id="A", sindaco=sindaco), lista_di(id="B", sindaco=sindaco), lista_di(id="C")]
    esiti = check_liste(liste, parametri=GRANDE)
    assert [esito.proposta for esito in esiti] == [Proposta.RICUSATA, Proposta.RICUSATA, Proposta.AMMESSA]
    assert codici(esiti[0]) == ["E204", "E111"]


@pytest.mark.parametrize(
    ("campi", "codice"),
    [({"programma": False}, ["W105"]), ({"delegati": False}, ["W106"]), ({"bilancio": False}, [])],
)
def test_missing_papers_of_the_list_are_noted(campi, codice):
    esito = check_lista(lista_di(**campi), parametri=GRANDE)
    assert (codici(esito), esito.proposta) == (codice, Proposta.AMMESSA)


def test_above_fifty_thousand_people_the_spending_budget_is_asked():
    parametri = parametri_at(TURNO, popolazione=50_001)
    lista = lista_di("MF" * 10, bilancio=False, firme_valide=80)
    esito = check_lista(lista, parametri=parametri)
    assert codici(esito) == ["W107"]
    assert [rilievo.campi for verifica in esito.verifiche for rilievo in verifica.rilievi] == [("bilancio",)]
