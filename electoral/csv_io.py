"""Declared columns -> typed rows or ``RigaErrata``; and back, with formulas made harmless.

    COLONNE = (Colonna("numero", intero(1), obbligatoria=True, aiuto="Ordine del sorteggio"), …)
    lettura = read_table(contenuto, file="liste.csv", colonne=COLONNE, chiave=("numero",))
    if lettura.errori: …          # nothing must be saved
    for riga in lettura.righe: riga.numero, riga.valori["denominazione"], riga.ha("sindaco")

Nothing is lost in silence: every row of the file is a typed row, an error or a warning. Empty means unknown
(``None``), never zero. Texts for people come from the catalogue of codes (9xx).
"""

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from electoral.csv_fogli import FileErrato, Foglio, normalize_nome, open_foglio
from electoral.csv_scrittura import to_csv, to_xlsx, unescape_formula
from electoral.csv_valori import (
    ConAvviso,
    Parser,
    ValoreErrato,
    booleano,
    codice_fiscale,
    data,
    intero,
    istante,
    scelta,
    testo,
)
from norme.rilievi import catalogo

__all__ = [
    "Colonna",
    "FileErrato",
    "Lettura",
    "RigaErrata",
    "RigaLetta",
    "ValoreErrato",
    "booleano",
    "codice_fiscale",
    "data",
    "errata",
    "intero",
    "istante",
    "read_table",
    "scelta",
    "testo",
    "to_csv",
    "to_xlsx",
    "without_doppie",
    "wrong_rows",
]

COLONNA_ERRORE = "errore"
"""Added by ``wrong_rows``; a file that has it is read as if it had not."""
_TOTALE = re.compile(r"tot(\.|ale|ali)?( (generale|comune|complessivo|sezioni|voti))?\s*:?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Colonna:
    """One column of a file. ``obbligatoria``: it must be there and never empty."""

    nome: str
    parse: Parser = testo()
    obbligatoria: bool = False
    aiuto: str = ""


@dataclass(frozen=True, slots=True)
class RigaErrata:
    """One thing wrong (or to be looked at) in a file: where, what, and how to mend it."""

    file: str
    riga: int | None
    colonna: str
    valore: str
    codice: str
    testo: str
    rimedio: str

    @property
    def messaggio(self) -> str:
        """The whole sentence, for a terminal or a log."""
        return f"{self.file}: {self.testo} {self.rimedio} [{self.codice}]"

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class RigaLetta:
    """A row of the file with its typed values; ``valori`` holds only the columns the file has."""

    file: str
    numero: int
    valori: Mapping[str, Any]
    celle: Mapping[str, str]

    def __getitem__(self, colonna: str) -> Any:
        return self.valori.get(colonna)

    def ha(self, colonna: str) -> bool:
        return colonna in self.valori

    def errore(self, codice: str, colonna: str = "", **contesto: object) -> RigaErrata:
        """An error about this row, found by who knows what the row means."""
        contesto.setdefault("valore", self.celle.get(colonna, ""))
        return errata(codice, file=self.file, riga=self.numero, colonna=colonna, **contesto)


@dataclass(slots=True)
class Lettura:
    """What came out of one file."""

    file: str
    colonne: tuple[str, ...] = ()
    righe: list[RigaLetta] = field(default_factory=list)
    errori: list[RigaErrata] = field(default_factory=list)
    avvisi: list[RigaErrata] = field(default_factory=list)
    grezze: dict[int, list[str]] = field(default_factory=dict)

    @property
    def intestazione(self) -> list[str]:
        return self.grezze.get(0, [])


def errata(
    codice: str, *, file: str, riga: int | None = None, colonna: str = "", suggerimento: str = "", **contesto
) -> RigaErrata:
    """Build an error from the catalogue; the context fills the names of its text."""
    voce = catalogo()[codice]
    valori = {"file": file, "riga": riga, "colonna": colonna, **contesto}
    detto = voce.diagnosi.format_map(valori)
    return RigaErrata(
        file=file,
        riga=riga,
        colonna=colonna,
        valore=str(contesto.get("valore", "")),
        codice=codice,
        testo=detto,
        rimedio=f"{suggerimento} {voce.rimedio}".strip(),
    )


def read_table(
    contenuto: bytes,
    *,
    file: str,
    colonne: Sequence[Colonna],
    chiave: Sequence[str] = (),
) -> Lettura:
    """Read a CSV or XLSX; ``chiave`` names the columns that together must not repeat."""
    lettura = Lettura(file)
    try:
        foglio = open_foglio(contenuto, nomi_attesi=[c.nome for c in colonne])
        for codice, contesto in foglio.avvisi:
            lettura.avvisi.append(errata(codice, file=file, **contesto))
        _read_foglio(foglio, lettura, colonne)
    except FileErrato as errore:
        lettura.errori.append(errata(errore.codice, file=file, **errore.contesto))
        lettura.righe.clear()
    if chiave:
        lettura.righe = list(without_doppie(lettura, chiave))
    return lettura


def _read_foglio(foglio: Foglio, lettura: Lettura, colonne: Sequence[Colonna]) -> None:
    piene = _without_vuote(foglio.righe, lettura)
    numero, intestazione = next(piene, (1, []))
    lettura.grezze[0] = intestazione
    posizioni = _read_intestazione(numero, lettura, colonne)
    if not intestazione:
        lettura.errori.append(errata("E902", file=lettura.file))
    if lettura.errori:
        return
    lettura.colonne = tuple(colonna.nome for colonna, _ in posizioni)
    vuoto = True
    for numero, celle in piene:
        vuoto = False
        if riga := _read_riga(numero, celle, posizioni, lettura):
            lettura.righe.append(riga)
    if vuoto:
        lettura.errori.append(errata("E902", file=lettura.file))


def _without_vuote(
    righe: Iterator[tuple[int, list[str]]], lettura: Lettura
) -> Iterator[tuple[int, list[str]]]:
    vuote = 0
    for numero, celle in righe:
        pulite = [_clean_cella(cella) for cella in celle]
        if any(pulite):
            yield numero, pulite
        else:
            vuote += 1
    if vuote and lettura.righe:
        lettura.avvisi.append(errata("W903", file=lettura.file, valore=vuote))


def _clean_cella(cella: str) -> str:
    return unescape_formula(cella.strip(" \n\r\xa0\t"))


def _read_intestazione(riga: int, lettura: Lettura, colonne: Sequence[Colonna]) -> list[tuple[Colonna, int]]:
    """Which column is where; every header must be known and appear once."""
    file, intestazione = lettura.file, lettura.intestazione
    note = {colonna.nome: colonna for colonna in colonne}
    posizioni: dict[str, int] = {}
    for posto, scritta in enumerate(intestazione):
        nome = normalize_nome(scritta)
        if not nome or (nome == COLONNA_ERRORE and nome not in note):
            continue
        if nome not in note:
            lettura.errori.append(_sconosciuta(scritta, nome, file=file, riga=riga, note=list(note)))
        elif nome in posizioni:
            lettura.errori.append(errata("E905", file=file, riga=riga, colonna=nome))
        else:
            posizioni[nome] = posto
            if scritta.casefold() != nome:
                lettura.avvisi.append(errata("W902", file=file, riga=riga, colonna=nome, valore=scritta))
    if intestazione:
        lettura.errori += [
            errata("E903", file=file, riga=riga, colonna=colonna.nome)
            for colonna in colonne
            if colonna.obbligatoria and colonna.nome not in posizioni
        ]
    return [(note[nome], posto) for nome, posto in posizioni.items()]


def _sconosciuta(scritta: str, nome: str, *, file: str, riga: int, note: list[str]) -> RigaErrata:
    vicine = difflib.get_close_matches(nome, note, n=1, cutoff=0.6)
    suggerimento = f"Forse volevi «{vicine[0]}»." if vicine else ""
    return errata(
        "E904",
        file=file,
        riga=riga,
        colonna=scritta,
        ammessi=", ".join(note),
        valore=scritta,
        suggerimento=suggerimento,
    )


def _read_riga(
    numero: int, celle: list[str], posizioni: list[tuple[Colonna, int]], lettura: Lettura
) -> RigaLetta | None:
    """The typed row, or None after writing every error it has."""
    lettura.grezze[numero] = celle
    larghezza = len(lettura.intestazione)
    fuori = [cella for cella in celle[larghezza:] if cella]
    senza_nome = [i for i, nome in enumerate(lettura.intestazione) if not nome and celle[i : i + 1] > [""]]
    if len(celle) < larghezza or fuori or senza_nome:
        lettura.errori.append(
            errata("E906", file=lettura.file, riga=numero, valore=len(celle), massimo=larghezza)
        )
        return None
    prima = next(cella for cella in celle if cella)
    if _TOTALE.fullmatch(prima):
        lettura.errori.append(errata("E935", file=lettura.file, riga=numero, valore=prima))
        return None
    scritte = {colonna.nome: celle[posto] for colonna, posto in posizioni}
    prima_di = len(lettura.errori)
    valori = {
        colonna.nome: _read_cella(colonna, scritte[colonna.nome], numero, lettura) for colonna, _ in posizioni
    }
    return RigaLetta(lettura.file, numero, valori, scritte) if len(lettura.errori) == prima_di else None


def _read_cella(colonna: Colonna, cella: str, numero: int, lettura: Lettura) -> Any:
    dove = {"file": lettura.file, "riga": numero, "colonna": colonna.nome, "valore": cella}
    if not cella:
        if colonna.obbligatoria:
            lettura.errori.append(errata("E907", **dove))
        return None
    try:
        letto = colonna.parse(cella)
    except ValoreErrato as errore:
        lettura.errori.append(errata(errore.codice, **(dove | errore.contesto)))
        return None
    if isinstance(letto, ConAvviso):
        lettura.avvisi.append(errata(letto.codice, **(dove | dict(letto.contesto))))
        return letto.valore
    return letto


def without_doppie(lettura: Lettura, chiave: Sequence[str]) -> Iterator[RigaLetta]:
    """The rows whose key comes first; an equal row is a warning, another with its key an error."""
    viste: dict[tuple, RigaLetta] = {}
    for riga in lettura.righe:
        valori = tuple(riga[nome] for nome in chiave)
        prima = viste.setdefault(valori, riga)
        if prima is riga:
            yield riga
        elif prima.valori == riga.valori:
            lettura.avvisi.append(riga.errore("W904", chiave[-1], prima=prima.numero))
        else:
            detta = ", ".join(f"{n} {riga.celle.get(n) or '(vuoto)'}" for n in chiave)
            lettura.errori.append(riga.errore("E913", chiave[-1], chiave=detta, prima=prima.numero))


def wrong_rows(lettura: Lettura, errori: Sequence[RigaErrata]) -> bytes:
    """The wrong rows as they were written, with what is wrong in the last column: to mend and load again."""
    motivi: dict[int, list[str]] = {}
    for errore in errori:
        if errore.riga and errore.file == lettura.file:
            motivi.setdefault(errore.riga, []).append(f"{errore.colonna}: {errore.testo} {errore.rimedio}")
    larghezza = len(lettura.intestazione)
    righe = [
        [*(lettura.grezze[numero][:larghezza] + [""] * larghezza)[:larghezza], " — ".join(testi)]
        for numero, testi in sorted(motivi.items())
        if numero in lettura.grezze
    ]
    return to_csv([*lettura.intestazione, COLONNA_ERRORE], righe, per_excel=True)
