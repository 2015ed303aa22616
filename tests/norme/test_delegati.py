"""The delegates of a list: how many, where they are optional, what is said of another number."""

from datetime import date

import pytest

from norme.delegati import check_delegati, regola_delegati, say_delegati
from norme.liste import check_lista
from norme.parametri import parametri_at
from tests.norme.liste import GRANDE, codici, lista_di

PICCOLO = parametri_at(date(2021, 10, 3), popolazione=15_000)


def test_the_rule_says_how_many_and_whether_they_are_due():
    assert (
        str(regola_delegati(GRANDE)) == "La legge chiede di indicare 2 delegati effettivi (TU art. 32 c. 4)."
    )
    assert str(regola_delegati(PICCOLO)) == (
        "La legge consente di indicare 1 delegato effettivo e 1 supplente (TU art. 30)."
    )
    assert say_delegati(0, 0) == "nessun delegato"


@pytest.mark.parametrize(
    ("parametri", "contati", "atteso"),
    [
        (GRANDE, (2, 0), []),
        (GRANDE, (1, 0), ["W116"]),
        (GRANDE, (1, 1), ["W116"]),
        (GRANDE, (3, 0), ["W116"]),
        (GRANDE, (None, None), []),
        (PICCOLO, (1, 1), []),
        (PICCOLO, (1, 0), []),
        (PICCOLO, (0, 1), ["W116"]),
        (PICCOLO, (2, 0), ["W116"]),
        (PICCOLO, (1, 2), ["W116"]),
    ],
)
def test_another_number_than_that_of_the_law_is_noted(parametri, contati, atteso):
    lista = lista_di(delegati_effettivi=contati[0], delegati_supplenti=contati[1])

    assert [r.codice for r in check_delegati(lista, parametri=parametri)] == atteso


def test_no_delegates_is_noted_only_where_they_are_due():
    nessuno = lista_di(delegati=False)

    (rilievo,) = check_delegati(nessuno, parametri=GRANDE)
    assert (rilievo.codice, rilievo.contesto["richiesti"]) == ("W106", "2 delegati effettivi")
    assert "la legge chiede 2 delegati effettivi" in rilievo.testo
    assert check_delegati(nessuno, parametri=PICCOLO) == ()


def test_the_examination_of_the_list_carries_it():
    esito = check_lista(lista_di(delegati_effettivi=1, delegati_supplenti=0), parametri=GRANDE)

    assert codici(esito) == ["W116"]
    testi = [r.testo for verifica in esito.verifiche for r in verifica.rilievi]
    assert "ha indicato 1 delegato effettivo: la legge prevede 2 delegati effettivi" in testi[0]
