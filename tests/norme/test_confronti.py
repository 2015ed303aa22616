"""A section against the others: few false alarms on the real ones, the slips no identity can see."""

from collections import Counter
from dataclasses import replace

import pytest

from norme.confronti import check_confronti, check_precedente, check_tutte
from norme.dati_scrutinio import DatiScrutinio
from norme.profilo import build_profilo, find_slittamento, measure_scarto, rank_correlation
from norme.scrutinio import check_scrutinio
from tests.norme.sezioni import (
    PARAMETRI,
    SVISTE,
    change,
    change_preferenze,
    sezione,
    sezioni,
    skip_row,
    slide_down,
    slips,
    swap_digits,
    swap_rows,
    wrong_digit,
)

PROFILO = build_profilo(sezioni())


def codici(dati, profilo=PROFILO):
    return [rilievo.codice for rilievo in check_confronti(dati, profilo=profilo, parametri=PARAMETRI)]


def test_false_alarms_on_43_real_sections_are_three():
    """About 17,000 neighbouring pairs of candidates, 817 lists, 215 sindaci compared."""
    trovati = check_tutte(sezioni(), parametri=PARAMETRI)
    assert {sezione: [r.codice for r in rilievi] for sezione, rilievi in trovati.items()} == {
        19: ["W436"],
        32: ["W436"],
        42: ["W444"],
    }


def test_a_section_is_not_compared_with_itself_nor_with_too_few_others():
    vuota = change(sezione(1), "voti_liste", _5=0)
    assert codici(vuota, build_profilo([*sezioni()[1:], vuota])) == ["W430"]
    assert codici(vuota, build_profilo(sezioni()[:5])) == []


def test_a_list_at_zero_here_and_strong_elsewhere():
    assert codici(change(sezione(1), "voti_liste", _5=0)) == ["W430"]


def test_a_list_with_nearly_all_the_votes_here_and_few_elsewhere():
    voti = {lista: 1 for lista in sezione(1).voti_liste} | {18: 400}
    assert "W431" in codici(replace(sezione(1), voti_liste=voti, preferenze={}))


def test_a_candidate_at_zero_here_and_strong_elsewhere():
    forte = max(sezione(11).preferenze[4], key=lambda c: sum(s.preferenze[4][c] for s in sezioni()))
    assert "W444" in codici(change_preferenze(sezione(11), 4, {forte: 0}))


def test_lists_slid_by_one_row():
    voti = list(sezione(1).voti_liste.values())
    slittati = dict(enumerate([0, *voti[:-1]], 1))
    trovati = check_confronti(replace(sezione(1), voti_liste=slittati), profilo=PROFILO, parametri=PARAMETRI)
    assert [r.contesto["lista"] for r in trovati if r.codice == "W441"] == [1]


def test_sindaci_slid_by_one_row():
    voti = list(sezione(1).voti_sindaci.values())
    assert "W443" in codici(replace(sezione(1), voti_sindaci=dict(enumerate([0, *voti[:-1]], 1))))


def test_two_neighbouring_sindaci_swapped():
    basso = [change(s, "voti_sindaci", _4=1) for s in sezioni()]
    scambiati = change(basso[0], "voti_sindaci", _3=1, _4=110)
    assert codici(scambiati, build_profilo(basso)) == ["W442", "W445", "W445"]


def test_two_neighbouring_lists_swapped():
    basso = [change(s, "voti_liste", _18=1, _19=30) for s in sezioni()]
    scambiate = change(basso[0], "voti_liste", _18=30, _19=1)
    assert "W440" in codici(replace(scambiate, preferenze={}), build_profilo(basso))


def test_preferences_of_two_neighbours_swapped():
    lista = [change_preferenze(s, 1, {4: 0, 5: 20}) for s in sezioni()]
    assert "W436" in codici(change_preferenze(lista[0], 1, {4: 20, 5: 0}), build_profilo(lista))


@pytest.mark.parametrize(
    ("cambio", "codice"),
    [
        ({"schede_nulle": 105}, "W433"),
        ({"schede_bianche": 101}, "W434"),
        ({"votanti": 1100, "schede_nulle": 8}, "W435"),
    ],
)
def test_shares_far_from_the_other_sections(cambio, codice):
    assert codici(replace(sezione(1), preferenze={}, **cambio)) == [codice]


def test_a_section_with_few_voters_or_without_figures_is_not_judged():
    assert codici(sezione(13)) == []
    assert codici(DatiScrutinio(sezione=99)) == []
    assert codici(DatiScrutinio(sezione=99, votanti=100, schede_bianche=None)) == []
    assert codici(DatiScrutinio(sezione=99, voti_sindaci={1: None, 2: 5})) == []
    assert codici(DatiScrutinio(sezione=99, votanti=100, voti_liste={1: None, 2: 9})) == []
    assert codici(replace(sezione(1), speciale=True, votanti=1100, schede_nulle=8, preferenze={})) == []


def test_a_distance_counts_in_median_distances():
    assert measure_scarto(0.5, [0.1, 0.2, 0.3]).deviazioni == pytest.approx(3)
    assert measure_scarto(0.5, [0.2, 0.2, 0.2]).deviazioni == float("inf")


def test_rank_correlation_shares_the_rank_of_equal_figures():
    assert rank_correlation([1, 2, 3], [10, 20, 30]) == pytest.approx(1)
    assert rank_correlation([1, 2, 3], [3, 2, 1]) == pytest.approx(-1)
    assert rank_correlation([1, 1, 1], [3, 2, 1]) == 0
    assert rank_correlation([0, 0, 5, 9], [1, 2, 7, 8]) == pytest.approx(0.9486832980505138)


def test_too_few_rows_cannot_slide():
    assert find_slittamento([1, 2, 3], [3, 2, 1]) is None


def test_figures_that_agree_are_not_searched_for_a_shift():
    assert find_slittamento([1, 2, 3, 4], [10, 20, 30, 40], guadagno=0.1) is None
    assert find_slittamento([0, 9, 5, 7, 1], [90, 50, 70, 10, 1], guadagno=0.1).riga == 0


# --- the past


def test_the_runoff_is_compared_with_the_first_turno():
    prima = DatiScrutinio(elettori=1000, votanti=700)
    assert confronta(DatiScrutinio(turno=2, elettori=990, votanti=400), prima) == []
    assert confronta(DatiScrutinio(turno=2, elettori=909, votanti=400), prima) == ["W439"]


def test_a_section_is_compared_with_the_previous_election():
    prima = DatiScrutinio(elettori=1000, votanti=700)
    assert confronta(DatiScrutinio(elettori=1100, votanti=700), prima) == []
    assert confronta(DatiScrutinio(elettori=1200, votanti=830), prima) == ["W437"]
    assert confronta(DatiScrutinio(elettori=1000, votanti=450), prima) == ["W438"]
    assert confronta(DatiScrutinio(elettori=1000, votanti=450), prima, variazione=-0.2) == []
    assert confronta(DatiScrutinio(elettori=0, votanti=10), prima) == []


def confronta(dati, prima, **altro):
    return [r.codice for r in check_precedente(dati, prima=prima, parametri=PARAMETRI, **altro)]


# --- how many slips are caught, measured


def caught(svista, colonna, quante=40):
    """Shares of random slips on real sections: stopped by an error, and seen at all (by a warning too)."""
    conto = Counter()
    for dati in slips(svista, colonna, quante, seme=2021):
        vera = sezione(dati.sezione)
        nuovi = findings(dati) - findings(vera)
        if not nuovi:
            nuovi = comparisons(dati) - comparisons(vera)
        conto["E" if any(codice[0] == "E" for codice, _ in nuovi) else "W" if nuovi else "-"] += 1
    return conto["E"] / quante, (conto["E"] + conto["W"]) / quante


def findings(dati):
    return {(r.codice, r.campi) for r in check_scrutinio(dati, parametri=PARAMETRI)}


def comparisons(dati):
    return {(r.codice, r.campi) for r in check_confronti(dati, profilo=PROFILO, parametri=PARAMETRI)}


@pytest.mark.parametrize(
    ("svista", "colonna", "errori", "presi"),
    [
        (swap_digits, "testata", 1.0, 1.0),
        (wrong_digit, "testata", 0.85, 1.0),
        (swap_digits, "voti_sindaci", 1.0, 1.0),
        (slide_down, "voti_sindaci", 0.95, 1.0),
        (skip_row, "voti_sindaci", 0.95, 0.95),
        (swap_rows, "voti_sindaci", 0.0, 0.6),
        (swap_digits, "voti_liste", 0.9, 0.9),
        (slide_down, "voti_liste", 0.95, 1.0),
        (skip_row, "voti_liste", 0.95, 1.0),
        (slide_down, "preferenze", 0.0, 0.15),
    ],
    ids=lambda valore: getattr(valore, "__name__", valore),
)
def test_slips_caught_on_real_sections_without_the_totals_of_the_paper(svista, colonna, errori, presi):
    trovati = caught(svista, colonna)
    assert trovati[0] >= errori and trovati[1] >= presi, trovati


@pytest.mark.parametrize("svista", SVISTE, ids=lambda svista: svista.__name__)
def test_the_total_of_the_paper_catches_every_slip_that_changes_the_sum_of_the_preferences(svista):
    for dati in slips(svista, "preferenze", 60, seme=2021):
        vere = sezione(dati.sezione).preferenze
        totali = {lista: sum(celle.values()) for lista, celle in vere.items()}
        rilievi = check_scrutinio(replace(dati, totali_preferenze=totali), parametri=PARAMETRI)
        cambiata = [lista for lista, celle in dati.preferenze.items() if sum(celle.values()) != totali[lista]]
        assert [r.contesto["lista"] for r in rilievi if r.codice == "E444"] == cambiata
