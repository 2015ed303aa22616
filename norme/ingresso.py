"""Reading JSON input: typed fields, with an Italian error that names field, fault and remedy.

``Oggetto`` wraps one JSON object and its path, so every verb reads its fields the same way::

    dati = Oggetto(json)
    seggi = dati.intero("seggi_consiglio", minimo=1)
    for sindaco in dati.oggetti("sindaci"):
        sindaco.identificativo("id")

Floats, booleans passed as numbers, and strings passed as numbers are refused: a vote is an integer.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from norme.registro import to_json

Id = int | str

MASSIMO_VOTI: Final = 100_000_000
MASSIMO_IDENTIFICATIVO: Final = 200
"""Characters of an identifier."""
ANNI: Final = range(1800, 2200)
"""Years a date may have: beyond them the calendar itself would run out of days."""


class _Obbligatorio:
    """Marks a field without a default."""


OBBLIGATORIO: Final = _Obbligatorio()


class ErroreIngresso(Exception):
    """Input that cannot be read: a stable ``codice``, the ``campo`` (path) and an Italian ``messaggio``."""

    def __init__(self, codice: str, campo: str, messaggio: str) -> None:
        super().__init__(messaggio)
        self.codice = codice
        self.campo = campo
        self.messaggio = messaggio

    def as_dict(self) -> dict[str, str]:
        return {"codice": self.codice, "campo": self.campo, "messaggio": self.messaggio}


def _describe(valore: object) -> str:
    """What was found instead, short enough for a message."""
    if valore is None:
        return "manca"
    testo = "vero" if valore is True else "falso" if valore is False else repr(valore)
    return f"c'è {testo[:60]}"


def _is_same(voce: Any, valore: Any) -> bool:
    """Equal and of the same kind, all the way down; a JSON array is a tuple of ours."""
    if isinstance(voce, tuple) and isinstance(valore, list):
        return len(voce) == len(valore) and all(map(_is_same, voce, valore))
    if isinstance(voce, Mapping) and isinstance(valore, Mapping):
        return voce.keys() == valore.keys() and _is_part(valore, voce)
    return type(voce) is type(valore) and bool(voce == valore)


def _is_part(valore: Mapping[str, Any], voce: Mapping[str, Any]) -> bool:
    return all(nome in voce and _is_same(voce[nome], scritto) for nome, scritto in valore.items())


def _telling_apart(ammesse: Collection[Any]) -> list[Any]:
    """The alternatives, of those made of fields only the fields that differ."""
    if not all(isinstance(voce, Mapping) for voce in ammesse):
        return list(ammesse)
    comuni = {
        nome
        for nome in set.intersection(*(set(voce) for voce in ammesse))
        if len({repr(voce[nome]) for voce in ammesse}) == 1
    }
    return [{nome: valore for nome, valore in voce.items() if nome not in comuni} for voce in ammesse]


def _as_json(valore: Any) -> str:
    """An alternative as it is written in the input; a word without quotes."""
    return valore if isinstance(valore, str) else json.dumps(to_json(valore), ensure_ascii=False)


@dataclass(frozen=True)
class Oggetto:
    """One JSON object with its path from the root (``"liste[3].candidati[0]"``)."""

    dati: Mapping[str, Any]
    campo: str = ""
    letti: set[str] = field(default_factory=set, compare=False, repr=False)

    def __post_init__(self) -> None:
        if not isinstance(self.dati, Mapping):
            self._fail("tipo_errato", self.campo, "serve un oggetto JSON {…}", self.dati)

    def percorso(self, nome: str) -> str:
        """Path of a field of this object."""
        return f"{self.campo}.{nome}" if self.campo else nome

    def _fail(self, codice: str, campo: str, atteso: str, valore: object) -> None:
        dove = f"Campo «{campo}»" if campo else "Dati in ingresso"
        raise ErroreIngresso(codice, campo, f"{dove}: {atteso}, {_describe(valore)}.")

    def _take(self, nome: str, default: object) -> Any:
        """The raw value; ``null`` counts as absent."""
        self.letti.add(nome)
        valore = self.dati.get(nome)
        if valore is not None:
            return valore
        if isinstance(default, _Obbligatorio):
            self._fail("campo_mancante", self.percorso(nome), "è obbligatorio", None)
        return None

    def _refuse(self, nome: str, atteso: str, valore: object, codice: str = "tipo_errato") -> None:
        self._fail(codice, self.percorso(nome), atteso, valore)

    def intero_facoltativo(
        self, nome: str, *, minimo: int = 0, massimo: int = MASSIMO_VOTI, obbligatorio: bool = False
    ) -> int | None:
        """An integer between ``minimo`` and ``massimo``, or None when absent."""
        valore = self._take(nome, OBBLIGATORIO if obbligatorio else None)
        if valore is None:
            return None
        if not isinstance(valore, int) or isinstance(valore, bool):
            self._refuse(nome, "serve un numero intero", valore)
        if not minimo <= valore <= massimo:
            self._refuse(nome, f"serve un intero da {minimo} a {massimo}", valore, "valore_fuori_limiti")
        return int(valore)

    def intero(
        self,
        nome: str,
        *,
        minimo: int = 0,
        massimo: int = MASSIMO_VOTI,
        default: int | _Obbligatorio = OBBLIGATORIO,
    ) -> int:
        """An integer between ``minimo`` and ``massimo``."""
        obbligatorio = isinstance(default, _Obbligatorio)
        valore = self.intero_facoltativo(nome, minimo=minimo, massimo=massimo, obbligatorio=obbligatorio)
        return default if valore is None and isinstance(default, int) else int(valore or 0)

    def testo(self, nome: str, *, default: str | _Obbligatorio = OBBLIGATORIO) -> str:
        """A string, surrounding spaces removed."""
        valore = self._take(nome, default)
        if valore is None:
            return str(default)
        if not isinstance(valore, str):
            self._refuse(nome, "serve un testo", valore)
        return str(valore).strip()

    def booleano(self, nome: str, *, default: bool | _Obbligatorio = OBBLIGATORIO) -> bool:
        """``true`` or ``false``."""
        valore = self._take(nome, default)
        if valore is None:
            return bool(default)
        if not isinstance(valore, bool):
            self._refuse(nome, "serve true o false", valore)
        return bool(valore)

    def scelta_facoltativa(self, nome: str, ammesse: Collection[str]) -> str | None:
        """One of the given words, or None when absent."""
        valore = self._take(nome, None)
        if valore is None:
            return None
        if not isinstance(valore, str) or valore not in ammesse:
            self._refuse(nome, "serve uno fra: " + ", ".join(sorted(ammesse)), valore, "valore_non_ammesso")
        return str(valore)

    def scelta(
        self, nome: str, ammesse: Collection[str], *, default: str | _Obbligatorio = OBBLIGATORIO
    ) -> str:
        """One of the given words."""
        if isinstance(default, _Obbligatorio):
            self._take(nome, default)
        return self.scelta_facoltativa(nome, ammesse) or str(default)

    def una_di(self, nome: str, ammesse: Collection[Any]) -> Any:
        """One of the given values, which must be of the same kind (``true`` is not 1).

        Of a value made of many fields it is enough to write those that tell it from the others.
        """
        valore = self._take(nome, OBBLIGATORIO)
        scelte = [voce for voce in ammesse if _is_same(voce, valore)]
        if not scelte and isinstance(valore, Mapping) and valore:
            scelte = [voce for voce in ammesse if isinstance(voce, Mapping) and _is_part(valore, voce)]
        if len(scelte) == 1:
            return scelte[0]
        elenco = ", ".join(_as_json(voce) for voce in _telling_apart(ammesse))
        self._refuse(nome, f"serve uno fra: {elenco}", valore, "valore_non_ammesso")
        return None  # pragma: no cover - _refuse always raises

    def giorno_facoltativo(self, nome: str, *, obbligatorio: bool = False) -> date | None:
        """An ISO date (``2021-10-03``), or None when absent."""
        valore = self._take(nome, OBBLIGATORIO if obbligatorio else None)
        if valore is None:
            return None
        try:
            if isinstance(valore, str) and len(valore) == len("2021-10-03"):
                giorno = date.fromisoformat(valore)
                if giorno.year in ANNI:
                    return giorno
        except ValueError:
            pass
        self._refuse(nome, "serve una data aaaa-mm-gg", valore, "data_non_valida")
        return None  # pragma: no cover - _refuse always raises

    def giorno(self, nome: str) -> date:
        """An ISO date (``2021-10-03``)."""
        valore = self.giorno_facoltativo(nome, obbligatorio=True)
        assert valore is not None
        return valore

    def identificativo(self, nome: str) -> Id:
        """An identifier: a non-empty string or an integer."""
        valore = self.identificativo_facoltativo(nome, obbligatorio=True)
        assert valore is not None
        return valore

    def identificativo_facoltativo(self, nome: str, *, obbligatorio: bool = False) -> Id | None:
        """An identifier, or None when absent."""
        valore = self._take(nome, OBBLIGATORIO if obbligatorio else None)
        if valore is None:
            return None
        if isinstance(valore, bool) or not isinstance(valore, int | str) or valore == "":
            self._refuse(nome, "serve un identificativo (numero intero o testo non vuoto)", valore)
        if len(str(valore)) > MASSIMO_IDENTIFICATIVO:
            atteso = f"serve un identificativo di al più {MASSIMO_IDENTIFICATIVO} caratteri"
            self._refuse(nome, atteso, valore, "valore_fuori_limiti")
        return valore if isinstance(valore, int) else str(valore)

    def oggetto_facoltativo(self, nome: str) -> "Oggetto | None":
        """A nested object, or None when absent."""
        valore = self._take(nome, None)
        return None if valore is None else Oggetto(valore, self.percorso(nome))

    def oggetto(self, nome: str) -> "Oggetto":
        """A nested object."""
        return Oggetto(self._take(nome, OBBLIGATORIO), self.percorso(nome))

    def elenco(self, nome: str) -> list[Any]:
        """An array of anything; empty when absent."""
        valore = self._take(nome, None)
        if valore is None:
            return []
        if not isinstance(valore, list | tuple):
            self._refuse(nome, "serve un elenco [ … ]", valore)
        return list(valore)

    def oggetti_facoltativi(self, nome: str) -> "tuple[Oggetto, ...] | None":
        """An array of objects, or None when absent."""
        valore = self._take(nome, None)
        if valore is None:
            return None
        if not isinstance(valore, list | tuple):
            self._refuse(nome, "serve un elenco [ … ]", valore)
        return tuple(Oggetto(voce, f"{self.percorso(nome)}[{i}]") for i, voce in enumerate(valore))

    def oggetti(self, nome: str, *, minimo: int = 0) -> "tuple[Oggetto, ...]":
        """An array of at least ``minimo`` objects."""
        self._take(nome, OBBLIGATORIO if minimo else None)
        voci = self.oggetti_facoltativi(nome) or ()
        if len(voci) < minimo:
            self._refuse(
                nome, f"servono almeno {minimo} elementi", f"{len(voci)} elementi", "elenco_troppo_corto"
            )
        return voci

    def ignoti(self) -> tuple[str, ...]:
        """Paths of the fields present but never read: misspelt or unknown."""
        return tuple(self.percorso(str(nome)) for nome in self.dati if nome not in self.letti)
