"""Celery tasks of the candidatures: delegate, safe to run twice."""

from celery import shared_task
from django.utils import timezone

from candidature import sottoscrittori, trasparenza


@shared_task
def purge_caricamenti() -> None:
    sottoscrittori.purge_caricamenti()


@shared_task
def forget_sottoscrittori_scaduti() -> None:
    sottoscrittori.forget_scaduti(timezone.localdate())


@shared_task
def take_down_trasparenza() -> None:
    trasparenza.take_down_scadute(timezone.localdate())
