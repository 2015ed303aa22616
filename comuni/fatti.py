"""The last facts of an election, told in one line each: every room registers its own, by role."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from heapq import nlargest

from comuni.models import Atto, Elezione, Scadenza
from comuni.scadenzario import adempimenti_di
from electoral.models import Utente
from electoral.permessi import Azione, puo

ULTIMI = 8


@dataclass(frozen=True, slots=True)
class Fatto:
    """When, what, who (empty when it was the system)."""

    quando: datetime
    testo: str
    chi: str = ""


#: (election, reader, how many at most) -> the latest facts of one room.
FonteFatti = Callable[[Elezione, Utente, int], Iterable[Fatto]]

_fonti: dict[str, tuple[Azione, FonteFatti]] = {}


def register_fatti(nome: str, *, azione: Azione, fonte: FonteFatti) -> None:
    """To be called in ``AppConfig.ready``: the facts are told to who may do ``azione``."""
    _fonti[nome] = (azione, fonte)


def ultimi_fatti(elezione: Elezione, *, utente: Utente, quanti: int = ULTIMI) -> list[Fatto]:
    """The latest facts this person may know, newest first."""
    tutti = (
        fatto
        for azione, fonte in _fonti.values()
        if puo(utente, azione, elezione.comune_id)
        for fatto in fonte(elezione, utente, quanti)
        if fatto.quando is not None  # imported without its hour: it is not news
    )
    return nlargest(quanti, tutti, key=lambda fatto: fatto.quando)


def nome(utente: Utente | None) -> str:
    return str(utente) if utente is not None else ""


def fatti_scadenze(elezione: Elezione, utente: Utente, quanti: int) -> Iterable[Fatto]:
    """Duties closed, with the title that the calendar gives them."""
    chiuse = Scadenza.objects.di(elezione).filter(fatta_il__isnull=False).select_related("fatta_da")
    titoli = {a.codice: a.titolo for a in adempimenti_di(elezione)}
    for s in chiuse.order_by("-fatta_il")[:quanti]:
        yield Fatto(
            s.fatta_il, f"{titoli.get(s.codice, s.codice)}: {s.get_stato_display()}", nome(s.fatta_da)
        )


def fatti_atti(elezione: Elezione, utente: Utente, quanti: int) -> Iterable[Fatto]:
    """Acts produced that this person may read."""
    atti = Atto.objects.di(elezione).leggibili_da(utente).select_related("prodotto_da")
    for atto in atti.order_by("-prodotto_il", "-pk")[:quanti]:
        yield Fatto(atto.prodotto_il, f"prodotto: {atto.titolo}", nome(atto.prodotto_da))
