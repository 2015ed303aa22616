"""The same crowd at the real pages: a server process, sessions, forms; nothing lost, every conflict shown."""

import random
import re
import threading
from collections import Counter

import pytest

from electoral.permessi import Ruolo
from risultati.caselle import build_modulo
from risultati.models import PassoDigitato
from tests.browser.conftest import _session_of
from tests.factories import utente_con_ruolo
from tests.risultati.server import send, server_vero
from tests.risultati.sezioni import CIFRE, elezione_piccola

PERSONE, SALVATAGGI, SEZIONI = 20, 50, 10


def shows_conflitto(testo: str, mia: int) -> bool:
    """The page that asks which figure is on the paper, with mine among the choices."""
    return "un'altra persona ha salvato" in testo and f'value="{mia}"' in testo


@pytest.fixture
def porta(transactional_db):
    with server_vero() as (_, porta):
        yield porta


@pytest.mark.lento
@pytest.mark.servizi
def test_20_people_save_50_times_on_10_sections_through_the_pages(porta):
    elezione = elezione_piccola(sezioni=SEZIONI)
    passo = build_modulo(elezione, 1).passo("sindaco")
    sessioni = [_session_of(utente_con_ruolo(elezione.comune, Ruolo.OPERATORE)) for _ in range(PERSONE)]
    salvati, conflitti, guai = Counter(), Counter(), []
    blocco = threading.Lock()

    def work(indice: int) -> None:
        caso = random.Random(indice)
        for giro in range(SALVATAGGI):
            sezione = caso.randint(1, SEZIONI)
            pagina = f"/ufficio/{elezione.slug}/giornata/scrutinio/1/{sezione}/passo/sindaco/"
            _, testo = send(porta, pagina, sessioni[indice])
            vista = int(re.search(r'name="versione" value="(\d+)"', testo)[1])
            mia = indice * 1000 + giro
            celle = {c: CIFRE[c] for c in passo.campi} | {"voti_sindaci.1": mia, "versione": vista}
            stato, testo = send(porta, pagina, sessioni[indice], celle)
            with blocco:
                (conflitti if stato == 409 else salvati)[sezione] += 1
                if stato not in (302, 409):
                    guai.append((stato, sezione))
                elif stato == 409 and not shows_conflitto(testo, mia):
                    guai.append(("conflitto senza le due cifre", sezione))

    fili = [threading.Thread(target=work, args=(i,)) for i in range(PERSONE)]
    for filo in fili:
        filo.start()
    for filo in fili:
        filo.join()

    versioni = dict(PassoDigitato.objects.values_list("digitazione__scrutinio__sezione__numero", "versione"))
    assert guai == []
    assert salvati.total() + conflitti.total() == PERSONE * SALVATAGGI
    assert versioni == dict(salvati)
    assert conflitti.total() > 0
