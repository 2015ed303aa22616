"""Reads files of an election and saves all of them or nothing: one file alone, or many for a fascicolo."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from comuni.fascicolo import Conteggio, FileFascicolo, Importazione, files_fascicolo
from comuni.models import Elezione
from electoral.csv_io import read_table, to_csv


def import_file(
    elezione: Elezione,
    file: FileFascicolo,
    contenuto: bytes,
    *,
    nome: str,
    prova: bool = False,
    by: Any = None,
) -> Importazione:
    """Import one file into an election that exists; what the file does not say stays as it is.

    With errors, or with ``prova``, nothing stays saved.
    """
    importazione = Importazione(completo=False, by=by)
    read_file(importazione, file, nome, contenuto)
    with transaction.atomic():
        importazione.elezione = Elezione.objects.select_for_update().get(pk=elezione.pk)
        load_files(importazione, file)
        if prova or importazione.errori:
            transaction.set_rollback(True)
    return importazione


def read_file(importazione: Importazione, file: FileFascicolo, nome: str, contenuto: bytes) -> None:
    """Bytes -> typed rows; the errors of the reading join those of the import."""
    lettura = read_table(contenuto, file=nome, colonne=file.colonne, chiave=file.chiave)
    importazione.letture[file.nome] = lettura
    importazione.errori += lettura.errori
    importazione.avvisi += lettura.avvisi


def load_files(importazione: Importazione, *soli: FileFascicolo) -> None:
    """Rows -> objects, file by file in their order; to be called inside a transaction.

    ``soli``: these instead of the files of the fascicolo (payment data are never part of it).
    """
    for file in soli or files_fascicolo():
        if lettura := importazione.letture.get(file.nome):
            importazione.conteggi.setdefault(lettura.file, Conteggio())
            file.load(importazione, lettura)
    if not importazione.errori:
        for finish in importazione.alla_fine:
            finish()


def export_file(elezione: Elezione, file: FileFascicolo, *, vuoto: bool = False) -> bytes | None:
    """One file, or None when it would have no rows (``vuoto``: then only its header)."""
    righe: list[Mapping[str, Any]] = list(file.rows(elezione))
    if not righe and not (file.obbligatorio or vuoto):
        return None
    return write_file(file, righe)


def write_file(file: FileFascicolo, righe: list[Mapping[str, Any]], *, per_excel: bool = False) -> bytes:
    """Rows under the columns of the file, without those that only have what is understood."""
    colonne = [
        colonna.nome
        for colonna in file.colonne
        if colonna.nome not in file.sottintesi
        or any(riga[colonna.nome] != file.sottintesi[colonna.nome] for riga in righe)
    ]
    return to_csv(colonne, ([riga[colonna] for colonna in colonne] for riga in righe), per_excel=per_excel)


def empty_model(file: FileFascicolo) -> bytes:
    """Every column the file may have, and no row: to be filled in."""
    return to_csv([colonna.nome for colonna in file.colonne], [], per_excel=True)
