"""The sentences a judge reads, figures and article included."""

from fractions import Fraction

import pytest

from norme.comandi.riparto import run
from norme.parole import join, percento, quanti, quota, seggi
from norme.registro import migliaia
from tests.norme.riparto.casi import build_ingresso, read_casi, run_with_draws
from tests.reali.fascicoli import read_ingresso

CASI = read_casi()


def _testi(esito, tipo):
    return [passo["testo"] for passo in esito["passi"] if passo["tipo"] == tipo]


def test_the_denied_premio_says_who_blocks_it_and_with_how_many_votes():
    (testo,) = _testi(run(read_ingresso("cardito-2026")), "verifica_premio")
    assert testo == (
        "Premio negato: il gruppo di GRIMALDI ALDO ha 6.774 voti di lista al primo turno,"
        " 50,63% dei voti validi per i sindaci (13.380), più del 50 per cento."
    )


def test_the_premio_says_the_exact_share_and_its_rounding():
    (testo,) = _testi(run(read_ingresso("venezia-2026")), "verifica_premio")
    assert testo.startswith(
        "Il premio è il 60 per cento di 36 (21,60, arrotondato per eccesso): 22 seggi."
        " Il gruppo di VENTURINI SIMONE ne otterrebbe 20, ha 54.856 voti di lista,"
        " 49,68% dei voti validi per i sindaci (110.416)"
    )


def test_two_thirds_say_why_they_are_rounded_up():
    (testo,) = _testi(run(read_ingresso("castellammare-del-golfo-2023")), "seggi_maggioranza")
    assert testo == (
        "Alla maggioranza di FAUSTO GIUSEPPE vanno 11 seggi su 16"
        " (16 × 2/3 = 10,66; si arrotonda in su perché la parte decimale supera il mezzo)."
    )


def test_the_table_of_quotients_shows_every_winning_quotient_in_order():
    esito = run(read_ingresso("cardito-2026"))
    prova = next(passo for passo in esito["passi"] if passo["tipo"] == "tabella_quozienti")
    assert prova["graduatoria"][:3] == [
        {"a": 2, "cifra": 6774, "divisore": 1},
        {"a": 1, "cifra": 6427, "divisore": 1},
        {"a": 2, "cifra": 6774, "divisore": 2},
    ]
    assert len(prova["graduatoria"]) == 16
    assert _testi(esito, "tabella_quozienti")[0].endswith(
        "L'ultimo quoziente utile è del gruppo di RAUCCI NUNZIANTE: 6.427 : 8 = 803,37."
    )


@pytest.mark.parametrize("caso", CASI, ids=[caso["nome"] for caso in CASI])
def test_every_step_of_every_case_is_a_sentence_with_its_article(caso):
    esito, _ = run_with_draws(build_ingresso(caso), caso.get("sorti", []))
    for passo in esito["passi"]:
        assert passo["testo"][0].isupper() and passo["testo"].endswith(".")
        assert "None" not in passo["testo"] and "  " not in passo["testo"]
        assert passo["articolo"].startswith(("TUEL", "l.r."))


@pytest.mark.parametrize(
    ("parte", "tutto", "scritto"),
    [
        (9_916, 18_272, "54,27%"),
        (49_999, 100_000, "49,99%"),
        (1, 2, "50,00%"),
        (299_999, 10_000_000, "2,99%"),
        (300_001, 10_000_000, "3,00%"),
        (1, 8_000, "0,01%"),
        (3, 0, "0%"),
    ],
)
def test_percentages_are_rounded_but_never_reach_a_threshold_they_do_not(parte, tutto, scritto):
    assert percento(parte, tutto) == scritto


def test_words_and_numbers_are_italian():
    assert migliaia(1_234_567) == "1.234.567"
    assert (seggi(0), seggi(1), seggi(1200)) == ("nessun seggio", "1 seggio", "1.200 seggi")
    assert quanti(2, "lista", "liste") == "2 liste"
    assert (join([]), join(["a"]), join(["a", "b", "Elia"])) == ("", "a", "a, b ed Elia")
    assert (quota(Fraction(2, 3)), quota(Fraction(3, 100)), quota(Fraction(1, 7))) == (
        "due terzi",
        "il 3 per cento",
        "1/7",
    )
