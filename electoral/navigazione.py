"""Navigation by phase of the election: each room registers its pages, the frame shows those one may open."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from django.urls import NoReverseMatch, reverse

from electoral.permessi import Azione, puo


class Fase(StrEnum):
    """Phases of an election, in the order of the calendar."""

    PREPARAZIONE = "Preparazione"
    CANDIDATURE = "Candidature"
    SEGGI = "Seggi"
    VOTAZIONE = "Votazione"
    SCRUTINIO = "Scrutinio"
    PROCLAMAZIONE = "Proclamazione"
    MANDATO = "Mandato"


@dataclass(frozen=True, slots=True)
class Voce:
    """One page of an election; ``url_name`` takes the election's slug."""

    fase: Fase
    titolo: str
    url_name: str
    azione: Azione
    ordine: int = 50


@dataclass(frozen=True, slots=True)
class StatoElezione:
    """Where the election stands, as the header says it; tones are those of the chip."""

    testo: str
    tono: str
    fase: Fase


@dataclass(slots=True)
class VoceMostrata:
    titolo: str
    url: str
    corrente: bool = False


@dataclass(slots=True)
class FaseMostrata:
    """One phase in the frame, with its pages that this user may open."""

    nome: str
    voci: list[VoceMostrata] = field(default_factory=list)
    corrente: bool = False
    in_corso: bool = False


_voci: dict[str, Voce] = {}
_stati: list[Callable[[object], StatoElezione | None]] = []


def register_voce(voce: Voce) -> None:
    """To be called in ``AppConfig.ready``."""
    _voci[voce.url_name] = voce


def register_stato(funzione: Callable[[object], StatoElezione | None]) -> None:
    """A room that knows better than the calendar where an election stands; the last one answers first."""
    if funzione not in _stati:
        _stati.insert(0, funzione)


def stato_elezione(elezione) -> StatoElezione | None:
    """The first answer of the registered functions."""
    return next((stato for funzione in _stati if (stato := funzione(elezione))), None)


def voci() -> list[Voce]:
    """All pages, by phase and order."""
    fasi = list(Fase)
    return sorted(_voci.values(), key=lambda v: (fasi.index(v.fase), v.ordine, v.titolo))


def menu_di(elezione, *, utente, percorso: str, in_corso: Fase | None) -> list[FaseMostrata]:
    """The phases with the pages this user may open, the current one marked (longest matching address)."""
    fasi = {fase: FaseMostrata(fase.value, in_corso=fase is in_corso) for fase in Fase}
    mostrate: list[tuple[Fase, VoceMostrata]] = []
    for voce in voci():
        if not puo(utente, voce.azione, elezione.comune_id):
            continue
        try:
            url = reverse(voce.url_name, args=[elezione.slug])
        except NoReverseMatch:  # a page registered before its address exists is not shown
            continue
        mostrate.append((voce.fase, VoceMostrata(voce.titolo, url)))
        fasi[voce.fase].voci.append(mostrate[-1][1])
    candidate = [(fase, v) for fase, v in mostrate if percorso.startswith(v.url)]
    if candidate:
        fase, voce_corrente = max(candidate, key=lambda coppia: len(coppia[1].url))
        voce_corrente.corrente = fasi[fase].corrente = True
    return [fase for fase in fasi.values() if fase.voci]
