"""Linear forms in the votes, and the comparisons made of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from norme.ingresso import Id
from norme.riparto.esito import Esito
from norme.riparto.tipi import FINO_15000, DatiRiparto, Soglia

Livello = Literal["sindaco", "seggi", "eletti"]
Voce = tuple[Id, ...]
Forma = Mapping[Voce, int]


@dataclass(frozen=True, slots=True)
class Confronto:
    """``forma`` on the votes plus ``costante``; ``scarto`` is its value now, never below zero.

    With ``alternative`` the comparison holds while any of them holds. A ``parita`` has no slack: it lasts
    while the forms in ``uguali`` stay as they are (without any, no ballot of its round is sure to leave it).
    """

    livello: Livello
    forma: Forma
    scarto: int
    alternative: tuple["Confronto", ...] = ()
    parita: bool = False
    turno: int = 0
    uguali: tuple[Forma, ...] = ()

    def is_touched(self, turno: int) -> bool:
        """Whether ballots of a round can break it; a tie says of which round it is (0: of any)."""
        return self.turno in (0, turno)


def differences(genere: str, nomi: Sequence[Id]) -> list[Forma]:
    """The differences that are zero while these have equal votes."""
    return [{(genere, nomi[0]): 1, (genere, altro): -1} for altro in nomi[1:]]


def combine(*addendi: tuple[Forma, int]) -> dict[Voce, int]:
    """Linear combination of forms."""
    totale: dict[Voce, int] = {}
    for forma, fattore in addendi:
        for voce, coefficiente in forma.items():
            totale[voce] = totale.get(voce, 0) + coefficiente * fattore
    return totale


class Raccolta:
    """Collects the comparisons behind an outcome."""

    def __init__(self, dati: DatiRiparto, esito: Esito) -> None:
        self.dati = esito.dati or dati
        self.esito = esito
        self.fino = esito.sistema == FINO_15000
        self.tutti: list[Confronto] = []
        self._al_ballottaggio = False

    def _add(self, livello: Livello, forma: Forma, costante: int = 0) -> None:
        self.tutti.append(self._make(livello, forma, costante))

    def _make(self, livello: Livello, forma: Forma, costante: int = 0) -> Confronto:
        valore = sum(coefficiente * self._votes(voce) for voce, coefficiente in forma.items()) + costante
        return Confronto(livello, forma, max(valore, 0))

    def _tie(self, livello: Livello, *, turno: int = 0, uguali: Iterable[Forma] = ()) -> None:
        self.tutti.append(Confronto(livello, {}, 0, parita=True, turno=turno, uguali=tuple(uguali)))

    def _votes(self, voce: Voce) -> int:
        genere, ident = voce[0], voce[1]
        if genere == "s":
            return self.dati.sindaco_per_id[ident].voti
        if genere == "b":
            return self.dati.sindaco_per_id[ident].voti_ballottaggio or 0
        if genere == "l":
            return self.dati.lista_per_id[ident].voti
        candidati = self.dati.lista_per_id[ident].candidati or ()
        return next(candidato.preferenze for candidato in candidati if candidato.id == voce[2])

    def _sindaci(self) -> list[Id]:
        return [sindaco.id for sindaco in self.dati.sindaci]

    def _lists(self, liste: Iterable[Id], coefficiente: int = 1) -> dict[Voce, int]:
        """Votes of some lists, or of their sindaco where the two are one."""
        forma: dict[Voce, int] = {}
        for ident in liste:
            lista = self.dati.lista_per_id[ident]
            voce: Voce = ("s", lista.sindaco) if lista.voti_del_sindaco else ("l", ident)
            forma[voce] = forma.get(voce, 0) + coefficiente
        return forma

    def _base(self, base: str, ammesse: Iterable[Id] = ()) -> dict[Voce, int]:
        if base == "sindaci":
            return {("s", ident): 1 for ident in self._sindaci()}
        if base == "liste":
            return self._lists(lista.id for lista in self.dati.liste)
        return self._lists(ammesse)

    def _share(self, voti: Forma, base: Forma, soglia: Soglia, *, raggiunta: bool) -> tuple[Forma, int]:
        """The inequality that says a threshold is (or is not) met."""
        den, num = soglia.quota.denominator, soglia.quota.numerator
        forma = combine((voti, den), (base, -num))
        stretta = soglia.criterio == "oltre"
        if raggiunta:
            return forma, -int(stretta)
        return combine((forma, -1)), -int(not stretta)

    def _beats(self, livello: Livello, genere: str, vince: Id, altri: Iterable[Id]) -> None:
        """One has strictly more votes than each of the others."""
        for altro in altri:
            if altro != vince:
                self._add(livello, {(genere, vince): 1, (genere, altro): -1}, -1)
