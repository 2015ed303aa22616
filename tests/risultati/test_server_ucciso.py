"""The server is killed while people save: what was confirmed is there, whole."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.conf import settings

from risultati.caselle import build_modulo
from risultati.models import PassoDigitato
from tests.browser.conftest import _session_of
from tests.risultati.sezioni import CIFRE, Squadra, elezione_piccola

RADICE = Path(__file__).parents[2]
GETTONE = "a" * 32


@pytest.fixture
def server(transactional_db):
    """A server of its own on the test database, in another process."""
    banca = settings.DATABASES["default"]
    url = f"postgres://{banca['USER']}@{banca['HOST'] or '127.0.0.1'}:{banca['PORT'] or 5432}/{banca['NAME']}"
    with socket.socket() as presa:
        presa.bind(("127.0.0.1", 0))
        porta = presa.getsockname()[1]
    ambiente = os.environ | {"DATABASE_URL": url, "SECRET_KEY": settings.SECRET_KEY}
    comando = [sys.executable, "manage.py", "runserver", f"127.0.0.1:{porta}", "--noreload"]
    processo = subprocess.Popen(
        comando, cwd=RADICE, env=ambiente, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    for _ in range(600):
        with socket.socket() as presa:
            if presa.connect_ex(("127.0.0.1", porta)) == 0:
                break
        time.sleep(0.1)
    yield processo, porta
    processo.kill()
    processo.wait()


@pytest.mark.lento
@pytest.mark.servizi
def test_a_server_killed_while_saving_loses_no_confirmed_step(server):
    processo, porta = server
    elezione = elezione_piccola(sezioni=4)
    sessione = _session_of(Squadra(elezione).responsabile)
    passo = build_modulo(elezione, 1).passo("sindaco")
    confermati: dict[int, list[int]] = {n: [] for n in range(1, 5)}

    def save(sezione: int) -> None:
        for giro in range(1, 500):
            celle = {c: CIFRE[c] for c in passo.campi} | {"voti_sindaci.1": giro, "versione": giro - 1}
            try:
                stato = _post(
                    porta, f"/ufficio/{elezione.slug}/giornata/scrutinio/1/{sezione}/passo/sindaco/", celle
                )
            except (OSError, http.client.HTTPException):
                return
            if stato == 302:
                confermati[sezione].append(giro)

    def _post(porta: int, percorso: str, celle) -> int:
        corpo = urlencode({campo: "" if valore is None else valore for campo, valore in celle.items()})
        intestazioni = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"sessionid={sessione}; csrftoken={GETTONE}",
            "X-CSRFToken": GETTONE,
        }
        with closing(http.client.HTTPConnection("127.0.0.1", porta, timeout=20)) as connessione:
            connessione.request("POST", percorso, corpo, intestazioni)
            risposta = connessione.getresponse()
            risposta.read()
            return risposta.status

    fili = [threading.Thread(target=save, args=(n,)) for n in confermati]
    for filo in fili:
        filo.start()
    time.sleep(6)
    processo.send_signal(signal.SIGKILL)
    for filo in fili:
        filo.join()

    salvati = {
        numero: (versione, celle["voti_sindaci.1"])
        for numero, versione, celle in PassoDigitato.objects.values_list(
            "digitazione__scrutinio__sezione__numero", "versione", "celle"
        )
    }
    assert all(confermati.values())
    for numero, giri in confermati.items():
        versione, voti = salvati[numero]
        assert versione == voti, "un passo a metà"
        assert voti in (giri[-1], giri[-1] + 1), "un passo confermato è andato perso"
