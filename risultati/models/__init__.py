"""Models by subject: counts (``scrutinio``) and outcomes (``esito``)."""

from risultati.models.esito import Eletto, Proclamazione, Riparto, Sorteggio
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
    "Eletto",
    "Proclamazione",
    "Riparto",
    "Scrutinio",
    "Sorteggio",
    "Turno",
    "VotiLista",
    "VotiPreferenza",
    "VotiSindaco",
]
