"""The people of a list: who cannot stand, who stands twice, who is the same person."""

from dataclasses import replace
from datetime import date

import pytest

from norme.candidature import is_same_person
from norme.liste import (
    Proposta,
    check_lista,
    check_liste,
    limiti_lista,
    termini_presentazione,
)
from norme.parametri import parametri_at
from tests.norme.liste import (
    GRANDE,
    SINDACO,
    TURNO,
    candidato,
    change,
    codici,
    lista_di,
    ora,
)


@pytest.mark.parametrize(
    ("campi", "codice", "proposta"),
    [
        ({"accettazione": False}, "E203", Proposta.DA_INTEGRARE),
        ({"certificato": False}, "E202", Proposta.DA_INTEGRARE),
        ({"cittadino_ue": True, "documenti_ue": False}, "E207", Proposta.DA_INTEGRARE),
        ({"incandidabile": True}, "E204", Proposta.AMMESSA_CON_ESCLUSIONI),
        ({"incandidabile": True, "accettazione": False}, "E204", Proposta.AMMESSA_CON_ESCLUSIONI),
        ({"data_nascita": date(2003, 10, 4)}, "E201", Proposta.AMMESSA_CON_ESCLUSIONI),
        ({"consigliere_altrove": True}, "E208", Proposta.AMMESSA_CON_ESCLUSIONI),
        ({"altri_comuni": 2}, "E209", Proposta.AMMESSA_CON_ESCLUSIONI),
    ],
)
def test_a_name_that_cannot_stand_is_struck(campi, codice, proposta):
    esito = check_lista(change(lista_di(), 11, **campi), parametri=GRANDE)
    assert codici(esito)[0] == codice
    assert esito.proposta is proposta
    assert [(voce.candidato.numero, voce.lettera) for voce in esito.cancellazioni] == [(12, "c")]
    assert esito.cancellazioni[0].motivi[0].codice == codice
    finale = check_lista(change(lista_di(), 11, **campi), parametri=GRANDE, definitiva=True)
    assert finale.proposta is Proposta.AMMESSA_CON_ESCLUSIONI


@pytest.mark.parametrize(
    ("campi", "codice"),
    [
        ({"data_nascita": date(2003, 10, 3)}, []),
        ({"altri_comuni": 1}, []),
        ({"cittadino_ue": True, "documenti_ue": True, "certificato": None}, []),
        ({"ineleggibilita": "dipendente del comune"}, ["W202"]),
        ({"data_nascita": None}, ["W203"]),
    ],
)
def test_a_name_that_may_stand_stays(campi, codice):
    esito = check_lista(change(lista_di(), 11, **campi), parametri=GRANDE)
    assert (codici(esito), esito.cancellazioni) == (codice, ())


def test_papers_still_missing_keep_the_list_waiting_not_refused():
    """Eleven names is the minimum: without one certificate the list would fall, with it it stands."""
    lista = change(lista_di("MFMFMFMFMFM"), 0, certificato=False)
    esito = check_lista(lista, parametri=GRANDE)
    assert codici(esito) == ["E202", "E106"]
    assert (esito.proposta, esito.curabile) == (Proposta.DA_INTEGRARE, True)
    assert check_lista(lista, parametri=GRANDE, definitiva=True).proposta is Proposta.RICUSATA


def test_where_the_second_sitting_is_not_applied_nothing_can_be_cured():
    parametri = parametri_at(TURNO, popolazione=9_000).choose(udienza_delegati=False)
    lista = change(lista_di("MFMFMFMFM", firme_valide=20), 0, certificato=False)
    assert check_lista(lista, parametri=parametri).proposta is Proposta.RICUSATA


@pytest.mark.parametrize(
    ("data", "popolazione", "campi", "codici_attesi"),
    [
        (TURNO, 20_000, {"cittadino_ue": True, "documenti_ue": True}, ["E206", "E111"]),
        (TURNO, 20_000, {"altri_comuni": 1}, ["E209", "E111"]),
        (TURNO, 20_000, {"consigliere_altrove": True}, ["W210"]),
        (TURNO, 20_000, {"candidatura_unica": False}, ["E215", "E111"]),
        (TURNO, 20_000, {"mandati": 1}, []),
        (TURNO, 20_000, {"mandati": 2}, ["W207"]),
        (TURNO, 20_000, {"mandati": 2, "mandato_breve": True}, ["W204"]),
        (TURNO, 20_000, {"mandati": 3, "mandato_breve": True}, ["W207"]),
        (TURNO, 3_000, {"mandati": 2}, []),
        (TURNO, 2_500, {"mandati": 3}, ["W207"]),
        (TURNO, 2_500, {"mandati": 3, "mandato_breve": True}, ["W207"]),  # a third term, never a fourth
        (TURNO, 3_001, {"mandati": 2, "mandato_breve": True}, ["W204"]),
        (date(2023, 5, 14), 4_500, {"mandati": 3, "mandato_breve": True}, ["W207"]),
        (date(2023, 5, 14), 5_001, {"mandati": 2, "mandato_breve": True}, ["W204"]),
        (date(2024, 6, 8), 20_000, {"mandati": 2}, ["E210", "E111"]),
        (date(2024, 6, 8), 9_000, {"mandati": 2}, []),
        (date(2024, 6, 8), 9_000, {"mandati": 3, "mandato_breve": True}, ["E210", "E111"]),
        (date(2024, 6, 8), 5_000, {"mandati": 7}, []),
    ],
)
def test_who_may_be_candidate_sindaco(data, popolazione, campi, codici_attesi):
    parametri = parametri_at(data, popolazione=popolazione)
    inizio, _ = termini_presentazione(parametri)
    sindaco = replace(SINDACO, **campi)
    lista = lista_di("MF" * (limiti_lista(parametri).massimo // 2), sindaco=sindaco, presentata_il=inizio)
    trovati = [codice for codice in codici(check_lista(lista, parametri=parametri)) if codice != "W101"]
    assert trovati == codici_attesi


def test_the_declaration_of_the_sindaco_may_still_come():
    lista = lista_di(sindaco=replace(SINDACO, candidatura_unica=False))
    assert check_lista(lista, parametri=GRANDE).proposta is Proposta.DA_INTEGRARE
    assert check_lista(lista, parametri=GRANDE, definitiva=True).proposta is Proposta.RICUSATA


def test_unknown_term_limits_are_said():
    friuli = parametri_at(TURNO, popolazione=20_000, ordinamento="friuli-venezia-giulia")
    lista = lista_di("MF" * 10, sindaco=replace(SINDACO, mandati=2), presentata_il=ora("2021-08-30T09:00"))
    esito = check_lista(lista, parametri=friuli)
    assert codici(esito) == ["W110", "W206"]
    (firme,) = [v for v in esito.verifiche if any(r.codice == "W110" for r in v.rilievi)]
    assert (firme.lettera, firme.titolo) == ("a", "Sottoscrizioni")


def test_a_name_falls_from_the_list_presented_later():
    doppio = {"cognome": "Rossi", "nome": "Ugo", "codice_fiscale": "RSSGUO80A01H501X"}
    prima = change(lista_di(id="A"), 3, **doppio)
    dopo = change(lista_di(id="B", presentata_il=ora("2021-09-03T10:01")), 7, **doppio)
    uno, altro = check_liste([dopo, prima], parametri=GRANDE)
    assert codici(altro) == []
    assert codici(uno) == ["E205"]
    assert [(voce.candidato.numero, voce.lettera) for voce in uno.cancellazioni] == [(8, "d")]


def test_with_the_same_hour_the_commission_decides_who_came_first():
    doppio = {"cognome": "D'Amico", "nome": "Noè", "data_nascita": date(1977, 7, 7)}
    prima = change(lista_di(id="A"), 3, **doppio)
    dopo = change(lista_di(id="B"), 7, **{**doppio, "cognome": "DAMICO", "nome": "NOE"})
    esiti = check_liste([prima, dopo], parametri=GRANDE)
    assert [codici(esito) for esito in esiti] == [["E212"], ["E212"]]
    assert {esito.proposta for esito in esiti} == {Proposta.DA_DECIDERE}


def test_a_namesake_nobody_can_tell_apart_is_shown():
    prima = change(lista_di(id="A"), 3, cognome="Rossi", nome="Ugo")
    dopo = change(lista_di(id="B"), 7, cognome="Rossi", nome="Ugo", data_nascita=None)
    esito = check_lista(dopo, parametri=GRANDE, altre_liste=[prima, dopo])
    assert codici(esito) == ["W203", "W205"]


def test_people_are_told_apart_by_codice_fiscale_then_by_birth_date():
    ugo = candidato(1, cognome="Rossi", nome="Ugo", codice_fiscale="a")
    assert is_same_person(ugo, replace(ugo, codice_fiscale="A", cognome="Rosso"))
    assert not is_same_person(ugo, replace(ugo, codice_fiscale="B"))
    assert is_same_person(ugo, replace(ugo, codice_fiscale=""))
    assert not is_same_person(replace(ugo, codice_fiscale=""), replace(ugo, data_nascita=date(1981, 1, 1)))


def test_a_name_written_twice_stays_in_its_first_place():
    lista = change(lista_di(), 9, cognome="Ax", nome="NomeM", sesso="M")
    esito = check_lista(lista, parametri=GRANDE)
    assert codici(esito) == ["E211"]
    assert [voce.candidato.numero for voce in esito.cancellazioni] == [10]


def test_the_sindaco_among_the_candidates_is_shown_once_also_in_a_coalition():
    sindaco = replace(SINDACO, id="s")
    prima = change(
        lista_di(id="A", sindaco=sindaco), 1, cognome="Neri", nome="Ada", data_nascita=date(1970, 1, 1)
    )
    dopo = lista_di(id="B", sindaco=sindaco, presentata_il=ora("2021-09-03T09:00"))
    uno, altro = check_liste([prima, dopo], parametri=GRANDE)
    assert (codici(uno), codici(altro)) == (["W201"], [])


def test_the_sindaco_in_a_list_of_another_candidate_is_for_the_commission():
    lista = lista_di(id="A")
    sindaco = lista.sindaco
    altra = change(
        lista_di(id="B", presentata_il=ora("2021-09-03T09:00")),
        2,
        cognome=sindaco.cognome,
        nome=sindaco.nome,
        data_nascita=sindaco.data_nascita,
    )
    esito = check_lista(lista, parametri=GRANDE, altre_liste=[altra])
    assert (codici(esito), esito.proposta) == (["E213"], Proposta.DA_DECIDERE)


@pytest.mark.parametrize(
    ("uno", "altro", "atteso"),
    [
        ({"codice_fiscale": "A"}, {"codice_fiscale": "B"}, []),
        ({"data_nascita": date(1990, 1, 1)}, {"data_nascita": date(1991, 1, 1)}, []),
        ({}, {}, ["E205"]),
    ],
)
def test_two_people_with_one_name_are_two_people(uno, altro, atteso):
    ugo = {"cognome": "Rossi", "nome": "Ugo"}
    prima = change(lista_di(id="A"), 3, **ugo, **uno)
    dopo = change(lista_di(id="B", presentata_il=ora("2021-09-03T11:00")), 7, **ugo, **altro)
    assert codici(check_lista(dopo, parametri=GRANDE, altre_liste=[prima])) == atteso


def test_without_the_receipts_nobody_came_first():
    ugo = {"cognome": "Rossi", "nome": "Ugo"}
    liste = [change(lista_di(id=id, presentata_il=None), 3, **ugo) for id in "AB"]
    assert [codici(esito) for esito in check_liste(liste, parametri=GRANDE)] == [["W115", "E212"]] * 2
