"""Models by subject: counts, readings (``digitazione``), the days around, outcomes (``esito``)."""

from risultati.models import congelamento  # noqa: F401  (declares the triggers)
from risultati.models.digitazione import BozzaPasso, Digitazione, Passaggio, PassoDigitato, RilievoSezione
from risultati.models.esito import Eletto, Proclamazione, Riparto, Sorteggio, Vicenda
from risultati.models.giornata import Annotazione, IndirizzoSchermo, InvioAffluenza, Scansione
from risultati.models.scrutinio import (
    Affluenza,
    Scrutinio,
    Turno,
    VotiLista,
    VotiPreferenza,
    VotiSindaco,
)

__all__ = [
    "Affluenza",
    "Annotazione",
    "BozzaPasso",
    "Digitazione",
    "Eletto",
    "IndirizzoSchermo",
    "InvioAffluenza",
    "Passaggio",
    "PassoDigitato",
    "Proclamazione",
    "Riparto",
    "RilievoSezione",
    "Scansione",
    "Scrutinio",
    "Sorteggio",
    "Turno",
    "Vicenda",
    "VotiLista",
    "VotiPreferenza",
    "VotiSindaco",
]
