"""Vacant seats during the mandate, from the frozen ranking (TUEL 45)."""

import pytest

from norme.riparto.sorteggi import SorteggioRichiesto
from norme.riparto.surroga import (
    ARTICOLI,
    GRUPPO,
    ListaOggi,
    SeggioVacante,
    Surrogante,
    substitute,
    substitute_sindaco_perdente,
)


def _lista(nome, *disponibili, cifra=900, seggi=1):
    return ListaOggi(nome, cifra, seggi, disponibili)


@pytest.mark.parametrize(
    ("causa", "articolo"),
    [
        ("dimissioni", "artt. 38 c. 8 e 45 c. 1 d.lgs. 267/2000"),
        ("morte", "art. 45 c. 1 d.lgs. 267/2000"),
        ("decadenza", "art. 45 c. 1 d.lgs. 267/2000"),
        ("assessore", "artt. 64 c. 2 e 45 c. 1 d.lgs. 267/2000"),
        ("ineleggibilita", "artt. 41 c. 1 e 45 c. 1 d.lgs. 267/2000"),
        ("rinuncia", "art. 45 c. 1 d.lgs. 267/2000"),
        ("mancata_proclamazione", "art. 12 c. 4 d.lgs. 235/2012 e art. 45 c. 1 d.lgs. 267/2000"),
    ],
)
def test_the_first_not_elected_of_the_same_list_takes_the_seat(causa, articolo):
    assert substitute(_lista("L", "c", "d"), causa=causa) == Surrogante("L", "c", articolo)


def test_a_suspended_councillor_has_a_substitute_for_the_time_of_the_suspension():
    articolo = "art. 45 c. 2 d.lgs. 267/2000 e art. 11 d.lgs. 235/2012"
    assert substitute(_lista("L", "b"), causa="sospensione") == Surrogante("L", "b", articolo, True)
    assert substitute(_lista("L", "b"), causa="rinuncia", supplente=True) == Surrogante(
        "L", "b", articolo, True
    )


def test_an_exhausted_list_leaves_the_seat_vacant():
    assert substitute(_lista("L"), causa="decadenza") == SeggioVacante("L", ARTICOLI["decadenza"])


def test_the_seat_of_a_losing_sindaco_of_one_list_goes_to_its_first_not_elected():
    chiamato = substitute_sindaco_perdente([_lista("L", "b")], causa="dimissioni")
    assert chiamato == Surrogante("L", "b", ARTICOLI["dimissioni"])
    assert substitute_sindaco_perdente([_lista("L", "b")], causa="rinuncia", supplente=True).supplente


def test_the_seat_of_a_losing_sindaco_of_a_group_goes_to_the_next_useful_quotient():
    # 900 : 3 = 300 contro 500 : 2 = 250: tocca alla prima.
    prima, seconda = _lista("L", "c", seggi=2), _lista("M", "y", "z", cifra=500)
    assert substitute_sindaco_perdente([seconda, prima], causa="morte") == Surrogante(
        "L", "c", GRUPPO, divisore=3
    )
    # Con un seggio in più 225 contro 250: tocca alla seconda.
    quarta = _lista("L", "c", seggi=3)
    assert substitute_sindaco_perdente([quarta, seconda], causa="morte") == Surrogante(
        "M", "y", GRUPPO, divisore=2
    )


def test_a_list_of_the_group_with_nobody_left_has_no_useful_quotient():
    finita, seconda = _lista("L", seggi=2), _lista("M", "y", cifra=500)
    assert substitute_sindaco_perdente([finita, seconda], causa="dimissioni").candidato == "y"


def test_a_suspended_losing_sindaco_of_a_group_has_a_substitute():
    liste = [_lista("L", "b"), _lista("M", "y", cifra=100)]
    assert substitute_sindaco_perdente(liste, causa="sospensione") == Surrogante(
        "L", "b", ARTICOLI["sospensione"], True, 2
    )
    assert substitute_sindaco_perdente(liste, causa="rinuncia", supplente=True) == Surrogante(
        "L", "b", ARTICOLI["sospensione"], True, 2
    )


def test_equal_quotients_and_cifre_of_the_group_are_drawn():
    liste = [_lista("M", "y", cifra=600), _lista("L", "b", cifra=600)]
    domanda = substitute_sindaco_perdente(liste, causa="dimissioni")
    assert domanda == SorteggioRichiesto("seggio", GRUPPO, "liste", ("L", "M"), "surroga", 1, 600, 2)
    assert substitute_sindaco_perdente(liste, causa="dimissioni", estratta="X") == domanda
    estratto = substitute_sindaco_perdente(liste, causa="dimissioni", estratta="M")
    assert estratto == Surrogante("M", "y", GRUPPO, divisore=2)


def test_equal_quotients_of_different_cifre_are_not_drawn():
    # 600 : 2 = 300 : 1, e la cifra maggiore prevale.
    liste = [_lista("L", "b", cifra=300, seggi=0), _lista("M", "y", cifra=600)]
    assert substitute_sindaco_perdente(liste, causa="dimissioni").lista == "M"


def test_a_group_with_nobody_left_leaves_the_seat_vacant():
    liste = [_lista("L", cifra=600), _lista("M", cifra=500)]
    assert substitute_sindaco_perdente(liste, causa="morte") == SeggioVacante(None, GRUPPO)
    assert substitute_sindaco_perdente([], causa="morte") == SeggioVacante(None, GRUPPO)
