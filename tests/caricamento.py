"""A file into the admin as a person does it: upload, look at the preview, confirm."""

import html
import re

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

MODELLI = {
    "sezioni.csv": "comuni_sezione",
    "sindaci.csv": "candidature_candidatosindaco",
    "liste.csv": "candidature_lista",
    "candidati.csv": "candidature_candidato",
    "affluenza.csv": "risultati_affluenza",
    "scrutinio.csv": "risultati_scrutinio",
    "voti_sindaci.csv": "risultati_votisindaco",
    "voti_liste.csv": "risultati_votilista",
    "voti_preferenze.csv": "risultati_votipreferenza",
    "vicende.csv": "risultati_vicenda",
    "sorteggi.csv": "risultati_sorteggio",
    "albo_scrutatori.csv": "seggi_iscritto",
    "albo_presidenti.csv": "seggi_iscritto",
    "nomine.csv": "seggi_nomina",
    "rappresentanti.csv": "seggi_rappresentante",
}


def pagina(file: str, azione: str = "import") -> str:
    return reverse(f"admin:{MODELLI[file]}_{azione}")


def carica(client, elezione, file: str, contenuto: bytes, nome: str = ""):
    dati = {
        "elezione": elezione.slug,
        "resource": "1" if file == "albo_presidenti.csv" else "0",
        "format": "0",
        "import_file": SimpleUploadedFile(nome or file, contenuto),
    }
    return client.post(pagina(file), dati)


def conferma(client, file: str, anteprima, **altro):
    trovati = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', anteprima.content.decode())
    campi = {nome: html.unescape(valore) for nome, valore in trovati} | altro
    return client.post(pagina(file, "process_import"), campi, follow=True)
