"""Verb ``calendario``: every duty of an election with its day.

Input: the election (``data``, ``popolazione`` or ``sistema``, ``ordinamento``, ``capoluogo``, ``scelte``),
and optionally ``giorni``, ``ballottaggio`` (null: not known yet), ``fine_scrutinio``, ``proclamazione``.
"""

from collections.abc import Mapping
from typing import Any

from norme.calendario import build_calendario
from norme.comandi.elezione import read_parametri, refuse_unknown
from norme.ingresso import Oggetto

MASSIMO_GIORNI = 2


def run(dati: Mapping[str, Any]) -> dict[str, object]:
    """The duties in order, and what is not known about the calendar of this ordinamento."""
    radice = Oggetto(dati)
    parametri = read_parametri(radice)
    adempimenti = build_calendario(
        parametri,
        giorni=radice.intero_facoltativo("giorni", minimo=1, massimo=MASSIMO_GIORNI),
        ballottaggio=booleano_facoltativo(radice, "ballottaggio"),
        fine_scrutinio=radice.giorno_facoltativo("fine_scrutinio"),
        proclamazione=radice.giorno_facoltativo("proclamazione"),
    )
    refuse_unknown(radice)
    completo = parametri["calendario_completo"]
    return {
        "adempimenti": [voce.as_dict() for voce in adempimenti],
        "avvertenze": [] if completo.valore else [completo.nota],
    }


def booleano_facoltativo(dati: Oggetto, nome: str) -> bool | None:
    """``true``, ``false``, or None when absent or null."""
    valore = dati.booleano(nome, default=False)
    return None if dati.dati.get(nome) is None else valore
