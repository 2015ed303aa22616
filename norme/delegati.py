"""The delegates of a list: how many by class of comune, whether it may do without them (TU 30, 32)."""

from dataclasses import dataclass

from norme.candidature import Lista
from norme.parametri import Parametri
from norme.parole import quanti
from norme.rilievi import Rilievo


@dataclass(frozen=True, slots=True)
class RegolaDelegati:
    """How many delegates the law provides; ``facoltativi`` when the list may do without."""

    effettivi: int
    supplenti: int
    facoltativi: bool
    articolo: str

    def __str__(self) -> str:
        verbo = "consente di indicare" if self.facoltativi else "chiede di indicare"
        return f"La legge {verbo} {say_delegati(self.effettivi, self.supplenti)} ({self.articolo})."

    def is_respected(self, effettivi: int, supplenti: int) -> bool:
        """Whether so many delegates are what the law provides; fewer are enough where they are optional."""
        if not self.facoltativi:
            return (effettivi, supplenti) == (self.effettivi, self.supplenti)
        soli_supplenti = supplenti > 0 and effettivi == 0
        return effettivi <= self.effettivi and supplenti <= self.supplenti and not soli_supplenti


def regola_delegati(parametri: Parametri) -> RegolaDelegati | None:
    """The rule of this class of comune, or ``None`` where it is not known."""
    voce = parametri.get("delegati_di_lista")
    return RegolaDelegati(**voce.valore, articolo=str(voce.riferimento)) if voce else None


def say_delegati(effettivi: int, supplenti: int) -> str:
    """«2 delegati effettivi», «1 delegato effettivo e 1 supplente»."""
    voci = []
    if effettivi:
        voci.append(quanti(effettivi, "delegato effettivo", "delegati effettivi"))
    if supplenti:
        voci.append(quanti(supplenti, "supplente", "supplenti"))
    return " e ".join(voci) or "nessun delegato"


def check_delegati(lista: Lista, *, parametri: Parametri) -> tuple[Rilievo, ...]:
    """None where the law asks for them, or another number; optional ones may be missing."""
    regola = regola_delegati(parametri)
    if regola is None:
        return ()
    contesto = {
        "lista": lista.denominazione,
        "richiesti": say_delegati(regola.effettivi, regola.supplenti),
    }
    if lista.delegati is False:
        return () if regola.facoltativi else (Rilievo("W106", ("delegati",), contesto),)
    effettivi, supplenti = lista.delegati_effettivi, lista.delegati_supplenti
    if effettivi is None or supplenti is None or regola.is_respected(effettivi, supplenti):
        return ()
    contesto["indicati"] = say_delegati(effettivi, supplenti)
    return (Rilievo("W116", ("delegati",), contesto),)
