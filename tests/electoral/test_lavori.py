"""An interrupted job starts again: by the sweeper, or by who asks for it again."""

from datetime import timedelta

import pytest
from django.utils import timezone

from electoral.lavori import requeue_scaduti
from electoral.models import Lavoro
from risultati.tasks import RIPARTO, request_riparto
from tests.risultati.elezioni import semplice

pytestmark = pytest.mark.django_db


def interrotto(elezione) -> Lavoro:
    """A job whose executor died: running, its lease over."""
    return Lavoro.objects.create(
        tipo=RIPARTO,
        parametri={"elezione": elezione.pk},
        chiave=f"{RIPARTO}:{elezione.pk}",
        stato=Lavoro.Stato.IN_CORSO,
        esecutore="morto",
        scade_il=timezone.now() - timedelta(seconds=1),
    )


def test_asking_again_for_an_interrupted_job_starts_it_even_where_nobody_sweeps(
    django_capture_on_commit_callbacks,
):
    elezione = semplice()
    fermo = interrotto(elezione)

    with django_capture_on_commit_callbacks(execute=True):
        assert request_riparto(elezione) == fermo

    fermo.refresh_from_db()
    assert fermo.stato == Lavoro.Stato.RIUSCITO
    assert elezione.riparti.count() == 1


def test_a_job_that_waits_is_published_again_once_for_each_wait(monkeypatch):
    pubblicati: list[int] = []
    monkeypatch.setattr("electoral.lavori.publish_lavoro", pubblicati.append)
    fermo = interrotto(semplice())
    prima = timezone.now() - timedelta(minutes=1)
    Lavoro.objects.update(stato=Lavoro.Stato.IN_CODA, scade_il=None, aggiornato_il=prima)

    assert [requeue_scaduti(), requeue_scaduti()] == [1, 0]
    assert pubblicati == [fermo.pk]
