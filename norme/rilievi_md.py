"""Writes the pages generated from the catalogue of the codes and from the tables of the vote.

``python -m norme.rilievi_md > docs/rilievi.md`` and ``python -m norme.rilievi_md voto > docs/voto.md``.
"""

import sys
from collections.abc import Iterator
from itertools import groupby

from norme.rilievi import Codice, Gravita, catalogo
from norme.tavola_voto import TITOLI, tavola

AREE = {
    "1": "Liste",
    "2": "Candidati e sottoscrizioni",
    "3": "Uffici, nomine e compensi",
    "4": "Affluenza e scrutinio",
    "5": "Riparto e proclamazione",
    "9": "Importazioni",
}
INIZIO = """\
# Codici dei rilievi

Pagina generata dal catalogo (`norme/codici/*.toml`) con `python -m norme.rilievi_md > docs/rilievi.md`:
non si corregge a mano.

Un codice che comincia con **E** è un errore: il dato si può salvare, ma non si chiude finché resta.
Un codice che comincia con **W** è un avviso: si chiude scrivendo il motivo, che va nel verbale.
Chi digita vede soltanto il testo della colonna «Chi digita»; la diagnosi la vede il responsabile.
Fra parentesi graffe stanno i dati che il programma riempie.
"""


def render() -> str:
    """The whole page."""
    pezzi = [INIZIO]
    ordinati = sorted(catalogo().values(), key=lambda codice: (codice.codice[1], codice.codice))
    for area, codici in groupby(ordinati, key=lambda codice: codice.codice[1]):
        pezzi.append(f"\n## {area}xx {AREE[area]}\n")
        pezzi.extend(_render_codice(codice) for codice in codici)
    return "".join(pezzi)


def _render_codice(codice: Codice) -> str:
    tipo = "errore" if codice.gravita is Gravita.ERRORE else "avviso"
    righe = [
        f"\n### {codice.codice} {codice.titolo}\n",
        f"- Tipo: {tipo}" + (f" · {codice.articolo}" if codice.articolo else ""),
        f"- Diagnosi: {codice.diagnosi}",
        f"- Che cosa fare: {codice.rimedio}",
        f"- Chi digita: {codice.neutro}",
    ]
    return "\n".join(righe) + "\n"


def render_tavole() -> str:
    """The page of the tables of the vote, ``docs/voto.md``."""
    return "\n".join(_rows_tavole()) + "\n"


def _rows_tavole() -> Iterator[str]:
    yield "# Quali segni valgono sulla scheda\n"
    yield "Pagina generata dalle tavole (`norme/tavole/voto.toml`): non si corregge a mano."
    yield "Si riscrive con `python -m norme.rilievi_md voto > docs/voto.md`.\n"
    yield "Prova: V letto nel testo di legge o ministeriale, S fonte secondaria, D dedotto, R da verificare."
    yield "Dove la riga dice «se l'ente sceglie così», la scelta è un'impostazione."
    for gruppo, righe in groupby(tavola().values(), key=lambda riga: riga.codice[0]):
        yield f"\n## {TITOLI[gruppo]}\n"
        yield "| Riga | Segni sulla scheda | Che cosa vale | Riferimento | Prova |"
        yield "|---|---|---|---|---|"
        for riga in righe:
            esito, articolo = riga.esito, riga.articolo
            if riga.articolo_senza_estensione:
                esito += f". Sicilia 2011-2016: {riga.senza_estensione}"
                articolo += f". Sicilia 2011-2016: {riga.articolo_senza_estensione}"
            yield f"| {riga.codice} | {riga.segni} | {esito} | {articolo} | {riga.prova} |"


if __name__ == "__main__":  # pragma: no cover - the two pages are compared by the tests
    sys.stdout.write(render_tavole() if "voto" in sys.argv[1:] else render())
