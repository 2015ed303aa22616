"""The draws of the numbers, from the urn or repeatable."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from candidature.models.liste import CandidatoSindaco
from comuni.models import Elezione
from comuni.querysets import DiElezioneQuerySet
from electoral.storia import tracked


@tracked
class SorteggioNumeri(models.Model):
    """One draw: of the sindaci, of the lists of one sindaco, or of all the lists (≤ 15.000)."""

    class Oggetto(models.TextChoices):
        SINDACI = "sindaci", "candidati sindaco"
        LISTE = "liste", "liste"

    class Modalita(models.TextChoices):
        URNA = "urna", "estrazione dall'urna"
        RIPETIBILE = "ripetibile", "sorteggio ripetibile con seme pubblico"

    elezione = models.ForeignKey(Elezione, on_delete=models.PROTECT, related_name="sorteggi_numeri")
    oggetto = models.CharField(max_length=8, choices=Oggetto)
    sindaco = models.ForeignKey(
        CandidatoSindaco, null=True, blank=True, on_delete=models.PROTECT, related_name="sorteggi_liste"
    )
    modalita = models.CharField("modalità", max_length=12, choices=Modalita)
    seme = models.CharField(max_length=200, blank=True)
    elenco = models.JSONField(encoder=DjangoJSONEncoder, help_text="Chi era nell'urna, in ordine fisso.")
    ordine = models.JSONField(encoder=DjangoJSONEncoder, help_text="L'ordine uscito.")
    presenti = models.TextField(help_text="Commissari, delegati e altri presenti.")
    eseguito_il = models.DateTimeField()
    registrato_da = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    annullato_il = models.DateTimeField(null=True, blank=True)
    annullato_da = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    motivo_annullamento = models.CharField(max_length=300, blank=True)

    objects = DiElezioneQuerySet.as_manager()

    class Meta:
        verbose_name = "sorteggio dei numeri"
        verbose_name_plural = "sorteggi dei numeri"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["elezione", "oggetto"],
                condition=Q(annullato_il__isnull=True, sindaco__isnull=True),
                name="sorteggio_numeri_uno_valido",
            ),
            models.UniqueConstraint(
                fields=["elezione", "sindaco"],
                condition=Q(annullato_il__isnull=True, sindaco__isnull=False),
                name="sorteggio_numeri_uno_per_sindaco",
            ),
            models.CheckConstraint(
                condition=~Q(modalita="ripetibile") | ~Q(seme=""), name="sorteggio_numeri_con_seme"
            ),
            models.CheckConstraint(condition=~Q(presenti=""), name="sorteggio_numeri_con_presenti"),
        ]

    def __str__(self) -> str:
        return f"sorteggio di {self.get_oggetto_display()} del {self.eseguito_il:%d/%m/%Y}"
