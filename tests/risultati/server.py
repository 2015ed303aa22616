"""A server of its own on the test database, in another process, and the requests of people at their desks."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote, urlencode

from django.conf import settings

RADICE = Path(__file__).parents[2]
GETTONE = "a" * 32


def _url(banca) -> str:
    """The test database as another process reaches it: by the network, or by the socket."""
    accesso = banca["USER"] + (f":{quote(banca['PASSWORD'])}" if banca["PASSWORD"] else "")
    if presa := banca.get("OPTIONS", {}).get("host"):
        return f"postgres://{accesso}@/{banca['NAME']}?host={quote(presa)}&conn_max_age=0"
    dove = f"{banca['HOST'] or '127.0.0.1'}:{banca['PORT'] or 5432}"
    return f"postgres://{accesso}@{dove}/{banca['NAME']}?conn_max_age=0"


@contextmanager
def server_vero() -> Iterator[tuple[subprocess.Popen, int]]:
    """The process and its port; killed at the end."""
    with socket.socket() as presa:
        presa.bind(("127.0.0.1", 0))
        porta = presa.getsockname()[1]
    ambiente = os.environ | {
        "DATABASE_URL": _url(settings.DATABASES["default"]),
        "SECRET_KEY": settings.SECRET_KEY,
    }
    comando = [sys.executable, "manage.py", "runserver", f"127.0.0.1:{porta}", "--noreload"]
    processo = subprocess.Popen(
        comando, cwd=RADICE, env=ambiente, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait(processo, porta)
        yield processo, porta
    finally:
        processo.kill()
        processo.wait()


def _wait(processo: subprocess.Popen, porta: int) -> None:
    for _ in range(1200):
        assert processo.poll() is None, "il server non è partito"
        with socket.socket() as presa:
            if presa.connect_ex(("127.0.0.1", porta)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError("il server non risponde")


def send(porta: int, percorso: str, sessione: str, dati: dict | None = None) -> tuple[int, str]:
    """State and body of a request by who has the session; with ``dati`` it is a form sent."""
    corpo = None
    intestazioni = {"Cookie": f"sessionid={sessione}; csrftoken={GETTONE}", "X-CSRFToken": GETTONE}
    if dati is not None:
        corpo = urlencode({campo: "" if valore is None else valore for campo, valore in dati.items()})
        intestazioni["Content-Type"] = "application/x-www-form-urlencoded"
    with closing(http.client.HTTPConnection("127.0.0.1", porta, timeout=60)) as connessione:
        connessione.request("GET" if dati is None else "POST", percorso, corpo, intestazioni)
        risposta = connessione.getresponse()
        return risposta.status, risposta.read().decode()
