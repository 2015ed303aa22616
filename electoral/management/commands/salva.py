"""Backup of the whole installation in one folder."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from electoral.salvataggio import SalvataggioNonRiuscito, save_all


class Command(BaseCommand):
    help = "Salva banca dati, archivio e file pubblici in una cartella nuova."

    def add_arguments(self, parser) -> None:
        parser.add_argument("cartella", type=Path)

    def handle(self, *args, cartella: Path, **options) -> None:
        try:
            indice = save_all(cartella)
        except (SalvataggioNonRiuscito, OSError) as errore:
            raise CommandError(str(errore)) from errore
        for nome, impronta in indice["file"].items():
            self.stdout.write(f"{impronta}  {cartella / nome}")
        self.stdout.write("Salvato. La chiave segreta (SECRET_KEY) si conserva a parte.")
