"""No English left for the clerk: the words of every page, and every word of the libraries behind them."""

import ast
import html
import re
from pathlib import Path

import allauth
import django
import import_export
import pytest
from django.utils.html import strip_tags
from django.utils.translation import gettext, ngettext, npgettext, pgettext

from tests.browser.mondo import build_mondo, view_names, walk_tutto

INGLESE = re.compile(
    r"\b(the|and|of|to|for|from|with|by|on|or|this|that|these|your|you|is|are|was|were|has|have|been|will|"
    r"please|save|delete|deleted|add|added|edit|change|changed|select|selected|search|submit|cancel|confirm|"
    r"back|next|previous|history|error|errors|warning|success|username|log in|log out|login|logout|sign in|"
    r"settings|page|view|show|hide|enter|required|invalid|not found|forbidden|true|false|none|yes|choose|"
    r"upload|filters?|actions?|go|must|enabled|disabled|today|now|yesterday|ago|hours?|minutes?|days|"
    r"january|february|march|april|june|july|august|september|october|november|december|"
    r"monday|tuesday|wednesday|thursday|friday|saturday|sunday|unknown|empty|remove|reset|import|export)\b",
    re.IGNORECASE,
)
# Words of other languages that Italian offices use, and words equal in the two languages.
ANCHE_ITALIANE = {
    "password", "Password", "Email", "email", "client", "clients", "Browser", "Headless", "No", "MFA",
    "%(class_name)s %(instance)s",
}  # fmt: skip
DATI_DEL_CALCOLO = r'<div class="readonly">\s*[{\[].*?</div>'  # JSON, in the archives only
LICENZA = r"CC BY 4\.0"  # a name
NON_TESTO = re.compile(rf"<(script|style|code|pre|kbd)\b.*?</\1>|{DATI_DEL_CALCOLO}|{LICENZA}", re.DOTALL)
ATTRIBUTI = re.compile(r'\b(?:title|alt|aria-label|placeholder)="([^"]*)"')
BOTTONI = re.compile(r'<input type="submit"[^>]*value="([^"]*)"|<input value="([^"]*)"[^>]*type="submit"')


def parole_inglesi(pagina: str) -> set[str]:
    """English words that a person reads, or hears, on that page."""
    testo = NON_TESTO.sub(" ", pagina)
    detti = [*ATTRIBUTI.findall(testo), *(a or b for a, b in BOTTONI.findall(testo))]
    tutto = html.unescape(" ".join([strip_tags(testo.replace("<", " <")), *detti]))
    return {trovata.lower() for trovata in INGLESE.findall(tutto)}


@pytest.mark.django_db
def test_in_nessuna_pagina_resta_una_parola_inglese(client):
    visita = walk_tutto(client, build_mondo())

    inglesi = {
        percorso: parole for percorso, testo in visita.testi.items() if (parole := parole_inglesi(testo))
    }

    assert visita.guai == []
    assert len(visita.pagine) > 120
    assert not inglesi, "\n".join(f"{percorso}: {sorted(parole)}" for percorso, parole in inglesi.items())
    print(sorted(view_names() - set(visita.pagine) - visita.altri))


def test_il_controllo_vede_le_parole_inglesi():
    pagina = '<p title="Save">Ciao</p><code>the</code><input type="submit" value="Delete"><b>Please</b> wait'

    assert parole_inglesi(pagina) == {"save", "delete", "please"}


def _messaggi(po: Path) -> list[tuple[str | None, str, bool]]:
    """(context, text, whether it has a plural) of a catalogue."""

    def unquote(righe: str) -> str:
        return "".join(ast.literal_eval(riga) for riga in righe.strip().splitlines())

    trovati = []
    for blocco in po.read_text("utf-8").split("\n\n"):
        testo = re.search(r'^msgid ((?:".*"\n?)+)', blocco, re.MULTILINE)
        contesto = re.search(r'^msgctxt ((?:".*"\n?)+)', blocco, re.MULTILINE)
        if testo and "#~" not in blocco and (parole := unquote(testo[1])):
            trovati.append((unquote(contesto[1]) if contesto else None, parole, "msgid_plural" in blocco))
    return trovati


def _in_italiano(contesto: str | None, testo: str, plurale: bool) -> str:
    if plurale:
        return npgettext(contesto, testo, testo, 1) if contesto else ngettext(testo, testo, 1)
    return pgettext(contesto, testo) if contesto else gettext(testo)


DJANGO = Path(django.__file__).parent
CATALOGHI = [
    *(DJANGO / f"contrib/{app}/locale/en/LC_MESSAGES/django.po" for app in ("admin", "auth")),
    Path(allauth.__file__).parent / "locale/en/LC_MESSAGES/django.po",
    Path(import_export.__file__).parent / "locale/it/LC_MESSAGES/django.po",
]


@pytest.mark.parametrize("po", CATALOGHI, ids=lambda po: po.parts[-4])
def test_ogni_parola_delle_librerie_ha_la_sua_italiana(po):
    messaggi = _messaggi(po)
    inglesi = [testo for c, testo, plurale in messaggi if _in_italiano(c, testo, plurale) == testo]

    assert len(messaggi) > 10
    assert sorted(set(inglesi) - ANCHE_ITALIANE) == []
