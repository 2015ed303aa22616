"""Jobs on the real services: executed by a worker, not lost when it dies, quiet when Redis is away."""

import time

import pytest
from django.db import transaction

from electoral import lavori
from electoral.models import Lavoro
from risultati.fascicolo.importazione import import_fascicolo
from risultati.tasks import request_riparto
from tests.risultati.fascicolo_di_prova import fascicolo
from tests.servizi.conftest import wait_until

pytestmark = [pytest.mark.servizi, pytest.mark.django_db(transaction=True)]


def stato(lavoro: Lavoro) -> str:
    return Lavoro.objects.get(pk=lavoro.pk).stato


def elezione_importata():
    importazione = import_fascicolo(fascicolo())
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


def test_con_redis_assente_il_lavoro_resta_in_coda_e_la_pagina_non_aspetta(transactional_db, coda):
    from electoral.celery import app

    elezione = elezione_importata()
    vero = app.conf.broker_url
    app.conf.broker_url = "redis://127.0.0.1:1/0"
    app.pool.force_close_all()
    try:
        inizio = time.monotonic()
        lavoro = request_riparto(elezione)
        durata = time.monotonic() - inizio
    finally:
        app.conf.broker_url = vero
        app.pool.force_close_all()

    assert stato(lavoro) == Lavoro.Stato.IN_CODA
    assert durata < 1
