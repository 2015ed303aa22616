"""kill -9 of real workers, nothing touched by hand: the lease runs out and the real sweeper finds it."""

import hashlib
import os
import random
import signal
import subprocess
import time
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from comuni.atti import reproduce_pdf
from comuni.models import Elezione
from electoral import lavori
from electoral.models import Lavoro
from risultati.atti_esito import ATTI as ATTI_PRODOTTI
from risultati.proclamazione import proclaim
from risultati.riparto import run_riparto_elezione
from risultati.tasks import request_atti, request_riparto
from tests.risultati.elezioni import semplice
from tests.servizi.conftest import wait_until

pytestmark = [pytest.mark.servizi, pytest.mark.lento, pytest.mark.django_db(transaction=True)]

LIMITE = timedelta(seconds=60)
PUNTI = 20


def proclamata(nome: str) -> Elezione:
    elezione = semplice(nome=nome)
    proclaim(elezione, riparto=run_riparto_elezione(elezione), presidente="Maria Rossi")
    return elezione


def ask(richiesta: Callable[[Elezione], Lavoro], elezione: Elezione) -> Lavoro:
    with transaction.atomic():
        return richiesta(elezione)


def kill_everything(worker: subprocess.Popen) -> datetime:
    """kill -9 of the worker with the processes that execute for it, as when the machine goes away."""
    os.killpg(worker.pid, signal.SIGKILL)
    worker.wait()
    return timezone.now()


def kill_executor(worker: subprocess.Popen, caso: random.Random) -> datetime | None:
    """kill -9 of one of the processes that execute: the worker replaces it and goes on with the next job."""
    with open(f"/proc/{worker.pid}/task/{worker.pid}/children", encoding="ascii") as file:
        figli = [int(pid) for pid in file.read().split()]
    if not figli:
        return None
    os.kill(caso.choice(figli), signal.SIGKILL)
    return timezone.now()


def in_corso() -> set[int]:
    return set(Lavoro.objects.filter(stato=Lavoro.Stato.IN_CORSO).values_list("pk", flat=True))


def all_done(righe: list[Lavoro]) -> bool:
    return not Lavoro.objects.filter(pk__in=[r.pk for r in righe]).aperti().exists()


def check_fatto_una_volta(riga: Lavoro) -> None:
    elezione = Elezione.objects.get(pk=riga.parametri["elezione"])
    assert Lavoro.objects.get(pk=riga.pk).stato == Lavoro.Stato.RIUSCITO
    assert elezione.riparti.count() == 1
    if riga.tipo == "atti_esito":
        tipi = list(elezione.atti.values_list("tipo", flat=True))
        assert len(tipi) == len(set(tipi)) == len(ATTI_PRODOTTI)
        for atto in elezione.atti.all():
            assert hashlib.sha256(reproduce_pdf(atto)).hexdigest() == atto.sha256


def test_the_settings_leave_half_of_the_minute_to_the_restart():
    assert lavori.PRESA_IN_CARICO + timedelta(seconds=settings.PASSATA_LAVORI) <= LIMITE / 2
    assert lavori.RINNOVO * 4 <= lavori.PRESA_IN_CARICO


def test_a_worker_killed_with_all_its_processes_costs_at_most_a_minute(worker, spazzino):
    """One job just asked, one being executed: both workers die, another starts, nobody expires any lease."""
    in_coda, elezione = proclamata("ucciso-in-coda"), proclamata("ucciso-in-corso")
    processo = worker.primo
    riga = ask(request_atti, elezione)
    assert wait_until(lambda: riga.pk in in_corso())
    seconda = ask(request_atti, in_coda)

    quando = kill_everything(processo)
    assert Lavoro.objects.filter(pk=riga.pk).get().stato == Lavoro.Stato.IN_CORSO
    worker()

    assert wait_until(lambda: all_done([riga, seconda]), secondi=120)
    for lavoro in (riga, seconda):
        check_fatto_una_volta(lavoro)
        assert Lavoro.objects.get(pk=lavoro.pk).finito_il - quando <= LIMITE


def test_twenty_kills_at_random_points_and_the_real_sweeper_ends_every_job(worker, spazzino):
    caso, processo = random.Random(20211003), worker.primo
    elezioni = [proclamata(f"ucciso-{n}") for n in range(8)]
    prima = {e.pk: e.riparti.get().impronta for e in elezioni}
    righe = [ask(request_atti, e) for e in elezioni]
    righe += [ask(request_riparto, semplice(nome=f"riparto-{n}")) for n in range(4)]
    uccisi: dict[int, datetime] = {}
    assert wait_until(lambda: bool(in_corso()))
    for _ in range(PUNTI):
        time.sleep(caso.uniform(0, 0.9))
        colpiti = in_corso()
        if quando := kill_executor(processo, caso):
            uccisi |= dict.fromkeys(colpiti, quando)

    assert wait_until(lambda: all_done(righe), secondi=240)
    assert uccisi
    for riga in righe:
        check_fatto_una_volta(riga)
    for pk, quando in uccisi.items():
        assert Lavoro.objects.get(pk=pk).finito_il - quando <= LIMITE
    assert all(e.riparti.get().impronta == prima[e.pk] for e in elezioni)
