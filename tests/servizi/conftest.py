"""A real Celery worker on the real Redis and PostgreSQL; without them these tests do not count as passed."""

import os
import subprocess
import sys
import time
import uuid
from pathlib import Path

import pytest
from django.db import connection

RADICE = Path(__file__).parents[2]


@pytest.fixture
def servizi():
    """The services these tests ask for: a missing one is a failure, not a skip."""
    assert os.environ.get("REDIS_URL"), "queste prove chiedono REDIS_URL e DATABASE_URL"


@pytest.fixture
def worker(transactional_db, servizi, tmp_path):
    """Start ``celery worker`` on the test database; it is stopped at the end."""
    avviati: list[subprocess.Popen] = []
    registro = (tmp_path / "worker.txt").open("w")

    def start() -> subprocess.Popen:
        ambiente = os.environ | {"DATABASE_URL": _url_di_prova(), "PYTHONPATH": str(RADICE)}
        comando = [sys.executable, "-m", "celery", "-A", "electoral", "worker", "--concurrency", "1"]
        comando += ["--hostname", f"prova-{uuid.uuid4().hex[:8]}@%h", "--loglevel", "warning"]
        comando += ["--without-gossip", "--without-mingle"]
        processo = subprocess.Popen(comando, cwd=RADICE, env=ambiente, stdout=registro, stderr=registro)
        avviati.append(processo)
        return processo

    start()
    yield start
    for processo in avviati:
        processo.kill()
        processo.wait()
    registro.close()


def _url_di_prova() -> str:
    dati = connection.settings_dict
    accesso = f"{dati['USER']}:{dati['PASSWORD']}" if dati["PASSWORD"] else dati["USER"]
    return f"postgres://{accesso}@{dati['HOST']}:{dati['PORT'] or 5432}/{dati['NAME']}"


def wait_until(condizione, *, secondi: float = 60) -> bool:
    """Whether it became true in time."""
    fine = time.monotonic() + secondi
    while time.monotonic() < fine:
        if condizione():
            return True
        time.sleep(0.2)
    return False
