"""The readings of a verbale: who typed what, step by step, and the road of the section to its end."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from electoral.storia import tracked
from risultati.models.scrutinio import Scrutinio
from risultati.querysets import RilievoSezioneQuerySet

UTENTE = settings.AUTH_USER_MODEL


@tracked
class Digitazione(models.Model):
    """One reading of the verbale. The second is blind, by other people; the third is of a few cells only."""

    class Ordine(models.IntegerChoices):
        PRIMA = 1, "prima digitazione"
        SECONDA = 2, "seconda digitazione"
        RILETTURA = 3, "rilettura delle caselle diverse"

    scrutinio = models.ForeignKey(Scrutinio, on_delete=models.CASCADE, related_name="digitazioni")
    ordine = models.PositiveSmallIntegerField(choices=Ordine, default=Ordine.PRIMA)
    iniziata_da = models.ForeignKey(UTENTE, null=True, on_delete=models.PROTECT, related_name="+")
    iniziata_il = models.DateTimeField()
    conclusa_da = models.ForeignKey(UTENTE, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    conclusa_il = models.DateTimeField(null=True, blank=True)
    motivo = models.TextField(
        blank=True, help_text="Perché le caselle sono state rimandate (solo rilettura)."
    )

    class Meta:
        verbose_name = "digitazione"
        verbose_name_plural = "digitazioni"
        ordering = ["scrutinio", "ordine"]
        constraints = [
            models.UniqueConstraint(fields=["scrutinio", "ordine"], name="digitazione_una_per_ordine"),
            models.CheckConstraint(condition=Q(ordine__in=[1, 2, 3]), name="digitazione_ordine_noto"),
        ]

    def __str__(self) -> str:
        return f"{self.get_ordine_display()}, {self.scrutinio}"


@tracked
class PassoDigitato(models.Model):
    """One step as confirmed: cells by path (``voti_sindaci.3``), ``null`` = not written on the paper."""

    digitazione = models.ForeignKey(Digitazione, on_delete=models.CASCADE, related_name="passi")
    nome = models.CharField(max_length=30)
    celle = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    versione = models.PositiveIntegerField(default=1, help_text="Cresce a ogni salvataggio.")
    salvato_da = models.ForeignKey(UTENTE, null=True, on_delete=models.PROTECT, related_name="+")
    salvato_il = models.DateTimeField()

    class Meta:
        verbose_name = "passo digitato"
        verbose_name_plural = "passi digitati"
        ordering = ["digitazione", "pk"]
        constraints = [models.UniqueConstraint(fields=["digitazione", "nome"], name="passo_digitato_unico")]

    def __str__(self) -> str:
        return f"{self.nome}, {self.digitazione}"


class BozzaPasso(models.Model):
    """What one person is typing in one step, as text, before it is confirmed. Not an act: no history."""

    digitazione = models.ForeignKey(Digitazione, on_delete=models.CASCADE, related_name="bozze")
    nome = models.CharField(max_length=30)
    utente = models.ForeignKey(UTENTE, on_delete=models.CASCADE, related_name="+")
    celle = models.JSONField(default=dict)
    numero = models.PositiveBigIntegerField(
        default=0, help_text="Cresce a ogni tasto: una bozza vecchia non copre la nuova."
    )
    aggiornata_il = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "bozza"
        verbose_name_plural = "bozze"
        constraints = [
            models.UniqueConstraint(fields=["digitazione", "nome", "utente"], name="bozza_passo_unica")
        ]

    def __str__(self) -> str:
        return f"bozza di {self.utente}, {self.nome}"


@tracked
class Passaggio(models.Model):
    """A change of state of a section, with who, when and why."""

    scrutinio = models.ForeignKey(Scrutinio, on_delete=models.CASCADE, related_name="passaggi")
    da = models.CharField(max_length=15, choices=Scrutinio.Stato)
    a = models.CharField(max_length=15, choices=Scrutinio.Stato)
    motivo = models.TextField(blank=True)
    fatto_da = models.ForeignKey(UTENTE, null=True, on_delete=models.PROTECT, related_name="+")
    fatto_il = models.DateTimeField()

    class Meta:
        verbose_name = "passaggio di stato"
        verbose_name_plural = "passaggi di stato"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.scrutinio}: {self.get_da_display()} → {self.get_a_display()}"


@tracked
class RilievoSezione(models.Model):
    """A finding on a section, and the decision somebody took about it."""

    scrutinio = models.ForeignKey(Scrutinio, on_delete=models.CASCADE, related_name="rilievi")
    codice = models.CharField(max_length=5)
    campi = models.JSONField(default=list)
    contesto = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    impronta = models.CharField(
        max_length=64, help_text="Di codice, campi e cifre: se cambiano, si decide di nuovo."
    )
    motivo = models.TextField(blank=True, help_text="Perché la cifra resta quella del verbale.")
    deciso_da = models.ForeignKey(UTENTE, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    deciso_il = models.DateTimeField(null=True, blank=True)

    objects = RilievoSezioneQuerySet.as_manager()

    class Meta:
        verbose_name = "rilievo"
        verbose_name_plural = "rilievi"
        ordering = ["scrutinio", "codice", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["scrutinio", "impronta"], name="rilievo_sezione_unico"),
            models.CheckConstraint(
                condition=Q(deciso_il__isnull=True) | ~Q(motivo=""), name="rilievo_deciso_con_motivo"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.codice}, {self.scrutinio}"

    @property
    def is_errore(self) -> bool:
        return self.codice.startswith("E")

    @property
    def is_deciso(self) -> bool:
        return self.deciso_il is not None
