"""How sure the figures are and of when, in the words that board, wall and public page share."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from risultati.models import Proclamazione, Riparto
from risultati.stato import StatoTurno


@dataclass(frozen=True, slots=True)
class StatoCifre:
    """``dati``: ufficiosi while sections are missing, definitivi, proclamati. ``quando``: of which hour."""

    dati: str
    testo: str
    quando: datetime


def describe_cifre(
    stati: Mapping[int, StatoTurno], *, proclamazione: Proclamazione | None, riparto: Riparto | None
) -> StatoCifre:
    """Of the last round begun among ``stati`` (one round alone for the board)."""
    if proclamazione:
        quando = proclamazione.proclamata_il or proclamazione.registrata_il
        return StatoCifre("proclamati", "Eletti proclamati", quando)
    ultimo = max(stati.values(), key=lambda s: (s.is_iniziato, s.turno))
    if ultimo.is_completo:
        al_ballottaggio = ultimo.turno == 1 and riparto is not None and riparto.tipo_esito == "ballottaggio"
        seguito = "si va al ballottaggio" if al_ballottaggio else "in attesa della proclamazione"
        return StatoCifre("definitivi", f"Scrutinio completo, {seguito}", ultimo.ultima or timezone.now())
    if ultimo.is_iniziato:
        testo = f"Scrutinio in corso: {ultimo.definitive} sezioni su {ultimo.sezioni}"
        return StatoCifre("ufficiosi", testo, timezone.now())
    return StatoCifre("ufficiosi", "In attesa dei risultati", timezone.now())
