"""Withdrawals, renunciations, deaths: what follows, by moment and by class of comune."""

from datetime import UTC, date, datetime, timedelta

import pytest

from norme.parametri import parametri_at
from norme.sopravvenienze import Conseguenza, Fatto, Momenti, Soggetto, find_effetto

PICCOLO = parametri_at(date(2021, 10, 3), popolazione=9_000)
GRANDE = parametri_at(date(2021, 10, 3), popolazione=40_000)
PRESENTATA = datetime(2021, 9, 3, 10, tzinfo=UTC)
TERMINE = datetime(2021, 9, 4, 12, tzinfo=UTC)
DECISA = datetime(2021, 9, 5, 18, tzinfo=UTC)
MOMENTI = Momenti(PRESENTATA, TERMINE, DECISA)
MINUTO = timedelta(minutes=1)


def effetto(fatto, soggetto, quando, *, parametri=GRANDE, momenti=MOMENTI, autenticata=True):
    return find_effetto(
        fatto, soggetto, quando=quando, momenti=momenti, parametri=parametri, autenticata=autenticata
    )


@pytest.mark.parametrize(("dopo", "atteso"), [(0, Conseguenza.NOME_TOLTO), (1, Conseguenza.NESSUNA)])
def test_a_renunciation_counts_up_to_the_term_of_the_lists(dopo, atteso):
    trovato = effetto(Fatto.RINUNCIA, Soggetto.CANDIDATO, TERMINE + dopo * MINUTO)

    assert trovato.conseguenza is atteso
    assert trovato.articolo == "Cons. Stato 1384/1998"


def test_after_the_admission_a_renunciation_changes_nothing_and_says_so():
    trovato = effetto(Fatto.RINUNCIA, Soggetto.SINDACO, DECISA + MINUTO)

    assert not trovato.is_efficace
    assert "dopo la decisione della commissione" in trovato.testo
    assert "resta sul manifesto e sulla scheda" in trovato.testo


def test_a_renunciation_not_authenticated_changes_nothing():
    trovato = effetto(Fatto.RINUNCIA, Soggetto.CANDIDATO, PRESENTATA, autenticata=False)

    assert not trovato.is_efficace and "senza firma autenticata" in trovato.testo


@pytest.mark.parametrize(
    ("lettura", "quando", "efficace"),
    [
        ("ammissione", DECISA, True),
        ("ammissione", DECISA + MINUTO, False),
        ("presentazione_lista", PRESENTATA, True),
        ("presentazione_lista", PRESENTATA + MINUTO, False),
    ],
)
def test_the_ente_may_follow_another_reading(lettura, quando, efficace):
    parametri = GRANDE.choose(rinuncia_candidatura_entro=lettura)

    assert effetto(Fatto.RINUNCIA, Soggetto.CANDIDATO, quando, parametri=parametri).is_efficace is efficace


def test_a_list_is_withdrawn_until_it_is_decided():
    prima = effetto(Fatto.RITIRO, Soggetto.LISTA, TERMINE + MINUTO)
    dopo = effetto(Fatto.RITIRO, Soggetto.LISTA, DECISA + MINUTO)

    assert (prima.conseguenza, dopo.conseguenza) == (Conseguenza.LISTA_RITIRATA, Conseguenza.NESSUNA)


@pytest.mark.parametrize(("quando", "atteso"), [(TERMINE, "nome_tolto"), (DECISA + MINUTO, "nessuna")])
def test_a_name_goes_only_if_the_death_comes_before_the_decision(quando, atteso):
    assert effetto(Fatto.DECESSO, Soggetto.CANDIDATO, quando).conseguenza == atteso


@pytest.mark.parametrize(
    ("parametri", "conseguenza", "articolo"),
    [
        (PICCOLO, Conseguenza.RINVIO, "TUEL art. 71 c. 11"),
        (GRANDE, Conseguenza.DECIDE_IL_PREFETTO, "TUEL art. 72"),
    ],
)
@pytest.mark.parametrize("quando", [PRESENTATA, DECISA + MINUTO])
def test_the_death_of_a_candidate_for_sindaco_is_settled_by_the_class(
    parametri, conseguenza, articolo, quando
):
    trovato = effetto(Fatto.DECESSO, Soggetto.SINDACO, quando, parametri=parametri)

    assert (trovato.conseguenza, trovato.articolo) == (conseguenza, articolo)


def test_where_nothing_is_known_nothing_is_too_late():
    momenti = Momenti(None, None, None)

    assert effetto(Fatto.RINUNCIA, Soggetto.CANDIDATO, DECISA, momenti=momenti).is_efficace
