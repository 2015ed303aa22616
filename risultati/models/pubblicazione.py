"""What the public may see of an election: embargo, withdrawal with its reason, corrections."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from comuni.models import Elezione
from electoral.storia import tracked
from risultati.models.esito import fatto_da


@tracked
class Pubblicazione(models.Model):
    """Settings of the public page; whether it is on is ``Elezione.pubblicata``."""

    elezione = models.OneToOneField(Elezione, on_delete=models.PROTECT, related_name="pubblicazione")
    embargo_fino = models.DateTimeField("non prima del", null=True, blank=True)
    ritirata_il = models.DateTimeField(null=True, blank=True)
    ritirata_da = fatto_da()
    motivo_ritiro = models.TextField(blank=True)

    class Meta:
        verbose_name = "pubblicazione"
        verbose_name_plural = "pubblicazioni"
        constraints = [
            models.CheckConstraint(
                condition=Q(ritirata_il__isnull=True) | ~Q(motivo_ritiro=""),
                name="pubblicazione_ritirata_con_motivo",
            )
        ]

    def __str__(self) -> str:
        return f"pubblicazione di {self.elezione}"

    @property
    def is_in_embargo(self) -> bool:
        return self.embargo_fino is not None and self.embargo_fino > timezone.now()


@tracked
class Erratum(models.Model):
    """A correction told to the public: what was wrong and since when; never deleted."""

    elezione = models.ForeignKey(Elezione, on_delete=models.PROTECT, related_name="errata")
    testo = models.TextField()
    scritto_da = fatto_da()
    scritto_il = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "erratum"
        verbose_name_plural = "errata"
        ordering = ["-scritto_il"]
        constraints = [models.CheckConstraint(condition=~Q(testo=""), name="erratum_con_testo")]

    def __str__(self) -> str:
        return self.testo[:60]
