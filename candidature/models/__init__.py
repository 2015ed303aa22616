"""Models by subject: lists and people, filing, signatures, examination, draw and links."""

from candidature.models.allegati import CARTE_RISERVATE, Allegato
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
from candidature.models.sopravvenienze import Sopravvenienza
from candidature.models.sorteggio import SorteggioNumeri
from candidature.models.sottoscrizioni import CaricamentoCsv, LetturaSottoscrittori, Sottoscrizione
from candidature.models.trasparenza import PubblicazioneTrasparenza

__all__ = [
    "CARTE_RISERVATE",
    "Allegato",
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
    "PubblicazioneTrasparenza",
    "Rettifica",
    "RilievoCandidatura",
    "Seduta",
    "Sopravvenienza",
    "SorteggioNumeri",
    "Sottoscrizione",
    "StatoDocumento",
    "VersionePresentata",
]
