"""Signatures of a list: how many are needed, which ones count, why the others do not.

L. 81/1993 art. 3 (numbers), l. 53/1990 art. 14 (authentication, age of the signature), TU 28 and 32.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from math import ceil
from typing import Final

from norme.parametri import Parametri
from norme.rilievi import Rilievo

Id = int | str


class Motivo(StrEnum):
    """Why a signature does not count; the value is its code in the catalogue."""

    NON_ISCRITTO = "E221"
    CERTIFICATO_MANCANTE = "E222"
    FOGLIO_IRREGOLARE = "E223"
    AUTENTICAZIONE_IRREGOLARE = "E224"
    TROPPO_VECCHIA = "E225"
    DOPO_LA_PRESENTAZIONE = "E226"
    PIU_LISTE = "E227"
    RIPETUTA = "E228"
    CANDIDATO = "E229"
    ORDINE_INCERTO = "E230"


_DOPPIE: Final = ((Motivo.PIU_LISTE,), (Motivo.ORDINE_INCERTO,))


@dataclass(frozen=True, slots=True)
class Firma:
    """One signature. ``persona`` identifies the signer (codice fiscale, or any key equal in every list).

    ``data`` is the day of authentication, None when it is missing but the time can be proved.
    ``certificato``: that the signer is enrolled; None while nobody has looked at it.
    """

    id: Id
    persona: str
    nome: str = ""
    data: date | None = None
    iscritto: bool = True
    certificato: bool | None = True
    foglio_regolare: bool = True
    autenticata: bool = True


@dataclass(frozen=True, slots=True)
class FirmeLista:
    """The signatures of one list, with who its candidates are (sindaco included) and when it was presented.

    ``ordine`` parts the lists of one day: with the same number nobody knows which came first.
    """

    lista: Id
    firme: Sequence[Firma]
    denominazione: str = ""
    presentata_il: date | None = None
    ordine: int = 0
    candidati: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class LimitiFirme:
    """How many signatures a list needs, and at most has; ``massimo`` None when no limit is known."""

    minimo: int
    massimo: int | None
    articolo: str


@dataclass(frozen=True, slots=True)
class EsitoFirme:
    """Outcome for one list: ``nulle`` maps each signature that does not count to its reasons.

    ``da_verificare``: how many of the valid ones have a certificate nobody has looked at.
    """

    lista: Id
    presentate: int
    nulle: Mapping[Id, tuple[Motivo, ...]]
    limiti: LimitiFirme
    altre_liste: Mapping[Id, str] = field(default_factory=dict)
    da_verificare: int = 0

    @property
    def valide(self) -> int:
        return self.presentate - len(self.nulle)

    @property
    def sufficienti(self) -> bool:
        return self.valide >= self.limiti.minimo

    @property
    def valide_contando_le_doppie(self) -> int:
        """The other reading of the law on double signers (docs/interpretazioni.md): shown beside."""
        return self.presentate - sum(motivi not in _DOPPIE for motivi in self.nulle.values())

    @property
    def dubbie(self) -> int:
        """Signatures that count only if the list turns out to be the first presented of those signed."""
        return sum(motivi == (Motivo.ORDINE_INCERTO,) for motivi in self.nulle.values())

    @property
    def curabili(self) -> int:
        """Signatures that fall only for a certificate that may still be filed (TU 33, last comma)."""
        return sum(motivi == (Motivo.CERTIFICATO_MANCANTE,) for motivi in self.nulle.values())

    @property
    def per_motivo(self) -> Mapping[Motivo, int]:
        """How many signatures fall for each reason (the first one of each), in order of code."""
        return dict(sorted(Counter(motivi[0] for motivi in self.nulle.values()).items()))

    @property
    def rilievi(self) -> tuple[Rilievo, ...]:
        """Findings on the list as a whole: too few (E102), perhaps too few (W117) or too many (W101)."""
        trovati = []
        if not self.sufficienti:
            trovati.append(say_poche(self.valide, self.dubbie, self.limiti.minimo))
        if self.limiti.massimo is not None and self.presentate > self.limiti.massimo:
            contesto = {"presentate": self.presentate, "massimo": self.limiti.massimo}
            trovati.append(Rilievo("W101", ("sottoscrizioni",), contesto))
        return tuple(trovati)


def say_poche(valide: int, dubbie: int, minimo: int) -> Rilievo:
    """Below the minimum: for certain (E102), or unless the list came before the others signed (W117)."""
    if valide + dubbie < minimo:
        return Rilievo("E102", ("sottoscrizioni",), {"valide": valide, "minimo": minimo})
    contesto = {"valide": valide, "dubbie": dubbie, "minimo": minimo}
    return Rilievo("W117", ("sottoscrizioni",), contesto)


def limiti_firme(parametri: Parametri) -> LimitiFirme:
    """Minimum (with the reduction of that year, rounded up) and maximum of signatures (l. 81/1993 art. 3)."""
    firme = parametri["firme"]
    minimo = firme.valore["minimo"]
    articolo = str(firme.riferimento)
    if minimo:
        fattore = parametri["fattore_firme"]
        minimo = ceil(minimo * fattore.valore)
        if fattore.valore != 1:
            articolo += f", {fattore.riferimento}"
    return LimitiFirme(minimo, firme.valore.get("massimo"), articolo)


def prima_data_valida(parametri: Parametri, *, termine: date) -> date:
    """First day on which a signature may be authenticated: 180 days before the final term (l. 53/1990 14)."""
    return termine - timedelta(days=parametri.intero("validita_firme_giorni"))


def check_sottoscrizioni(
    liste: Iterable[FirmeLista], *, parametri: Parametri, termine: date
) -> dict[Id, EsitoFirme]:
    """Which signatures count, for every list of the comune together; ``termine`` is the last day to present.

    An elector who signed two lists loses every signature, or only those of the later lists, as the ente has
    chosen (``politica_doppia_firma``); where it is not known which came first, that is the reason given. In a
    repeated signature the first one counts.
    """
    tutte = tuple(liste)
    limiti = limiti_firme(parametri)
    limite = prima_data_valida(parametri, termine=termine)
    contano_candidati: bool = parametri.valore("firme_dei_candidati")
    firmate = _lists_by_signer(tutte)
    cadono_tutte = parametri.valore("politica_doppia_firma") == "tutte"
    esiti = {}
    for lista in tutte:
        nulle: dict[Id, tuple[Motivo, ...]] = {}
        altre: dict[Id, str] = {}
        viste: set[str] = set()
        candidati = frozenset() if contano_candidati else frozenset(lista.candidati)
        for firma in lista.firme:
            motivi = _own_faults(firma, lista, limite, termine)
            if firma.persona in candidati:
                motivi.append(Motivo.CANDIDATO)
            if firma.persona in viste:
                motivi.append(Motivo.RIPETUTA)
            viste.add(firma.persona)
            if doppia := _signed_elsewhere(lista, firmate[firma.persona], cadono_tutte=cadono_tutte):
                motivi.append(doppia[0])
                altre[firma.id] = doppia[1].denominazione
            if motivi:
                nulle[firma.id] = tuple(motivi)
        da_vedere = sum(firma.certificato is None and firma.id not in nulle for firma in lista.firme)
        esiti[lista.lista] = EsitoFirme(lista.lista, len(lista.firme), nulle, limiti, altre, da_vedere)
    return esiti


def explain_firma(firma: Firma, esito: EsitoFirme, *, limite: date | None = None) -> tuple[Rilievo, ...]:
    """The findings of one void signature, with their articles, for the sheet and the verbale."""
    contesto: dict[str, int | str] = {
        "nome": firma.nome or firma.persona,
        "data": _day(firma.data),
        "limite": _day(limite),
        "altra": esito.altre_liste.get(firma.id, ""),
    }
    return tuple(
        Rilievo(motivo.value, (f"sottoscrizioni.{firma.id}",), contesto)
        for motivo in esito.nulle.get(firma.id, ())
    )


def _lists_by_signer(liste: Sequence[FirmeLista]) -> Mapping[str, list[FirmeLista]]:
    """For every signer, the lists signed, the one presented first coming first."""
    firmate: defaultdict[str, list[FirmeLista]] = defaultdict(list)
    for lista in sorted(liste, key=lambda lista: (lista.presentata_il or date.max, lista.ordine)):
        for persona in {firma.persona for firma in lista.firme}:
            firmate[persona].append(lista)
    return firmate


def _signed_elsewhere(
    lista: FirmeLista, firmate: Sequence[FirmeLista], *, cadono_tutte: bool
) -> tuple[Motivo, FirmeLista] | None:
    """Why a signature falls for the other lists its signer signed, and which of them says so."""
    altre = [altra for altra in firmate if altra is not lista]
    prime = altre if cadono_tutte else [altra for altra in altre if _is_before(altra, lista)]
    if prime:
        return Motivo.PIU_LISTE, prime[0]
    dubbie = [altra for altra in altre if not _is_before(lista, altra)]
    return (Motivo.ORDINE_INCERTO, dubbie[0]) if dubbie else None


def _is_before(una: FirmeLista, altra: FirmeLista) -> bool:
    """Whether one list was certainly presented before the other."""
    if una.presentata_il is None or altra.presentata_il is None:
        return False
    return (una.presentata_il, una.ordine) < (altra.presentata_il, altra.ordine)


def _own_faults(firma: Firma, lista: FirmeLista, limite: date, termine: date) -> list[Motivo]:
    motivi = []
    if not firma.iscritto:
        motivi.append(Motivo.NON_ISCRITTO)
    elif firma.certificato is False:
        motivi.append(Motivo.CERTIFICATO_MANCANTE)
    if not firma.foglio_regolare:
        motivi.append(Motivo.FOGLIO_IRREGOLARE)
    if not firma.autenticata:
        motivi.append(Motivo.AUTENTICAZIONE_IRREGOLARE)
    if firma.data is not None and firma.data < limite:
        motivi.append(Motivo.TROPPO_VECCHIA)
    if firma.data is not None and firma.data > (lista.presentata_il or termine):
        motivi.append(Motivo.DOPO_LA_PRESENTAZIONE)
    return motivi


def _day(giorno: date | None) -> str:
    return f"{giorno:%d.%m.%Y}" if giorno else "data non indicata"
