"""Examination of the lists: letters a), b), c), d), d-bis), e) of TU 30 (≤ 15.000) and 33 (> 15.000).

Pure functions over frozen facts: nothing is decided here. The outcome is a proposal, with the names to
strike and why, that the commission confirms or changes. The steps are in
:mod:`norme.passi_lista` and :mod:`norme.passi_nomi`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from norme.candidati import Candidato, Id
from norme.candidature import LimitiLista, Lista, Registro, limiti_lista, termini_presentazione
from norme.contrassegno import Contrassegno
from norme.esame import Cancellazione, Esame, Stato, Verifica
from norme.parametri import Parametri
from norme.passi_lista import check_firme, check_mark, check_sindaco_e_atti, check_termine
from norme.passi_nomi import check_altre_liste, check_genere, check_nomi, check_numero
from norme.rilievi import Rilievo

__all__ = [
    "Cancellazione",
    "Candidato",
    "Contrassegno",
    "EsitoLista",
    "LimitiLista",
    "Lista",
    "Proposta",
    "Stato",
    "Verifica",
    "check_lista",
    "check_liste",
    "limiti_lista",
    "termini_presentazione",
]


_PASSI: Final = (
    check_termine,
    check_firme,
    check_mark,
    check_sindaco_e_atti,
    check_nomi,
    check_altre_liste,
    check_genere,
    check_numero,
)


class Proposta(StrEnum):
    """What the facts point to; the commission decides."""

    AMMESSA = "ammessa"
    AMMESSA_CON_ESCLUSIONI = "ammessa_con_esclusioni"
    DA_INTEGRARE = "da_integrare"
    RICUSATA = "ricusata"
    DA_DECIDERE = "da_decidere"


@dataclass(frozen=True, slots=True)
class EsitoLista:
    """The examination of one list. ``restano`` are the names left, in order. ``curabile``: papers or a new
    mark, within the terms, could change the proposal."""

    lista: Id
    proposta: Proposta
    verifiche: tuple[Verifica, ...]
    cancellazioni: tuple[Cancellazione, ...]
    restano: tuple[Candidato, ...]
    minimo: int | None
    massimo: int | None
    curabile: bool = False

    @property
    def rilievi(self) -> tuple[Rilievo, ...]:
        return tuple(rilievo for verifica in self.verifiche for rilievo in verifica.rilievi)


def check_lista(
    lista: Lista,
    *,
    parametri: Parametri,
    altre_liste: Sequence[Lista] = (),
    definitiva: bool = False,
    registro: Registro | None = None,
) -> EsitoLista:
    """Examine one list against the others of the comune.

    ``definitiva`` is the second sitting (D−26): what was curable no longer is. Pass ``registro`` to examine
    many lists without indexing their candidates each time (:func:`check_liste` does).
    """
    tutte = (lista, *(altra for altra in altre_liste if altra.id != lista.id))
    registro = registro or Registro.of(tutte)
    esame = _examine(lista, parametri=parametri, liste=tutte, registro=registro)
    curabile = False
    if esame.has_curabili and not definitiva:
        migliore = _examine(lista, parametri=parametri, liste=tutte, registro=registro, sanata=True)
        curabile = not migliore.ricusata
    return EsitoLista(
        lista=lista.id,
        proposta=_propose(esame, curabile=curabile),
        verifiche=tuple(esame.verifiche),
        cancellazioni=tuple(esame.cancellazioni),
        restano=tuple(esame.restano),
        minimo=esame.limiti.minimo if esame.limiti else None,
        massimo=esame.limiti.massimo if esame.limiti else None,
        curabile=curabile,
    )


def check_liste(
    liste: Iterable[Lista], *, parametri: Parametri, definitiva: bool = False
) -> tuple[EsitoLista, ...]:
    """Examine all the lists of a comune, each against the others."""
    tutte = tuple(liste)
    registro = Registro.of(tutte)
    return tuple(
        check_lista(lista, parametri=parametri, altre_liste=tutte, definitiva=definitiva, registro=registro)
        for lista in tutte
    )


def _examine(
    lista: Lista, *, parametri: Parametri, liste: Sequence[Lista], registro: Registro, sanata: bool = False
) -> Esame:
    """Run every step, also after one that refuses the list: the commission sees everything at once."""
    esame = Esame(lista, parametri, liste, registro, sanata, restano=list(lista.candidati))
    for passo in _PASSI:
        passo(esame)
    return esame


def _propose(esame: Esame, *, curabile: bool) -> Proposta:
    if curabile:
        return Proposta.DA_INTEGRARE
    if esame.ricusata:
        return Proposta.RICUSATA
    if esame.incerta:
        return Proposta.DA_DECIDERE
    return Proposta.AMMESSA_CON_ESCLUSIONI if esame.cancellazioni else Proposta.AMMESSA
