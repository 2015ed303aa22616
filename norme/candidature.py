"""The lists as filed: their terms and sizes, who runs where, the same person in two lists."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from fractions import Fraction
from math import ceil
from zoneinfo import ZoneInfo

from norme.calendario import build_calendario
from norme.candidati import Candidato, Id, normalize_nome
from norme.contrassegno import Contrassegno
from norme.parametri import Parametri, ParametroIgnoto


@dataclass(frozen=True, slots=True)
class Lista:
    """A list as filed. ``None`` on a document means nobody has looked at it yet.

    ``presentata_il``: day and hour of the receipt (naive means Italian time). ``firme_valide`` and
    ``firme_presentate`` come from :mod:`norme.sottoscrizioni`; ``firme_curabili``: void only because the
    certificate of the signer is missing; ``firme_dubbie``: not counted while it is not known which of two
    lists came first; ``firme_da_verificare``: counted, with a certificate nobody has looked at.
    """

    id: Id
    denominazione: str
    candidati: tuple[Candidato, ...]
    sindaco: Candidato | None = None
    presentata_il: datetime | None = None
    firme_valide: int | None = None
    firme_presentate: int | None = None
    firme_curabili: int = 0
    firme_dubbie: int = 0
    firme_da_verificare: int = 0
    contrassegno: Contrassegno | None = None
    collegamento: bool | None = None
    programma: bool | None = None
    delegati: bool | None = None
    delegati_effettivi: int | None = None
    delegati_supplenti: int | None = None
    bilancio: bool | None = None


@dataclass(frozen=True)
class Registro:
    """Who runs where, over all the lists of the comune: built once, asked for every name."""

    per_chiave: Mapping[str, Sequence[tuple[Lista, Candidato]]] = field(default_factory=dict)

    @classmethod
    def of(cls, liste: Iterable[Lista]) -> "Registro":
        voci: defaultdict[str, list[tuple[Lista, Candidato]]] = defaultdict(list)
        for lista in liste:
            persone = lista.candidati if lista.sindaco is None else (*lista.candidati, lista.sindaco)
            for persona in persone:
                for chiave in _keys(persona):
                    voci[chiave].append((lista, persona))
        return cls(voci)

    def elsewhere(self, candidato: Candidato, lista: Lista) -> tuple[list[Lista], list[Lista]]:
        """Other lists with the same person, and other lists with a namesake nobody can tell apart."""
        stessa: dict[Id, Lista] = {}
        omonima: dict[Id, Lista] = {}
        for chiave in _keys(candidato):
            for altra, persona in self.per_chiave.get(chiave, ()):
                if altra.id == lista.id or _is_own_sindaco(candidato, lista, altra):
                    continue
                if is_same_person(candidato, persona):
                    stessa[altra.id] = altra
                elif _may_be_same(candidato, persona):
                    omonima[altra.id] = altra
        return list(stessa.values()), [altra for altra in omonima.values() if altra.id not in stessa]


def italian_time(momento: datetime) -> datetime:
    """A moment as the clock of the segreteria shows it."""
    if momento.tzinfo is None:
        return momento
    return momento.astimezone(ZoneInfo("Europe/Rome")).replace(tzinfo=None)


def giorno_e_ordine(momento: datetime | None) -> tuple[date | None, int]:
    """Day of a receipt and its second within that day, as ``FirmeLista`` takes them."""
    if momento is None:
        return None, 0
    ora = italian_time(momento)
    return ora.date(), (ora - datetime.combine(ora.date(), time.min)).seconds


def is_same_person(uno: Candidato, altro: Candidato) -> bool:
    """Same codice fiscale; without one of the two, same name and same birth date."""
    if uno.codice_fiscale and altro.codice_fiscale:
        return uno.codice_fiscale.upper() == altro.codice_fiscale.upper()
    return (
        uno.data_nascita is not None
        and uno.data_nascita == altro.data_nascita
        and _full_name(uno) == _full_name(altro)
    )


def is_same_or_identical(uno: Candidato, altro: Candidato) -> bool:
    """The same record, or the same person."""
    return uno == altro or is_same_person(uno, altro)


def _is_own_sindaco(candidato: Candidato, lista: Lista, altra: Lista) -> bool:
    """Whether the other list only carries the sindaco both lists share (said once, by W201)."""
    return (
        altra.sindaco is not None
        and lista.sindaco is not None
        and is_same_or_identical(altra.sindaco, lista.sindaco)
        and is_same_or_identical(candidato, altra.sindaco)
    )


def _may_be_same(uno: Candidato, altro: Candidato) -> bool:
    if _full_name(uno) != _full_name(altro) or (uno.codice_fiscale and altro.codice_fiscale):
        return False
    return uno.data_nascita is None or altro.data_nascita is None


def _keys(persona: Candidato) -> tuple[str, ...]:
    chiavi = (f"nome {_full_name(persona)}",)
    return (f"cf {persona.codice_fiscale.upper()}", *chiavi) if persona.codice_fiscale else chiavi


def _full_name(persona: Candidato) -> str:
    return f"{normalize_nome(persona.cognome)} {normalize_nome(persona.nome)}"


def is_earlier(una: Lista, altra: Lista) -> bool:
    """Whether one list was certainly presented before the other."""
    if una.presentata_il is None or altra.presentata_il is None:
        return False
    return italian_time(una.presentata_il) < italian_time(altra.presentata_il)


@dataclass(frozen=True, slots=True)
class LimitiLista:
    """Fewest and most candidates of a list, with the article."""

    minimo: int
    massimo: int
    articolo: str


def limiti_lista(parametri: Parametri) -> LimitiLista:
    """Fewest and most candidates (TUEL 71 c. 3, 73 c. 1): 7,50 is 7, 10,67 is 11."""
    seggi = parametri.intero("seggi_consiglio")
    quota = parametri["quota_minima_lista"]
    minimo = seggi * quota.valore
    if parametri.valore("arrotondamento_minimo_lista") != "eccesso":
        minimo -= Fraction(1, 2)
    return LimitiLista(ceil(minimo), seggi, str(quota.riferimento))


def termini_presentazione(parametri: Parametri) -> tuple[datetime, datetime]:
    """When lists begin and end to be received, in Italian time (TU 28, 32)."""
    voci = {voce.codice: voce for voce in build_calendario(parametri)}
    try:
        inizio, fine = voci["presentazione_inizio"], voci["presentazione_fine"]
    except KeyError:
        raise ParametroIgnoto(
            f"I termini di presentazione delle liste per l'ordinamento {parametri.caso.ordinamento}"
            " non sono noti: verificali sulla legge regionale."
        ) from None
    return (
        datetime.fromisoformat(f"{inizio.dal}T{inizio.dalle}"),
        datetime.fromisoformat(f"{fine.data}T{fine.ora}"),
    )
