"""The seggio volante: which scrutatore goes with the presidente, drawn among those of the section."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from electoral.storia import tracked
from seggi.models.uffici import Nomina, Ufficio
from seggi.querysets import SorteggioVolanteQuerySet


@tracked
class SorteggioVolante(models.Model):
    """One draw (art. 44 TU): the lines drawn from, the seed, who came first. A later one holds instead."""

    ufficio = models.ForeignKey(Ufficio, on_delete=models.PROTECT, related_name="sorteggi_volante")
    dove = models.CharField(
        "dove si raccoglie il voto",
        max_length=200,
        help_text="Luogo di cura, o indirizzo di chi vota a casa.",
    )
    elenco = models.JSONField(encoder=DjangoJSONEncoder, help_text="Gli scrutatori, una riga ciascuno.")
    seme = models.CharField(max_length=200)
    presenti = models.TextField()
    estratto = models.ForeignKey(Nomina, on_delete=models.PROTECT, related_name="estrazioni_volante")
    eseguito_il = models.DateTimeField()
    eseguito_da = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = SorteggioVolanteQuerySet.as_manager()

    class Meta:
        verbose_name = "sorteggio per il seggio volante"
        verbose_name_plural = "sorteggi per i seggi volanti"
        ordering = ["ufficio", "-pk"]

    def __str__(self) -> str:
        return f"seggio volante, {self.dove}: {self.estratto}"
