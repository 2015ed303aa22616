"""Candidates for sindaco, lists and their candidates, as filed."""

from django.db import models
from django.db.models import F, Q

from candidature.querysets import CandidatoQuerySet, CandidatoSindacoQuerySet, ListaQuerySet
from comuni.models import Elezione
from comuni.persone import Persona
from electoral.storia import tracked


@tracked
class CandidatoSindaco(Persona):
    class Stato(models.TextChoices):
        PRESENTATO = "presentato", "presentato"
        AMMESSO = "ammesso", "ammesso"
        ESCLUSO = "escluso", "escluso"
        RITIRATO = "ritirato", "ritirato"
        DECEDUTO = "deceduto", "deceduto"

    elezione = models.ForeignKey(Elezione, on_delete=models.PROTECT, related_name="candidati_sindaco")
    numero = models.PositiveSmallIntegerField("numero", help_text="Ordine del sorteggio.")
    stato = models.CharField(max_length=12, choices=Stato, default=Stato.PRESENTATO)

    objects = CandidatoSindacoQuerySet.as_manager()

    class Meta:
        verbose_name = "candidato sindaco"
        verbose_name_plural = "candidati sindaco"
        ordering = ["elezione", "numero"]
        constraints = [
            models.UniqueConstraint(fields=["elezione", "numero"], name="candidato_sindaco_numero_unico"),
            models.CheckConstraint(condition=Q(numero__gte=1), name="candidato_sindaco_numero_da_uno"),
        ]


@tracked
class Lista(models.Model):
    class Stato(models.TextChoices):
        PRESENTATA = "presentata", "presentata"
        DA_INTEGRARE = "da_integrare", "da integrare"
        AMMESSA = "ammessa", "ammessa"
        AMMESSA_CON_ESCLUSIONI = "ammessa_con_esclusioni", "ammessa con esclusioni"
        RICUSATA = "ricusata", "ricusata"
        RITIRATA = "ritirata", "ritirata"

    elezione = models.ForeignKey(Elezione, on_delete=models.PROTECT, related_name="liste")
    numero = models.PositiveSmallIntegerField(help_text="Ordine del sorteggio.")
    denominazione = models.CharField(max_length=200)
    sindaco = models.ForeignKey(
        CandidatoSindaco, on_delete=models.PROTECT, related_name="liste", verbose_name="candidato sindaco"
    )
    apparentata_con = models.ForeignKey(
        CandidatoSindaco,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="liste_apparentate",
        help_text="Ulteriore collegamento per il ballottaggio (art. 72 c. 7 TUEL).",
    )
    presentata_il = models.DateTimeField("presentata il", null=True, blank=True)
    contrassegno = models.FileField(upload_to="contrassegni", blank=True)
    stato = models.CharField(max_length=24, choices=Stato, default=Stato.PRESENTATA)

    objects = ListaQuerySet.as_manager()

    class Meta:
        verbose_name = "lista"
        verbose_name_plural = "liste"
        ordering = ["elezione", "numero"]
        constraints = [
            models.UniqueConstraint(fields=["elezione", "numero"], name="lista_numero_unico"),
            models.CheckConstraint(condition=Q(numero__gte=1), name="lista_numero_da_uno"),
            models.CheckConstraint(
                condition=Q(apparentata_con__isnull=True) | ~Q(apparentata_con=F("sindaco")),
                name="lista_apparentata_con_altro_sindaco",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.numero}. {self.denominazione}"


@tracked
class Candidato(Persona):
    """A candidate for consigliere, in list order."""

    class Stato(models.TextChoices):
        PRESENTATO = "presentato", "presentato"
        ESCLUSO = "escluso", "escluso"
        DECEDUTO = "deceduto", "deceduto"

    lista = models.ForeignKey(Lista, on_delete=models.PROTECT, related_name="candidati")
    numero = models.PositiveSmallIntegerField("posizione", help_text="Posizione nella lista.")
    stato = models.CharField(max_length=12, choices=Stato, default=Stato.PRESENTATO)

    objects = CandidatoQuerySet.as_manager()

    class Meta:
        verbose_name = "candidato consigliere"
        verbose_name_plural = "candidati consiglieri"
        ordering = ["lista", "numero"]
        constraints = [
            models.UniqueConstraint(fields=["lista", "numero"], name="candidato_numero_unico"),
            models.CheckConstraint(condition=Q(numero__gte=1), name="candidato_numero_da_uno"),
        ]
