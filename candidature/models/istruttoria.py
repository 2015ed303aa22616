"""The examination of the commissione: sittings, findings, decisions, hearings, notifications."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from candidature.models.liste import Candidato, CandidatoSindaco, Lista
from candidature.querysets import DecisioneQuerySet, DiListaQuerySet
from comuni.models import Elezione
from comuni.querysets import DiElezioneQuerySet
from electoral.storia import tracked


@tracked
class Seduta(models.Model):
    """A sitting of the commissione on one election; its verbale tells what was decided in it."""

    class Tipo(models.TextChoices):
        ESAME = "esame", "esame delle candidature"
        DEFINITIVA = "definitiva", "audizione dei delegati e decisioni definitive"

    elezione = models.ForeignKey(Elezione, on_delete=models.PROTECT, related_name="sedute")
    tipo = models.CharField(max_length=12, choices=Tipo)
    luogo = models.CharField(max_length=200)
    presidente = models.CharField(max_length=120)
    componenti = models.TextField("componenti presenti")
    segretario = models.CharField(max_length=120)
    aperta_il = models.DateTimeField()
    chiusa_il = models.DateTimeField(null=True, blank=True)
    osservazioni = models.TextField(blank=True)
    aperta_da = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    chiusa_da = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = DiElezioneQuerySet.as_manager()

    class Meta:
        verbose_name = "seduta"
        verbose_name_plural = "sedute"
        ordering = ["elezione", "aperta_il"]
        constraints = [
            models.UniqueConstraint(
                fields=["elezione"], condition=Q(chiusa_il__isnull=True), name="seduta_una_aperta"
            ),
        ]

    def __str__(self) -> str:
        return f"seduta del {self.aperta_il:%d/%m/%Y} ({self.get_tipo_display()})"


class RilievoCandidatura(models.Model):
    """A finding on a list, recomputed whenever its data change; decisions keep their own copy."""

    lista = models.ForeignKey(Lista, on_delete=models.CASCADE, related_name="rilievi")
    candidato = models.ForeignKey(
        Candidato, null=True, blank=True, on_delete=models.CASCADE, related_name="rilievi"
    )
    codice = models.CharField(max_length=4, db_index=True)
    passo = models.CharField(max_length=8, help_text="Lettera dell'ordine di esame.")
    ordine = models.PositiveSmallIntegerField()
    contesto = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    sanabile = models.BooleanField(default=False)
    sanabile_entro = models.DateTimeField(null=True, blank=True)
    calcolato_il = models.DateTimeField()

    objects = DiListaQuerySet.as_manager()

    class Meta:
        verbose_name = "rilievo"
        verbose_name_plural = "rilievi"
        ordering = ["lista", "ordine"]
        constraints = [models.UniqueConstraint(fields=["lista", "ordine"], name="rilievo_lista_ordine")]

    def __str__(self) -> str:
        return f"{self.codice} ({self.lista})"


@tracked
class Decisione(models.Model):
    """What the commissione decided on a list, or on a sindaco: never changed, followed by a new one."""

    class Esito(models.TextChoices):
        AMMESSA = "ammessa", "ammessa"
        AMMESSA_CON_ESCLUSIONI = "ammessa_con_esclusioni", "ammessa con esclusioni"
        DA_INTEGRARE = "da_integrare", "da integrare"
        RICUSATA = "ricusata", "ricusata"

    elezione = models.ForeignKey(Elezione, on_delete=models.PROTECT, related_name="decisioni")
    lista = models.ForeignKey(
        Lista, null=True, blank=True, on_delete=models.PROTECT, related_name="decisioni"
    )
    sindaco = models.ForeignKey(
        CandidatoSindaco, null=True, blank=True, on_delete=models.PROTECT, related_name="decisioni"
    )
    seduta = models.ForeignKey(
        Seduta, null=True, blank=True, on_delete=models.PROTECT, related_name="decisioni"
    )
    esito = models.CharField(max_length=24, choices=Esito)
    motivazione = models.TextField(blank=True)
    integrare_entro = models.DateTimeField(null=True, blank=True)
    rilievi = models.JSONField(default=list, encoder=DjangoJSONEncoder)
    d_ufficio = models.BooleanField(default=False, help_text="Conseguenza di un'altra decisione.")
    decisa_da = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decisa_il = models.DateTimeField()

    objects = DecisioneQuerySet.as_manager()

    class Meta:
        verbose_name = "decisione"
        verbose_name_plural = "decisioni"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(lista__isnull=False, sindaco__isnull=True)
                | Q(lista__isnull=True, sindaco__isnull=False),
                name="decisione_su_lista_o_sindaco",
            ),
            models.CheckConstraint(
                condition=Q(esito="ammessa") | ~Q(motivazione=""), name="decisione_motivata"
            ),
            models.CheckConstraint(
                condition=~Q(esito="da_integrare") | Q(integrare_entro__isnull=False),
                name="decisione_integrazione_con_termine",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.lista or self.sindaco}: {self.get_esito_display()}"


@tracked
class Esclusione(models.Model):
    """A name struck by a decision, and why."""

    decisione = models.ForeignKey(Decisione, on_delete=models.PROTECT, related_name="esclusioni")
    candidato = models.ForeignKey(Candidato, on_delete=models.PROTECT, related_name="esclusioni")
    codice = models.CharField(max_length=4, blank=True)
    motivo = models.CharField(max_length=400)

    class Meta:
        verbose_name = "esclusione"
        verbose_name_plural = "esclusioni"
        ordering = ["decisione", "candidato__numero"]
        constraints = [
            models.UniqueConstraint(fields=["decisione", "candidato"], name="esclusione_una_per_nome")
        ]

    def __str__(self) -> str:
        return f"{self.candidato}: {self.motivo}"


@tracked
class Notifica(models.Model):
    """How and when a decision reached a delegate."""

    class Modalita(models.TextChoices):
        A_MANO = "a_mano", "consegna a mano"
        PEC = "pec", "PEC"
        MESSO = "messo", "messo comunale"

    decisione = models.ForeignKey(Decisione, on_delete=models.PROTECT, related_name="notifiche")
    destinatario = models.CharField(max_length=200)
    modalita = models.CharField("modalità", max_length=8, choices=Modalita)
    notificata_il = models.DateTimeField()
    registrata_da = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "notifica"
        verbose_name_plural = "notifiche"
        ordering = ["notificata_il"]

    def __str__(self) -> str:
        return f"{self.destinatario}, {self.get_modalita_display()}"


@tracked
class Audizione(models.Model):
    """A delegate heard, what was objected and which papers were added (TU 33, last comma)."""

    lista = models.ForeignKey(Lista, on_delete=models.PROTECT, related_name="audizioni")
    seduta = models.ForeignKey(
        Seduta, null=True, blank=True, on_delete=models.PROTECT, related_name="audizioni"
    )
    sentito = models.CharField("delegato sentito", max_length=200)
    sentito_il = models.DateTimeField()
    deduzioni = models.TextField(blank=True)
    documenti_nuovi = models.TextField("nuovi documenti ammessi", blank=True)
    registrata_da = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = DiListaQuerySet.as_manager()

    class Meta:
        verbose_name = "audizione"
        verbose_name_plural = "audizioni"
        ordering = ["sentito_il"]

    def __str__(self) -> str:
        return f"{self.sentito} per {self.lista}"
