"""That curriculum and casellario are on the public site: by whom, until when, who took them off."""

from django.conf import settings
from django.db import models

from candidature.querysets import PubblicazioneTrasparenzaQuerySet
from comuni.models import Elezione
from electoral.storia import tracked


@tracked
class PubblicazioneTrasparenza(models.Model):
    elezione = models.OneToOneField(
        Elezione, on_delete=models.PROTECT, related_name="pubblicazione_trasparenza"
    )
    pubblicata_da = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    pubblicata_il = models.DateTimeField()
    fino_al = models.DateField("pubblicata fino al", help_text="Compreso; dopo non si vede più.")
    tolta_il = models.DateTimeField("tolta il", null=True, blank=True)
    tolta_da = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    motivo = models.CharField("motivo", max_length=300, blank=True)

    objects = PubblicazioneTrasparenzaQuerySet.as_manager()

    class Meta:
        verbose_name = "pubblicazione in Elezioni trasparenti"
        verbose_name_plural = "pubblicazioni in Elezioni trasparenti"
        ordering = ["elezione"]

    def __str__(self) -> str:
        return f"Elezioni trasparenti, {self.elezione}"
