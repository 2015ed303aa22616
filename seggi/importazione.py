"""One file of this room into an election that exists: everything or nothing, and what it would do before."""

from django.db import transaction

from comuni.fascicolo import FileFascicolo, Importazione
from comuni.models import Elezione
from electoral.csv_io import read_table


def import_file(
    elezione: Elezione, file: FileFascicolo, contenuto: bytes, *, nome: str, prova: bool = False, by=None
) -> Importazione:
    """Import a register or the nominations; with errors, or with ``prova``, nothing stays saved."""
    importazione = Importazione(completo=False, by=by)
    lettura = read_table(contenuto, file=nome, colonne=file.colonne, chiave=file.chiave)
    importazione.letture[file.nome] = lettura
    importazione.errori += lettura.errori
    importazione.avvisi += lettura.avvisi
    with transaction.atomic():
        importazione.elezione = Elezione.objects.select_for_update().get(pk=elezione.pk)
        file.load(importazione, lettura)
        if prova or importazione.errori:
            transaction.set_rollback(True)
    return importazione
