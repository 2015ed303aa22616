"""Who chairs the council; what candidates are told of their expenses."""

from datetime import date

import pytest

from norme.consiglio import presidenza
from norme.parametri import parametri_at
from norme.propaganda import spese_elettorali

GIORNO = date(2021, 10, 3)


def of_size(popolazione: int, **luogo):
    return parametri_at(GIORNO, popolazione=popolazione, **luogo)


def test_in_a_small_comune_the_sindaco_chairs_the_first_sitting_too():
    chi = presidenza(of_size(15_000))

    assert (chi.consiglio, chi.prima_seduta, chi.is_del_sindaco) == ("sindaco", "il sindaco", True)
    assert "statuto" in chi.nota
    assert chi.articolo == "TUEL artt. 39, 40"


def test_in_a_larger_one_the_consigliere_anziano_until_the_presidente_is_elected():
    chi = presidenza(of_size(15_001))

    assert (chi.consiglio, chi.is_del_sindaco) == ("presidente eletto", False)
    assert chi.prima_seduta == "il consigliere anziano, fino all'elezione del presidente del consiglio"


def test_where_the_regional_law_is_not_known_nothing_is_said():
    assert presidenza(of_size(20_000, ordinamento="sicilia")) is None


@pytest.mark.parametrize(("popolazione", "soglia"), [(15_000, None), (15_001, 2500)])
def test_the_mandatario_is_spoken_of_only_where_expenses_are_limited(popolazione, soglia):
    spese = spese_elettorali(of_size(popolazione))

    assert (spese.soglia if spese else None) == soglia


def test_before_the_law_of_2012_no_limit():
    assert spese_elettorali(parametri_at(date(2012, 5, 6), popolazione=20_000)) is None
