"""What the allocation reads: one election as frozen values. Votes are valid votes, already summed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Final, Literal

from norme.ingresso import ErroreIngresso, Id
from norme.riparto.interpretazioni import Interpretazioni

Sistema = Literal["fino_15000", "oltre_15000"]
FINO_15000: Final = "fino_15000"
OLTRE_15000: Final = "oltre_15000"
ORDINAMENTI: Final = ("ordinario", "sicilia", "friuli-venezia-giulia")


def order_key(ident: Id) -> tuple[bool, int, str]:
    """A canonical order of identifiers: numbers first, by value. Never used to decide anything."""
    testo = str(ident)
    numerico = testo.isascii() and testo.isdecimal()
    return (not numerico, int(testo) if numerico else 0, testo)


@dataclass(frozen=True, slots=True)
class Soglia:
    """A share of some base, reached ("almeno", ≥) or exceeded ("oltre", >); exact, on integers."""

    quota: Fraction
    criterio: Literal["almeno", "oltre"]

    def is_met(self, voti: int, base: int) -> bool:
        """``voti`` against ``quota * base`` in integers. With an empty base nothing is ever met."""
        if base == 0:
            return self.quota == 0
        sinistra, destra = voti * self.quota.denominator, base * self.quota.numerator
        return sinistra > destra if self.criterio == "oltre" else sinistra >= destra


@dataclass(frozen=True, slots=True)
class Sindaco:
    """A candidate sindaco. ``voti_ballottaggio`` is None when he was not in a second round.

    ``deceduto_il`` / ``impedito_il``: TUEL 71.11, 72.6. ``proclamabile``: d.lgs. 235/2012 art. 12.
    """

    id: Id
    nome: str
    voti: int
    voti_ballottaggio: int | None = None
    nascita: date | None = None
    deceduto_il: date | None = None
    impedito_il: date | None = None
    proclamabile: bool = True

    @property
    def is_disponibile(self) -> bool:
        return self.deceduto_il is None and self.impedito_il is None


@dataclass(frozen=True, slots=True)
class Candidato:
    """A candidate consigliere; his place in the list is his place in ``Lista.candidati``."""

    id: Id
    nome: str
    preferenze: int = 0
    proclamabile: bool = True


@dataclass(frozen=True, slots=True)
class Lista:
    """A list linked to a sindaco at the first round and, if so declared, to a finalist (TUEL 72.7).

    ``voti_noti`` is False when nobody gave its votes (``voti`` is then 0): seats cannot rest on them.
    ``voti_del_sindaco``: the engine found that its votes are those of its sindaco, one tally and not two.
    """

    id: Id
    nome: str
    sindaco: Id
    voti: int
    apparentata_con: Id | None = None
    candidati: tuple[Candidato, ...] | None = None
    voti_noti: bool = True
    voti_del_sindaco: bool = False

    @property
    def capienza(self) -> int | None:
        """How many councillors it can give; None when its candidates are not known."""
        if self.candidati is None:
            return None
        return sum(candidato.proclamabile for candidato in self.candidati)


@dataclass(frozen=True, slots=True)
class Votanti:
    """Electors and voters of the first round; None where unknown."""

    elettori: int | None = None
    votanti: int | None = None
    elettori_aire: int | None = None
    votanti_aire: int | None = None


@dataclass(frozen=True, slots=True)
class SorteggioSvolto:
    """A recorded draw: the question it answered, as it was printed, and who won."""

    richiesta: Mapping[str, object]
    esito: Id


@dataclass(frozen=True)
class DatiRiparto:
    """All that an allocation needs (DESIGN §5.1). Identifiers of sindaci and lists are unique."""

    data: date
    sindaci: tuple[Sindaco, ...]
    liste: tuple[Lista, ...]
    ordinamento: str = "ordinario"
    popolazione: int | None = None
    capoluogo: bool = False
    sistema: str | None = None
    seggi_consiglio: int | None = None
    votanti: Votanti = Votanti()
    sorteggi: tuple[SorteggioSvolto, ...] = ()
    opzioni: Interpretazioni = Interpretazioni()
    campi_ignoti: tuple[str, ...] = ()
    prosegue_con: str = ""

    @cached_property
    def totale_sindaci(self) -> int:
        """T: valid votes for all the sindaci at the first round (the base of TUEL 72-73)."""
        return sum(sindaco.voti for sindaco in self.sindaci)

    @cached_property
    def totale_liste(self) -> int:
        return sum(lista.voti for lista in self.liste)

    @cached_property
    def sindaco_per_id(self) -> Mapping[Id, Sindaco]:
        return {sindaco.id: sindaco for sindaco in self.sindaci}

    @cached_property
    def lista_per_id(self) -> Mapping[Id, Lista]:
        return {lista.id: lista for lista in self.liste}

    @cached_property
    def liste_per_sindaco(self) -> Mapping[Id, tuple[Lista, ...]]:
        """The groups of the first round: every sindaco with his lists, in order."""
        return {s.id: tuple(x for x in self.liste if x.sindaco == s.id) for s in self.sindaci}

    def campo_sindaco(self, ident: Id, campo: str) -> str:
        """The path of a field of a sindaco in the input."""
        posto = next(i for i, sindaco in enumerate(self.sindaci) if sindaco.id == ident)
        return f"sindaci[{posto}].{campo}"

    def nascita(self, ident: Id) -> date:
        """Birth date of a sindaco, which the law needs here to break a tie."""
        sindaco = self.sindaco_per_id[ident]
        if sindaco.nascita is None:
            messaggio = f"La parità si decide per età: serve la data di nascita di {sindaco.nome}."
            raise ErroreIngresso("dato_necessario", self.campo_sindaco(ident, "nascita"), messaggio)
        return sindaco.nascita
