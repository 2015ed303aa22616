"""Navigation by phase of the election: each room registers its pages, the frame shows those one may open."""

from dataclasses import dataclass
from enum import StrEnum

from electoral.permessi import Azione


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


_voci: dict[str, Voce] = {}


def register_voce(voce: Voce) -> None:
    """To be called in ``AppConfig.ready``."""
    _voci[voce.url_name] = voce


def voci() -> list[Voce]:
    """All pages, by phase and order."""
    fasi = list(Fase)
    return sorted(_voci.values(), key=lambda v: (fasi.index(v.fase), v.ordine, v.titolo))
