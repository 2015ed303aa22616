"""Many hands at once, on a real PostgreSQL: nothing lost, every conflict shown."""

import random
import threading
from collections import Counter

import pytest
from django.db import connection

from risultati.caselle import build_modulo
from risultati.digitazione import Conflitto, get_scrutinio, open_digitazione, save_passo
from risultati.models import PassoDigitato
from tests.factories import UtenteFactory
from tests.risultati.sezioni import CIFRE, elezione_piccola

PERSONE, SALVATAGGI, SEZIONI = 20, 50, 10


@pytest.mark.lento
@pytest.mark.django_db(transaction=True)
def test_20_people_50_saves_10_sections_nothing_is_lost_and_every_conflict_is_shown():
    elezione = elezione_piccola(sezioni=SEZIONI)
    sezioni = list(elezione.sezioni.order_by("numero"))
    modulo = build_modulo(elezione, 1)
    passo = modulo.passo("sindaco")
    persone = [UtenteFactory(is_superuser=True) for _ in range(PERSONE)]
    apertura = {s.pk: open_digitazione(get_scrutinio(s, 1), by=persone[0]) for s in sezioni}
    salvati, conflitti, guai = Counter(), Counter(), []
    blocco = threading.Lock()

    def work(indice: int) -> None:
        caso = random.Random(indice)
        try:
            for giro in range(SALVATAGGI):
                sezione = caso.choice(sezioni)
                digitazione = apertura[sezione.pk]
                vista = PassoDigitato.objects.filter(digitazione=digitazione, nome="sindaco").first()
                celle = {c: CIFRE[c] for c in passo.campi} | {"voti_sindaci.1": indice * 1000 + giro}
                versione = vista.versione if vista else 0
                esito = save_passo(digitazione, passo, celle, versione=versione, by=persone[indice])
                with blocco:
                    contatore = conflitti if isinstance(esito, Conflitto) else salvati
                    contatore[sezione.pk] += 1
                    if isinstance(esito, Conflitto) and not esito.celle:
                        guai.append("conflitto senza caselle")
        except Exception as errore:
            guai.append(repr(errore))
        finally:
            connection.close()

    fili = [threading.Thread(target=work, args=(i,)) for i in range(PERSONE)]
    for filo in fili:
        filo.start()
    for filo in fili:
        filo.join()

    versioni = dict(PassoDigitato.objects.values_list("digitazione__scrutinio__sezione", "versione"))
    assert guai == []
    assert sum(salvati.values()) + sum(conflitti.values()) == PERSONE * SALVATAGGI
    assert versioni == dict(salvati)
    assert sum(conflitti.values()) > 0
