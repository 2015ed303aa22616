"""The server is killed while people save: what was confirmed is there, whole."""

import http.client
import signal
import threading
import time

import pytest

from risultati.caselle import build_modulo
from risultati.models import PassoDigitato
from tests.browser.conftest import _session_of
from tests.risultati.server import send, server_vero
from tests.risultati.sezioni import CIFRE, Squadra, elezione_piccola


@pytest.fixture
def server(transactional_db):
    with server_vero() as pronto:
        yield pronto


@pytest.mark.lento
def test_a_server_killed_while_saving_loses_no_confirmed_step(server):
    processo, porta = server
    elezione = elezione_piccola(sezioni=4)
    sessione = _session_of(Squadra(elezione).responsabile)
    passo = build_modulo(elezione, 1).passo("sindaco")
    confermati: dict[int, list[int]] = {n: [] for n in range(1, 5)}

    percorso = f"/ufficio/{elezione.slug}/giornata/scrutinio/1/{{}}/passo/sindaco/"

    def save(sezione: int) -> None:
        for giro in range(1, 500):
            celle = {c: CIFRE[c] for c in passo.campi} | {"voti_sindaci.1": giro, "versione": giro - 1}
            try:
                stato, _ = send(porta, percorso.format(sezione), sessione, celle)
            except (OSError, http.client.HTTPException):
                return
            if stato == 302:
                confermati[sezione].append(giro)

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
