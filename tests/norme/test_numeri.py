"""No legal number in the code: every one is a dated parameter with its article."""

import ast
import re
import tomllib
from pathlib import Path

import pytest

from norme.tabella import render

NORME = Path(__file__).parents[2] / "norme"
DOCS = NORME.parent / "docs"
AMMESSI = tomllib.loads((Path(__file__).parent / "numeri_ammessi.toml").read_text("utf-8"))
MODULI = sorted(str(file.relative_to(NORME)) for file in NORME.rglob("*.py"))
PICCOLI = {0, 1, 2}


# A text that is nothing but a number, a share, a date or an hour is a number in disguise.
MASCHERATO = re.compile(r"\d+([.,_]\d+)*\s?%?|\d+/\d+|\d{4}-\d{2}-\d{2}|\d{1,2}[:.]\d{2}")


def numbers_in(testo: str) -> set[str]:
    """Numbers written in a module, also as text ("3/100", "16:00", "2024-01-29") and in a timedelta."""
    trovati = set()
    for nodo in ast.walk(ast.parse(testo)):
        if isinstance(nodo, ast.Constant) and type(nodo.value) in (int, float, complex):
            if nodo.value not in PICCOLI:
                trovati.add(str(nodo.value))
        elif isinstance(nodo, ast.Constant) and isinstance(nodo.value, str):
            if MASCHERATO.fullmatch(nodo.value) and nodo.value not in map(str, PICCOLI):
                trovati.add(nodo.value)
        elif isinstance(nodo, ast.Call):
            trovati |= times_in(nodo)
    return trovati


def times_in(nodo: ast.Call) -> set[str]:
    """Days, hours and the like above one in a ``timedelta``, and the hour of a ``time``, even if small."""
    nome = getattr(nodo.func, "id", getattr(nodo.func, "attr", ""))
    argomenti = [*nodo.args, *(voce.value for voce in nodo.keywords)]
    valori = [voce.value for voce in argomenti if isinstance(voce, ast.Constant)]
    minimo = {"timedelta": 1, "time": 0}.get(nome)
    return set() if minimo is None else {str(v) for v in valori if type(v) is int and v > minimo}


@pytest.mark.parametrize("modulo", MODULI)
def test_a_legal_number_is_never_written_in_code(modulo):
    """A number of the law goes in norme/parametri; a technical one in numeri_ammessi.toml with its why."""
    assert numbers_in((NORME / modulo).read_text("utf-8")) - set(AMMESSI.get(modulo, {})) == set()


def test_the_list_of_exceptions_names_only_modules_that_exist():
    assert set(AMMESSI) <= set(MODULI)
    assert all(perche for voci in AMMESSI.values() for perche in voci.values())


def test_the_scan_sees_a_number_however_it_is_written():
    assert numbers_in("soglia = 15_000\nquota = Fraction('3/100')\nora = 0.4\nuno = 1") == {
        "15000",
        "3/100",
        "0.4",
    }


@pytest.mark.parametrize(
    ("riga", "numero"),
    [
        ("int('15000')", "15000"),
        ("DAL = date.fromisoformat('2024-01-29')", "2024-01-29"),
        ("ORA = time.fromisoformat('16:00')", "16:00"),
        ("ORA = '16.00'", "16.00"),
        ("QUOTE = {'premio': '60%'}", "60%"),
        ("giorno + timedelta(days=2)", "2"),
        ("giorno + datetime.timedelta(hours=48)", "48"),
        ("time(16)", "16"),
        ("limite = 10 * 1500", "1500"),
        ("x = [3][0]", "3"),
    ],
)
def test_the_scan_is_hard_to_fool(riga, numero):
    assert numero in numbers_in(riga)


# ---------------------------------------------------------------- the other rooms

STANZE = ("comuni", "candidature", "seggi", "risultati", "portale")
AMMESSI_STANZE = tomllib.loads((Path(__file__).parent / "numeri_stanze.toml").read_text("utf-8"))
RADICE = NORME.parent
DATA_O_ORA = re.compile(r"\d+/\d+|\d{4}-\d{2}-\d{2}|\d{1,2}:\d{2}")
MODULI_STANZE = sorted(
    str(file.relative_to(RADICE))
    for stanza in STANZE
    for file in (RADICE / stanza).rglob("*.py")
    if "migrations" not in file.parts
)


def legal_numbers_in(testo: str) -> set[str]:
    """What a room may take for itself from the law: populations compared, terms in days, hours of the day."""
    trovati = set()
    for nodo in ast.walk(ast.parse(testo)):
        if isinstance(nodo, ast.Call):
            trovati |= times_in(nodo)
        elif isinstance(nodo, ast.Compare):
            valori = [voce.value for voce in (nodo.left, *nodo.comparators) if isinstance(voce, ast.Constant)]
            trovati |= {str(v) for v in valori if type(v) in (int, float) and v > 100}
        elif isinstance(nodo, ast.Constant) and DATA_O_ORA.fullmatch(str(nodo.value)):
            trovati.add(nodo.value)
    return trovati


@pytest.mark.parametrize("modulo", MODULI_STANZE)
def test_the_rooms_ask_the_law_for_its_numbers(modulo):
    """A term, a population or an hour of the law comes from norme; another number says why it is there."""
    trovati = legal_numbers_in((RADICE / modulo).read_text("utf-8"))
    assert trovati - set(AMMESSI_STANZE.get(modulo, {})) == set()


def test_the_exceptions_of_the_rooms_are_still_needed():
    assert {
        (modulo, numero)
        for modulo, voci in AMMESSI_STANZE.items()
        for numero in voci
        if numero not in legal_numbers_in((RADICE / modulo).read_text("utf-8"))
    } == set()


def test_docs_normativa_is_the_register():
    """If this fails: python -m norme.tabella > docs/normativa.md"""
    assert (DOCS / "normativa.md").read_text("utf-8") == render()
