"""The two sexes in a list: the booklet's examples, and what must always hold."""

import tomllib
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from norme.genere import RegolaGenere, cut_to_max, regola_genere, strike_excess
from norme.parametri import ParametroIgnoto, parametri_at

CASI = tomllib.loads((Path(__file__).parents[1] / "casi" / "liste.toml").read_text("utf-8"))
QUOTA = regola_genere(parametri_at(date(2021, 10, 3), popolazione=20_000))
PRESENZA = regola_genere(parametri_at(date(2021, 10, 3), popolazione=2_000))

sessi = st.lists(st.sampled_from("MF"), max_size=48)


def count(lista, cancellati=()):
    restano = [sesso for posizione, sesso in enumerate(lista) if posizione not in cancellati]
    return restano.count("M"), restano.count("F")


@pytest.mark.parametrize("caso", CASI["quote"], ids=lambda caso: str(caso["candidati"]))
def test_the_examples_of_the_booklet(caso):
    assert QUOTA.max_of_one(caso["candidati"]) == caso["piu"]
    assert QUOTA.is_respected(caso["piu"], caso["meno"])
    assert not QUOTA.is_respected(caso["piu"] + 1, caso["meno"] - 1)


@given(st.integers(0, 100), st.integers(0, 100))
def test_two_thirds_always_up_is_the_same_as_at_most_twice(uomini, donne):
    maggiore, minore = max(uomini, donne), min(uomini, donne)
    assert QUOTA.is_respected(uomini, donne) == (maggiore <= 2 * minore)


@given(sessi)
def test_striking_restores_the_rule_with_the_fewest_names_from_the_bottom(lista):
    riduzione = strike_excess(lista, QUOTA, minimo=0)
    uomini, donne = count(lista, riduzione.cancellati)
    assert riduzione.rispettata
    assert QUOTA.is_respected(uomini, donne)
    if riduzione.cancellati:
        prima = riduzione.cancellati[1:]  # one name less, the highest one kept
        assert not QUOTA.is_respected(*count(lista, prima))
        sesso = lista[riduzione.cancellati[0]]
        assert {lista[posizione] for posizione in riduzione.cancellati} == {sesso}
        ultimi = [posizione for posizione, altro in enumerate(lista) if altro == sesso]
        assert riduzione.cancellati == tuple(ultimi[-len(riduzione.cancellati) :])


@given(sessi, st.integers(0, 48))
def test_striking_never_goes_below_the_minimum(lista, minimo):
    riduzione = strike_excess(lista, QUOTA, minimo=minimo)
    restano = len(lista) - len(riduzione.cancellati)
    assert restano >= min(minimo, len(lista))
    assert riduzione.rispettata or restano <= minimo


@given(sessi, st.integers(1, 48))
def test_cutting_to_the_maximum_keeps_a_rule_that_holds(lista, massimo):
    if not QUOTA.is_respected(*count(lista)):
        lista = [
            sesso
            for posizione, sesso in enumerate(lista)
            if posizione not in strike_excess(lista, QUOTA, minimo=0).cancellati
        ]
    cancellati = cut_to_max(lista, massimo, QUOTA)
    assert len(lista) - len(cancellati) == min(len(lista), massimo)
    assert QUOTA.is_respected(*count(lista, cancellati)) or min(len(lista), massimo) == 1


def test_cutting_passes_over_the_name_the_rule_needs():
    assert cut_to_max("MMMMFF", 5, QUOTA) == (3,)
    assert cut_to_max("MMMMFF", 5, None) == (5,)
    assert cut_to_max("MMMF", 2, PRESENZA) == (1, 2)
    assert cut_to_max("MMMMM", 4, QUOTA) == (4,)


def test_both_sexes_are_enough_in_the_small_comune():
    assert PRESENZA.tipo == "presenza"
    assert PRESENZA.is_respected(6, 1)
    assert not PRESENZA.is_respected(7, 0)
    assert not PRESENZA.is_respected(1, 0)


def test_with_arithmetic_rounding_eleven_and_five_pass():
    parametri = parametri_at(date(2015, 5, 31), popolazione=20_000).choose(arrotondamento_genere="aritmetico")
    regola = regola_genere(parametri)
    assert regola.is_respected(11, 5)
    assert not regola.is_respected(12, 4)
    assert not QUOTA.is_respected(11, 5)
    assert regola.max_of_one(9) == 6


def test_three_quarters_in_the_small_comuni_of_friuli():
    parametri = parametri_at(date(2021, 10, 3), popolazione=5_000, ordinamento="friuli-venezia-giulia")
    assert regola_genere(parametri).massimo == Fraction(3, 4)
    assert regola_genere(parametri).is_respected(9, 3)
    assert not regola_genere(parametri).is_respected(10, 3)


def test_five_thousand_exactly_follows_the_choice_of_the_ente():
    parametri = parametri_at(date(2021, 10, 3), popolazione=5_000)
    assert regola_genere(parametri).tipo == "quota"
    assert regola_genere(parametri.choose(soglia_quota_genere="esclusa")).tipo == "presenza"


def test_an_unknown_rule_is_said_and_not_guessed():
    with pytest.raises(ParametroIgnoto, match="sicilia"):
        regola_genere(parametri_at(date(2022, 6, 12), popolazione=9_000, ordinamento="sicilia"))


def test_the_rule_names_its_article():
    assert isinstance(QUOTA, RegolaGenere)
    assert str(QUOTA.riferimento) == "TU art. 33 c. 1 d-bis"
