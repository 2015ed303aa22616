"""The council: who chairs it, and who chairs its first sitting (TUEL 39 and 40)."""

from dataclasses import dataclass
from typing import Final

from norme.parametri import Parametri

_PRIMA: Final = {
    "sindaco": "il sindaco",
    "presidente eletto": "il consigliere anziano, fino all'elezione del presidente del consiglio",
}


@dataclass(frozen=True, slots=True)
class Presidenza:
    """Who chairs the council and, until the presidente is elected, its first sitting."""

    consiglio: str
    prima_seduta: str
    articolo: str
    nota: str

    @property
    def is_del_sindaco(self) -> bool:
        return self.consiglio == "sindaco"


def presidenza(parametri: Parametri) -> Presidenza | None:
    """Who chairs, or ``None`` where the law of the Region is not known."""
    voce = parametri.get("presidenza_consiglio")
    if voce is None:
        return None
    return Presidenza(voce.valore, _PRIMA[voce.valore], str(voce.riferimento), voce.nota)
