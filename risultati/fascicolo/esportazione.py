"""Writes the fascicolo of an election: importing it elsewhere gives the same election."""

import io
import zipfile
from pathlib import Path

from comuni.fascicolo import files_fascicolo
from comuni.importazione import export_file
from comuni.models import Elezione
from risultati.fascicolo.cartella import DESCRIZIONE
from risultati.fascicolo.descrizione import write_descrizione


def export_fascicolo(elezione: Elezione, *, riservati: bool = False) -> dict[str, bytes]:
    """The files by name; a file without rows is not written, unless a fascicolo cannot lack it.

    ``riservati``: also the signers, who may leave only in the hands of who keeps the installation.
    """
    contenuti = {DESCRIZIONE: write_descrizione(elezione)}
    for file in files_fascicolo():
        if file.riservato and not riservati:
            continue
        scritto = export_file(elezione, file)
        if scritto is not None:
            contenuti[file.nome] = scritto
    return contenuti


def write_cartella(elezione: Elezione, cartella: Path, *, riservati: bool = True) -> list[str]:
    """Write the files in a folder, which is made if it is not there; returns their names."""
    cartella.mkdir(parents=True, exist_ok=True)
    contenuti = export_fascicolo(elezione, riservati=riservati)
    for nome, contenuto in contenuti.items():
        (cartella / nome).write_bytes(contenuto)
    return list(contenuti)


def write_zip(elezione: Elezione) -> bytes:
    uscita = io.BytesIO()
    with zipfile.ZipFile(uscita, "w", zipfile.ZIP_DEFLATED) as archivio:
        for nome, contenuto in export_fascicolo(elezione).items():
            archivio.writestr(nome, contenuto)
    return uscita.getvalue()
