"""Draws: what is asked of the public office, and the records of the draws already made.

A draw is never made here. The engine stops at the first question it cannot decide, and starts again
with the answer among its data. An answer counts only for the very question it was given to: the same
contenders, place and figures.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

from norme.ingresso import ErroreIngresso, Id
from norme.riparto.tipi import SorteggioSvolto, order_key

TipoSorteggio = Literal["seggio", "sindaco", "ballottaggio", "seconda_lista", "miglior_perdente", "addebito"]

CosaSorteggiata = Literal["liste", "gruppi", "sindaci"]


@dataclass(frozen=True, slots=True)
class SorteggioRichiesto:
    """A tie that the law leaves to a draw.

    ``fra``: what is drawn. ``ambito``: where (the council, a group). ``posto``: which place is drawn, from 1.
    ``cifra`` / ``divisore``: the figures in which they are equal.
    """

    tipo: TipoSorteggio
    articolo: str
    fra: CosaSorteggiata
    contendenti: tuple[Id, ...]
    ambito: str
    posto: int
    cifra: int
    divisore: int = 1

    def as_dict(self) -> dict[str, Any]:
        return {
            "tipo": self.tipo,
            "articolo": self.articolo,
            "fra": self.fra,
            "contendenti": list(self.contendenti),
            "ambito": self.ambito,
            "posto": self.posto,
            "cifra": self.cifra,
            "divisore": self.divisore,
        }


def is_richiesta(valore: object) -> bool:
    """Whether a value read from outside has the shape of a question, as ``SorteggioRichiesto`` writes it."""
    if not isinstance(valore, Mapping):
        return False
    contendenti = valore.get("contendenti")
    return (
        valore.get("tipo") in get_args(TipoSorteggio)
        and valore.get("fra") in get_args(CosaSorteggiata)
        and isinstance(valore.get("articolo"), str)
        and isinstance(valore.get("ambito"), str)
        and all(type(valore.get(campo, 1)) is int for campo in ("posto", "cifra", "divisore"))
        and {"posto", "cifra"} <= valore.keys()
        and isinstance(contendenti, list)
        and len(contendenti) > 1
        and all(type(nome) in (int, str) for nome in contendenti)
    )


class InAttesaDiSorteggio(Exception):
    """Internal: unwinds to ``calcola``, which returns the question as a value."""

    def __init__(self, richiesta: SorteggioRichiesto) -> None:
        super().__init__(richiesta)
        self.richiesta = richiesta


def _same_key(richiesta: Mapping[str, Any]) -> tuple[Any, ...]:
    """What makes two questions the same; the article and any text for people do not count."""
    contendenti = richiesta.get("contendenti")
    nomi = contendenti if isinstance(contendenti, list | tuple) else ()
    campi = ("tipo", "fra", "ambito", "posto", "cifra", "divisore")
    return (*(richiesta.get(campo) for campo in campi), tuple(sorted(str(nome) for nome in nomi)))


class Sorteggi:
    """The recorded draws, and which of them have answered a question."""

    def __init__(self, svolti: Sequence[SorteggioSvolto]) -> None:
        self._svolti = [(_same_key(svolto.richiesta), svolto) for svolto in svolti]
        self._usati: set[int] = set()

    def answer(self, richiesta: SorteggioRichiesto) -> Id:
        """Who won this draw, or ``InAttesaDiSorteggio`` when it has not been made."""
        chiave = _same_key(richiesta.as_dict())
        for posto, (voluta, svolto) in enumerate(self._svolti):
            if voluta != chiave:
                continue
            self._usati.add(posto)
            for contendente in richiesta.contendenti:
                if str(contendente) == str(svolto.esito):
                    return contendente
            nomi = ", ".join(str(nome) for nome in richiesta.contendenti)
            messaggio = f"L'esito «{svolto.esito}» non è fra i sorteggiati: {nomi}."
            raise ErroreIngresso("sorteggio_non_valido", f"sorteggi[{posto}].esito", messaggio)
        raise InAttesaDiSorteggio(richiesta)

    @property
    def non_usati(self) -> tuple[int, ...]:
        """Places of the recorded draws that no question asked for."""
        return tuple(posto for posto in range(len(self._svolti)) if posto not in self._usati)


def in_order(idents: Sequence[Id]) -> tuple[Id, ...]:
    """Contenders in the canonical order, so that the same tie is always the same question."""
    return tuple(sorted(idents, key=order_key))
