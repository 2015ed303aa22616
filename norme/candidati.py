"""Who may be a candidate: what the commission can see on the papers of each name (TU 30, 33; TUEL 51-60)."""

import unicodedata
from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from norme.parametri import Parametri, ParametroIgnoto
from norme.rilievi import Gravita, Rilievo

Id = int | str

CURABILI: Final = frozenset({"E202", "E203", "E207", "E214", "E215"})
"""Findings that new documents can cure until the final decision (TU 33, last comma)."""


@dataclass(frozen=True, slots=True)
class Candidato:
    """A candidate as filed. ``None`` on a document means nobody has looked at it yet.

    ``accettazione``: the acceptance with the declaration of d.lgs. 235/2012, present and complete.
    ``attestato_ue_del``: day of the attestation of the home State, for a citizen of the Union.
    ``candidatura_unica``: of a candidate sindaco, the declaration of not having accepted in another comune.
    ``altri_comuni``: other comuni voting the same day where he runs. ``mandati``: consecutive terms already
    served as sindaco here; ``mandato_breve``: one of them lasted less than 2 years, 6 months and 1 day.
    """

    id: Id
    cognome: str
    nome: str
    sesso: str = ""
    numero: int | None = None
    data_nascita: date | None = None
    codice_fiscale: str = ""
    accettazione: bool | None = None
    certificato: bool | None = None
    cittadino_ue: bool = False
    documenti_ue: bool | None = None
    attestato_ue_del: date | None = None
    candidatura_unica: bool | None = None
    incandidabile: bool = False
    consigliere_altrove: bool = False
    altri_comuni: int = 0
    ineleggibilita: str = ""
    mandati: int = 0
    mandato_breve: bool = False

    def __str__(self) -> str:
        return f"{self.cognome} {self.nome}".strip()


@dataclass(frozen=True, slots=True)
class EsitoCandidato:
    """Findings on one name: ``cancellato`` when one strikes it, ``curabile`` when papers can save it."""

    candidato: Candidato
    rilievi: tuple[Rilievo, ...] = field(default=())
    da_verificare: tuple[str, ...] = ()

    @property
    def motivi(self) -> tuple[Rilievo, ...]:
        return tuple(rilievo for rilievo in self.rilievi if rilievo.gravita is Gravita.ERRORE)

    @property
    def cancellato(self) -> bool:
        return bool(self.motivi)

    @property
    def curabile(self) -> bool:
        return self.cancellato and all(rilievo.codice in CURABILI for rilievo in self.motivi)


def check_candidato(
    candidato: Candidato, *, parametri: Parametri, presentata: date | None = None
) -> EsitoCandidato:
    """Papers and requirements of a candidate consigliere, of a list filed on that day."""
    trovati = [*_common(candidato, parametri)]
    if candidato.cittadino_ue and candidato.documenti_ue is False:
        trovati.append(_finding("E207", candidato))
    trovati += _attestato(candidato, parametri, presentata)
    if candidato.consigliere_altrove:
        trovati.append(_finding("E208", candidato))
    trovati += _comuni(candidato, parametri, "consigliere")
    return EsitoCandidato(candidato, tuple(trovati), _unseen(candidato))


def check_candidato_sindaco(candidato: Candidato, *, parametri: Parametri) -> EsitoCandidato:
    """Papers and requirements of a candidate sindaco: Italian, one comune only, term limits.

    A consigliere in office elsewhere may run for sindaco: whether he left in time is for the council to say.
    """
    trovati = [*_common(candidato, parametri)]
    if candidato.cittadino_ue:
        trovati.append(_finding("E206", candidato))
    if candidato.candidatura_unica is False:
        trovati.append(_finding("E215", candidato))
    if candidato.consigliere_altrove:
        trovati.append(_finding("W210", candidato))
    trovati += _comuni(candidato, parametri, "sindaco")
    trovati += _mandati(candidato, parametri)
    mancano = () if candidato.candidatura_unica is not None else ("candidatura_unica",)
    return EsitoCandidato(candidato, tuple(trovati), (*_unseen(candidato), *mancano))


def age_on(nascita: date, giorno: date) -> int:
    """Completed years on a day; who was born on 29 February completes them on 1 March of a common year."""
    return giorno.year - nascita.year - ((giorno.month, giorno.day) < (nascita.month, nascita.day))


def add_mesi(giorno: date, mesi: int) -> date:
    """The same day so many months later; the last of the month where that day does not exist."""
    primo = giorno.replace(day=1)
    for _ in range(mesi):
        primo += timedelta(days=monthrange(primo.year, primo.month)[1])
    return primo.replace(day=min(giorno.day, monthrange(primo.year, primo.month)[1]))


@lru_cache(maxsize=8192)
def normalize_nome(testo: str) -> str:
    """A name without accents, case, apostrophes and spaces, to compare people and lists."""
    scomposto = unicodedata.normalize("NFKD", testo.casefold())
    return "".join(carattere for carattere in scomposto if carattere.isalnum())


def _common(candidato: Candidato, parametri: Parametri) -> list[Rilievo]:
    trovati = _eta(candidato, parametri)
    if candidato.incandidabile:
        trovati.append(_finding("E204", candidato))
    if candidato.accettazione is False:
        trovati.append(_finding("E203", candidato))
    if candidato.certificato is False and not candidato.cittadino_ue:
        trovati.append(_finding("E202", candidato))
    if candidato.ineleggibilita:
        trovati.append(_finding("W202", candidato, causa=candidato.ineleggibilita))
    return trovati


def _eta(candidato: Candidato, parametri: Parametri) -> list[Rilievo]:
    if candidato.data_nascita is None:
        return [_finding("W203", candidato)]
    minima = parametri.intero("eta_minima_candidato")
    if age_on(candidato.data_nascita, parametri.caso.data) >= minima:
        return []
    return [_finding("E201", candidato, nascita=f"{candidato.data_nascita:%d.%m.%Y}", eta=minima)]


def _attestato(candidato: Candidato, parametri: Parametri, presentata: date | None) -> list[Rilievo]:
    """The attestation of the home State is of the last months before the filing (d.lgs. 197/1996 art. 5)."""
    rilasciato, mesi = candidato.attestato_ue_del, parametri.get("attestazione_ue_mesi")
    if not candidato.cittadino_ue or None in (rilasciato, presentata, mesi):
        return []
    assert rilasciato and presentata and mesi
    if presentata <= add_mesi(rilasciato, mesi.valore):
        return []
    return [_finding("E214", candidato, rilasciato=f"{rilasciato:%d.%m.%Y}", mesi=mesi.valore)]


def _comuni(candidato: Candidato, parametri: Parametri, carica: str) -> list[Rilievo]:
    massimo: int = parametri.valore("comuni_massimi_candidatura")[carica]
    comuni = 1 + candidato.altri_comuni
    return [] if comuni <= massimo else [_finding("E209", candidato, comuni=comuni, massimo=massimo)]


def _mandati(candidato: Candidato, parametri: Parametri) -> list[Rilievo]:
    if not candidato.mandati:
        return []
    try:
        massimo = parametri.valore("mandati_consecutivi_massimi")
    except ParametroIgnoto as ignoto:
        return [_finding("W206", candidato, spiegazione=str(ignoto))]
    if not isinstance(massimo, int) or candidato.mandati < massimo:
        return []
    if candidato.mandato_breve and candidato.mandati == massimo and "mandato_breve" in parametri:
        return [_finding("W204", candidato, mandati=candidato.mandati)]
    # Until 29.1.2024 the limit was on the election, not on the candidacy: the commission may not judge it.
    codice = "E210" if parametri.valore("limite_mandati_riguarda") == "candidatura" else "W207"
    return [_finding(codice, candidato, mandati=candidato.mandati, massimo=massimo)]


def _unseen(candidato: Candidato) -> tuple[str, ...]:
    documenti = ["accettazione"] if candidato.accettazione is None else []
    if candidato.cittadino_ue:
        documenti += ["documenti_ue"] if candidato.documenti_ue is None else []
    elif candidato.certificato is None:
        documenti.append("certificato")
    return tuple(documenti)


def _finding(codice: str, candidato: Candidato, **contesto: int | str) -> Rilievo:
    return Rilievo(codice, (f"candidati.{candidato.id}",), {"candidato": str(candidato), **contesto})
