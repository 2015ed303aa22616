"""From the bytes of an uploaded file to numbered rows of text, whatever program wrote it.

CSV in UTF-8, UTF-16 or cp1252, with commas, semicolons, tabs or bars and any newline; XLSX after a guard
against archives that blow up. What cannot be read raises ``FileErrato`` with a code of the catalogue.
"""

import csv
import io
import lzma
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

MIB = 1024 * 1024
MASSIMO_BYTE = 50 * MIB
MASSIMO_RAPPORTO = 100
MASSIMO_VOCI = 2_000
MASSIMO_RIGHE_XLSX = 50_000
MASSIMO_COLONNE_XLSX = 500
MASSIMO_RIGHE_CSV = 500_000
SEPARATORI = (",", ";", "\t", "|")
_FIRME = {
    b"\xd0\xcf\x11\xe0": "è un foglio XLS (il vecchio formato di Excel), non un CSV",
    b"%PDF": "è un PDF",
    b"\x89PNG": "è un'immagine",
    b"\xff\xd8\xff": "è un'immagine",
    b"{\\rtf": "è un documento di testo RTF",
}


class FileErrato(Exception):
    """The whole file cannot be read: a code of the catalogue and what its text needs."""

    def __init__(self, codice: str, **contesto: object) -> None:
        super().__init__(codice)
        self.codice, self.contesto = codice, contesto


@dataclass(slots=True)
class Foglio:
    """Rows of text, each with the line number a person sees, and the warnings of the reading."""

    righe: Iterator[tuple[int, list[str]]]
    avvisi: list[tuple[str, dict[str, object]]] = field(default_factory=list)


def open_foglio(contenuto: bytes, *, nomi_attesi: Sequence[str] = ()) -> Foglio:
    """Recognize the format by the content, never by the file name."""
    if len(contenuto) > MASSIMO_BYTE:
        raise FileErrato("E917", massimo="50 MB")
    if contenuto.startswith(b"PK\x03\x04"):
        return Foglio(_rows_xlsx(contenuto))
    for firma, motivo in _FIRME.items():
        if contenuto.startswith(firma):
            raise FileErrato("E901", motivo=motivo)
    testo, codifica = decode(contenuto)
    avvisi: list[tuple[str, dict[str, object]]] = [("W901", {"valore": codifica})] if codifica else []
    return Foglio(_rows_csv(testo, nomi_attesi), avvisi)


def decode(contenuto: bytes) -> tuple[str, str]:
    """The text, and the name of the encoding when it is not UTF-8."""
    if contenuto.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return contenuto.decode("utf-16"), "UTF-16"
        except UnicodeDecodeError:
            raise FileErrato("E901", motivo="è scritto in UTF-16 ma è rovinato") from None
    if b"\x00" in contenuto:
        raise FileErrato("E901", motivo="contiene byte nulli: non è un file di testo, o è rovinato")
    if contenuto.lstrip()[:15].lower().startswith((b"<!doctype", b"<html", b"<?xml")):
        raise FileErrato("E901", motivo="è una pagina web o un XML, non un CSV")
    try:
        return contenuto.decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        pass
    try:
        return contenuto.decode("cp1252"), "cp1252 (Windows)"
    except UnicodeDecodeError:
        raise FileErrato("E901", motivo="la codifica dei caratteri non è né UTF-8 né Windows") from None


def normalize_nome(nome: str) -> str:
    """A header as our column names are written: lower case, underscores."""
    return "_".join(nome.replace("_", " ").replace("-", " ").replace(".", " ").casefold().split())


def _choose_separatore(riga: str, nomi_attesi: Sequence[str]) -> str:
    """The separator that recognizes most column names; then the one that makes most cells."""
    attesi = set(nomi_attesi)

    def punti(separatore: str) -> tuple[int, int]:
        celle = next(csv.reader([riga], delimiter=separatore), [])
        return sum(normalize_nome(cella) in attesi for cella in celle), len(celle)

    return max(SEPARATORI, key=punti)


def _rows_csv(testo: str, nomi_attesi: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    prima, _, resto = testo.partition("\n")
    scarto = 0
    if prima.strip().lower() in {f"sep={s}" for s in SEPARATORI} | {"sep="}:  # Excel writes it on top
        testo, scarto = resto, 1
    intestazione = next((r for r in testo.splitlines() if r.strip()), "")
    separatore = _choose_separatore(intestazione, nomi_attesi)
    lettore = csv.reader(io.StringIO(testo, newline=""), delimiter=separatore, strict=True)
    numero = 1 + scarto
    while True:
        try:
            celle = next(lettore, None)
        except csv.Error as errore:
            if "field larger" in str(errore):
                raise FileErrato(
                    "E917", massimo=f"{csv.field_size_limit()} caratteri alla riga {numero}"
                ) from None
            raise FileErrato("E934", riga=numero, motivo=str(errore)) from None
        if celle is None:
            return
        if numero > MASSIMO_RIGHE_CSV:
            raise FileErrato("E917", massimo=f"{MASSIMO_RIGHE_CSV} righe")
        yield numero, celle
        numero = lettore.line_num + 1 + scarto


def check_archivio(contenuto: bytes) -> zipfile.ZipFile:
    """Open a ZIP only after its declared sizes, ratio, passwords and checksums have been looked at."""
    try:
        archivio = zipfile.ZipFile(io.BytesIO(contenuto))
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        raise FileErrato("E923", motivo="non è un archivio ZIP valido o è rovinato") from None
    voci = archivio.infolist()
    aperto = sum(voce.file_size for voce in voci)
    chiuso = sum(voce.compress_size for voce in voci) or 1
    if len(voci) > MASSIMO_VOCI:
        raise FileErrato("E923", motivo=f"contiene più di {MASSIMO_VOCI} file")
    if aperto > MASSIMO_BYTE:
        raise FileErrato("E923", motivo="aperto occuperebbe più di 50 MB")
    if aperto > MIB and aperto / chiuso > MASSIMO_RAPPORTO:
        raise FileErrato("E923", motivo="è compresso in modo anomalo")
    if any(voce.flag_bits & 0x1 for voce in voci):
        raise FileErrato("E923", motivo="è protetto da password")
    try:
        rovinato = archivio.testzip()  # a size that lies about itself fails its checksum here
    except (
        zipfile.BadZipFile,
        zlib.error,
        lzma.LZMAError,
        NotImplementedError,
        EOFError,
        OSError,
        ValueError,
    ):
        rovinato = "?"
    if rovinato:
        raise FileErrato("E923", motivo="è rovinato")
    return archivio


_ALTRI_FORMATI = ("content.xml", "xl/workbook.bin")
_RIGA_O_CELLA = re.compile(
    rb"""<(?:[^\s<>/:"'=]+:)?(row|c)(?=[\s/>])((?:[^<>"'/]|/(?!>)|"[^"]*"|'[^']*')*)(/?)>"""
)
_POSTO = re.compile(rb"""\br\s*=\s*["']\s*([A-Za-z]{0,8})(\d{0,8})""")


def _check_misure(archivio: zipfile.ZipFile) -> None:
    """Refuse a sheet whose far cells would fill the memory: the library opens it as one full rectangle."""
    nomi = archivio.namelist()
    if "xl/workbook.xml" not in nomi or any(nome in nomi for nome in _ALTRI_FORMATI):
        raise FileErrato("E927", motivo="non è un foglio XLSX valido")
    for nome in nomi:
        for riga, colonna in _celle_piene(archivio.read(nome)):
            if riga > MASSIMO_RIGHE_XLSX + 1:
                raise FileErrato("E917", massimo=f"{MASSIMO_RIGHE_XLSX} righe")
            if colonna > MASSIMO_COLONNE_XLSX:
                raise FileErrato("E917", massimo=f"{MASSIMO_COLONNE_XLSX} colonne")


def _celle_piene(xml: bytes) -> Iterator[tuple[int, int]]:
    """Row and column of each cell that holds something; without a place it follows the one before."""
    riga = colonna = 0
    for cosa, attributi, vuota in (trovata.groups() for trovata in _RIGA_O_CELLA.finditer(xml)):
        posti = [(_colonna(lettere), int(cifre or 0)) for lettere, cifre in _POSTO.findall(attributi)]
        if cosa == b"row":
            riga, colonna = max([n for _, n in posti], default=0) or riga + 1, 0
            continue
        colonna = max([n for n, _ in posti], default=0) or colonna + 1
        if not vuota:
            yield max([riga, *(n for _, n in posti)]), colonna


def _colonna(lettere: bytes) -> int:
    """«A» is 1, «Z» 26, «AA» 27."""
    numero = 0
    for lettera in lettere.upper():
        numero = numero * 26 + lettera - 64
    return numero


def _rows_xlsx(contenuto: bytes) -> Iterator[tuple[int, list[str]]]:
    with check_archivio(contenuto) as archivio:
        _check_misure(archivio)
    try:
        cartella = CalamineWorkbook.from_filelike(io.BytesIO(contenuto))
        fogli = [cartella.get_sheet_by_index(n) for n in range(len(cartella.sheet_names))]
        pieni = [foglio for foglio in fogli if foglio.height]
    except (CalamineError, ValueError, OSError):
        raise FileErrato("E927", motivo="non è un foglio XLSX valido") from None
    if len(pieni) > 1:
        nomi = ", ".join(f"«{foglio.name}»" for foglio in pieni)
        raise FileErrato("E927", motivo=f"ha più fogli con dati ({nomi}): lasciane uno")
    for foglio in pieni:
        yield from _rows_foglio(foglio)


def _rows_foglio(foglio: CalamineSheet) -> Iterator[tuple[int, list[str]]]:
    if foglio.height > MASSIMO_RIGHE_XLSX + 1:
        raise FileErrato("E917", massimo=f"{MASSIMO_RIGHE_XLSX} righe")
    if foglio.merged_cell_ranges:
        raise FileErrato("E927", motivo="ha celle unite: dividile, perché non si sa a quale riga valgono")
    for numero, celle in enumerate(foglio.to_python(skip_empty_area=False), start=1):
        yield numero, [_testo_di(cella) for cella in celle]


def _testo_di(cella: object) -> str:
    """A spreadsheet value as a person reads it: 12.0 is 12, midnight is a date."""
    match cella:
        case bool():
            return "sì" if cella else "no"
        case float() if cella.is_integer():
            return str(int(cella))
        case datetime() if cella.time() == time():
            return cella.date().isoformat()
        case datetime():
            return cella.isoformat(sep=" ")
        case date() | time():
            return cella.isoformat()
        case _:
            return str(cella)
