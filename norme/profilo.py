"""How the other sections voted: the sums and medians a section is compared with."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise
from math import inf, sqrt
from statistics import median

from norme.dati_scrutinio import Celle, DatiScrutinio, Id

Misura = Callable[[DatiScrutinio], float | None]


@dataclass(frozen=True)
class Profilo:
    """The sections already counted. ``senza`` gives sums without one of them, so that none judges itself."""

    sezioni: tuple[DatiScrutinio, ...]
    _somme: dict[str, dict[Id, int]] = field(default_factory=dict, init=False, compare=False, repr=False)
    _quote: dict[str, list[tuple[Id | None, float]]] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )

    def senza(self, dati: DatiScrutinio, leggi: Callable[[DatiScrutinio], Celle], nome: str) -> dict[Id, int]:
        """Votes of each row in all the other sections; ``nome`` names what ``leggi`` reads."""
        if nome not in self._somme:
            self._somme[nome] = _add_all(leggi(sezione) for sezione in self.sezioni)
        somma = dict(self._somme[nome])
        for sua in self.sezioni:
            if sua.sezione == dati.sezione:
                for chiave, voti in leggi(sua).items():
                    somma[chiave] -= voti or 0
        return somma

    def quote_altrui(self, dati: DatiScrutinio, misura: Misura, nome: str) -> list[float]:
        """A measure in all the other sections where it is known; ``nome`` names the measure."""
        if nome not in self._quote:
            valori = ((sezione.sezione, misura(sezione)) for sezione in self.sezioni)
            self._quote[nome] = [(sezione, quota) for sezione, quota in valori if quota is not None]
        return [quota for sezione, quota in self._quote[nome] if sezione != dati.sezione]


def build_profilo(sezioni: Iterable[DatiScrutinio]) -> Profilo:
    """The profile of the sections counted so far, in one turno."""
    return Profilo(tuple(sezioni))


def _add_up(celle: Celle) -> int:
    return sum(voti or 0 for voti in celle.values())


def _add_all(colonne: Iterable[Celle]) -> dict[Id, int]:
    somma: dict[Id, int] = {}
    for celle in colonne:
        for chiave, voti in celle.items():
            somma[chiave] = somma.get(chiave, 0) + (voti or 0)
    return somma


@dataclass(frozen=True, slots=True)
class Scarto:
    """How far a share is from the others: their median, and how many robust deviations away."""

    quota: float
    mediana: float
    deviazioni: float


def measure_scarto(quota: float, altre: Sequence[float]) -> Scarto:
    """Distance from the median, in median distances (infinite when the others are all equal)."""
    mediana = median(altre)
    tipica = median(abs(altra - mediana) for altra in altre)
    return Scarto(quota, mediana, abs(quota - mediana) / tipica if tipica else inf)


@dataclass(frozen=True, slots=True)
class Slittamento:
    """From which row on the figures fit the others better if moved by one, and how well they then agree."""

    riga: int
    guadagno: float
    correlazione: float


def find_slittamento(
    qui: Sequence[int], altrove: Sequence[int], *, guadagno: float = 0
) -> Slittamento | None:
    """The best shift by one row from some row to the end, by Spearman's rank correlation with the others.

    Either a row was written twice or left blank (the rest slid down), or skipped (the rest slid up).
    None when the figures as they are agree so well that no shift can gain ``guadagno``.
    """
    attuale = rank_correlation(qui, altrove) if len(qui) > 3 else 1
    if attuale > 1 - guadagno or len(qui) < 4:
        return None
    prove = []
    for riga in range(len(qui) - 2):
        giu = rank_correlation([*qui[:riga], *qui[riga + 1 :]], altrove[:-1])
        su = rank_correlation(qui[:-1], [*altrove[:riga], *altrove[riga + 1 :]])
        prove.append(Slittamento(riga, max(giu, su) - attuale, max(giu, su)))
    return max(prove, key=lambda prova: prova.guadagno)


def rank_correlation(uni: Sequence[int], altri: Sequence[int]) -> float:
    """Spearman's rank correlation, equal figures sharing their rank; 0 when one side is all equal."""
    ranghi, ranghi_altri = _ranks(uni), _ranks(altri)
    media = (len(uni) - 1) / 2
    scarti = [(rango - media, altro - media) for rango, altro in zip(ranghi, ranghi_altri, strict=True)]
    somma_uni, somma_altri = sum(x * x for x, _ in scarti), sum(y * y for _, y in scarti)
    if not somma_uni or not somma_altri:
        return 0.0
    return sum(x * y for x, y in scarti) / sqrt(somma_uni * somma_altri)


def _ranks(valori: Sequence[int]) -> list[float]:
    posti: dict[int, list[int]] = {}
    for posto, valore in enumerate(sorted(valori)):
        posti.setdefault(valore, []).append(posto)
    return [(posti[valore][0] + posti[valore][-1]) / 2 for valore in valori]


def find_scambi(
    qui: Celle, altrove: Mapping[Id, int], *, minimo: int, quota: Fraction, eccesso: int
) -> list[tuple[Id, Id]]:
    """Neighbouring rows where one has nearly all the votes here and the other nearly all elsewhere.

    A candidate strong only where he lives is not a swap: swapped back, the larger figure must be at most
    ``eccesso`` times what the other sections make expect, and a row opposed to both neighbours is left out.
    """
    somma, fuori = _add_up(qui), sum(altrove.values())
    scambi = []
    for (uno, voti_uno), (altro, voti_altro) in pairwise(qui.items()):
        a, b = voti_uno or 0, voti_altro or 0
        fuori_a, fuori_b = altrove.get(uno, 0), altrove.get(altro, 0)
        opposti = (a - b) * (fuori_a - fuori_b) < 0 and a + b >= minimo
        if not opposti or max(a, b) * fuori > eccesso * max(fuori_a, fuori_b) * somma:
            continue
        qui_netta, fuori_netta = (
            max(a, b) >= quota * (a + b),
            max(fuori_a, fuori_b) >= quota * (fuori_a + fuori_b),
        )
        if qui_netta and fuori_netta:
            scambi.append((uno, altro))
    righe = Counter(riga for scambio in scambi for riga in scambio)
    return [(uno, altro) for uno, altro in scambi if righe[uno] == righe[altro] == 1]
