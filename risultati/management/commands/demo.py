"""``python manage.py demo [--senza-sito] [--porta N]``: real elections, from the files to the manifesto."""

import socket
import subprocess
import sys

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from comuni.models import Elezione
from risultati import dimostrazione
from risultati.fascicolo.cartella import FascicoloErrato


class Command(BaseCommand):
    help = "Elezioni vere fino al manifesto, una prova generale di dati generati, il sito in locale."

    def add_arguments(self, parser) -> None:
        parser.add_argument(
            "--senza-sito", action="store_true", help="fa tutto e finisce, senza aprire il sito"
        )
        parser.add_argument("--porta", type=int, default=8000, help="porta del sito (predefinita: 8000)")

    def handle(self, *args, senza_sito: bool, porta: int, **opzioni) -> None:
        if settings.PRODUZIONE:
            raise CommandError("La dimostrazione non si carica in un'installazione di produzione.")
        self._step("Preparo la banca dati")
        call_command("migrate", verbosity=0)
        try:
            self._load()
        except FascicoloErrato as errore:
            for riga in errore.errori:
                self.stderr.write(riga.messaggio)
            raise CommandError("I dati della dimostrazione non si leggono.") from errore
        accessi = dimostrazione.create_utenti()
        self._step("Preparo l'ufficio della prova generale, tutta di dati generati")
        dimostrazione.fill_prova_generale(self.stdout.write)
        if senza_sito:
            self._say_accessi(accessi, None)
            return
        self._serve(_free_port(porta), accessi)

    def _load(self) -> None:
        self._step("Carico i comuni dell'ottobre 2021")
        self.stdout.write(f"  {dimostrazione.load_comuni()} nuovi")
        self._step("Carico le elezioni")
        elezioni = dimostrazione.load_elezioni(self.stdout.write)
        dimostrazione.load_prova_generale()
        self._step("Eseguo il riparto e la proclamazione")
        for elezione in elezioni:
            self.stdout.write(f"  {elezione}: {dimostrazione.conclude(elezione)}")
        self._step("Produco il manifesto degli eletti e gli altri atti")
        principale = Elezione.objects.select_related("comune").get(slug=dimostrazione.PRINCIPALE)
        for file in dimostrazione.produce_manifesto(principale):
            self.stdout.write(f"  {file}")

    def _step(self, testo: str) -> None:
        self.stdout.write(self.style.MIGRATE_HEADING(f"{dimostrazione.adesso()} {testo}"))

    def _say_accessi(self, accessi, porta: int | None) -> None:
        sito = f"http://localhost:{porta or 8000}"
        self.stdout.write("" if porta else "\nIl sito si apre con «make run».")
        self.stdout.write(self.style.SUCCESS(f"Sito pubblico: {sito}/"))
        self.stdout.write(self.style.SUCCESS(f"Elezione vera: {sito}/ufficio/{dimostrazione.PRINCIPALE}/"))
        self.stdout.write(
            self.style.SUCCESS(f"Ufficio al lavoro (dati generati): {sito}/ufficio/{dimostrazione.PROVA}/")
        )
        self.stdout.write("Accessi (password fatte a caso per questo computer):")
        for nome, parola, chi in accessi:
            self.stdout.write(f"  {nome:<16} {parola:<14} {chi}")
        self.stdout.write(f"Sono anche in {dimostrazione.ACCESSI}")

    def _serve(self, porta: int, accessi) -> None:
        self._say_accessi(accessi, porta)
        self.stdout.write("Per fermare il sito: Ctrl+C")
        comando = [sys.executable, "-m", "gunicorn", "electoral.wsgi", "--bind", f"127.0.0.1:{porta}"]
        comando += ["--workers", "2", "--threads", "4", "--log-level", "warning"]
        sito = subprocess.Popen(comando, cwd=settings.BASE_DIR)
        try:
            sito.wait()
        except KeyboardInterrupt:
            sito.terminate()
            sito.wait()
        if sito.returncode not in (0, -2, -15):
            raise CommandError(f"Il sito si è fermato da solo (codice {sito.returncode}).")


def _free_port(porta: int) -> int:
    """The wanted port, or the first free one after it."""
    for candidata in range(porta, porta + 50):
        with socket.socket() as prova:
            prova.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                prova.bind(("127.0.0.1", candidata))
            except OSError:
                continue
            return candidata
    raise CommandError(f"Nessuna porta libera fra {porta} e {porta + 49}.")
