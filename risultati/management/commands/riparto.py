"""``manage.py riparto ELEZIONE [--json]``: the allocation of a stored election, and its row."""

from django.core.management.base import BaseCommand, CommandError

from comuni.models import Elezione
from risultati.riparto import RipartoImpossibile, dumps, run_riparto_elezione


class Command(BaseCommand):
    help = "Calcola e conserva il riparto di un'elezione; con --json ne scrive l'esito completo."

    def add_arguments(self, parser) -> None:
        parser.add_argument("elezione", help="slug dell'elezione, per esempio san-benedetto-del-tronto-2021")
        parser.add_argument(
            "--json", action="store_true", help="l'esito come lo dà «python -m norme riparto»"
        )
        parser.add_argument(
            "--dati", action="store_true", help="con --json, scrive invece i dati in ingresso"
        )

    def handle(self, *args, **opzioni) -> None:
        elezione = Elezione.objects.filter(slug=opzioni["elezione"]).select_related("comune").first()
        if elezione is None:
            raise CommandError(f"Nessuna elezione con slug «{opzioni['elezione']}».")
        try:
            riparto = run_riparto_elezione(elezione)
        except RipartoImpossibile as errore:
            raise CommandError(str(errore)) from errore
        if opzioni["json"]:
            self.stdout.write(dumps(riparto.dati if opzioni["dati"] else riparto.esito))
            return
        for passo in riparto.esito["passi"]:
            self.stdout.write(f"[{passo['articolo']}] {passo['testo']}")
        self.stdout.write(f"Esito: {riparto.tipo_esito} · impronta dei dati {riparto.impronta[:16]}")
