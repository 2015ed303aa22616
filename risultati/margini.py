"""Can it still change? Margins to what decides the sindaco, against the votes still possible."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol

from norme.parametri import Parametri
from risultati.models import Turno


class ConVoti(Protocol):
    """A candidate with his votes so far."""

    nome: str
    voti: int


@dataclass(frozen=True, slots=True)
class Margine:
    """One decisive comparison in words; ``aperto`` is None when the votes left are not known."""

    titolo: str
    testo: str
    aperto: bool | None


@dataclass(frozen=True, slots=True)
class Soglia:
    """A share of the valid votes: ``oltre`` (more than) or ``almeno`` (at least)."""

    quota: Fraction
    oltre: bool

    def reached(self, voti: int, totale: int) -> bool:
        esatta = self.quota * totale
        return voti > esatta if self.oltre else voti >= esatta

    def needed(self, totale: int) -> int:
        """The least votes that reach it."""
        esatta = self.quota * totale
        intera = int(esatta)
        return intera + 1 if self.oltre or intera < esatta else intera

    @property
    def testo(self) -> str:
        percento = f"{float(self.quota * 100):g}".replace(".", ",")
        return f"{percento} % + 1" if self.oltre else f"{percento} %"


def margini_sindaco(
    righe: Sequence[ConVoti], parametri: Parametri, turno: int, *, residui: int | None
) -> Iterator[Margine]:
    """The comparisons of this turno. ``righe``: most voted first; ``residui``: votes still possible."""
    totale = sum(riga.voti for riga in righe)
    if len(righe) < 2 or totale == 0:
        return
    valore = parametri.get("soglia_sindaco_primo_turno")
    if turno == Turno.PRIMO and valore is not None:
        soglia = Soglia(Fraction(valore.valore["quota"]), valore.valore["criterio"] == "oltre")
        yield _verso_soglia(righe[0], totale, soglia, residui)
        if len(righe) > 2:
            yield _distacco("Accesso al ballottaggio", righe[1], righe[2], residui)
    else:
        yield _distacco("Primo posto", righe[0], righe[1], residui)


def _verso_soglia(primo: ConVoti, totale: int, soglia: Soglia, residui: int | None) -> Margine:
    scarto = primo.voti - soglia.needed(totale)
    sopra = soglia.reached(primo.voti, totale)
    if sopra:
        testo = f"{primo.nome} è sopra il {soglia.testo} di {scarto} voti"
    else:
        testo = f"a {primo.nome} mancano {-scarto} voti al {soglia.testo}"
    aperto = None
    if residui is not None:
        fine = totale + residui
        aperto = not soglia.reached(primo.voti, fine) if sopra else soglia.reached(primo.voti + residui, fine)
    return Margine("Elezione al primo turno", _con_residui(testo, residui), aperto)


def _distacco(titolo: str, sopra: ConVoti, sotto: ConVoti, residui: int | None) -> Margine:
    scarto = sopra.voti - sotto.voti
    testo = f"{sopra.nome} +{scarto} su {sotto.nome}"
    aperto = None if residui is None else residui >= scarto and (residui > 0 or scarto == 0)
    return Margine(titolo, _con_residui(testo, residui), aperto)


def _con_residui(testo: str, residui: int | None) -> str:
    if residui is None:
        return f"{testo}; quanti voti restino non si sa: mancano gli elettori delle sezioni"
    return f"{testo}; restano {residui} voti possibili"
