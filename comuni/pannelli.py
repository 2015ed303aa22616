"""The dashboard of an election is made of panels: each room registers its own, by role and order."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from comuni.models import Elezione
from electoral.models import Utente
from electoral.permessi import Azione, puo


@dataclass(frozen=True, slots=True)
class Pannello:
    """A panel as shown: its template and what the template needs."""

    titolo: str
    template: str
    contesto: Mapping[str, object]


Fonte = Callable[[Elezione, Utente], Pannello | None]

_fonti: dict[str, tuple[int, Azione, Fonte]] = {}


def register_pannello(nome: str, *, azione: Azione, ordine: int, fonte: Fonte) -> None:
    """To be called in ``AppConfig.ready``; ``fonte`` may answer None: nothing to say, or not to this user."""
    _fonti[nome] = (ordine, azione, fonte)


def pannelli_di(elezione: Elezione, *, utente) -> list[Pannello]:
    """The panels this user may see, in order."""
    fonti = sorted(_fonti.items(), key=lambda voce: (voce[1][0], voce[0]))
    mostrati = (
        fonte(elezione, utente) for _, (_, azione, fonte) in fonti if puo(utente, azione, elezione.comune_id)
    )
    return [pannello for pannello in mostrati if pannello is not None]
