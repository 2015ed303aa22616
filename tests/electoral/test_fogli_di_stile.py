"""One design system: no dead rule, no colour outside the variables."""

import re
from pathlib import Path

import pytest

RADICE = Path(__file__).parents[2]
NOSTRI = [
    f for f in sorted((RADICE / "static").glob("*.css")) if f.name != "urna-admin.css"
]  # Django's markup
DI_ALTRI = {"btn-secondary", "btn-outline-secondary", "btn-xs", "errorlist"}  # written by the libraries
COMPOSTE = ("stato-", "tessera-", "passo-", "rilievo-", "messaggio-")  # the state is in the template


def _classi(foglio: Path) -> set[str]:
    senza_commenti = re.sub(r"/\*.*?\*/", "", foglio.read_text("utf-8"), flags=re.DOTALL)
    return set(re.findall(r"\.([a-zA-Z][\w-]*)", re.sub(r"\{[^{}]*\}", "{}", senza_commenti))) - {"css"}


def _pagine() -> str:
    cartelle = ("templates", "electoral", "comuni", "candidature", "seggi", "risultati", "portale", "static")
    file = [f for c in cartelle for f in (RADICE / c).rglob("*") if f.suffix in {".html", ".py", ".js"}]
    return "\n".join(f.read_text("utf-8") for f in file)


@pytest.mark.parametrize("foglio", NOSTRI, ids=lambda f: f.name)
def test_nessuna_regola_morta(foglio):
    parole = set(re.findall(r"[\w-]+", _pagine()))

    morte = {c for c in _classi(foglio) if c not in parole and not c.startswith(COMPOSTE)} - DI_ALTRI

    assert len(_classi(foglio)) > 5
    assert morte == set()


@pytest.mark.parametrize("foglio", [f for f in NOSTRI if f.name not in ("urna.css", "portale.css")], ids=str)
def test_i_colori_sono_le_variabili_di_un_foglio_solo(foglio):
    """``portale.css`` stands alone, to weigh little; paper white and shadows are not theme colours."""
    colori = re.findall(r"#[0-9a-fA-F]{3,8}\b", foglio.read_text("utf-8"))

    assert set(colori) <= {"#fff"}
