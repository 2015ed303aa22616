"""Fees, to the cent: the table of the law as data, the split that loses nothing."""

import tomllib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from norme.compensi import compute_adunanza, compute_compenso, format_euro, split_compenso
from norme.parametri import ParametroIgnoto, parametri_at

CASI = tomllib.loads((Path(__file__).parents[1] / "casi" / "compensi.toml").read_text("utf-8"))["casi"]


@pytest.mark.parametrize("caso", CASI, ids=lambda caso: caso["nome"])
def test_every_amount_of_the_table(caso):
    parametri = parametri_at(caso["data"], popolazione=45_000)
    scelte = {
        nome: caso[nome] for nome in ("tipo", "elezioni", "giorni", "covid", "ballottaggio") if nome in caso
    }
    for ruolo in ("presidente", "scrutatore", "segretario"):
        atteso = caso["presidente" if ruolo == "presidente" else "componente"]
        assert compute_compenso(ruolo, parametri=parametri, **scelte).centesimi == atteso


def test_every_entry_says_its_rule_and_its_article():
    parametri = parametri_at(date(2024, 6, 8), popolazione=45_000)
    compenso = compute_compenso("presidente", parametri=parametri, elezioni=2)
    assert [(voce.testo, format_euro(voce.centesimi), voce.articolo) for voce in compenso.voci] == [
        ("Onorario", "150,00 €", "l. 70/1980 art. 1"),
        ("Aumento per il voto in due giorni (+15 %)", "22,50 €", "d.l. 7/2024 art. 1"),
        ("Altre elezioni contemporanee: 1 × 37,00 €", "37,00 €", "l. 70/1980 art. 1"),
    ]
    assert compenso.as_dict()["euro"] == "209,50 €"
    assert compenso.as_dict()["voci"][1]["regola"] == "maggiorazione_due_giorni"


def test_the_covid_uplift_on_increments_is_a_choice():
    parametri = parametri_at(date(2021, 10, 3), popolazione=45_000).choose(covid_su_incrementi=True)
    compenso = compute_compenso("presidente", parametri=parametri, tipo="ospedaliera", elezioni=2, covid=True)
    assert compenso.centesimi == (15_000 + 3_700) * 3 // 2


def test_there_is_no_covid_uplift_outside_2021():
    with pytest.raises(ParametroIgnoto, match="Covid"):
        compute_compenso("presidente", parametri=parametri_at(date(2023, 5, 14)), tipo="speciale", covid=True)


def test_who_is_not_a_member_has_no_fee():
    with pytest.raises(ValueError, match="al rappresentante non spetta"):
        compute_compenso("rappresentante", parametri=parametri_at(date(2021, 10, 3)))
    with pytest.raises(ValueError, match="almeno una"):
        compute_compenso("presidente", parametri=parametri_at(date(2021, 10, 3)), elezioni=0)


def test_the_adunanza_is_paid_by_the_day_in_the_small_comuni():
    piccolo = parametri_at(date(2021, 10, 3), popolazione=9_000)
    assert compute_adunanza(1, parametri=piccolo).centesimi == 4_132
    assert compute_adunanza(2, parametri=piccolo).testo == "Adunanza dei presidenti, giorni di lavoro: 2"
    with pytest.raises(ValueError, match="almeno uno"):
        compute_adunanza(0, parametri=piccolo)
    with pytest.raises(ParametroIgnoto, match="Manca la popolazione"):
        compute_adunanza(1, parametri=parametri_at(date(2021, 10, 3)))


@pytest.mark.parametrize(("popolazione", "capoluogo"), [(15_001, False), (45_000, False), (14_000, True)])
def test_where_the_ufficio_centrale_proclaims_there_is_no_adunanza(popolazione, capoluogo):
    grande = parametri_at(date(2024, 6, 8), popolazione=popolazione, capoluogo=capoluogo)
    with pytest.raises(ValueError, match="non c'è: proclama l'Ufficio centrale"):
        compute_adunanza(1, parametri=grande)


def test_the_adunanza_of_the_circoscrizioni_is_paid_the_same_also_in_the_cities():
    citta = parametri_at(date(2021, 10, 3), popolazione=400_000)
    voce = compute_adunanza(2, parametri=citta, circoscrizioni=True)
    assert (voce.centesimi, voce.articolo, voce.prova) == (8_264, "l. 70/1980 art. 2 c. 2", "V")
    assert voce.testo == "Adunanza dei presidenti per le circoscrizioni, giorni di lavoro: 2"


@pytest.mark.parametrize("tipo", ["ordinaria", "volante"])
def test_the_covid_uplift_is_only_of_hospitals_and_special_seats(tipo):
    with pytest.raises(ValueError, match="solo a sezioni ospedaliere e seggi speciali"):
        compute_compenso(
            "presidente", parametri=parametri_at(date(2021, 10, 3), popolazione=45_000), tipo=tipo, covid=True
        )


def test_a_fee_is_split_by_the_time_served():
    assert split_compenso(12_000, [600, 1_200]) == (4_000, 8_000)
    assert split_compenso(100, [1, 1, 1]) == (34, 33, 33)
    assert split_compenso(100, [0, 5]) == (0, 100)


@given(st.integers(0, 100_000), st.lists(st.integers(0, 5_000), min_size=1, max_size=6).filter(any))
def test_the_split_loses_no_cent_and_stays_within_a_cent_of_the_share(centesimi, durate):
    parti = split_compenso(centesimi, durate)
    totale = sum(durate)
    assert sum(parti) == centesimi
    assert all(
        abs(parte * totale - centesimi * durata) < totale for parte, durata in zip(parti, durate, strict=True)
    )


@pytest.mark.parametrize(("centesimi", "durate"), [(-1, [1]), (100, []), (100, [0, 0]), (100, [5, -1])])
def test_an_impossible_split_is_refused(centesimi, durate):
    with pytest.raises(ValueError, match="durata positiva"):
        split_compenso(centesimi, durate)


def test_euro_are_written_the_italian_way():
    assert format_euro(123_456_705) == "1.234.567,05 €"
    assert format_euro(0) == "0,00 €"
