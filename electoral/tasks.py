"""Celery tasks of the foundation: take a pk, delegate."""

from celery import shared_task

from electoral import lavori


@shared_task
def run_lavoro(pk: int) -> None:
    lavori.execute_lavoro(pk)


@shared_task
def requeue_lavori_scaduti() -> None:
    lavori.requeue_scaduti()
