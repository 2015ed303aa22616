"""Progress of a job: seen by others while its transaction is still open."""

from threading import Event, Thread

import pytest
from django.db import connection, transaction

from electoral import lavori
from electoral.models import Lavoro


@pytest.mark.django_db(transaction=True)
def test_l_avanzamento_si_vede_anche_durante_la_transazione(settings, monkeypatch):
    visto, scritto = Event(), []

    def look(pk: int) -> None:
        for _ in range(200):
            riga = Lavoro.objects.get(pk=pk)
            if riga.avanzamento == 70:
                scritto.append(riga.messaggio)
                break
            visto.wait(0.05)
        visto.set()
        connection.close()

    def job(riga: Lavoro) -> dict:
        with transaction.atomic():
            lavori.set_avanzamento(riga, 70, "Salvo voti_liste.csv")
            altro = Thread(target=look, args=[riga.pk])
            altro.start()
            altro.join()
        return {}

    settings.CELERY_TASK_ALWAYS_EAGER = False
    monkeypatch.setattr(lavori, "SGUARDO", 0.05)
    monkeypatch.setitem(lavori._registro, "di prova", job)
    riga = Lavoro.objects.create(tipo="di prova")

    lavori.execute_lavoro(riga.pk)

    riga.refresh_from_db()
    assert scritto == ["Salvo voti_liste.csv"]
    assert (riga.stato, riga.avanzamento) == (Lavoro.Stato.RIUSCITO, 100)
