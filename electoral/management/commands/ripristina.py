"""Restore of a backup into an empty database and an empty folder."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from electoral.salvataggio import SalvataggioNonRiuscito, check_backup, restore_all


class Command(BaseCommand):
    help = "Ripristina un salvataggio in una banca dati vuota; con --controlla guarda solo se è intero."
    requires_migrations_checks = False

    def add_arguments(self, parser) -> None:
        parser.add_argument("cartella", type=Path)
        parser.add_argument("--controlla", action="store_true", help="non scrive niente")

    def handle(self, *args, cartella: Path, controlla: bool, **options) -> None:
        try:
            indice = check_backup(cartella) if controlla else restore_all(cartella)
        except (SalvataggioNonRiuscito, OSError) as errore:
            raise CommandError(str(errore)) from errore
        self.stdout.write(f"Salvataggio del {indice['fatto_il']}, Urna {indice['urna']}: intero.")
        if not controlla:
            self.stdout.write("Ripristinato. Ora: manage.py migrate, poi il confronto del riparto.")
