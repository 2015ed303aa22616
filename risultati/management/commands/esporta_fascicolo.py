"""``python manage.py esporta_fascicolo ELEZIONE CARTELLA``."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from comuni.models import Elezione
from risultati.fascicolo.esportazione import write_cartella


class Command(BaseCommand):
    help = "Scrive il fascicolo di un'elezione: importarlo altrove dà la stessa elezione."

    def add_arguments(self, parser) -> None:
        parser.add_argument("elezione", help="nome breve dell'elezione (slug), per esempio comune-2021")
        parser.add_argument("cartella", type=Path, help="cartella in cui scrivere; si crea se non c'è")

        parser.add_argument(
            "--senza-sottoscrittori",
            action="store_true",
            help="lascia fuori chi ha firmato per le liste (dati particolari)",
        )

    def handle(self, *args, elezione: str, cartella: Path, senza_sottoscrittori: bool, **opzioni) -> None:
        trovata = Elezione.objects.filter(slug=elezione).first()
        if trovata is None:
            raise CommandError(f"Nessuna elezione si chiama «{elezione}».")
        for nome in write_cartella(trovata, cartella, riservati=not senza_sottoscrittori):
            self.stdout.write(str(cartella / nome))
