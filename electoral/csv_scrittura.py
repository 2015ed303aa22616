"""Tables out: CSV and XLSX, with formulas made harmless and values that come back as they were."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime

_DA_PROTEGGERE = re.compile(r"'*[=+\-@\t\r]")
_PROTETTA = re.compile(r"'+[=+\-@\t\r]")
#: What XML cannot hold: one of these in a name must not stop the whole sheet.
_NON_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def escape_formula(valore: str) -> str:
    """A text that a spreadsheet would run as a formula gets an apostrophe in front."""
    return "'" + valore if _DA_PROTEGGERE.match(valore) else valore


def unescape_formula(cella: str) -> str:
    """The inverse of ``escape_formula``: what was exported comes back as it was."""
    return cella[1:] if _PROTETTA.match(cella) else cella


def to_cella(valore: object) -> str | int:
    """A value as a cell: unknown is empty, dates are ISO, formulas are harmless."""
    match valore:
        case None:
            return ""
        case bool():
            return "sì" if valore else "no"
        case int():
            return int(valore)
        case datetime() | date():
            return valore.isoformat()
        case _:
            return escape_formula(str(valore))


def to_csv(
    intestazioni: Sequence[str], righe: Iterable[Sequence[object]], *, per_excel: bool = False
) -> bytes:
    """CSV in UTF-8 with commas; ``per_excel`` writes what the Italian Excel opens with a double click."""
    uscita = io.StringIO(newline="")
    penna = csv.writer(
        uscita, delimiter=";" if per_excel else ",", lineterminator="\r\n" if per_excel else "\n"
    )
    penna.writerow([to_cella(nome) for nome in intestazioni])
    penna.writerows([to_cella(valore) for valore in riga] for riga in righe)
    return uscita.getvalue().encode("utf-8-sig" if per_excel else "utf-8")


def to_xlsx(intestazioni: Sequence[str], righe: Iterable[Sequence[object]], *, titolo: str = "Dati") -> bytes:
    """One sheet, numbers as numbers, texts never as formulas."""
    from openpyxl import Workbook  # heavy, and only for this

    cartella = Workbook(write_only=True)
    foglio = cartella.create_sheet(re.sub(r"[\[\]:*?/\\]", " ", titolo)[:31])
    for riga in (intestazioni, *righe):
        celle = map(to_cella, riga)
        foglio.append([_NON_XML.sub("", cella) if isinstance(cella, str) else cella for cella in celle])
    uscita = io.BytesIO()
    cartella.save(uscita)
    return uscita.getvalue()
