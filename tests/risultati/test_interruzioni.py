"""kill -9 of the executor at any point: the job is done once, and the acts are the same to the bit."""

import hashlib
import os
import random
import signal
import subprocess
import sys
import time

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from comuni.atti import reproduce_pdf
from comuni.models import Elezione
from electoral.celery import app
from electoral.lavori import requeue_scaduti
from electoral.models import Lavoro
from risultati.proclamazione import proclaim
from risultati.riparto import run_riparto_elezione
from risultati.tasks import ATTI, RIPARTO
from tests.risultati.elezioni import semplice

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.servizi, pytest.mark.lento]

PUNTI = 20
ESECUTORE = """
import sys
import django
django.setup()
from electoral.lavori import execute_lavoro
print("pronto", flush=True)
execute_lavoro(int(sys.argv[1]))
"""


def start(pk: int, archivio) -> subprocess.Popen:
    """Another process that executes the job on the test database."""
    base = connection.settings_dict
    host = base["HOST"] or "127.0.0.1"
    url = f"postgres://{base['USER']}:{base['PASSWORD']}@{host}:{base['PORT'] or 5432}/{base['NAME']}"
    ambiente = {
        **os.environ,
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "electoral.settings",
        "URNA_DATI": str(archivio),
    }
    comando = [sys.executable, "-W", "ignore", "-c", ESECUTORE, str(pk)]
    processo = subprocess.Popen(comando, env=ambiente, cwd=settings.BASE_DIR, stdout=subprocess.PIPE)
    processo.stdout.readline()
    return processo


def kill_after(processo: subprocess.Popen, secondi: float) -> None:
    time.sleep(secondi)
    processo.send_signal(signal.SIGKILL)
    processo.wait()
    processo.stdout.close()


def expire(pk: int) -> None:
    """The fast path: as if the lease had run out (the real wait: ``tests/servizi/test_worker_ucciso.py``)."""
    Lavoro.objects.filter(pk=pk, stato=Lavoro.Stato.IN_CORSO).update(
        scade_il=timezone.now() - timezone.timedelta(seconds=1)
    )


def lavoro(tipo: str, elezione: Elezione) -> Lavoro:
    return Lavoro.objects.create(
        tipo=tipo, parametri={"elezione": elezione.pk}, chiave=f"{tipo}:{elezione.pk}"
    )


def test_an_interrupted_job_is_done_once_with_the_same_hash(tmp_path, monkeypatch):
    # the executors are processes of this test; the sweeper runs what it takes back here, not in a worker
    monkeypatch.setattr(app.conf, "task_always_eager", True)
    settings.STORAGES["default"]["OPTIONS"]["location"] = str(tmp_path / "archivio")
    caso = random.Random(20211003)
    attesa = None
    for punto in range(PUNTI):
        elezione = semplice(nome=f"interrotta-{punto}")
        tipo = ATTI if punto % 2 else RIPARTO
        if tipo == ATTI:
            proclaim(elezione, riparto=run_riparto_elezione(elezione), presidente="Maria Rossi")
        riga = lavoro(tipo, elezione)
        kill_after(start(riga.pk, tmp_path), caso.uniform(0, 0.8 if tipo == ATTI else 0.08))
        expire(riga.pk)
        requeue_scaduti()
        if Lavoro.objects.get(pk=riga.pk).stato == Lavoro.Stato.IN_CODA:
            Lavoro.objects.filter(pk=riga.pk).update(
                aggiornato_il=timezone.now() - timezone.timedelta(seconds=31)
            )
            requeue_scaduti()

        assert Lavoro.objects.get(pk=riga.pk).stato == Lavoro.Stato.RIUSCITO, punto
        assert elezione.riparti.count() == 1
        attesa = attesa or elezione.riparti.get().impronta
        assert elezione.riparti.get().impronta == attesa
        if tipo == ATTI:
            tipi = list(elezione.atti.values_list("tipo", flat=True))
            assert len(tipi) == len(set(tipi)) == 6
            for atto in elezione.atti.all():
                assert hashlib.sha256(reproduce_pdf(atto)).hexdigest() == atto.sha256
