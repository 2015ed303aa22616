"""What makes the public files change: they are written again, by a job, on commit."""

from django.db.models.signals import post_save

from comuni.models import Elezione
from portale.tasks import request_pubblicazione
from risultati.models import Erratum, Proclamazione, Pubblicazione, Riparto, Scrutinio


def _dell_elezione(sender, instance, **kwargs) -> None:
    elezione = instance if isinstance(instance, Elezione) else instance.elezione
    if elezione.pubblicata or isinstance(instance, Pubblicazione):
        request_pubblicazione(elezione)


def _dello_scrutinio(sender, instance, **kwargs) -> None:
    if instance.stato == Scrutinio.Stato.DEFINITIVO:
        _dell_elezione(sender, instance)


def connect() -> None:
    for modello in (Elezione, Proclamazione, Riparto, Pubblicazione, Erratum):
        post_save.connect(_dell_elezione, sender=modello, dispatch_uid=f"portale:{modello.__name__}")
    post_save.connect(_dello_scrutinio, sender=Scrutinio, dispatch_uid="portale:Scrutinio")
