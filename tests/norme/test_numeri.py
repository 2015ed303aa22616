"""No legal number in the code: every one is a dated parameter with its article."""

import ast
import tomllib
from pathlib import Path

import pytest

from norme.tabella import render

NORME = Path(__file__).parents[2] / "norme"
DOCS = NORME.parent / "docs"
AMMESSI = tomllib.loads((Path(__file__).parent / "numeri_ammessi.toml").read_text("utf-8"))
MODULI = sorted(str(file.relative_to(NORME)) for file in NORME.rglob("*.py"))
PICCOLI = {0, 1, 2}
CONVERSIONI = ("Fraction", "Decimal", "int", "float")


def numbers_in(testo: str) -> set[str]:
    """Numbers written in a module, also inside Fraction("3/100") and the like."""
    trovati = set()
    for nodo in ast.walk(ast.parse(testo)):
        if isinstance(nodo, ast.Constant) and type(nodo.value) in (int, float, complex):
            if nodo.value not in PICCOLI:
                trovati.add(str(nodo.value))
        elif isinstance(nodo, ast.Call) and getattr(nodo.func, "id", "") in CONVERSIONI:
            trovati |= {voce.value for voce in nodo.args if isinstance(getattr(voce, "value", None), str)}
    return trovati


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


def test_docs_normativa_is_the_register():
    """If this fails: python -m norme.tabella > docs/normativa.md"""
    assert (DOCS / "normativa.md").read_text("utf-8") == render()
