"""Findings: what is doubtful or unlawful in what was recorded, with a code that never changes.

The catalogue of the codes is data (``norme/codici/*.toml``, one file per area), so that the texts
for people stay apart from the rules. ``E`` stops closing, ``W`` closes with a reason.
Areas: 1xx liste, 2xx candidati e sottoscrizioni, 3xx uffici, nomine e compensi,
4xx affluenza e scrutinio, 5xx riparto e proclamazione, 9xx importazioni.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from importlib import resources
from string import Formatter


class Gravita(StrEnum):
    """How serious a finding is: an ERRORE stops closing, an AVVISO asks for a reason."""

    ERRORE = "E"
    AVVISO = "W"


@dataclass(frozen=True, slots=True)
class Codice:
    """One code of the catalogue with its texts; ``{names}`` in the texts are filled from the context."""

    codice: str
    titolo: str
    diagnosi: str
    rimedio: str
    articolo: str
    neutro: str = "Ricontrolla sul verbale."

    @property
    def gravita(self) -> Gravita:
        return Gravita(self.codice[0])

    @property
    def segnaposti(self) -> frozenset[str]:
        """Names a finding with this code should carry in its ``contesto``."""
        testi = (self.diagnosi, self.rimedio, self.neutro)
        return frozenset(nome for testo in testi for _, nome, _, _ in Formatter().parse(testo) if nome)


class _Contesto(dict[str, int | str]):
    """The figures of a finding; one that is missing shows as "…", never as a page in error."""

    def __missing__(self, nome: str) -> str:
        return "…"


@cache
def catalogo() -> Mapping[str, Codice]:
    """All codes, by code, read from ``norme/codici``."""
    codici: dict[str, Codice] = {}
    for file in sorted((resources.files("norme") / "codici").iterdir(), key=lambda f: f.name):
        if file.name.endswith(".toml"):
            for codice, testi in tomllib.loads(file.read_text("utf-8")).items():
                if codice in codici:
                    raise ValueError(f"codice {codice} ripetuto in {file.name}")
                codici[codice] = Codice(codice, **testi)
    return dict(sorted(codici.items(), key=lambda voce: (voce[0][1:], voce[0])))


@dataclass(frozen=True, slots=True)
class Rilievo:
    """A finding about some fields, with the figures that show it.

    ``campi`` are paths of the input (``"voti_liste.3"``); ``contesto`` holds the figures named in the text.
    """

    codice: str
    campi: tuple[str, ...] = ()
    contesto: Mapping[str, int | str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.codice not in catalogo():
            raise ValueError(f"codice sconosciuto: {self.codice}")

    @property
    def voce(self) -> Codice:
        return catalogo()[self.codice]

    @property
    def gravita(self) -> Gravita:
        return self.voce.gravita

    @property
    def testo(self) -> str:
        """The diagnosis with its figures, for the responsabile and the verbale."""
        return self._fill(self.voce.diagnosi)

    @property
    def rimedio(self) -> str:
        """What to do about it."""
        return self._fill(self.voce.rimedio)

    @property
    def testo_neutro(self) -> str:
        """What the typist sees: which boxes to read again, no hint of the figure that would fit."""
        return self._fill(self.voce.neutro)

    def _fill(self, testo: str) -> str:
        return testo.format_map(_Contesto(self.contesto))

    def as_dict(self) -> dict[str, object]:
        return {
            "codice": self.codice,
            "gravita": self.gravita.value,
            "titolo": self.voce.titolo,
            "testo": self.testo,
            "articolo": self.voce.articolo,
            "rimedio": self.rimedio,
            "neutro": self.testo_neutro,
            "campi": list(self.campi),
            "contesto": dict(self.contesto),
        }


def rileva(codice: str, *campi: str, **contesto: int | str) -> Rilievo:
    """A finding written on one line: code, fields, figures."""
    return Rilievo(codice, campi, contesto)


def has_errori(rilievi: Iterable[Rilievo]) -> bool:
    """Whether any finding stops closing."""
    return any(rilievo.gravita is Gravita.ERRORE for rilievo in rilievi)
