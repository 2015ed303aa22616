"""Writes the fascicolo of an election: importing it elsewhere gives the same election."""

import io
import zipfile
from pathlib import Path

from comuni.fascicolo import FileFascicolo, files_fascicolo
from comuni.models import Elezione
from electoral.csv_io import to_csv
from risultati.fascicolo.cartella import DESCRIZIONE
from risultati.fascicolo.descrizione import write_descrizione


def export_fascicolo(elezione: Elezione) -> dict[str, bytes]:
    """The files by name; a file without rows is not written, unless a fascicolo cannot lack it."""
    contenuti = {DESCRIZIONE: write_descrizione(elezione)}
    for file in files_fascicolo():
        scritto = export_file(elezione, file)
        if scritto is not None:
            contenuti[file.nome] = scritto
    return contenuti


def export_file(elezione: Elezione, file: FileFascicolo, *, vuoto: bool = False) -> bytes | None:
    """One file, or None when it would have no rows (``vuoto``: then only its header)."""
    righe = list(file.rows(elezione))
    if not righe and not (file.obbligatorio or vuoto):
        return None
    colonne = [
        colonna.nome
        for colonna in file.colonne
        if colonna.nome not in file.sottintesi
        or any(riga[colonna.nome] != file.sottintesi[colonna.nome] for riga in righe)
    ]
    return to_csv(colonne, ([riga[colonna] for colonna in colonne] for riga in righe))


def write_cartella(elezione: Elezione, cartella: Path) -> list[str]:
    """Write the files in a folder, which is made if it is not there; returns their names."""
    cartella.mkdir(parents=True, exist_ok=True)
    contenuti = export_fascicolo(elezione)
    for nome, contenuto in contenuti.items():
        (cartella / nome).write_bytes(contenuto)
    return list(contenuti)


def write_zip(elezione: Elezione) -> bytes:
    uscita = io.BytesIO()
    with zipfile.ZipFile(uscita, "w", zipfile.ZIP_DEFLATED) as archivio:
        for nome, contenuto in export_fascicolo(elezione).items():
            archivio.writestr(nome, contenuto)
    return uscita.getvalue()
