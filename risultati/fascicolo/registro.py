"""The files of this room, registered when Django starts."""

from comuni.fascicolo import register_file
from risultati.fascicolo import anagrafiche, conteggi

for file in (
    anagrafiche.SEZIONI,
    anagrafiche.SINDACI,
    anagrafiche.LISTE,
    anagrafiche.CANDIDATI,
    conteggi.AFFLUENZA,
    conteggi.SCRUTINIO,
    conteggi.VOTI_SINDACI,
    conteggi.VOTI_LISTE,
    conteggi.VOTI_PREFERENZE,
):
    register_file(file)
