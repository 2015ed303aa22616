"""Further links for the runoff: two converging declarations within the term (TUEL 72 c. 7)."""

from django.conf import settings
from django.db import models

from candidature.models.liste import CandidatoSindaco, Lista
from candidature.querysets import DiListaQuerySet
from electoral.storia import tracked


@tracked
class DichiarazioneCollegamento(models.Model):
    class Parte(models.TextChoices):
        DELEGATI = "delegati", "delegati della lista"
        SINDACO = "sindaco", "candidato ammesso al ballottaggio"

    lista = models.ForeignKey(Lista, on_delete=models.PROTECT, related_name="collegamenti_dichiarati")
    sindaco = models.ForeignKey(
        CandidatoSindaco, on_delete=models.PROTECT, related_name="collegamenti_dichiarati"
    )
    parte = models.CharField(max_length=8, choices=Parte)
    dichiarante = models.CharField(max_length=200)
    dichiarata_il = models.DateTimeField()
    registrata_da = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    registrata_il = models.DateTimeField(auto_now_add=True)

    objects = DiListaQuerySet.as_manager()

    class Meta:
        verbose_name = "dichiarazione di collegamento"
        verbose_name_plural = "dichiarazioni di collegamento"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["lista", "sindaco", "parte"], name="collegamento_dichiarato_una_volta"
            )
        ]

    def __str__(self) -> str:
        return f"{self.lista} con {self.sindaco} ({self.get_parte_display()})"
