"""Celery tasks of this room: take nothing, delegate."""

from celery import shared_task
from django.utils import timezone

from comuni import caricamenti
from comuni.promemoria import send_promemoria


@shared_task
def purge_caricamenti() -> None:
    caricamenti.purge()


@shared_task
def invia_promemoria() -> None:
    send_promemoria(timezone.now())
