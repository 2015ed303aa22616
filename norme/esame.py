"""An examination under way: the list as each step leaves it, what was found, what was struck."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from norme.candidati import Candidato
from norme.candidature import LimitiLista, Lista, Registro
from norme.parametri import Parametri, ParametroIgnoto
from norme.rilievi import Rilievo, has_errori


class Stato(StrEnum):
    """How a step ended."""

    SUPERATA = "superata"
    RILIEVI = "rilievi"
    DA_VERIFICARE = "da_verificare"
    NON_DOVUTA = "non_dovuta"


@dataclass(frozen=True, slots=True)
class Cancellazione:
    """A name to strike, under which letter and why; ``curabile`` when papers may still save it."""

    candidato: Candidato
    lettera: str
    motivi: tuple[Rilievo, ...]
    curabile: bool = False


@dataclass(frozen=True, slots=True)
class Verifica:
    """One step of the examination: its letter, how it ended, its figures in a sentence, its findings."""

    lettera: str
    titolo: str
    stato: Stato
    testo: str
    rilievi: tuple[Rilievo, ...] = ()


@dataclass
class Esame:
    """One examination under way. ``sanata``: as if every curable gap had been filled."""

    lista: Lista
    parametri: Parametri
    liste: Sequence[Lista]
    registro: Registro
    sanata: bool = False
    verifiche: list[Verifica] = field(default_factory=list)
    cancellazioni: list[Cancellazione] = field(default_factory=list)
    restano: list[Candidato] = field(default_factory=list)
    limiti: LimitiLista | None = None
    ricusata: bool = False
    has_curabili: bool = False
    incerta: bool = False

    def may_cure_papers(self) -> bool:
        return bool(self.parametri.valore("udienza_delegati"))

    def refuse(self, *, curabile: bool = False) -> None:
        self.has_curabili |= curabile
        self.ricusata |= not (curabile and self.sanata)

    def strike(
        self, candidato: Candidato, lettera: str, motivi: Sequence[Rilievo], *, curabile: bool = False
    ) -> None:
        self.has_curabili |= curabile
        if curabile and self.sanata:
            return
        self.restano = [altro for altro in self.restano if altro is not candidato]
        self.cancellazioni.append(Cancellazione(candidato, lettera, tuple(motivi), curabile))

    def note_unknown(self, lettera: str, titolo: str, codice: str, ignoto: ParametroIgnoto) -> None:
        rilievo = Rilievo(codice, (), {"spiegazione": str(ignoto)})
        self.note(lettera, titolo, "regola non nota", (rilievo,), da_verificare=True)

    def note(
        self,
        lettera: str,
        titolo: str,
        testo: str,
        rilievi: Sequence[Rilievo],
        *,
        da_verificare: bool = False,
        stato: Stato | None = None,
    ) -> None:
        if stato is None:
            if has_errori(rilievi):
                stato = Stato.RILIEVI
            elif da_verificare:
                stato = Stato.DA_VERIFICARE
            else:
                stato = Stato.RILIEVI if rilievi else Stato.SUPERATA
        self.incerta |= da_verificare
        self.verifiche.append(Verifica(lettera, titolo, stato, testo, tuple(rilievi)))
