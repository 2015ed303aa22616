"""``python manage.py carica_liste_generate dati/liste_capoluoghi_2021.csv``"""

from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from candidature.liste_generate import load_liste_generate


class Command(BaseCommand):
    help = "Carica liste vere con candidati generati, una elezione di prova per comune."

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--data", type=date.fromisoformat, default=date(2021, 10, 3))
        parser.add_argument("--comune", default="", help="Soltanto questo comune.")

    def handle(self, *args, file: Path, data: date, comune: str, **options) -> None:
        if not file.is_file():
            raise CommandError(f"Il file {file} non esiste.")
        esito = load_liste_generate(file.read_bytes(), file=file.name, data=data, solo=comune)
        if esito.errori:
            raise CommandError("\n".join(errore.messaggio for errore in esito.errori))
        self.stdout.write(
            f"{len(esito.elezioni)} elezioni di prova, {esito.liste} liste,"
            f" {esito.candidati} candidati generati."
        )
