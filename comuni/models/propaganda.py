"""Spaces for electoral posters: delimited by the giunta, assigned to the lists in order of admission."""

from django.db import models
from django.db.models import Q

from comuni.models.elezioni import Elezione
from comuni.querysets import DiElezioneQuerySet
from electoral.storia import tracked


@tracked
class SpazioPropaganda(models.Model):
    """One space in a centro abitato (arts. 2-3 l. 212/1956)."""

    elezione = models.ForeignKey(Elezione, on_delete=models.PROTECT, related_name="spazi_propaganda")
    numero = models.PositiveSmallIntegerField()
    centro_abitato = models.CharField(max_length=120)
    ubicazione = models.CharField(max_length=200)

    objects = DiElezioneQuerySet.as_manager()

    class Meta:
        verbose_name = "spazio di propaganda"
        verbose_name_plural = "spazi di propaganda"
        ordering = ["elezione", "numero"]
        constraints = [
            models.UniqueConstraint(fields=["elezione", "numero"], name="spazio_propaganda_numero_unico"),
            models.CheckConstraint(condition=Q(numero__gte=1), name="spazio_propaganda_numero_da_uno"),
        ]

    def __str__(self) -> str:
        return f"spazio {self.numero}, {self.ubicazione}"
