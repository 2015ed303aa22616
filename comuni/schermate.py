"""From a duty of the calendar to the page of the product that does it: each room registers its own."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse

from comuni.models import Elezione
from electoral.permessi import Azione, puo


@dataclass(frozen=True, slots=True)
class Schermata:
    """A page (by url name, with the slug of the election) and what one does there, in words."""

    url_name: str
    azione: Azione
    testo: str


@dataclass(frozen=True, slots=True)
class Collegamento:
    testo: str
    url: str


_schermate: dict[str, Schermata] = {}


def register_schermate(schermate: Mapping[str, Schermata]) -> None:
    """To be called in ``AppConfig.ready``; keys are codes of ``norme.calendario``."""
    _schermate.update(schermate)


def schermate() -> dict[str, Schermata]:
    return dict(_schermate)


def collegamento_di(codice: str, *, elezione: Elezione, utente) -> Collegamento | None:
    """Where this person does that duty; None when the product has no page for it or she may not open it."""
    schermata = _schermate.get(codice)
    if schermata is None or not puo(utente, schermata.azione, elezione.comune_id):
        return None
    return Collegamento(schermata.testo, reverse(schermata.url_name, args=[elezione.slug]))
