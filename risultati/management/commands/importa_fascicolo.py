"""``python manage.py importa_fascicolo CARTELLA [--prova]``."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from comuni.fascicolo import Importazione
from risultati.fascicolo.cartella import FascicoloErrato, read_cartella
from risultati.fascicolo.importazione import import_fascicolo

MASSIMO_ERRORI = 200


class Command(BaseCommand):
    help = (
        "Importa un'elezione da una cartella (o ZIP) di file CSV. Tutto o niente; ripeterlo non cambia nulla."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument("cartella", type=Path, help="cartella o file ZIP del fascicolo")
        parser.add_argument(
            "--prova", action="store_true", help="dice che cosa cambierebbe, senza salvare nulla"
        )

    def handle(self, *args, cartella: Path, prova: bool, **opzioni) -> None:
        if not cartella.exists():
            raise CommandError(f"«{cartella}» non esiste: indica la cartella o il file ZIP del fascicolo.")
        try:
            importazione = import_fascicolo(read_cartella(cartella), prova=prova)
        except FascicoloErrato as errore:
            self._refuse(errore.errori)
        if importazione.errori:
            self._refuse(importazione.errori)
        self._report(importazione, prova)

    def _refuse(self, errori) -> None:
        for errore in errori[:MASSIMO_ERRORI]:
            self.stderr.write(errore.messaggio)
        if len(errori) > MASSIMO_ERRORI:
            self.stderr.write(f"… e altri {len(errori) - MASSIMO_ERRORI} errori")
        quanti = "1 errore" if len(errori) == 1 else f"{len(errori)} errori"
        raise CommandError(f"{quanti}: non è stato salvato nulla.")

    def _report(self, importazione: Importazione, prova: bool) -> None:
        for avviso in importazione.avvisi:
            self.stdout.write(f"attenzione: {avviso.messaggio}")
        for nome, c in importazione.conteggi.items():
            azzerati = f", {c.azzerati} azzerati" if c.azzerati else ""
            self.stdout.write(
                f"{nome}: {c.nuovi} nuovi, {c.modificati} modificati, {c.invariati} invariati{azzerati}"
            )
        fatto = "Prova: non è stato salvato nulla." if prova else "Importazione riuscita."
        self.stdout.write(f"{importazione.elezione.slug}: {fatto}")
