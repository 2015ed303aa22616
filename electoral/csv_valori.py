"""Parsers of one cell: text in, typed value out, or ``ValoreErrato`` with a code of the catalogue.

A parser is a function ``str -> value``. It never sees an empty cell: empty means unknown and stays ``None``.
When a value is read with some tolerance the parser returns ``ConAvviso``, so that the person is told.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from stdnum.exceptions import InvalidChecksum, InvalidLength
from stdnum.exceptions import ValidationError as StdnumError
from stdnum.it import codicefiscale

Parser = Callable[[str], Any]

MASSIMO_INTERO = 9_999_999
ANNI = range(1850, 2200)
"""Years a date may have: a year mistyped as 0196 or 9999 is no date of anybody."""
_MIGLIAIA = re.compile(r"[+]?\d{1,3}(?:(?P<s>[.'  ])\d{3})(?:(?P=s)\d{3})*")
_DECIMALE_NULLO = re.compile(r"(\d+)[.,]0{1,2}")
_DATA = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
# Marks that turn or hide text: nobody types them, and they make two names look alike.
_INVISIBILI = frozenset("\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\ufffd") | {
    chr(c) for c in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))
}


class ValoreErrato(Exception):
    """The cell cannot be read: a code of the catalogue and what its text needs."""

    def __init__(self, codice: str, **contesto: object) -> None:
        super().__init__(codice)
        self.codice, self.contesto = codice, contesto


@dataclass(frozen=True, slots=True)
class ConAvviso:
    """A value read with some tolerance, and the code of the warning."""

    valore: Any
    codice: str
    contesto: Mapping[str, object] = field(default_factory=dict)


def testo(massimo: int = 200, *, maiuscole: bool = False) -> Parser:
    """Text on one line, in composed Unicode form."""

    def parse(cella: str) -> str:
        valore = re.sub(r"\s*[\r\n]+\s*", " ", unicodedata.normalize("NFC", cella)).replace("\xa0", " ")
        if any(c in _INVISIBILI or (unicodedata.category(c) == "Cc" and c != "\t") for c in valore):
            raise ValoreErrato("E928")
        if len(valore) > massimo:
            raise ValoreErrato("E912", massimo=massimo)
        return valore.upper() if maiuscole else valore

    return parse


def intero(minimo: int = 0, massimo: int = MASSIMO_INTERO) -> Parser:
    """A whole number; thousands separators and a null decimal part are read with a warning."""

    def parse(cella: str) -> int | ConAvviso:
        cifre, tollerato = _cifre(cella)
        numero = int(cifre)
        if not minimo <= numero <= massimo:
            raise ValoreErrato("E909", minimo=minimo, massimo=massimo)
        if tollerato:
            return ConAvviso(numero, "W908", {"prima": cella, "valore": numero})
        return numero

    return parse


def _cifre(cella: str) -> tuple[str, bool]:
    if re.fullmatch(r"-?[0-9]{1,18}", cella):
        return cella, False
    if _MIGLIAIA.fullmatch(cella):
        return re.sub(r"[^0-9]", "", cella), True
    if (nullo := _DECIMALE_NULLO.fullmatch(cella)) and nullo[1].isascii():
        return nullo[1], True
    raise ValoreErrato("E908")


def data() -> Parser:
    """A date: 2021-10-03 or 03/10/2021."""

    def parse(cella: str) -> date:
        return _data(cella.removesuffix(" 00:00:00").removesuffix("T00:00:00"))

    return parse


def _data(cella: str) -> date:
    try:
        if scritta := _DATA.fullmatch(cella):
            giorno = date(int(scritta[3]), int(scritta[2]), int(scritta[1]))
        elif re.fullmatch(r"\d{4}[-/]\d{2}[-/]\d{2}", cella):
            giorno = date.fromisoformat(cella.replace("/", "-"))
        else:
            raise ValoreErrato("E910")
    except ValueError:
        raise ValoreErrato("E910") from None
    if giorno.year not in ANNI:
        raise ValoreErrato("E910")
    return giorno


def istante() -> Parser:
    """A moment: ISO, or 03/09/2021 11:40; without a zone it is Italian time."""

    def parse(cella: str) -> datetime:
        try:
            letto = datetime.fromisoformat(cella)
        except ValueError:
            giorno, _, ora = cella.partition(" ")
            try:
                letto = datetime.fromisoformat(f"{_data(giorno).isoformat()}T{ora.replace('.', ':')}")
            except ValueError:
                raise ValoreErrato("E910") from None
        if letto.year not in ANNI:
            raise ValoreErrato("E910")
        return letto if timezone.is_aware(letto) else timezone.make_aware(letto)

    return parse


def scelta(ammessi: Mapping[str, Any] | list[str]) -> Parser:
    """One of the given words, whatever its case; a mapping also translates it."""
    voci = ammessi if isinstance(ammessi, Mapping) else {voce: voce for voce in ammessi}
    per_chiave = {voce.casefold(): valore for voce, valore in voci.items()}

    def parse(cella: str) -> Any:
        try:
            return per_chiave[cella.casefold()]
        except KeyError:
            raise ValoreErrato("E911", ammessi=", ".join(voci)) from None

    return parse


def booleano() -> Parser:
    """sì/no, as people and spreadsheets write it."""
    si = dict.fromkeys(["sì", "si", "s", "x", "vero", "true", "1"], True)
    no = dict.fromkeys(["no", "n", "falso", "false", "0"], False)
    voci = {**si, **no}

    def parse(cella: str) -> bool:
        try:
            return voci[cella.casefold()]
        except KeyError:
            raise ValoreErrato("E911", ammessi="sì, no") from None

    return parse


def codice_fiscale() -> Parser:
    """An Italian codice fiscale with the right control character, written without spaces."""

    def parse(cella: str) -> str:
        valore = cella.replace(" ", "").upper()
        try:
            return codicefiscale.validate(valore)
        except InvalidLength:
            motivo = f"ha {len(valore)} caratteri e ne servono 16"
        except InvalidChecksum:
            motivo = "il carattere di controllo non torna"
        except StdnumError:
            motivo = "non ha la forma di un codice fiscale"
        raise ValoreErrato("E916", motivo=motivo)

    return parse
