"""Who takes a vacant seat during the mandate (TUEL 38, 45, 64), from the ranking frozen at proclamation.

Pure functions over the frozen figures: nothing is counted again and nothing is changed; each answer is a
value with its article, ready for the act of the council.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from norme.ingresso import Id
from norme.riparto.passi import Graduatoria
from norme.riparto.quozienti import dhondt
from norme.riparto.sorteggi import SorteggioRichiesto, in_order

Causa = Literal[
    "dimissioni", "morte", "decadenza", "assessore", "mancata_proclamazione", "sospensione", "altro"
]

ARTICOLI: Final[dict[Causa, str]] = {
    "dimissioni": "TUEL art. 38 c. 8 e 45 c. 1",
    "morte": "TUEL art. 45 c. 1",
    "decadenza": "TUEL art. 45 c. 1",
    "assessore": "TUEL art. 64 c. 2 e 45 c. 1",
    "mancata_proclamazione": "d.lgs. 235/2012 art. 12 c. 4",
    "sospensione": "TUEL art. 45 c. 2; d.lgs. 235/2012 art. 11",
    "altro": "TUEL art. 45 c. 1",
}


@dataclass(frozen=True, slots=True)
class Surrogante:
    """The candidate who takes the seat; ``supplente`` only for as long as a suspension lasts."""

    lista: Id
    candidato: Id
    articolo: str
    supplente: bool = False


@dataclass(frozen=True, slots=True)
class SeggioVacante:
    """Nobody can take the seat: the list is exhausted, and no other list of the group benefits."""

    lista: Id | None
    articolo: str


EsitoSurroga = Surrogante | SeggioVacante | SorteggioRichiesto


def substitute(
    graduatoria: Graduatoria,
    *,
    causa: Causa,
    gia_chiamati: Collection[Id] = (),
    rinunciatari: Collection[Id] = (),
) -> Surrogante | SeggioVacante:
    """The next of the same list after the last elected (TUEL 45.1).

    ``gia_chiamati``: those of the list who already took a seat since; ``rinunciatari``: those who cannot
    or do not want to. Equal cifre follow the order of the list, as in the frozen ranking.
    """
    articolo = ARTICOLI[causa]
    for riga in graduatoria.righe:
        libero = not riga.eletto and riga.candidato not in gia_chiamati
        if libero and riga.proclamabile and riga.candidato not in rinunciatari:
            return Surrogante(graduatoria.lista, riga.candidato, articolo, supplente=causa == "sospensione")
    return SeggioVacante(graduatoria.lista, articolo)


def substitute_sindaco_perdente(
    liste: Sequence[Graduatoria],
    *,
    causa: Causa,
    gia_chiamati: Collection[Id] = (),
    rinunciatari: Collection[Id] = (),
    estratta: Id | None = None,
) -> EsitoSurroga:
    """Who takes the seat of a councillor who sat as losing candidate sindaco.

    A list alone: its first not elected. Linked lists, as grouped when seats were given (``liste``): the
    next useful quotient of the group (CdS Desenzano 2021). A tie of quotient and cifra is drawn;
    ``estratta`` is the list that won that draw.
    """
    if len(liste) == 1:
        return substitute(liste[0], causa=causa, gia_chiamati=gia_chiamati, rinunciatari=rinunciatari)
    per_lista = {graduatoria.lista: graduatoria for graduatoria in liste}
    esito = dhondt(
        {lista: graduatoria.cifra_lista for lista, graduatoria in per_lista.items()},
        1,
        gia={lista: graduatoria.seggi for lista, graduatoria in per_lista.items()},
        capienze={lista: int(_has_free(g, gia_chiamati, rinunciatari)) for lista, g in per_lista.items()},
    )
    articolo = "TUEL art. 73 c. 11 e 45 c. 1"
    if esito.incerti:
        if estratta not in esito.in_parita:
            cifra = per_lista[esito.in_parita[0]].cifra_lista
            divisore = per_lista[esito.in_parita[0]].seggi + 1
            contendenti = in_order(esito.in_parita)
            return SorteggioRichiesto("seggio", articolo, "liste", contendenti, "surroga", 1, cifra, divisore)
        lista = estratta
    elif esito.graduatoria:
        lista = esito.graduatoria[0].a
    else:
        return SeggioVacante(None, articolo)
    return substitute(per_lista[lista], causa=causa, gia_chiamati=gia_chiamati, rinunciatari=rinunciatari)


def _has_free(graduatoria: Graduatoria, gia_chiamati: Collection[Id], rinunciatari: Collection[Id]) -> bool:
    chiamato = substitute(graduatoria, causa="altro", gia_chiamati=gia_chiamati, rinunciatari=rinunciatari)
    return isinstance(chiamato, Surrogante)
