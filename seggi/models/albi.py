"""The registers: presidenti (corte d'appello) and scrutatori (comune)."""

from django.db import models
from django.db.models import Q

from comuni.models import Comune
from comuni.persone import Persona
from electoral.storia import tracked
from seggi.querysets import IscrittoQuerySet


class TitoloStudio(models.IntegerChoices):
    """The values are those of the parameter ``titolo_studio`` of ``norme``."""

    NESSUNO = 0, "nessuno"
    LICENZA_ELEMENTARE = 1, "licenza elementare"
    LICENZA_MEDIA = 2, "licenza media"
    DIPLOMA = 3, "diploma"


@tracked
class Iscritto(Persona):
    """A person enrolled in a register of the comune."""

    class Albo(models.TextChoices):
        PRESIDENTI = "presidenti", "presidenti (corte d'appello)"
        SCRUTATORI = "scrutatori", "scrutatori (comune)"

    comune = models.ForeignKey(Comune, on_delete=models.PROTECT, related_name="iscritti")
    albo = models.CharField(max_length=10, choices=Albo)
    numero_albo = models.PositiveIntegerField("numero nell'albo")
    titolo_studio = models.PositiveSmallIntegerField(
        "titolo di studio", choices=TitoloStudio, null=True, blank=True
    )
    elettore = models.BooleanField("elettore del comune", default=True)
    esclusione = models.CharField(
        "causa di esclusione", max_length=40, blank=True, help_text="Lettera dell'art. 23 TU, se c'è."
    )
    categoria = models.CharField(
        max_length=60, blank=True, help_text="Per i sorteggi per categorie, se la commissione li decide."
    )
    indirizzo = models.CharField(max_length=200, blank=True)
    telefono = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    pec = models.EmailField("PEC", blank=True)
    iscritto_il = models.DateField("iscritto il", null=True, blank=True)
    cancellato_il = models.DateField("cancellato il", null=True, blank=True)
    motivo_cancellazione = models.CharField(max_length=200, blank=True)

    objects = IscrittoQuerySet.as_manager()

    class Meta:
        verbose_name = "iscritto all'albo"
        verbose_name_plural = "iscritti agli albi"
        ordering = ["albo", "chiave", "numero_albo"]
        constraints = [
            models.UniqueConstraint(fields=["comune", "albo", "numero_albo"], name="iscritto_numero_unico"),
            models.UniqueConstraint(
                fields=["comune", "albo", "codice_fiscale"],
                condition=~Q(codice_fiscale="") & Q(cancellato_il__isnull=True),
                name="iscritto_una_volta_per_albo",
            ),
            models.CheckConstraint(
                condition=Q(cancellato_il__isnull=True) | ~Q(motivo_cancellazione=""),
                name="iscritto_cancellato_con_motivo",
            ),
        ]
