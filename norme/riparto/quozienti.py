"""The plain d'Hondt, exact: highest quotients, then highest cifra, then a draw (TUEL 71.8, 73.8)."""

from collections.abc import Mapping
from functools import lru_cache
from math import lcm
from operator import itemgetter
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
def _scales(massimo: int) -> tuple[int, ...]:
    """``lcm(1..n) / i``: multiplying by it gives whole numbers in the order of the quotients."""
    comune = lcm(*range(1, massimo + 1))
    return (0, *(comune // i for i in range(1, massimo + 1)))


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
    if capienze is None and gia is None:
        ultimi = _reachable(cifre, seggi)
        divisori = {ident: range(1, ultimo + 1) for ident, ultimo in ultimi.items()}
        massimo = max(ultimi.values(), default=0)
    else:
        divisori = _restricted(cifre, seggi, capienze or {}, gia or {})
        massimo = max((gamma.stop for gamma in divisori.values()), default=0)
    scale = _scales(massimo)
    quozienti = [
        (cifra * scale[divisore], cifra, ident, divisore)
        for ident, cifra in cifre.items()
        if cifra > 0
        for divisore in divisori[ident]
    ]
    quozienti.sort(key=_strength, reverse=True)
    return _settle(quozienti, seggi)


_strength = itemgetter(0, 1)


def _reachable(cifre: Mapping[Id, int], seggi: int) -> dict[Id, int]:
    """For each contender, the last divisor that can win: quotients below total / (seats + contenders) cannot.

    With n seats, k contenders and total T, the quotients of at least T / (n + k) are n or more.
    """
    totale, fattore = sum(cifre.values()), seggi + len(cifre)
    return {ident: cifra * fattore // totale if totale else 0 for ident, cifra in cifre.items()}


def _restricted(
    cifre: Mapping[Id, int], seggi: int, capienze: Mapping[Id, int], gia: Mapping[Id, int]
) -> dict[Id, range]:
    """The divisors each contender may use, after those it holds and within its room."""
    inizi = {ident: gia.get(ident, 0) + 1 for ident in cifre}
    return {
        ident: range(inizio, inizio + min(capienze.get(ident, seggi), seggi))
        for ident, inizio in inizi.items()
    }


def _settle(quozienti: list[tuple[int, int, Id, int]], seggi: int) -> Assegnazione:
    """The first quotients win, but the last seats are open if an equal one of an equal cifra stays out."""
    certi = min(seggi, len(quozienti))
    graduatoria = [Quoziente(ident, cifra, divisore) for _, cifra, ident, divisore in quozienti[:certi]]
    if (
        certi == 0
        or certi == len(quozienti)
        or _strength(quozienti[certi]) != _strength(quozienti[certi - 1])
    ):
        return Assegnazione(tuple(graduatoria), vacanti=seggi - certi)
    pari = _strength(quozienti[certi])
    contendenti = sorted((voce[2] for voce in quozienti if _strength(voce) == pari), key=order_key)
    certi = next(posto for posto, voce in enumerate(quozienti) if _strength(voce) == pari)
    return Assegnazione(tuple(graduatoria[:certi]), tuple(contendenti), seggi - certi)
