"""Open and save a step with 40 lists of 48 names: server time, beside a bare page of the same site.

python bench/digitazione.py      (uses the database of DATABASE_URL inside a rolled-back transaction)
"""

import logging
import os
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "electoral.settings")
import django  # noqa: E402

django.setup()
from django.conf import settings  # noqa: E402
from django.db import transaction  # noqa: E402
from django.test import Client  # noqa: E402

LISTE, NOMI, GIRI = 40, 48, 15


def build():
    """An election of the largest size, one section."""
    from candidature.models import Candidato
    from electoral.permessi import Ruolo
    from tests.factories import (
        CandidatoSindacoFactory,
        ElezioneFactory,
        ListaFactory,
        SezioneFactory,
        utente_con_ruolo,
    )

    elezione = ElezioneFactory(popolazione_legale=1_200_000, seggi_consiglio=48)
    sindaci = [CandidatoSindacoFactory(elezione=elezione, numero=n) for n in range(1, 9)]
    for numero in range(1, LISTE + 1):
        lista = ListaFactory(sindaco=sindaci[numero % 8], numero=numero)
        Candidato.objects.bulk_create(
            Candidato(
                lista=lista, numero=n, cognome=f"CANDIDATO{numero:02}{n:02}", nome="PROVA", sesso="MF"[n % 2]
            )
            for n in range(1, NOMI + 1)
        )
    SezioneFactory(elezione=elezione, numero=1, elettori_m=500, elettori_f=500)
    return elezione, utente_con_ruolo(elezione.comune, Ruolo.RESPONSABILE)


def measure(funzione) -> tuple[float, float]:
    """Median milliseconds: by the clock, and of this process alone (steadier on a busy machine)."""
    orologio, processore = [], []
    for _ in range(GIRI):
        inizio, consumo = time.perf_counter(), time.process_time()
        funzione()
        orologio.append(1000 * (time.perf_counter() - inizio))
        processore.append(1000 * (time.process_time() - consumo))
    return statistics.median(orologio), statistics.median(processore)


def show(nome: str, tempi: tuple[float, float], nuda: tuple[float, float]) -> None:
    testo = f"{nome:45} {tempi[0]:7.1f} ms  {tempi[1]:7.1f} ms di processore  {tempi[1] / nuda[1]:.1f} volte"
    print(testo.replace(".", ","))


def main() -> None:
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
    logging.getLogger("urna.sicurezza").disabled = True  # it would print the access of the bench itself
    with transaction.atomic():
        elezione, utente = build()
        client = Client()
        client.force_login(utente)
        base = f"/ufficio/{elezione.slug}/giornata"
        schede = {"votanti": "600", "voti_validi": "600", "schede_bianche": "0", "schede_nulle": "0"}
        client.post(f"{base}/scrutinio/1/1/passo/schede/", schede | {"versione": "0"})
        for numero in range(1, LISTE + 1):
            client.post(f"{base}/scrutinio/1/1/passo/preferenze.{numero}/", {"versione": "0"})
        versioni = iter(range(1, 10_000))

        def save() -> None:
            risposta = client.post(
                f"{base}/scrutinio/1/1/passo/preferenze.40/", {"versione": str(next(versioni)), "visti": ""}
            )
            assert risposta.status_code == 302, risposta.status_code

        nuda = measure(lambda: client.get(f"{base}/prova-generale/"))
        show("pagina nuda (cornice, accesso, una query)", nuda, nuda)
        for nome, funzione in {
            "aprire un passo di preferenze (48 nomi)": lambda: client.get(
                f"{base}/scrutinio/1/1/passo/preferenze.40/"
            ),
            "salvare un passo di preferenze": save,
            "aprire i voti di lista (40 liste)": lambda: client.get(f"{base}/scrutinio/1/1/passo/liste/"),
            "controlla e chiudi (1.920 preferenze)": lambda: client.get(f"{base}/scrutinio/1/1/controlla/"),
            "tabellone": lambda: client.get(f"{base}/tabellone/"),
        }.items():
            show(nome, measure(funzione), nuda)
        transaction.set_rollback(True)


if __name__ == "__main__":
    main()
