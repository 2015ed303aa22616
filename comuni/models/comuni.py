"""Comuni, and who works for them."""

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

from comuni.querysets import AppartenenzaQuerySet, ComuneQuerySet
from electoral.ordine import chiave_ordine
from electoral.permessi import Ruolo
from electoral.storia import tracked

solo_cifre = RegexValidator(r"^\d{6}$", "Il codice ISTAT ha sei cifre.")


@tracked
class Comune(models.Model):
    nome = models.CharField(max_length=120)
    chiave = models.CharField("chiave d'ordine", max_length=120, editable=False, db_index=True)
    provincia = models.CharField(max_length=60)
    sigla_provincia = models.CharField("sigla", max_length=2, blank=True)
    regione = models.CharField(max_length=60)
    codice_istat = models.CharField("codice ISTAT", max_length=6, blank=True, validators=[solo_cifre])
    codice_catastale = models.CharField(max_length=4, blank=True)
    capoluogo = models.BooleanField("capoluogo di provincia", default=False)
    popolazione_legale = models.PositiveIntegerField(
        null=True, blank=True, help_text="Ultimo censimento ufficiale (art. 37 c. 4 TUEL)."
    )
    circondario = models.CharField("circondario elettorale", max_length=120, blank=True)
    stemma = models.FileField(upload_to="stemmi", blank=True)

    objects = ComuneQuerySet.as_manager()

    class Meta:
        verbose_name = "comune"
        verbose_name_plural = "comuni"
        ordering = ["chiave", "provincia"]
        constraints = [
            models.UniqueConstraint(fields=["nome", "provincia"], name="comune_nome_provincia_unici"),
            models.UniqueConstraint(
                fields=["codice_istat"], condition=~Q(codice_istat=""), name="comune_codice_istat_unico"
            ),
        ]

    def __str__(self) -> str:
        return self.nome

    def save(self, *args, **kwargs) -> None:
        self.chiave = chiave_ordine(self.nome)
        super().save(*args, **kwargs)


@tracked
class Appartenenza(models.Model):
    """The role of a person in a comune; the digitatore enters only the sections assigned here."""

    utente = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="appartenenze"
    )
    comune = models.ForeignKey(Comune, on_delete=models.PROTECT, related_name="appartenenze")
    ruolo = models.CharField(max_length=20, choices=Ruolo)
    sezioni = models.ManyToManyField(
        "Sezione", blank=True, related_name="digitatori", verbose_name="sezioni assegnate"
    )

    objects = AppartenenzaQuerySet.as_manager()

    class Meta:
        verbose_name = "appartenenza"
        verbose_name_plural = "appartenenze"
        constraints = [
            models.UniqueConstraint(fields=["utente", "comune", "ruolo"], name="appartenenza_unica"),
            models.CheckConstraint(condition=Q(ruolo__in=Ruolo.values), name="appartenenza_ruolo_noto"),
        ]

    def __str__(self) -> str:
        return f"{self.utente}: {self.get_ruolo_display()} — {self.comune}"
