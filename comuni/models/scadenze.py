"""The duties of the calendar and what was done about them."""

from django.conf import settings
from django.db import models

from comuni.models.elezioni import Elezione
from comuni.querysets import DiElezioneQuerySet
from electoral.storia import tracked


@tracked
class Scadenza(models.Model):
    """One duty of the calendar of an election and what was done about it."""

    class Stato(models.TextChoices):
        DA_FARE = "da_fare", "da fare"
        FATTA = "fatta", "fatta"
        NON_DOVUTA = "non_dovuta", "non dovuta"

    elezione = models.ForeignKey(Elezione, on_delete=models.PROTECT, related_name="scadenze")
    codice = models.CharField(max_length=60, help_text="Codice dell'adempimento in norme.calendario.")
    data = models.DateField()
    ora = models.TimeField(null=True, blank=True)
    stato = models.CharField(max_length=12, choices=Stato, default=Stato.DA_FARE)
    nota = models.TextField(blank=True)
    allegato = models.FileField(upload_to="scadenze", blank=True)
    fatta_da = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    fatta_il = models.DateTimeField(null=True, blank=True)

    objects = DiElezioneQuerySet.as_manager()

    class Meta:
        verbose_name = "scadenza"
        verbose_name_plural = "scadenze"
        ordering = ["data", "ora", "codice"]
        constraints = [models.UniqueConstraint(fields=["elezione", "codice"], name="scadenza_unica")]

    def __str__(self) -> str:
        return f"{self.codice} ({self.data:%d/%m/%Y})"
