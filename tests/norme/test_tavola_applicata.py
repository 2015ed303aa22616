"""The table of one election: the rows that decide its ballots, with what holds there and how sure it is."""

from datetime import date

import pytest

from norme.parametri import ParametroIgnoto, parametri_at
from norme.registro import catalogo
from norme.tavola_applicata import PROVE, SICUREZZA, apply_tavola
from norme.tavola_voto import tavola
from tests.norme.test_voto import CASI

INIZI = {"nulla": "scheda nulla", "bianca": "scheda bianca", "da_decidere": "da decidere"}


def parametri_del(quadro: str, **scelte):
    voce = CASI["quadri"][quadro]["elezione"]
    condizioni = {
        k: v for k, v in voce.items() if k in ("popolazione", "ordinamento", "capoluogo", "sistema")
    }
    parametri = parametri_at(date.fromisoformat(voce["data"]), **condizioni)
    return parametri.choose(**scelte), voce.get("turno", 1)


@pytest.mark.parametrize("caso", CASI["caso"], ids=lambda caso: caso["nome"])
def test_the_row_that_decides_a_ballot_is_in_the_table_and_says_what_it_gives(caso):
    parametri, turno = parametri_del(caso["quadro"], **caso.get("scelte", {}))

    righe = apply_tavola(parametri, turno=turno).righe

    riga = righe[caso["atteso"]["riga"]]
    attesa = INIZI.get(caso["atteso"]["esito"])
    assert riga.esito.startswith(attesa) if attesa else not riga.esito.startswith("scheda")
    assert set(caso["atteso"].get("nulle", [])) <= set(righe)
    assert "se l'ente sceglie" not in "".join(riga.esito for riga in righe.values())


@pytest.mark.parametrize("riga", [r for r in tavola().values() if r.scelta], ids=lambda riga: riga.codice)
def test_a_row_of_choice_has_an_outcome_for_every_choice(riga):
    scelte = {voce for valore in catalogo()[riga.scelta].valori for voce in valore.scelte}

    assert set(riga.esiti) == scelte
    assert riga.prova in "DR" or riga.codice in ("P2", "P4")  # null for sure: whether they count is not


def test_each_round_and_class_has_its_rows_and_no_others():
    gruppi = {
        quadro: {codice[0] for codice in apply_tavola(parametri, turno=turno).righe}
        for quadro in CASI["quadri"]
        for parametri, turno in [parametri_del(quadro)]
    }

    assert gruppi.pop("unico") == gruppi.pop("piccolo") == set("FAP")
    assert gruppi.pop("ballottaggio") == set("FC")
    assert all(trovati == set("FBP") for trovati in gruppi.values())


def test_one_preference_has_no_row_about_the_sex_of_the_second():
    parametri, turno = parametri_del("piccolo")
    applicata = apply_tavola(parametri, turno=turno)

    assert "P5" not in applicata.righe
    assert (applicata.massime, applicata.sesso_diverso) == (1, False)
    assert applicata.righe["P4"].esito == "nulle quelle in più" and not applicata.righe["P4"].altra


def test_where_the_list_does_not_carry_the_sindaco_the_rows_say_so():
    righe = apply_tavola(parametri_del("sicilia_2014", piu_liste_stesso_sindaco="solo_sindaco")[0]).righe

    assert righe["B1"].esito == "voto alla sola lista"
    assert righe["B1"].articolo == "art. 1 l.r. Sicilia 6/2011"
    assert (righe["B11"].esito, righe["B11"].altra) == ("scheda nulla", "")


@pytest.mark.parametrize(("quadro", "prova"), [("distinto", "V"), ("sicilia_2022", "S"), ("friuli", "R")])
def test_outside_the_law_of_the_state_no_row_is_surer_than_the_law_of_the_region(quadro, prova):
    applicata = apply_tavola(parametri_del(quadro)[0])

    assert applicata.righe["B4"].prova == prova
    assert {SICUREZZA.index(r.prova) >= SICUREZZA.index(prova) for r in applicata.righe.values()} == {True}
    assert applicata.has_dubbi


def test_what_was_not_found_is_not_guessed():
    friuli = apply_tavola(parametri_del("friuli")[0])
    aosta = parametri_at(date(2021, 10, 3), popolazione=9000, ordinamento="valle-d-aosta")

    assert (friuli.massime, friuli.sesso_diverso) == (None, None)
    with pytest.raises(ParametroIgnoto, match="sindaco_vale_per_lista"):
        apply_tavola(aosta)


def test_the_marks_of_evidence_are_those_of_the_parameters():
    assert {riga.prova for riga in tavola().values()} <= set(PROVE)
