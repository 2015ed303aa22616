"""The material of the sections: the list of the comune, and what each presidente was handed (art. 27 TU)."""

from django.conf import settings
from django.db import models

from comuni.models import Elezione
from electoral.storia import tracked
from seggi.models.uffici import Ufficio
from seggi.querysets import DiUfficioQuerySet, VoceMaterialeQuerySet


@tracked
class VoceMateriale(models.Model):
    """One line of the list of the comune: it begins as the law's list, and the office corrects it."""

    elezione = models.ForeignKey(Elezione, on_delete=models.PROTECT, related_name="voci_materiale")
    ordine = models.PositiveSmallIntegerField()
    voce = models.CharField(max_length=80)
    quantita = models.PositiveIntegerField("quantità", default=1)

    objects = VoceMaterialeQuerySet.as_manager()

    class Meta:
        verbose_name = "voce del materiale"
        verbose_name_plural = "voci del materiale"
        ordering = ["elezione", "ordine", "pk"]
        constraints = [models.UniqueConstraint(fields=["elezione", "voce"], name="materiale_voce_unica")]

    def __str__(self) -> str:
        return self.voce


@tracked
class Consegna(models.Model):
    """One item of the material handed to the presidente (art. 27 TU)."""

    ufficio = models.ForeignKey(Ufficio, on_delete=models.PROTECT, related_name="consegne")
    voce = models.CharField(max_length=80)
    quantita = models.PositiveIntegerField("quantità", default=1)
    consegnata_il = models.DateTimeField(null=True, blank=True)
    consegnata_da = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    nota = models.CharField(max_length=200, blank=True)

    objects = DiUfficioQuerySet.as_manager()

    class Meta:
        verbose_name = "consegna"
        verbose_name_plural = "consegne"
        ordering = ["ufficio", "voce"]
        constraints = [models.UniqueConstraint(fields=["ufficio", "voce"], name="consegna_voce_unica")]

    def __str__(self) -> str:
        return f"{self.voce} ({self.ufficio})"
