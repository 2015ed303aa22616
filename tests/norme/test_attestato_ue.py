"""The attestation of the home State of a citizen of the Union: how old it may be when the list is filed."""

from datetime import date

import pytest

from norme.candidati import add_mesi, check_candidato
from norme.liste import Proposta, check_lista
from tests.norme.liste import GRANDE, candidato, change, lista_di

CONSEGNA = date(2021, 9, 4)


def of_the_union(**campi):
    return candidato(1, cittadino_ue=True, documenti_ue=True, **campi)


@pytest.mark.parametrize(
    ("rilasciato", "codici"),
    [
        (date(2021, 6, 4), []),
        (date(2021, 6, 3), ["E214"]),
        (date(2021, 9, 4), []),
        (None, []),
    ],
)
def test_three_months_before_the_filing_are_the_limit(rilasciato, codici):
    persona = of_the_union(attestato_ue_del=rilasciato)

    esito = check_candidato(persona, parametri=GRANDE, presentata=CONSEGNA)

    assert [r.codice for r in esito.rilievi] == codici
    assert esito.curabile == bool(codici)


def test_without_the_day_of_the_filing_or_for_an_italian_nothing_is_judged():
    vecchio = date(2020, 1, 1)

    assert check_candidato(of_the_union(attestato_ue_del=vecchio), parametri=GRANDE).rilievi == ()
    italiano = candidato(1, attestato_ue_del=vecchio)
    assert check_candidato(italiano, parametri=GRANDE, presentata=CONSEGNA).rilievi == ()


@pytest.mark.parametrize(
    ("giorno", "mesi", "atteso"),
    [
        (date(2020, 11, 30), 3, date(2021, 2, 28)),
        (date(2019, 11, 30), 3, date(2020, 2, 29)),
        (date(2021, 10, 31), 3, date(2022, 1, 31)),
        (date(2021, 1, 31), 0, date(2021, 1, 31)),
    ],
)
def test_months_are_counted_on_the_calendar(giorno, mesi, atteso):
    assert add_mesi(giorno, mesi) == atteso


def test_the_name_waits_for_a_new_paper_and_then_falls():
    lista = change(
        lista_di("MFMFMFMFMFM"),
        2,
        cittadino_ue=True,
        documenti_ue=True,
        attestato_ue_del=date(2021, 5, 1),
    )

    prima = check_lista(lista, parametri=GRANDE)
    poi = check_lista(lista, parametri=GRANDE, definitiva=True)

    assert prima.proposta is Proposta.DA_INTEGRARE
    assert poi.proposta is Proposta.RICUSATA
    assert [voce.candidato.numero for voce in poi.cancellazioni] == [3]
    assert "01.05.2021" in poi.cancellazioni[0].motivi[0].testo
