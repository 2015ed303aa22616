"""A real Celery worker on the real Redis and PostgreSQL; without them these tests do not count as passed."""

import os
import signal
import subprocess
import sys
import time
import uuid
from contextlib import suppress
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
        comando = ["worker", "--concurrency", "1", "--hostname", f"prova-{uuid.uuid4().hex[:8]}@%h"]
        comando += ["--loglevel", "warning", "--without-gossip", "--without-mingle"]
        processo = _start_celery(comando, tmp_path, registro)
        avviati.append(processo)
        return processo

    start.primo = start()
    yield start
    for processo in avviati:
        _kill_gruppo(processo)
    registro.close()


@pytest.fixture
def spazzino(transactional_db, servizi, tmp_path):
    """The real ``celery beat`` with the settings of the product: nothing else sends the sweeper."""
    with (tmp_path / "beat.txt").open("w") as registro:
        comando = ["beat", "--schedule", str(tmp_path / "beat"), "--pidfile=", "--loglevel", "warning"]
        processo = _start_celery(comando, tmp_path, registro)
        yield processo
        _kill_gruppo(processo)


def _start_celery(comando: list[str], archivio: Path, registro) -> subprocess.Popen:
    """A session of its own: what it starts can be killed with it."""
    ambiente = os.environ | {"DATABASE_URL": _url_di_prova(), "PYTHONPATH": str(RADICE)}
    ambiente |= {"URNA_DATI": str(archivio)}
    intero = [sys.executable, "-m", "celery", "-A", "electoral", *comando]
    return subprocess.Popen(
        intero, cwd=RADICE, env=ambiente, stdout=registro, stderr=registro, start_new_session=True
    )


def _kill_gruppo(processo: subprocess.Popen) -> None:
    with suppress(ProcessLookupError):
        os.killpg(processo.pid, signal.SIGKILL)
    processo.wait()


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
