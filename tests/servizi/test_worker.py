"""Jobs on the real services: executed by a worker, not lost when it dies, quiet when Redis is away."""

import time
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.db import transaction

from electoral import lavori
from electoral.celery import app
from electoral.models import Lavoro
from risultati.fascicolo.cartella import read_cartella
from risultati.fascicolo.importazione import import_fascicolo
from risultati.tasks import request_riparto
from tests.servizi.conftest import wait_until

pytestmark = [pytest.mark.servizi, pytest.mark.django_db(transaction=True)]


def stato(lavoro: Lavoro) -> str:
    return Lavoro.objects.get(pk=lavoro.pk).stato


def elezione_importata():
    """A real election decided at the first turno: Lonigo 2026."""
    importazione = import_fascicolo(read_cartella(settings.BASE_DIR / "dati" / "fascicoli" / "lonigo-2026"))
    assert importazione.errori == []
    return importazione.elezione


def test_un_worker_vero_esegue_il_riparto(worker):
    elezione = elezione_importata()

    with transaction.atomic():
        lavoro = request_riparto(elezione)

    assert wait_until(lambda: stato(lavoro) == Lavoro.Stato.RIUSCITO)
    assert elezione.riparti.count() == 1


def test_un_lavoro_lasciato_da_un_esecutore_morto_si_riprende(worker):
    """As after a power cut: the row says it is running, its lease is over, and nobody runs it."""
    elezione = elezione_importata()
    lavoro = request_riparto(elezione)
    assert wait_until(lambda: stato(lavoro) == Lavoro.Stato.RIUSCITO)
    prima = elezione.riparti.get().impronta
    Lavoro.objects.filter(pk=lavoro.pk).update(
        stato=Lavoro.Stato.IN_CORSO, esecutore="morto", scade_il="2021-10-03T00:00:00Z", finito_il=None
    )

    lavori.requeue_scaduti()

    assert wait_until(lambda: stato(lavoro) == Lavoro.Stato.RIUSCITO)
    assert elezione.riparti.get().impronta == prima


@contextmanager
def broker_assente():
    """The application points to a Redis that is not there; its pools are made anew on both sides."""
    vero = app.conf.broker_url
    try:
        _use_broker("redis://127.0.0.1:1/0")
        yield
    finally:
        _use_broker(vero)


def _use_broker(url: str) -> None:
    app.conf.broker_url = app.conf.broker_write_url = app.conf.broker_read_url = url
    app._pool = None
    app.amqp._producer_pool = None


def test_con_redis_assente_il_lavoro_resta_in_coda_e_la_pagina_non_aspetta(transactional_db, servizi):
    elezione = elezione_importata()
    with broker_assente():
        inizio = time.monotonic()
        lavoro = request_riparto(elezione)
        durata = time.monotonic() - inizio

    assert stato(lavoro) == Lavoro.Stato.IN_CODA
    assert durata < 1
