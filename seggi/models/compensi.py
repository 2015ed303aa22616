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
