"""Can it still change? Margins to what decides the sindaco, against the votes still possible."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import Protocol

from electoral.templatetags.urna import migliaia
from norme.parametri import Parametri
from risultati.models import Turno


class ConVoti(Protocol):
    """A candidate with his votes so far."""

    nome: str
    voti: int


@dataclass(frozen=True, slots=True)
class Margine:
    """One decisive comparison in words; ``aperto`` is None when it is not known whether it can change.

    ``risposta``: the word beside it, when it is neither yes nor no.
    """

    titolo: str
    testo: str
    aperto: bool | None
    risposta: str = "non si sa"


@dataclass(frozen=True, slots=True)
class Residui:
    """Votes that may still come: ballots of the sections to count, contested ballots not assigned.

    ``ignote``: sections to count of which neither voters nor electors are known (a hospital ward).
    """

    sezioni: int = 0
    contestate: int = 0
    ignote: int = 0

    @property
    def totale(self) -> int:
        return self.sezioni + self.contestate

    @property
    def testo(self) -> str:
        testo = f"restano {migliaia(self.totale)} voti possibili"
        if self.contestate:
            testo += f" ({migliaia(self.contestate)} di schede contestate)"
        if self.ignote:
            quali = "una sezione" if self.ignote == 1 else f"{self.ignote} sezioni"
            testo += f" più quelli di {quali} di cui non si sanno gli elettori"
        return testo

    def answer(self, serve: int | None) -> bool | None:
        """Whether ``serve`` votes can come (None: no number of votes would do)."""
        if serve is None:
            return False
        if self.totale >= serve:
            return True
        return None if self.ignote else False


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

    def votes_to_reach(self, voti: int, totale: int) -> int | None:
        """How many further votes, all for him, bring him there; None if no number does."""
        if self.quota >= 1:
            return None
        serve = max(0, ceil((self.quota * totale - voti) / (1 - self.quota)))
        return serve if self.reached(voti + serve, totale + serve) else serve + 1

    def votes_to_fall(self, voti: int, totale: int) -> int | None:
        """How many further votes, all for others, bring him below."""
        if self.quota <= 0:
            return None
        serve = max(0, floor(voti / self.quota) - totale)
        return serve if not self.reached(voti, totale + serve) else serve + 1

    @property
    def testo(self) -> str:
        percento = f"{float(self.quota * 100):g}".replace(".", ",")
        return f"{percento} % + 1" if self.oltre else f"{percento} %"


def margini_sindaco(
    righe: Sequence[ConVoti], parametri: Parametri, turno: int, *, residui: Residui
) -> Iterator[Margine]:
    """The comparisons of this turno. ``righe``: most voted first."""
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


def _verso_soglia(primo: ConVoti, totale: int, soglia: Soglia, residui: Residui) -> Margine:
    scarto = primo.voti - soglia.needed(totale)
    if soglia.reached(primo.voti, totale):
        testo = f"{primo.nome} è sopra il {soglia.testo} di {migliaia(scarto)} voti"
        serve = soglia.votes_to_fall(primo.voti, totale)
    else:
        testo = f"a {primo.nome} mancano {migliaia(-scarto)} voti al {soglia.testo}"
        serve = soglia.votes_to_reach(primo.voti, totale)
    return Margine("Elezione al primo turno", f"{testo}; {residui.testo}", residui.answer(serve))


def _distacco(titolo: str, sopra: ConVoti, sotto: ConVoti, residui: Residui) -> Margine:
    scarto = sopra.voti - sotto.voti
    testo = f"{sopra.nome} +{migliaia(scarto)} su {sotto.nome}; {residui.testo}"
    return Margine(titolo, testo, residui.answer(scarto))
