"""The plain d'Hondt, exact: highest quotients, then highest cifra, then a draw (TUEL 71.8, 73.8)."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from heapq import heapify, heappop, heapreplace
from math import lcm
from typing import NamedTuple

from norme.ingresso import Id
from norme.riparto.passi import Quoziente
from norme.riparto.tipi import order_key


class Assegnazione(NamedTuple):
    """The quotients that won a seat for certain, in order, and the last seats tied among equals.

    ``incerti`` seats are left among the ``in_parita`` contenders, which are more than the seats.
    ``vacanti`` seats find no contender with votes and room.
    """

    graduatoria: tuple[Quoziente, ...]
    in_parita: tuple[Id, ...] = ()
    incerti: int = 0
    vacanti: int = 0

    def conta(self, ident: Id) -> int:
        """Seats certainly won by one contender."""
        return sum(quoziente.a == ident for quoziente in self.graduatoria)


@lru_cache(maxsize=128)
def _scales(seggi: int) -> tuple[int, ...]:
    """``lcm(1..n) / i``: multiplying by it gives whole numbers in the order of the quotients."""
    comune = lcm(*range(1, seggi + 2))
    return (0, *(comune // i for i in range(1, seggi + 2)))


def dhondt(
    cifre: Mapping[Id, int],
    seggi: int,
    *,
    capienze: Mapping[Id, int] | None = None,
    gia: Mapping[Id, int] | None = None,
) -> Assegnazione:
    """Give ``seggi`` seats to the highest quotients of ``cifre``; who has no votes gets none.

    ``capienze``: the most seats a contender can take now. ``gia``: seats it already holds, whose
    divisors are skipped. Quotients are compared as integers scaled by one common multiple: no rounding.
    """
    prima = gia or {}
    scale = _scales(seggi + max(prima.values(), default=0))
    nomi = sorted((ident for ident in cifre if cifre[ident] > 0), key=order_key)
    voti = [cifre[ident] for ident in nomi]
    divisori = [prima.get(ident, 0) + 1 for ident in nomi]
    ultimi = _last_divisors(nomi, divisori, seggi, capienze)
    coda = [
        (-cifra * scale[divisore], -cifra, posto)
        for posto, (cifra, divisore, ultimo) in enumerate(zip(voti, divisori, ultimi, strict=True))
        if divisore <= ultimo
    ]
    heapify(coda)
    vinti: list[tuple[int, int, int, int]] = []
    while coda and len(vinti) < seggi:
        quoziente, cifra, posto = coda[0]
        vinti.append((quoziente, cifra, posto, divisori[posto]))
        divisori[posto] += 1
        if divisori[posto] <= ultimi[posto]:
            heapreplace(coda, (cifra * scale[divisori[posto]], cifra, posto))
        else:
            heappop(coda)
    return _settle(nomi, vinti, coda, seggi)


def _last_divisors(
    nomi: Sequence[Id], divisori: Sequence[int], seggi: int, capienze: Mapping[Id, int] | None
) -> list[int]:
    """The last divisor each contender may use."""
    if capienze is None:
        return [divisore + seggi for divisore in divisori]
    return [
        divisore - 1 + min(capienze.get(nome, seggi), seggi)
        for nome, divisore in zip(nomi, divisori, strict=True)
    ]


def _settle(
    nomi: Sequence[Id],
    vinti: list[tuple[int, int, int, int]],
    coda: list[tuple[int, int, int]],
    seggi: int,
) -> Assegnazione:
    """Take back the last seats if an equal quotient of an equal cifra stayed out."""
    fuori: list[int] = []
    if vinti and coda and coda[0][:2] == vinti[-1][:2]:
        pari = vinti[-1][:2]
        fuori = [posto for quoziente, cifra, posto in coda if (quoziente, cifra) == pari]
    certi = len(vinti)
    while fuori and certi and vinti[certi - 1][:2] == vinti[-1][:2]:
        certi -= 1
    graduatoria = tuple(
        Quoziente(nomi[posto], -cifra, divisore) for _, cifra, posto, divisore in vinti[:certi]
    )
    if not fuori:
        return Assegnazione(graduatoria, vacanti=seggi - len(vinti))
    contendenti = sorted([posto for _, _, posto, _ in vinti[certi:]] + fuori)
    return Assegnazione(graduatoria, tuple(nomi[posto] for posto in contendenti), seggi - certi)
