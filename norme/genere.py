"""The two sexes in a list: how many of one are too many, which names fall, from the bottom (TUEL 71, 73)."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from norme.parametri import Parametri, parametri_at
from norme.registro import Riferimento

SESSI: Final = ("M", "F")


@dataclass(frozen=True, slots=True)
class RegolaGenere:
    """``tipo``: "presenza" (both sexes) or "quota" (neither above ``massimo``).

    ``sanzione``: "nessuna", "esclusione", "riduzione_fino_al_minimo", "riduzione_o_ricusazione", "non_nota".
    ``arrotondamento`` of the share of the less represented sex: "eccesso" or "aritmetico".
    """

    tipo: str
    sanzione: str
    massimo: Fraction | None
    arrotondamento: str
    riferimento: Riferimento

    def max_of_one(self, candidati: int) -> int:
        """Most candidates of one sex in a list of this length (always up: 2/3 of n means m ≤ 2f)."""
        if self.massimo is None:
            return max(candidati - 1, 0)
        quota_minore = (1 - self.massimo) * candidati
        if self.arrotondamento == "aritmetico":
            return candidati - int(quota_minore + Fraction(1, 2))
        return candidati + int(-quota_minore // 1)

    def is_respected(self, uomini: int, donne: int) -> bool:
        return max(uomini, donne) <= self.max_of_one(uomini + donne)


@dataclass(frozen=True, slots=True)
class Riduzione:
    """Positions (0-based, ascending) to strike, and whether the rule is then respected."""

    cancellati: tuple[int, ...]
    rispettata: bool


def regola_genere(parametri: Parametri) -> RegolaGenere:
    """The rule in force for these lists; with 5.000 inhabitants exactly, as the ente has chosen."""
    soglia = parametri.get("soglia_quota_genere")
    if soglia is not None and soglia.valore == "esclusa" and parametri.caso.popolazione:
        caso = parametri.caso
        parametri = parametri_at(
            caso.data, popolazione=parametri.caso.popolazione - 1, ordinamento=caso.ordinamento
        )
    voce = parametri["regola_genere"]
    return RegolaGenere(
        tipo=voce.valore["tipo"],
        sanzione=voce.valore["sanzione"],
        massimo=voce.valore.get("massimo"),
        arrotondamento=parametri.valore("arrotondamento_genere"),
        riferimento=voce.riferimento,
    )


def strike_excess(sessi: Sequence[str], regola: RegolaGenere, *, minimo: int) -> Riduzione:
    """Strike the over-represented sex from the last name upwards, never leaving fewer than ``minimo`` names.

    ``sessi`` is "M" or "F" in list order. With ``minimo`` 0 the reduction goes on until the rule holds.
    """
    conto = {sesso: sum(altro == sesso for altro in sessi) for sesso in SESSI}
    eccedente = max(SESSI, key=lambda sesso: conto[sesso])
    restano = len(sessi)
    cancellati: list[int] = []
    for posizione in range(restano - 1, -1, -1):
        if regola.is_respected(conto["M"], conto["F"]) or restano <= minimo:
            break
        if sessi[posizione] == eccedente:
            cancellati.append(posizione)
            conto[eccedente] -= 1
            restano -= 1
    return Riduzione(tuple(reversed(cancellati)), regola.is_respected(conto["M"], conto["F"]))


def cut_to_max(sessi: Sequence[str], massimo: int, regola: RegolaGenere | None) -> tuple[int, ...]:
    """Positions to strike so that at most ``massimo`` remain: the last names, keeping the gender rule.

    A name is passed over when striking it would break a rule that holds; where no name can be struck
    without breaking it, the last one falls.
    """
    restano = list(range(len(sessi)))
    while len(restano) > massimo:
        restano.remove(_last_expendable(restano, sessi, regola))
    return tuple(sorted(set(range(len(sessi))) - set(restano)))


def _last_expendable(restano: list[int], sessi: Sequence[str], regola: RegolaGenere | None) -> int:
    if regola is None:
        return restano[-1]
    uomini = sum(sessi[posizione] == "M" for posizione in restano)
    donne = len(restano) - uomini
    for posizione in reversed(restano):
        maschio = sessi[posizione] == "M"
        if regola.is_respected(uomini - maschio, donne - (not maschio)):
            return posizione
    return restano[-1]
