"""Models by subject: lists and people, filing, signatures, examination, draw and links."""

from candidature.models.collegamenti import DichiarazioneCollegamento
from candidature.models.istruttoria import (
    Audizione,
    Decisione,
    Esclusione,
    Notifica,
    RilievoCandidatura,
    Seduta,
)
from candidature.models.liste import Candidato, CandidatoSindaco, Lista, StatoDocumento
from candidature.models.presentazione import Delegato, Documento, Rettifica, VersionePresentata
from candidature.models.sorteggio import SorteggioNumeri
from candidature.models.sottoscrizioni import CaricamentoCsv, LetturaSottoscrittori, Sottoscrizione

__all__ = [
    "Audizione",
    "Candidato",
    "CandidatoSindaco",
    "CaricamentoCsv",
    "Decisione",
    "Delegato",
    "DichiarazioneCollegamento",
    "Documento",
    "Esclusione",
    "LetturaSottoscrittori",
    "Lista",
    "Notifica",
    "Rettifica",
    "RilievoCandidatura",
    "Seduta",
    "SorteggioNumeri",
    "Sottoscrizione",
    "StatoDocumento",
    "VersionePresentata",
]
