"""The outcome: draws, allocations, proclamation, the elected."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from candidature.models import Candidato, CandidatoSindaco, Lista
from comuni.models import Elezione
from electoral.storia import tracked
from risultati.querysets import RipartoQuerySet


@tracked
class Sorteggio(models.Model):
    """A draw made in public: the question of the engine, the outcome, how and before whom."""

    class Modalita(models.TextChoices):
        URNA = "urna", "estrazione dall'urna"
        RIPETIBILE = "ripetibile", "sorteggio ripetibile con seme pubblico"

    elezione = models.ForeignKey(Elezione, on_delete=models.PROTECT, related_name="sorteggi")
    richiesta = models.JSONField(encoder=DjangoJSONEncoder)
    impronta_richiesta = models.CharField(max_length=64)
    esito = models.CharField(max_length=60)
    modalita = models.CharField("modalità", max_length=12, choices=Modalita, default=Modalita.URNA)
    seme = models.CharField(max_length=200, blank=True)
    presenti = models.TextField(help_text="Chi era presente.")
    eseguito_il = models.DateTimeField()
    registrato_da = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    annullato = models.BooleanField(default=False)

    class Meta:
        verbose_name = "sorteggio"
        verbose_name_plural = "sorteggi"
        ordering = ["elezione", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["elezione", "impronta_richiesta"],
                condition=Q(annullato=False),
                name="sorteggio_uno_per_richiesta",
            )
        ]

    def __str__(self) -> str:
        return f"sorteggio del {self.eseguito_il:%d/%m/%Y}: {self.esito}"


@tracked
class Riparto(models.Model):
    """One run of the engine: what went in, what came out. The last counts until proclamation freezes it."""

    elezione = models.ForeignKey(Elezione, on_delete=models.PROTECT, related_name="riparti")
    dati = models.JSONField(encoder=DjangoJSONEncoder)
    impronta = models.CharField("impronta dei dati", max_length=64)
    esito = models.JSONField(encoder=DjangoJSONEncoder)
    tipo_esito = models.CharField(max_length=15)
    parziale = models.BooleanField("proiezione su sezioni parziali", default=False)
    versione_urna = models.CharField(max_length=20)
    eseguito_il = models.DateTimeField(auto_now_add=True)
    eseguito_da = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = RipartoQuerySet.as_manager()

    class Meta:
        verbose_name = "riparto"
        verbose_name_plural = "riparti"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(tipo_esito__in=["riparto", "ballottaggio", "sorteggio", "nulla"]),
                name="riparto_tipo_esito_noto",
            )
        ]

    def __str__(self) -> str:
        return f"riparto n. {self.pk} ({self.tipo_esito})"


@tracked
class Proclamazione(models.Model):
    """The outcome frozen: nothing below it changes without a recorded reopening."""

    elezione = models.OneToOneField(Elezione, on_delete=models.PROTECT, related_name="proclamazione")
    riparto = models.ForeignKey(Riparto, on_delete=models.PROTECT, related_name="proclamazioni")
    proclamata_il = models.DateTimeField()
    proclamata_da = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    impronta = models.CharField(max_length=64)
    istantanea = models.JSONField(encoder=DjangoJSONEncoder)

    class Meta:
        verbose_name = "proclamazione"
        verbose_name_plural = "proclamazioni"

    def __str__(self) -> str:
        return f"proclamazione del {self.proclamata_il:%d/%m/%Y}"


@tracked
class Eletto(models.Model):
    class Carica(models.TextChoices):
        SINDACO = "sindaco", "sindaco"
        CONSIGLIERE = "consigliere", "consigliere"
        CONSIGLIERE_SINDACO = "consigliere_sindaco", "consigliere, già candidato sindaco"

    proclamazione = models.ForeignKey(Proclamazione, on_delete=models.PROTECT, related_name="eletti")
    carica = models.CharField(max_length=20, choices=Carica)
    sindaco = models.ForeignKey(CandidatoSindaco, null=True, blank=True, on_delete=models.PROTECT)
    candidato = models.ForeignKey(Candidato, null=True, blank=True, on_delete=models.PROTECT)
    lista = models.ForeignKey(Lista, null=True, blank=True, on_delete=models.PROTECT)
    ordine = models.PositiveSmallIntegerField()
    cifra_individuale = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        verbose_name = "eletto"
        verbose_name_plural = "eletti"
        ordering = ["proclamazione", "ordine"]
        constraints = [
            models.CheckConstraint(
                condition=Q(sindaco__isnull=False, candidato__isnull=True)
                | Q(sindaco__isnull=True, candidato__isnull=False),
                name="eletto_sindaco_oppure_candidato",
            ),
            models.UniqueConstraint(fields=["proclamazione", "candidato"], name="eletto_candidato_unico"),
            models.UniqueConstraint(fields=["proclamazione", "sindaco"], name="eletto_sindaco_unico"),
        ]

    def __str__(self) -> str:
        return f"{self.persona} ({self.get_carica_display()})"

    @property
    def persona(self):
        return self.sindaco or self.candidato
