"""``manage.py percorso``: every real election, from the folder of CSV files to the PDF acts."""

import subprocess
import sys
import time
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from electoral.lavori import requeue_scaduti
from electoral.models import Lavoro
from risultati.percorso import request_percorso


class Command(BaseCommand):
    help = "Porta ogni fascicolo dall'importazione agli atti e lo confronta con l'esito ufficiale."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--cartella", default=str(Path(settings.BASE_DIR) / "dati" / "fascicoli"))
        parser.add_argument("--solo", nargs="*", default=[], help="soltanto questi fascicoli")
        parser.add_argument("--processi", type=int, default=2, help="worker paralleli, con REDIS_URL")
        parser.add_argument("--attesa", type=int, default=1800, help="secondi al massimo")

    def handle(self, *args, **opzioni) -> None:
        radice = Path(opzioni["cartella"])
        cartelle = [c for c in sorted(radice.iterdir()) if (c / "elezione.toml").exists()]
        if opzioni["solo"]:
            cartelle = [c for c in cartelle if c.name in opzioni["solo"]]
        inizio = time.monotonic()
        worker = self._start_worker(opzioni["processi"])
        try:
            pk = [request_percorso(cartella).pk for cartella in cartelle]
            self._wait(pk, opzioni["attesa"])
        finally:
            if worker:
                self._stop(worker)
        self._report(pk, time.monotonic() - inizio)

    def _start_worker(self, processi: int) -> subprocess.Popen | None:
        """Celery workers of our own, only with a real Redis; else the jobs run in this process."""
        if settings.CELERY_TASK_ALWAYS_EAGER:
            return None
        comando = ["-m", "celery", "-A", "electoral", "worker", "-c", str(processi), "--loglevel", "ERROR"]
        return subprocess.Popen([sys.executable, *comando], cwd=settings.BASE_DIR)

    def _stop(self, worker: subprocess.Popen) -> None:
        """Everything is done: a worker slow to go must not hide the report."""
        worker.terminate()
        try:
            worker.wait(timeout=30)
        except subprocess.TimeoutExpired:
            worker.kill()
            worker.wait()

    def _wait(self, pk: list[int], secondi: int) -> None:
        fine = time.monotonic() + secondi
        while Lavoro.objects.filter(pk__in=pk).aperti().exists():
            if time.monotonic() > fine:
                raise CommandError("Il percorso non è finito nel tempo dato.")
            time.sleep(1)
            requeue_scaduti()

    def _report(self, pk: list[int], secondi: float) -> None:
        righe = Lavoro.objects.filter(pk__in=pk).order_by("pk")
        sbagliati = 0
        for riga in righe:
            nome = Path(riga.parametri["cartella"]).name
            differenze = riga.esito.get("differenze", [])
            giusto = riga.stato == Lavoro.Stato.RIUSCITO and not differenze
            sbagliati += not giusto
            dettaglio = (
                riga.errore or "; ".join(differenze) or f"{len(riga.esito['atti'])} atti, come l'ufficiale"
            )
            self.stdout.write(f"{'✔' if giusto else '✖'} {nome}: {dettaglio}")
        self.stdout.write(f"{len(righe) - sbagliati} su {len(righe)} in {secondi:.0f} secondi")
        if sbagliati:
            raise CommandError(f"{sbagliati} elezioni non tornano.")
