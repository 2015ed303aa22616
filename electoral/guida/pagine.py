"""The pages of the guide: Markdown files, rendered once per process.

A heading says which pages of Urna it explains, in a comment that a reader of the file does not see:
``## Scadenzario <!-- spiega: comuni:scadenz* -->``. In a name ``*`` stands for any letters; the
longest name wins.
"""

import re
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from markdown_it import MarkdownIt
from markdown_it.token import Token

CARTELLA = settings.BASE_DIR / "docs" / "guida"
ALTRE = {"interpretazioni": settings.BASE_DIR / "docs", "glossario": settings.BASE_DIR / "docs"}
INDICE = "README"
_SPIEGA = re.compile(r"[ ]*<!-- spiega: ([^>]+?) -->")
_ALTRO_FILE = re.compile(r"^(?:\.\./|guida/)?([\w-]+)\.md(#.*)?$")


@dataclass(frozen=True, slots=True)
class Titolo:
    """A heading of a page: where it is, and which pages of Urna it explains."""

    testo: str
    ancora: str
    livello: int
    spiega: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pagina:
    nome: str
    titolo: str
    titoli: tuple[Titolo, ...]
    html: SafeString


def file_della(nome: str) -> Path | None:
    """The file of a page, if there is one with that name."""
    # compared with those that are there: the name comes from an address, and may be of any length
    return next((file for file in ALTRE.get(nome, CARTELLA).glob("*.md") if file.stem == nome), None)


def leggi(nome: str) -> Pagina | None:
    """A page by the name of its file, without ``.md``."""
    file = file_della(nome)
    return _read(file) if file else None


@cache
def _read(file: Path) -> Pagina:
    return _render(file.stem, file.read_text("utf-8"))


@cache
def nomi() -> tuple[str, ...]:
    """The pages in the order of the index, then those it does not name."""
    indice = (CARTELLA / f"{INDICE}.md").read_text("utf-8")
    in_ordine = dict.fromkeys(re.findall(r"\]\(([\w-]+)\.md", indice))
    tutte = sorted(file.stem for file in CARTELLA.glob("*.md") if file.stem != INDICE)
    return tuple(dict.fromkeys([*(n for n in in_ordine if n in tutte), *tutte]))


@cache
def posti() -> dict[str, tuple[str, str]]:
    """Name of a page of Urna -> (page of the guide, anchor)."""
    return {
        nome: (pagina.nome, titolo.ancora)
        for pagina in map(leggi, nomi())
        if pagina
        for titolo in pagina.titoli
        for nome in titolo.spiega
    }


def indirizzo_per(view_name: str) -> str:
    """Where the guide explains that page; the index when it does not."""
    trovati = [nome for nome in posti() if view_name == nome or _matches(view_name, nome)]
    if not trovati:
        return reverse("guida")
    pagina, ancora = posti()[max(trovati, key=len)]
    return f"{reverse('guida_pagina', args=[pagina])}{'#' + ancora if ancora else ''}"


def _matches(view_name: str, nome: str) -> bool:
    return "*" in nome and fnmatchcase(view_name, nome)


def _render(nome: str, testo: str) -> Pagina:
    lettore = MarkdownIt("commonmark", {"html": False, "typographer": False}).enable("table")
    spiegazioni = [_SPIEGA.search(riga) for riga in testo.splitlines() if riga.startswith("#")]
    token = lettore.parse(_SPIEGA.sub("", testo))
    titoli = _mark_titoli(token, [tuple(s[1].split()) if s else () for s in spiegazioni])
    for blocco in token:
        for figlio in blocco.children or ():
            _redirect(figlio)
    html = lettore.renderer.render(_senza_primo_titolo(token), lettore.options, {})
    titolo = titoli[0].testo if titoli else nome
    return Pagina(nome, titolo, tuple(titoli[1:]), mark_safe(_wrap_tabelle(html)))


def _mark_titoli(token: list[Token], spiega: list[tuple[str, ...]]) -> list[Titolo]:
    """Give each heading its anchor; the first one is the title of the page and has none."""
    titoli: list[Titolo] = []
    for i, aperto in enumerate(token):
        if aperto.type != "heading_open":
            continue
        testo = re.sub(r"[`*_]", "", token[i + 1].content)
        ancora = slugify(testo) if titoli else ""
        if ancora:
            aperto.attrSet("id", ancora)
        titoli.append(Titolo(testo, ancora, int(aperto.tag[1]), spiega[len(titoli)]))
    if titoli and titoli[0].spiega:
        titoli.insert(1, Titolo("", "", 0, titoli[0].spiega))
    return titoli


def _senza_primo_titolo(token: list[Token]) -> list[Token]:
    """The title of the page is written by its frame."""
    return token[3:] if token and token[0].type == "heading_open" else token


def _redirect(token: Token) -> None:
    """Links between files become links between pages, pictures come from the static files."""
    if token.type == "image" and str(token.attrGet("src")).startswith("immagini/"):
        token.attrSet("src", static(f"guida/{str(token.attrGet('src')).removeprefix('immagini/')}"))
        token.attrSet("loading", "lazy")
    if token.type == "link_open" and (altro := _ALTRO_FILE.match(str(token.attrGet("href")))):
        token.attrSet("href", _indirizzo_del_file(altro[1]) + (altro[2] or ""))


def _indirizzo_del_file(nome: str) -> str:
    if nome == "rilievi":
        return reverse("codici")
    return reverse("guida") if nome == INDICE else reverse("guida_pagina", args=[nome])


def _wrap_tabelle(html: str) -> str:
    contenitore = '<div class="tabella-contenitore" tabindex="0" role="region" aria-label="Tabella">'
    return html.replace("<table>", contenitore + '<table class="tabella">').replace(
        "</table>", "</table></div>"
    )
