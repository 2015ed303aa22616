"""Models by subject: registers, offices, sittings, draws, places of care, material, fees."""

from seggi.models.albi import Iscritto
from seggi.models.compensi import Compenso, DatiPagamento, ImpostazioniCompensi, Liquidazione
from seggi.models.luoghi import Luogo
from seggi.models.materiale import Consegna, VoceMateriale
from seggi.models.sedute import SedutaNomina, VotoNomina
from seggi.models.sorteggi import PostoGraduatoria, SorteggioScrutatori
from seggi.models.uffici import Nomina, Rappresentante, RuoloUfficio, Ufficio
from seggi.models.volante import SorteggioVolante

__all__ = [
    "Compenso",
    "Consegna",
    "DatiPagamento",
    "ImpostazioniCompensi",
    "Iscritto",
    "Liquidazione",
    "Luogo",
    "Nomina",
    "PostoGraduatoria",
    "Rappresentante",
    "RuoloUfficio",
    "SedutaNomina",
    "SorteggioScrutatori",
    "SorteggioVolante",
    "Ufficio",
    "VoceMateriale",
    "VotoNomina",
]
