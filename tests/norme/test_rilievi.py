"""The catalogue of the codes: complete texts, a page that follows it, findings that never break a page."""

import re
import string
from pathlib import Path

import pytest

from norme.rilievi import Gravita, Rilievo, catalogo, has_errori, rileva
from norme.rilievi_md import render, render_tavole

DOCS = Path(__file__).parents[2] / "docs"
# What a neutral text may name: rows, persons and hours, never a figure of the verbale.
NOMI_NEUTRI = {"lista", "altra", "candidato", "altro", "sindaco", "sesso", "ora", "ora_prima"}


def test_docs_rilievi_is_the_catalogue():
    """If this fails: python -m norme.rilievi_md > docs/rilievi.md"""
    assert (DOCS / "rilievi.md").read_text("utf-8") == render()


def test_docs_voto_is_the_tables():
    """If this fails: python -m norme.rilievi_md voto > docs/voto.md"""
    assert (DOCS / "voto.md").read_text("utf-8") == render_tavole()


@pytest.mark.parametrize("voce", catalogo().values(), ids=lambda voce: voce.codice)
def test_every_code_has_its_area_its_texts_and_a_remedy(voce):
    assert re.fullmatch(r"[EW][123459]\d\d", voce.codice)
    for testo in (voce.titolo, voce.diagnosi, voce.rimedio, voce.neutro):
        assert testo.strip() == testo != ""
    assert all(testo.endswith((".", "}")) for testo in (voce.diagnosi, voce.rimedio, voce.neutro))


@pytest.mark.parametrize(
    "voce", [v for v in catalogo().values() if v.codice[1] == "4"], ids=lambda v: v.codice
)
def test_the_text_for_the_typist_names_boxes_and_never_a_figure(voce):
    nomi = {nome for _, nome, _, _ in string.Formatter().parse(voce.neutro) if nome}
    assert nomi <= NOMI_NEUTRI


def test_a_finding_fills_its_texts_with_its_figures():
    rilievo = rileva("E422", "voti_sindaci.3", "solo_sindaco.3", sindaco=3, voti=4, solo=9)
    assert rilievo.testo == "Il candidato 3 ha 4 voti, ma 9 al solo sindaco."
    assert rilievo.testo_neutro == "Ricontrolla sul verbale: voti e voti al solo sindaco del candidato 3."
    assert rilievo.as_dict() == {
        "codice": "E422",
        "gravita": "E",
        "titolo": "Voti al solo sindaco più dei voti del sindaco",
        "testo": "Il candidato 3 ha 4 voti, ma 9 al solo sindaco.",
        "articolo": "art. 72 c. 3 TUEL; art. 6 c. 3 d.P.R. 132/1993",
        "rimedio": "Rileggi le due colonne: i voti al solo sindaco sono una parte dei voti del sindaco.",
        "neutro": "Ricontrolla sul verbale: voti e voti al solo sindaco del candidato 3.",
        "campi": ["voti_sindaci.3", "solo_sindaco.3"],
        "contesto": {"sindaco": 3, "voti": 4, "solo": 9},
    }


def test_a_missing_figure_shows_as_dots_and_does_not_break_the_page():
    assert rileva("E422", sindaco=3).testo == "Il candidato 3 ha … voti, ma … al solo sindaco."


def test_an_unknown_code_is_a_bug():
    with pytest.raises(ValueError, match="codice sconosciuto: E000"):
        Rilievo("E000")


def test_only_errors_stop_closing():
    assert has_errori([rileva("W401"), rileva("E401")])
    assert not has_errori([rileva("W401")])
    assert rileva("W401").gravita is Gravita.AVVISO
