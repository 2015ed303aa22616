"""The draw of the scrutatori: roll and hash frozen before the sitting, seed named in public, ranking kept."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from comuni.models import Elezione
from electoral.storia import tracked
from seggi.models.albi import Iscritto
from seggi.querysets import PostoGraduatoriaQuerySet, SorteggioScrutatoriQuerySet


@tracked
class SorteggioScrutatori(models.Model):
    """A draw anyone can repeat: roll, its hash, public seed, outcome."""

    elezione = models.ForeignKey(Elezione, on_delete=models.PROTECT, related_name="sorteggi_scrutatori")
    elenco = models.JSONField(
        encoder=DjangoJSONEncoder, help_text="Elenco congelato, nell'ordine pubblicato."
    )
    impronta = models.CharField("impronta dell'elenco", max_length=64)
    posti = models.PositiveIntegerField()
    riserve = models.PositiveIntegerField(default=0)
    strati = models.JSONField(
        default=list, blank=True, help_text="Categorie da preferire, in ordine, se la commissione lo decide."
    )
    solo_numeri = models.BooleanField(
        "senza nomi", default=False, help_text="L'elenco contiene i soli numeri d'iscrizione all'albo."
    )
    in_rete = models.BooleanField(
        "pagina pubblica", default=False, help_text="Chiunque può ripetere il sorteggio dal sito."
    )
    pubblicato_il = models.DateTimeField("elenco pubblicato il")
    pubblicato_da = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    seme = models.CharField(max_length=200, blank=True)
    origine_seme = models.CharField("come è nato il seme", max_length=200, blank=True)
    presenti = models.TextField(blank=True)
    eseguito_il = models.DateTimeField(null=True, blank=True)
    eseguito_da = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    annullato_il = models.DateTimeField(null=True, blank=True)
    motivo_annullamento = models.CharField(max_length=200, blank=True)

    objects = SorteggioScrutatoriQuerySet.as_manager()

    class Meta:
        verbose_name = "sorteggio degli scrutatori"
        verbose_name_plural = "sorteggi degli scrutatori"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["elezione"],
                condition=Q(annullato_il__isnull=True),
                name="sorteggio_scrutatori_uno_valido_per_elezione",
            ),
            models.CheckConstraint(
                condition=Q(eseguito_il__isnull=True) | ~Q(seme=""),
                name="sorteggio_scrutatori_eseguito_con_seme",
            ),
        ]

    def __str__(self) -> str:
        return f"sorteggio degli scrutatori, {self.elezione}"


@tracked
class PostoGraduatoria(models.Model):
    """One place of the ranking of reserves."""

    class Stato(models.TextChoices):
        DISPONIBILE = "disponibile", "disponibile"
        NOMINATO = "nominato", "nominato"
        INDISPONIBILE = "indisponibile", "non disponibile"

    elezione = models.ForeignKey(Elezione, on_delete=models.PROTECT, related_name="graduatoria")
    posizione = models.PositiveIntegerField()
    iscritto = models.ForeignKey(Iscritto, on_delete=models.PROTECT, related_name="posti_graduatoria")
    stato = models.CharField(max_length=14, choices=Stato, default=Stato.DISPONIBILE)
    motivo = models.CharField(max_length=200, blank=True)

    objects = PostoGraduatoriaQuerySet.as_manager()

    class Meta:
        verbose_name = "posto in graduatoria"
        verbose_name_plural = "graduatoria delle riserve"
        ordering = ["elezione", "posizione"]
        constraints = [
            models.UniqueConstraint(fields=["elezione", "posizione"], name="graduatoria_posizione_unica"),
            models.UniqueConstraint(fields=["elezione", "iscritto"], name="graduatoria_iscritto_unico"),
        ]

    def __str__(self) -> str:
        return f"{self.posizione}. {self.iscritto}"
