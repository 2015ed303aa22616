"""Fees in exact cents, where to pay them, liquidation batches."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from comuni.models import Elezione
from electoral.storia import tracked
from seggi.models.uffici import Nomina
from seggi.querysets import CompensoQuerySet, LiquidazioneQuerySet


@tracked
class ImpostazioniCompensi(models.Model):
    """The facts of the fees that are not in the offices: elections voted together, days of the vote."""

    elezione = models.OneToOneField(Elezione, on_delete=models.PROTECT, related_name="impostazioni_compensi")
    elezioni_contemporanee = models.PositiveSmallIntegerField(
        "elezioni nello stesso giorno",
        default=1,
        help_text="Quante consultazioni si votano insieme, questa compresa.",
    )
    rendiconto_entro = models.DateField(
        "termine del rendiconto",
        null=True,
        blank=True,
        help_text="Quattro mesi dal voto, se la circolare non dice altro.",
    )

    class Meta:
        verbose_name = "impostazioni dei compensi"
        verbose_name_plural = "impostazioni dei compensi"
        constraints = [
            models.CheckConstraint(
                condition=Q(elezioni_contemporanee__gte=1), name="compensi_almeno_una_elezione"
            )
        ]

    def __str__(self) -> str:
        return f"compensi, {self.elezione}"


@tracked
class DatiPagamento(models.Model):
    """Where to pay a person: seen only by the ufficio and the ragioneria."""

    nomina = models.OneToOneField(Nomina, on_delete=models.PROTECT, related_name="dati_pagamento")
    iban = models.CharField("IBAN", max_length=34, blank=True)
    intestatario = models.CharField(max_length=200, blank=True)
    contanti = models.BooleanField("in contanti", default=False)

    class Meta:
        verbose_name = "dati di pagamento"
        verbose_name_plural = "dati di pagamento"
        constraints = [
            models.CheckConstraint(
                condition=Q(contanti=False) | Q(iban=""), name="pagamento_contanti_senza_iban"
            )
        ]

    def __str__(self) -> str:
        return f"pagamento di {self.nomina}"


@tracked
class Liquidazione(models.Model):
    """A batch of payments of one determina."""

    class Stato(models.TextChoices):
        BOZZA = "bozza", "in preparazione"
        CHIUSA = "chiusa", "chiusa"

    elezione = models.ForeignKey(Elezione, on_delete=models.PROTECT, related_name="liquidazioni")
    numero = models.PositiveSmallIntegerField()
    determina = models.CharField(max_length=120, blank=True)
    data_determina = models.DateField(null=True, blank=True)
    stato = models.CharField(max_length=8, choices=Stato, default=Stato.BOZZA)
    chiusa_il = models.DateTimeField(null=True, blank=True)
    chiusa_da = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = LiquidazioneQuerySet.as_manager()

    class Meta:
        verbose_name = "liquidazione"
        verbose_name_plural = "liquidazioni"
        ordering = ["elezione", "numero"]
        constraints = [
            models.UniqueConstraint(fields=["elezione", "numero"], name="liquidazione_numero_unico"),
            models.CheckConstraint(
                condition=~Q(stato="chiusa") | (Q(chiusa_il__isnull=False) & ~Q(determina="")),
                name="liquidazione_chiusa_con_determina",
            ),
        ]

    def __str__(self) -> str:
        return f"liquidazione n. {self.numero}"

    @property
    def is_chiusa(self) -> bool:
        return self.stato == self.Stato.CHIUSA


@tracked
class Compenso(models.Model):
    """What is due to one person for one turno, with the rules applied, in cents of euro."""

    nomina = models.ForeignKey(Nomina, on_delete=models.PROTECT, related_name="compensi")
    turno = models.PositiveSmallIntegerField(default=1)
    centesimi = models.PositiveIntegerField("importo in centesimi")
    voci = models.JSONField(encoder=DjangoJSONEncoder, help_text="Ogni voce con la regola applicata.")
    liquidazione = models.ForeignKey(
        Liquidazione, null=True, blank=True, on_delete=models.PROTECT, related_name="compensi"
    )

    objects = CompensoQuerySet.as_manager()

    class Meta:
        verbose_name = "compenso"
        verbose_name_plural = "compensi"
        ordering = ["nomina__ufficio__sezione__numero", "nomina__ruolo", "turno"]
        constraints = [models.UniqueConstraint(fields=["nomina", "turno"], name="compenso_unico_per_turno")]

    def __str__(self) -> str:
        return f"{self.nomina}: {self.centesimi // 100},{self.centesimi % 100:02d} euro"
