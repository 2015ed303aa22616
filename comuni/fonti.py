"""What one room needs to know of another without importing it: sources registered at start-up.

``seggi`` must refuse a scrutatore who is a candidate, and offer the admitted lists to their representatives;
``candidature`` warns about a candidate who is a presidente. Neither knows the other: both register here.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from comuni.models import Elezione


@dataclass(frozen=True, slots=True)
class PersonaImpegnata:
    """Somebody with a part in the election that may be incompatible with another."""

    chiave: str
    data_nascita: date | None
    codice_fiscale: str
    veste: str
    """In words: «candidato alla carica di consigliere, lista 3»."""

    def is_same(self, *, chiave: str, data_nascita: date | None, codice_fiscale: str) -> bool:
        """Same codice fiscale, or (where one is unknown) same name and birth date."""
        if self.codice_fiscale and codice_fiscale:
            return self.codice_fiscale == codice_fiscale
        return self.chiave == chiave and self.data_nascita is not None and self.data_nascita == data_nascita


Impegnati = Callable[[Elezione], Iterable[PersonaImpegnata]]
Liste = Callable[[Elezione], list[str]]

_impegnati: dict[str, Impegnati] = {}
_liste: list[Liste] = []


@dataclass(frozen=True, slots=True)
class ListaScheda:
    """A list on the ballot, with its candidates as (number, name)."""

    numero: int
    nome: str
    candidati: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class SindacoScheda:
    """A candidate sindaco on the ballot, with the lists that support him."""

    numero: int
    nome: str
    liste: tuple[ListaScheda, ...]


Scheda = Callable[[Elezione], list[SindacoScheda]]
_scheda: list[Scheda] = []


def register_impegnati(veste: str, fonte: Impegnati) -> None:
    """Register who has a part («candidati», «componenti», «rappresentanti»)."""
    _impegnati[veste] = fonte


def persone_impegnate(elezione: Elezione, *, vesti: Iterable[str] | None = None) -> list[PersonaImpegnata]:
    """Everybody with one of these parts in the election (all parts when not said)."""
    scelte = _impegnati if vesti is None else {v: _impegnati[v] for v in vesti if v in _impegnati}
    return [persona for fonte in scelte.values() for persona in fonte(elezione)]


def register_liste(fonte: Liste) -> None:
    """Register who knows the lists on the ballot."""
    _liste[:] = [fonte]


def liste_in_corsa(elezione: Elezione) -> list[str]:
    """Number and name of the lists on the ballot, in order; empty before the admissions."""
    return _liste[0](elezione) if _liste else []


@dataclass(frozen=True, slots=True)
class EsitoNoto:
    """What the outcome already decides about the calendar; None is not known yet."""

    ballottaggio: bool | None = None
    fine_scrutinio: date | None = None
    proclamazione: date | None = None


FonteEsito = Callable[[Elezione], EsitoNoto]
_esito: list[FonteEsito] = []


def register_esito(fonte: FonteEsito) -> None:
    """Register who knows how the vote ended."""
    _esito[:] = [fonte]


def esito_noto(elezione: Elezione) -> EsitoNoto:
    """Whether there is a runoff, when the count ended, when the elected were proclaimed."""
    return _esito[0](elezione) if _esito else EsitoNoto()


def register_scheda(fonte: Scheda) -> None:
    """Register who knows everything printed on the ballot."""
    _scheda[:] = [fonte]


def scheda_in_corsa(elezione: Elezione) -> list[SindacoScheda]:
    """What is on the ballot, in order: for the forms of the sections."""
    return _scheda[0](elezione) if _scheda else []


NoteAtti = Callable[[Elezione], dict[tuple[str, str], str]]
_note_atti: list[NoteAtti] = []


def register_note_atti(fonte: NoteAtti) -> None:
    """Register who knows that what an act tells no longer holds, by kind and object of the act."""
    _note_atti.append(fonte)


def note_atti(elezione: Elezione) -> dict[tuple[str, str], str]:
    """What to read beside the acts of the election, by kind and object."""
    return {chiave: nota for fonte in _note_atti for chiave, nota in fonte(elezione).items()}


Finalisti = Callable[[Elezione], frozenset[int]]
_finalisti: list[Finalisti] = []


def register_finalisti(fonte: Finalisti) -> None:
    """Register who knows which candidates the first turno admitted to the runoff."""
    _finalisti[:] = [fonte]


def finalisti(elezione: Elezione) -> frozenset[int]:
    """Numbers of the two admitted to the runoff; empty while it is not known."""
    return _finalisti[0](elezione) if _finalisti else frozenset()
