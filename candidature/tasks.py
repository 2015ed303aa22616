"""Celery tasks of the candidatures: delegate, safe to run twice."""

from celery import shared_task

from candidature import sottoscrittori


@shared_task
def purge_caricamenti() -> None:
    sottoscrittori.purge_caricamenti()
