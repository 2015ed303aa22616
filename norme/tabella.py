"""Writes ``docs/normativa.md``: every parameter with its dates, article and mark.

``python -m norme.tabella > docs/normativa.md``; a test compares the page with the register.
"""

import sys
from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from itertools import groupby
from typing import Any, Final

from norme.registro import Parametro, Valore, catalogo, load_atti, migliaia

SEZIONI: Final = {
    "fasce.toml": "Fasce di popolazione",
    "consiglio.toml": "Consiglio, giunta, mandati",
    "liste.toml": "Liste, candidati, sottoscrizioni, preferenze",
    "votazione.toml": "Giorni e ore di votazione",
    "calendario.toml": "Calendario degli adempimenti",
    "propaganda.toml": "Propaganda",
    "uffici.toml": "Sezioni e uffici",
    "compensi.toml": "Onorari",
    "scrutinio.toml": "Scrutinio",
    "riparto.toml": "Sindaco, seggi, eletti",
}
INIZIO: Final = """\
# Normativa: i parametri

Pagina generata da `norme/parametri/*.toml` con `python -m norme.tabella > docs/normativa.md`:
non si corregge a mano.

Ogni valore vale per i turni il cui **primo giorno di votazione** cade fra «dal» e «al», estremi compresi.
Prova: **V** letto nel testo della legge o nella pubblicazione ministeriale · **S** letto in una fonte
secondaria · **R** di conoscenza comune, da verificare · **D** dedotto. Dove un valore manca il programma lo
dice e non indovina. «Scelte» sono le letture fra cui un ente può scegliere (vedi `interpretazioni.md`).
"""
TESTATA: Final = (
    "| valore | per chi | dal | al | fonte | prova | verificato | nota |\n|---|---|---|---|---|:-:|---|---|"
)
TESTATA_CALENDARIO: Final = (
    "| codice | adempimento | quando | chi | per chi | dal | al | fonte | prova |\n"
    "|---|---|---|---|---|---|---|---|:-:|"
)


def render() -> str:
    """The whole page."""
    pezzi = [INIZIO]
    ordine = {file: posto for posto, file in enumerate(SEZIONI)}
    voci = sorted(catalogo().values(), key=lambda voce: (ordine.get(voce.file, len(ordine)), voce.file))
    for file, parametri in groupby(voci, key=lambda voce: voce.file):
        pezzi.append(f"\n## {SEZIONI.get(file, file)}\n")
        pezzi.extend(_render_file(list(parametri)))
    pezzi.append("\n## Atti citati\n\n| sigla | titolo | testo |\n|---|---|---|")
    pezzi.extend(
        f"| {sigla} | {atto['titolo']} | {_link('testo', atto.get('url', ''))} |"
        for sigla, atto in sorted(load_atti().items())
    )
    return "\n".join(pezzi) + "\n"


def _render_file(parametri: list[Parametro]) -> Iterator[str]:
    doveri = [voce for voce in parametri if voce.nome.startswith("adempimento_")]
    for voce in parametri:
        if voce not in doveri:
            yield from _render_parametro(voce)
    if doveri:
        yield "\n" + TESTATA_CALENDARIO
        for voce in doveri:
            yield from (_render_dovere(voce, valore) for valore in voce.valori)


def _render_parametro(parametro: Parametro) -> Iterator[str]:
    unita = f" ({parametro.unita})" if parametro.unita else ""
    yield f"\n### `{parametro.nome}`\n\n{parametro.descrizione}{unita}.\n\n{TESTATA}"
    for valore in parametro.valori:
        nota = valore.nota
        if valore.scelte:
            nota = f"Scelte: {'; '.join(_say(scelta) for scelta in valore.scelte)}. {nota}".strip()
        yield (
            f"| {_say(valore.valore)} | {valore.condizioni} | {_when(valore)} | {_source(valore)}"
            f" | {valore.prova} | {_day(valore.verificato_il)} | {nota} |"
        )


def _render_dovere(parametro: Parametro, valore: Valore) -> str:
    codice = parametro.nome.removeprefix("adempimento_")
    voce = valore.valore
    return (
        f"| `{codice}` | {parametro.descrizione} | {_offset(voce)} | {voce['chi']} | {valore.condizioni}"
        f" | {_when(valore)} | {_source(valore)} | {valore.prova} |"
    )


def _offset(voce: Mapping[str, Any]) -> str:
    """ "D−33…D−31", "ballottaggio −1 alle 16:00"."""
    evento = voce.get("evento", "votazione").replace("_", " ")
    base = "D" if evento == "votazione" else f"{evento} "
    giorni = [voce[nome] for nome in ("da", "entro") if nome in voce]
    testo = "…".join(f"{base}{_signed(giorno)}".strip() for giorno in giorni)
    ora = voce.get("alle") or voce.get("dalle")
    return f"{testo} ore {ora}" if ora else testo


def _signed(giorno: int) -> str:
    return "" if not giorno else f"{'−' if giorno < 0 else '+'}{abs(giorno)}"


def _say(valore: Any) -> str:
    if isinstance(valore, bool):
        return "sì" if valore else "no"
    if isinstance(valore, Fraction):
        return f"{valore.numerator}/{valore.denominator}"
    if isinstance(valore, int):
        return migliaia(valore)
    if isinstance(valore, tuple):
        return ", ".join(_say(voce) for voce in valore)
    if isinstance(valore, Mapping):
        return "; ".join(f"{chiave.replace('_', ' ')} {_say(voce)}" for chiave, voce in valore.items())
    return str(valore)


def _when(valore: Valore) -> str:
    return f"{_day(valore.dal)} | {_day(valore.al) if valore.al else ''}"


def _day(giorno: date) -> str:
    return f"{giorno.day}.{giorno.month}.{giorno.year}"


def _source(valore: Valore) -> str:
    return _link(str(valore.riferimento), valore.riferimento.url)


def _link(testo: str, url: str) -> str:
    return f"[{testo}]({url})" if url else testo


if __name__ == "__main__":  # pragma: no cover - the test calls render()
    sys.stdout.write(render())
