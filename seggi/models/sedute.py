"""The sitting of the commissione that nominates without a draw: who sat, who voted for whom."""

from django.db import models

from comuni.models import Elezione
from electoral.storia import tracked
from seggi.models.albi import Iscritto
from seggi.models.uffici import Ufficio
from seggi.querysets import SedutaNominaQuerySet, VotoNominaQuerySet


@tracked
class SedutaNomina(models.Model):
    """A public sitting (art. 6 l. 95/1989): its votes are kept by name, as its verbale must say."""

    elezione = models.ForeignKey(Elezione, on_delete=models.PROTECT, related_name="sedute_nomina")
    quando = models.DateTimeField("giorno e ora")
    luogo = models.CharField(max_length=200)
    membri = models.JSONField(
        "componenti presenti", help_text="Chi siede nella commissione, uno per riga, il sindaco per primo."
    )
    segretario = models.CharField("segretario verbalizzante", max_length=120, blank=True)
    note = models.TextField("dichiarazioni e osservazioni", blank=True)

    objects = SedutaNominaQuerySet.as_manager()

    class Meta:
        verbose_name = "seduta della commissione"
        verbose_name_plural = "sedute della commissione"
        ordering = ["elezione", "-quando"]

    def __str__(self) -> str:
        return f"seduta del {self.quando:%d/%m/%Y}"


@tracked
class VotoNomina(models.Model):
    """The one name a member of the commissione votes for, in one ballot on one office."""

    seduta = models.ForeignKey(SedutaNomina, on_delete=models.PROTECT, related_name="voti")
    ufficio = models.ForeignKey(Ufficio, on_delete=models.PROTECT, related_name="voti")
    votazione = models.PositiveSmallIntegerField(
        default=1, help_text="Si rivota finché restano posti scoperti."
    )
    membro = models.CharField(max_length=120)
    iscritto = models.ForeignKey(Iscritto, on_delete=models.PROTECT, related_name="voti")
    eletto = models.BooleanField(default=False)

    objects = VotoNominaQuerySet.as_manager()

    class Meta:
        verbose_name = "voto della commissione"
        verbose_name_plural = "voti della commissione"
        ordering = ["seduta", "ufficio__sezione__numero", "votazione", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["seduta", "ufficio", "votazione", "membro"], name="voto_un_nome_per_membro"
            )
        ]

    def __str__(self) -> str:
        return f"{self.membro}: {self.iscritto}"
