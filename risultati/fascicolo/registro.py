"""The files of this room, registered when Django starts."""

from comuni.fascicolo import register_file
from risultati.fascicolo import affluenza, anagrafiche, fatti, scrutini, voti

for file in (
    anagrafiche.SEZIONI,
    anagrafiche.SINDACI,
    anagrafiche.LISTE,
    anagrafiche.CANDIDATI,
    affluenza.AFFLUENZA,
    scrutini.SCRUTINIO,
    voti.VOTI_SINDACI,
    voti.VOTI_LISTE,
    voti.VOTI_PREFERENZE,
    fatti.VICENDE,
    fatti.SORTEGGI,
):
    register_file(file)
