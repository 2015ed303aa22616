"""Who takes a vacant seat during the mandate (TUEL 38, 41, 45, 64), from the ranking frozen at proclamation.

Pure functions over the lists as they stand on the day: nothing is counted again and nothing is changed; each
answer is a value with its article, ready for the act of the council.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from norme.ingresso import Id
from norme.riparto.quozienti import dhondt
from norme.riparto.sorteggi import SorteggioRichiesto, in_order

Causa = Literal[
    "dimissioni",
    "morte",
    "decadenza",
    "assessore",
    "ineleggibilita",
    "sospensione",
    "rinuncia",
    "mancata_proclamazione",
]

SURROGA: Final = "art. 45 c. 1 d.lgs. 267/2000"
GRUPPO: Final = "artt. 73 c. 11 e 45 c. 1 d.lgs. 267/2000"
CONFERMA: Final = "art. 45 c. 2 d.lgs. 267/2000"
FINE_SOSPENSIONE: Final = "art. 11 d.lgs. 235/2012"
ARTICOLI: Final[dict[Causa, str]] = {
    "dimissioni": "artt. 38 c. 8 e 45 c. 1 d.lgs. 267/2000",
    "morte": SURROGA,
    "decadenza": SURROGA,
    "assessore": "artt. 64 c. 2 e 45 c. 1 d.lgs. 267/2000",
    "ineleggibilita": "artt. 41 c. 1 e 45 c. 1 d.lgs. 267/2000",
    "sospensione": "art. 45 c. 2 d.lgs. 267/2000 e art. 11 d.lgs. 235/2012",
    "rinuncia": SURROGA,
    "mancata_proclamazione": "art. 12 c. 4 d.lgs. 235/2012 e art. 45 c. 1 d.lgs. 267/2000",
}


@dataclass(frozen=True, slots=True)
class ListaOggi:
    """A list on the day of the vacancy: the seats it holds and who can still be called, in order.

    The order is that of the frozen ranking: cifra individuale, then place in the list.
    """

    lista: Id
    cifra: int
    seggi: int
    disponibili: tuple[Id, ...]


@dataclass(frozen=True, slots=True)
class Surrogante:
    """The candidate who takes the seat; ``supplente`` only for as long as a suspension lasts.

    ``divisore``: of the quotient that gave the seat back to this list, when a group had to choose.
    """

    lista: Id
    candidato: Id
    articolo: str
    supplente: bool = False
    divisore: int | None = None


@dataclass(frozen=True, slots=True)
class SeggioVacante:
    """Nobody can take the seat: the list (or the group) is exhausted, and no other benefits."""

    lista: Id | None
    articolo: str


EsitoSurroga = Surrogante | SeggioVacante | SorteggioRichiesto


def substitute(lista: ListaOggi, *, causa: Causa, supplente: bool = False) -> Surrogante | SeggioVacante:
    """The next of the same list after the last elected (TUEL 45.1).

    ``supplente``: also who follows a supplente is one, whatever made him leave.
    """
    provvisorio = supplente or causa == "sospensione"
    articolo = ARTICOLI["sospensione"] if provvisorio else ARTICOLI[causa]
    if not lista.disponibili:
        return SeggioVacante(lista.lista, articolo)
    return Surrogante(lista.lista, lista.disponibili[0], articolo, provvisorio)


def substitute_sindaco_perdente(
    liste: Sequence[ListaOggi], *, causa: Causa, supplente: bool = False, estratta: Id | None = None
) -> EsitoSurroga:
    """Who takes the seat of a councillor who sat as losing candidate sindaco.

    A list alone: its first not elected. Linked lists, as grouped when seats were given (``liste``): the next
    useful quotient of the group (CdS Desenzano 2021), where a list with nobody left has none. A tie of
    quotient and cifra is drawn; ``estratta`` is the list that won that draw.
    """
    if len(liste) == 1:
        return substitute(liste[0], causa=causa, supplente=supplente)
    per_lista = {lista.lista: lista for lista in liste}
    esito = dhondt(
        {nome: lista.cifra for nome, lista in per_lista.items()},
        1,
        gia={nome: lista.seggi for nome, lista in per_lista.items()},
        capienze={nome: int(bool(lista.disponibili)) for nome, lista in per_lista.items()},
    )
    if esito.incerti:
        if estratta not in esito.in_parita:
            prima = per_lista[esito.in_parita[0]]
            contendenti = in_order(esito.in_parita)
            return SorteggioRichiesto(
                "seggio", GRUPPO, "liste", contendenti, "surroga", 1, prima.cifra, prima.seggi + 1
            )
        vince = per_lista[estratta]
    elif esito.graduatoria:
        vince = per_lista[esito.graduatoria[0].a]
    else:
        return SeggioVacante(None, GRUPPO)
    articolo = ARTICOLI["sospensione"] if supplente or causa == "sospensione" else GRUPPO
    return Surrogante(
        vince.lista, vince.disponibili[0], articolo, supplente or causa == "sospensione", vince.seggi + 1
    )
