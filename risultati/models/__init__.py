"""Models by subject: counts, readings (``digitazione``), the days around, outcomes (``esito``)."""

from risultati.models import congelamento  # noqa: F401  (declares the triggers)
from risultati.models.digitazione import BozzaPasso, Digitazione, Passaggio, PassoDigitato, RilievoSezione
from risultati.models.esito import Eletto, Proclamazione, Riparto, Sorteggio, Vicenda
from risultati.models.giornata import Annotazione, IndirizzoSchermo, InvioAffluenza, Scansione
from risultati.models.giunta import Assessore
from risultati.models.mandato import Surroga
from risultati.models.pubblicazione import Erratum, Pubblicazione
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
    "Assessore",
    "BozzaPasso",
    "Digitazione",
    "Eletto",
    "Erratum",
    "IndirizzoSchermo",
    "InvioAffluenza",
    "Passaggio",
    "PassoDigitato",
    "Proclamazione",
    "Pubblicazione",
    "Riparto",
    "RilievoSezione",
    "Scansione",
    "Scrutinio",
    "Sorteggio",
    "Surroga",
    "Turno",
    "Vicenda",
    "VotiLista",
    "VotiPreferenza",
    "VotiSindaco",
]
