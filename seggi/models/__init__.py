"""Models by subject: registers (albi), offices (uffici), draws (sorteggi), fees (compensi)."""

from seggi.models.albi import Iscritto
from seggi.models.compensi import Compenso, DatiPagamento, ImpostazioniCompensi, Liquidazione
from seggi.models.sorteggi import PostoGraduatoria, SorteggioScrutatori
from seggi.models.uffici import Consegna, Nomina, Rappresentante, RuoloUfficio, Ufficio

__all__ = [
    "Compenso",
    "Consegna",
    "DatiPagamento",
    "ImpostazioniCompensi",
    "Iscritto",
    "Liquidazione",
    "Nomina",
    "PostoGraduatoria",
    "Rappresentante",
    "RuoloUfficio",
    "SorteggioScrutatori",
    "Ufficio",
]
