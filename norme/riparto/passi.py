"""The steps of an allocation, each with its article and its evidence: a closed union, in order of use.

A step says what was decided and shows the figures that decide it; ``norme.spiegazione`` turns it into a
sentence. ``tipo`` in the output is the class name in snake case.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal, NamedTuple

from norme.ingresso import Id
from norme.riparto.tipi import Soglia

CriterioSindaco = Literal[
    "unica_lista",
    "gruppo",
    "liste_primo_turno",
    "ultimo_quoziente_gruppo",
    "minoranza",
    "seconda_lista",
    "eccedenza",
]


class Quoziente(NamedTuple):
    """A quotient that won a seat: ``cifra / divisore``."""

    a: Id
    cifra: int
    divisore: int


class RigaVoti(NamedTuple):
    sindaco: Id
    voti: int


class RigaGruppo(NamedTuple):
    """A list alone or the linked lists of one sindaco, with their cifra."""

    sindaco: Id
    liste: tuple[Id, ...]
    cifra: int


class RigaSbarramento(NamedTuple):
    lista: Id
    cifra: int
    cifra_gruppo: int
    ammessa: bool
    perche: Literal["lista", "gruppo", "vincitore", "sotto_soglia"]


class RigaGraduatoria(NamedTuple):
    """A candidate in the ranking of his list; ``posto`` is his place in the list as presented."""

    candidato: Id
    cifra_individuale: int
    preferenze: int
    posto: int
    eletto: bool
    proclamabile: bool


@dataclass(frozen=True, slots=True)
class VotiSindaci:
    """Valid votes of the candidates sindaco in one round, highest first."""

    articolo: str
    turno: int
    righe: tuple[RigaVoti, ...]
    totale: int


@dataclass(frozen=True, slots=True)
class SpareggioSindaci:
    """A tie between candidates sindaco, and what settles it."""

    articolo: str
    per: Literal["elezione", "ballottaggio"]
    criterio: Literal["cifra", "anziano", "giovane", "sorteggio"]
    fra: tuple[Id, ...]
    valori: tuple[str, ...]
    prevale: Id


@dataclass(frozen=True, slots=True)
class AmmessiBallottaggio:
    """Nobody is elected at the first round: these go to the second."""

    articolo: str
    ammessi: tuple[Id, ...]
    motivo: Literal["parita", "sotto_soglia"]
    soglia: Soglia | None


@dataclass(frozen=True, slots=True)
class SubentroBallottaggio:
    """A finalist died or is permanently prevented: the next in the ranking takes his place (72.6).

    ``si_vota_il``: the Sunday of the runoff, ISO.
    """

    articolo: str
    al_posto_di: Id
    causa: Literal["morte", "impedimento"]
    subentra: Id | None
    si_vota_il: str


@dataclass(frozen=True, slots=True)
class SindacoEletto:
    """Who is sindaco, at which round and by which rule."""

    articolo: str
    sindaco: Id
    turno: int
    criterio: Literal["piu_voti", "soglia", "spareggio", "lista_unica"]
    voti: int
    totale: int
    soglia: Soglia | None


@dataclass(frozen=True, slots=True)
class QuorumListaUnica:
    """The two conditions of an election with a single list."""

    articolo: str
    lista: Id
    elettori: int | None
    esclusi_aire: int
    votanti: int | None
    voti: int
    quota_votanti: Fraction
    quota_voti: Fraction
    votanti_sufficienti: bool | None
    voti_sufficienti: bool | None


@dataclass(frozen=True, slots=True)
class ElezioneNulla:
    """Nobody is elected."""

    articolo: str
    motivo: Literal["nessun_voto", "quorum_votanti", "quorum_voti", "rinvio_morte"]


@dataclass(frozen=True, slots=True)
class SeggiMaggioranza:
    """The seats of the elected sindaco's list, up to 15.000 inhabitants."""

    articolo: str
    sindaco: Id
    quota: Fraction
    seggi_consiglio: int
    seggi: int
    quota_di_quozienti: bool


@dataclass(frozen=True, slots=True)
class SecondaLista:
    """Sicilia, up to 15.000: the list that takes the whole minority."""

    articolo: str
    lista: Id
    voti: int
    seggi: int


@dataclass(frozen=True, slots=True)
class Gruppi:
    """The groups of linked lists as formed at a round, with their cifra."""

    articolo: str
    turno: int
    righe: tuple[RigaGruppo, ...]


@dataclass(frozen=True, slots=True)
class Sbarramento:
    """Which lists take part in the seats."""

    articolo: str
    base: Literal["sindaci", "liste"]
    base_voti: int
    soglia: Soglia
    soglia_gruppo: Soglia | None
    righe: tuple[RigaSbarramento, ...]


@dataclass(frozen=True, slots=True)
class TabellaQuozienti:
    """One d'Hondt: the quotients that won, in order, and the seats they give.

    ``fra``: what the contenders are. ``gruppo``: inside which group, if inside one.
    ``incerti``: how many last seats are tied among ``in_parita`` when the tie did not need to be settled.
    ``gia``: seats already held, when surplus seats are divided.
    """

    articolo: str
    scopo: Literal["prova", "consiglio", "minoranza", "gruppo", "eccedenza"]
    fra: Literal["liste", "gruppi"]
    gruppo: Id | None
    seggi: int
    cifre: tuple[tuple[Id, int], ...]
    graduatoria: tuple[Quoziente, ...]
    in_parita: tuple[Id, ...] = ()
    incerti: int = 0
    gia: tuple[tuple[Id, int], ...] = ()

    def seggi_per(self) -> Mapping[Id, int]:
        """Seats won by each contender."""
        conto = {ident: 0 for ident, _ in self.cifre}
        for quoziente in self.graduatoria:
            conto[quoziente.a] += 1
        return conto


@dataclass(frozen=True, slots=True)
class VerificaPremio:
    """Whether the majority premio is due: seats reached without it, and the two tests on the votes."""

    articolo: str
    sindaco: Id
    turno: int
    esito: Literal["assegnato", "non_necessario", "negato"]
    perche: Literal["spetta", "gia_raggiunto", "sotto_soglia", "bloccato", "senza_liste"]
    quota: Fraction
    arrotondamento: str
    seggi_consiglio: int
    seggi_premio: int
    seggi_ottenuti: int
    cifra: int
    base: Literal["sindaci", "liste", "liste_ammesse"]
    base_voti: int
    soglia: Soglia
    blocco: Soglia
    altro: Id | None
    cifra_altro: int


@dataclass(frozen=True, slots=True)
class SeggioSindacoNonEletto:
    """A losing sindaco enters the council: from where his seat comes."""

    articolo: str
    sindaco: Id
    gruppo: Id | None
    seggi_prima: int
    seggi_dopo: int
    criterio: CriterioSindaco


@dataclass(frozen=True, slots=True)
class SindacoFuori:
    """A losing sindaco does not enter the council."""

    articolo: str
    sindaco: Id
    motivo: Literal["senza_seggi", "non_proclamabile", "seggio_alla_lista"]


@dataclass(frozen=True, slots=True)
class MigliorPerdente:
    """Sicilia: the most voted losing sindaco and whether his votes suffice for a seat."""

    articolo: str
    sindaco: Id
    voti: int
    totale: int
    soglia: Soglia
    ottiene: bool


@dataclass(frozen=True, slots=True)
class ListaEsaurita:
    """A list has fewer candidates than seats, and where the surplus goes."""

    articolo: str
    lista: Id
    seggi: int
    candidati: int
    destinazione: Literal["gruppo", "tutte", "vacante"]


@dataclass(frozen=True, slots=True)
class Graduatoria:
    """The ranking of the candidates of a list: cifra individuale, then place in the list."""

    articolo: str
    lista: Id
    seggi: int
    cifra_lista: int
    righe: tuple[RigaGraduatoria, ...]


@dataclass(frozen=True, slots=True)
class ConsigliereAnziano:
    """The councillor with the highest cifra individuale (TUEL 40.2)."""

    articolo: str
    candidati: tuple[Id, ...]
    liste: tuple[Id, ...]
    cifra_individuale: int


@dataclass(frozen=True, slots=True)
class SorteggioApplicato:
    """A recorded draw that answered the question asked."""

    articolo: str
    richiesta: Mapping[str, Any]
    esito: Id


Passo = (
    VotiSindaci
    | SpareggioSindaci
    | AmmessiBallottaggio
    | SubentroBallottaggio
    | SindacoEletto
    | QuorumListaUnica
    | ElezioneNulla
    | SeggiMaggioranza
    | SecondaLista
    | Gruppi
    | Sbarramento
    | TabellaQuozienti
    | VerificaPremio
    | SeggioSindacoNonEletto
    | SindacoFuori
    | MigliorPerdente
    | ListaEsaurita
    | Graduatoria
    | ConsigliereAnziano
    | SorteggioApplicato
)
