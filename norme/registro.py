"""The register of the legal parameters: reads ``norme/parametri/*.toml`` and refuses what is unclear.

A file holds tables ``[nome]`` with ``descrizione`` and one ``[[nome.valori]]`` per value; what is written
in ``[nome]`` beside them (``riferimento``, ``prova``, ``verificato_il``, ``dal``…) is common to its values.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import cache
from importlib import resources
from itertools import combinations
from types import MappingProxyType
from typing import Any

ORDINAMENTI = ("ordinario", "sicilia", "friuli-venezia-giulia", "valle-d-aosta", "trentino-alto-adige")
SISTEMI = ("fino_15000", "oltre_15000")
PROVE = ("V", "S", "R", "D")
_FRAZIONE = re.compile(r"\d+/\d+")
_ARTICOLI = re.compile(r"\d\s*[-,]\s*\d")
_CHIAVI_PARAMETRO = {"descrizione", "unita", "valori"}
_CHIAVI_VALORE = {
    *("dal", "al", "valore", "scelte", "riferimento", "prova", "verificato_il", "nota"),
    *("ordinamento", "sistema", "popolazione_da", "popolazione_a", "capoluogo"),
}


class ParametriErrati(ValueError):
    """A file of ``norme/parametri`` is wrong: a bug of the installation, found while loading."""


@dataclass(frozen=True, slots=True)
class Riferimento:
    """Where a value is written: act, article, comma, address of the text."""

    atto: str
    articolo: str = ""
    comma: str = ""
    url: str = ""

    def __str__(self) -> str:
        parti = [self.atto]
        if self.articolo:
            sigla = (
                "" if self.articolo[0] == "§" else "artt. " if _ARTICOLI.search(self.articolo) else "art. "
            )
            parti.append(sigla + self.articolo)
        if self.comma:
            parti.append(f"c. {self.comma}")
        return " ".join(parti)


@dataclass(frozen=True, slots=True)
class Condizioni:
    """To whom a value applies; an empty condition applies to everybody."""

    ordinamento: tuple[str, ...] = ()
    sistema: tuple[str, ...] = ()
    popolazione_da: int | None = None
    popolazione_a: int | None = None
    capoluogo: bool | None = None

    def applies(self, caso: "Caso") -> bool:
        if self.ordinamento and caso.ordinamento not in self.ordinamento:
            return False
        if self.sistema and caso.sistema not in self.sistema:
            return False
        if self.capoluogo is not None and caso.capoluogo is not self.capoluogo:
            return False
        if self.popolazione_da is None and self.popolazione_a is None:
            return True
        if caso.popolazione is None:
            return False
        return (self.popolazione_da is None or caso.popolazione >= self.popolazione_da) and (
            self.popolazione_a is None or caso.popolazione <= self.popolazione_a
        )

    def meets(self, altre: "Condizioni") -> bool:
        """Whether one comune could satisfy both."""
        return (
            _share(self.ordinamento, altre.ordinamento)
            and _share(self.sistema, altre.sistema)
            and (None in (self.capoluogo, altre.capoluogo) or self.capoluogo == altre.capoluogo)
            and _cross(self.popolazione_da, self.popolazione_a, altre.popolazione_da, altre.popolazione_a)
        )

    def __str__(self) -> str:
        parti = [", ".join(self.ordinamento), ", ".join(self.sistema)]
        match (self.popolazione_da, self.popolazione_a):
            case (None, None):
                pass
            case (None, int(a)):
                parti.append(f"fino a {migliaia(a)} abitanti")
            case (int(da), None):
                parti.append(f"da {migliaia(da)} abitanti")
            case (int(da), int(a)):
                parti.append(f"{migliaia(da)}–{migliaia(a)} abitanti")
        if self.capoluogo is not None:
            parti.append("capoluogo" if self.capoluogo else "non capoluogo")
        return " · ".join(parte for parte in parti if parte) or "tutti"


@dataclass(frozen=True, slots=True)
class Valore:
    """One value of one parameter, with its source and the days it is in force (both included).

    ``valore`` is int, Fraction, str, bool, date, tuple or read-only mapping. Amounts are euro cents.
    ``scelte`` are the values an ente may choose instead, where the law is unsure.
    """

    nome: str
    valore: Any
    riferimento: Riferimento
    prova: str
    dal: date
    al: date | None
    verificato_il: date
    condizioni: Condizioni = Condizioni()
    scelte: tuple[Any, ...] = ()
    nota: str = ""

    def in_force(self, giorno: date) -> bool:
        return self.dal <= giorno and (self.al is None or giorno <= self.al)

    def as_dict(self) -> dict[str, object]:
        return {
            "nome": self.nome,
            "valore": to_json(self.valore),
            "riferimento": str(self.riferimento),
            "url": self.riferimento.url,
            "prova": self.prova,
            "dal": self.dal.isoformat(),
            "al": self.al.isoformat() if self.al else None,
            "nota": self.nota,
        }


@dataclass(frozen=True, slots=True)
class Parametro:
    """A parameter with all its values."""

    nome: str
    descrizione: str
    unita: str
    valori: tuple[Valore, ...]
    file: str


@dataclass(frozen=True, slots=True)
class Caso:
    """The election a value is looked up for."""

    data: date
    popolazione: int | None = None
    ordinamento: str = "ordinario"
    capoluogo: bool = False
    sistema: str | None = None


@cache
def catalogo() -> Mapping[str, Parametro]:
    """Every parameter with all its values, in order of name."""
    return load(_read_files())


def load_atti() -> Mapping[str, Mapping[str, str]]:
    """The acts cited, by short name: full title and address of the text."""
    return tomllib.loads(_read_files()["_atti.toml"])


def _read_files() -> dict[str, str]:
    cartella = resources.files("norme") / "parametri"
    return {file.name: file.read_text("utf-8") for file in cartella.iterdir() if file.name.endswith(".toml")}


def load(testi: Mapping[str, str]) -> Mapping[str, Parametro]:
    """Read TOML texts by file name; anything unclear (unknown key, overlap) is a ``ParametriErrati``."""
    atti = tomllib.loads(testi.get("_atti.toml", ""))
    parametri: dict[str, Parametro] = {}
    for file in sorted(testi):
        if file.startswith("_"):
            continue
        for nome, tabella in tomllib.loads(testi[file]).items():
            if nome in parametri:
                raise ParametriErrati(f"{file}: {nome} è già in {parametri[nome].file}")
            try:
                parametri[nome] = _parse_parametro(nome, tabella, file=file, atti=atti)
            except (KeyError, TypeError, AttributeError, ZeroDivisionError) as errore:
                raise ParametriErrati(f"{file}: {nome}: manca o è errato {errore}") from errore
    return MappingProxyType(dict(sorted(parametri.items())))


def to_json(valore: Any) -> Any:
    """A value as JSON can hold it: fractions as "3/100", dates as ISO text."""
    if isinstance(valore, Fraction):
        return f"{valore.numerator}/{valore.denominator}"
    if isinstance(valore, date):
        return valore.isoformat()
    if isinstance(valore, tuple):
        return [to_json(voce) for voce in valore]
    if isinstance(valore, Mapping):
        return {chiave: to_json(voce) for chiave, voce in valore.items()}
    return valore


def _parse_parametro(
    nome: str, tabella: Mapping[str, Any], *, file: str, atti: Mapping[str, Mapping[str, str]]
) -> Parametro:
    _refuse_unknown(nome, tabella, _CHIAVI_PARAMETRO | _CHIAVI_VALORE)
    comuni = {chiave: voce for chiave, voce in tabella.items() if chiave in _CHIAVI_VALORE}
    valori = tuple(_parse_valore(nome, {**comuni, **voce}, atti) for voce in tabella["valori"])
    for uno, altro in combinations(valori, 2):
        giorni = _cross(uno.dal.toordinal(), _giorno(uno.al), altro.dal.toordinal(), _giorno(altro.al))
        if giorni and uno.condizioni.meets(altro.condizioni):
            raise ParametriErrati(
                f"{file}: {nome}: due valori per lo stesso caso, dal {uno.dal} ({uno.condizioni})"
                f" e dal {altro.dal} ({altro.condizioni})"
            )
    return Parametro(nome, tabella["descrizione"], tabella.get("unita", ""), valori, file)


def _parse_valore(nome: str, voce: Mapping[str, Any], atti: Mapping[str, Mapping[str, str]]) -> Valore:
    _refuse_unknown(nome, voce, _CHIAVI_VALORE)
    riferimento = Riferimento(**voce["riferimento"])
    if not riferimento.url:
        riferimento = replace(riferimento, url=atti.get(riferimento.atto, {}).get("url", ""))
    condizioni = Condizioni(
        ordinamento=_names(voce, "ordinamento", ORDINAMENTI),
        sistema=_names(voce, "sistema", SISTEMI),
        popolazione_da=voce.get("popolazione_da"),
        popolazione_a=voce.get("popolazione_a"),
        capoluogo=voce.get("capoluogo"),
    )
    valore = Valore(
        nome=nome,
        valore=freeze(voce["valore"]),
        riferimento=riferimento,
        prova=voce["prova"],
        dal=voce["dal"],
        al=voce.get("al"),
        verificato_il=voce["verificato_il"],
        condizioni=condizioni,
        scelte=freeze(voce.get("scelte", [])),
        nota=voce.get("nota", ""),
    )
    if valore.scelte and valore.valore not in valore.scelte:
        raise ParametriErrati(f"{nome}: il valore non è tra le sue scelte")
    if valore.prova not in PROVE:
        raise ParametriErrati(f"{nome}: prova «{valore.prova}», ammesse {', '.join(PROVE)}")
    if valore.al is not None and valore.al < valore.dal:
        raise ParametriErrati(f"{nome}: finisce il {valore.al} prima di cominciare il {valore.dal}")
    if (condizioni.popolazione_da or 0) > (condizioni.popolazione_a or condizioni.popolazione_da or 0):
        raise ParametriErrati(f"{nome}: fascia di popolazione rovesciata ({condizioni})")
    return valore


def _names(voce: Mapping[str, Any], chiave: str, ammessi: tuple[str, ...]) -> tuple[str, ...]:
    scritti = voce.get(chiave, [])
    nomi = (scritti,) if isinstance(scritti, str) else tuple(scritti)
    for nome in nomi:
        if nome not in ammessi:
            raise ParametriErrati(f"{chiave} «{nome}», ammessi {', '.join(ammessi)}")
    return nomi


def _refuse_unknown(nome: str, tabella: Mapping[str, Any], ammesse: set[str]) -> None:
    if ignote := sorted(set(tabella) - ammesse):
        raise ParametriErrati(f"{nome}: chiavi sconosciute {', '.join(ignote)}")


def freeze(valore: Any) -> Any:
    """A value as it is kept: "3/100" exact, lists as tuples, tables read-only."""
    if isinstance(valore, str) and _FRAZIONE.fullmatch(valore):
        return Fraction(valore)
    if isinstance(valore, list):
        return tuple(freeze(voce) for voce in valore)
    if isinstance(valore, dict):
        return MappingProxyType({chiave: freeze(voce) for chiave, voce in valore.items()})
    return valore


def _share(uni: tuple[str, ...], altri: tuple[str, ...]) -> bool:
    return not uni or not altri or bool(set(uni) & set(altri))


def _cross(da: int | None, a: int | None, altro_da: int | None, altro_a: int | None) -> bool:
    prima = a is not None and altro_da is not None and a < altro_da
    dopo = da is not None and altro_a is not None and altro_a < da
    return not (prima or dopo)


def _giorno(data: date | None) -> int | None:
    return data.toordinal() if data else None


def migliaia(numero: int) -> str:
    """1234567 → "1.234.567"."""
    return f"{numero:,}".replace(",", ".")
