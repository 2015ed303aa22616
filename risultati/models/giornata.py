"""What surrounds the figures on the election days: notes, scans, messages to the prefettura, screens."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from comuni.models import Elezione, Sezione
from electoral.storia import tracked
from risultati.models.scrutinio import Turno
from risultati.querysets import DiElezioneQuerySet

UTENTE = settings.AUTH_USER_MODEL


@tracked
class InvioAffluenza(models.Model):
    """Turnout told to the prefettura: the hour, who, and the figure sent."""

    elezione = models.ForeignKey(Elezione, on_delete=models.PROTECT, related_name="invii_affluenza")
    turno = models.PositiveSmallIntegerField(choices=Turno, default=Turno.PRIMO)
    rilevazione = models.CharField(max_length=20)
    votanti = models.PositiveIntegerField()
    inviato_il = models.DateTimeField()
    inviato_da = models.ForeignKey(UTENTE, null=True, on_delete=models.PROTECT, related_name="+")

    objects = DiElezioneQuerySet.as_manager()

    class Meta:
        verbose_name = "invio dell'affluenza"
        verbose_name_plural = "invii dell'affluenza"
        ordering = ["elezione", "turno", "-inviato_il"]

    def __str__(self) -> str:
        return f"affluenza delle {self.rilevazione} inviata: {self.votanti} votanti"


@tracked
class Annotazione(models.Model):
    """A note, an incident, a reading aloud, differences decided: never changed, only added to."""

    class Tipo(models.TextChoices):
        NOTA = "nota", "nota"
        INCIDENTE = "incidente", "incidente"
        LETTURA = "lettura", "lettura ad alta voce"
        DIFFERENZA = "differenza", "differenze decise"

    sezione = models.ForeignKey(Sezione, on_delete=models.PROTECT, related_name="annotazioni")
    turno = models.PositiveSmallIntegerField(choices=Turno, default=Turno.PRIMO)
    tipo = models.CharField(max_length=10, choices=Tipo, default=Tipo.NOTA)
    testo = models.TextField()
    scritta_da = models.ForeignKey(UTENTE, null=True, on_delete=models.PROTECT, related_name="+")
    scritta_il = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "annotazione"
        verbose_name_plural = "annotazioni"
        ordering = ["sezione", "turno", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(testo=""), name="annotazione_con_testo")]

    def __str__(self) -> str:
        return f"{self.get_tipo_display()}, {self.sezione}"


@tracked
class Scansione(models.Model):
    """Scan or photo of the verbale of a section: private, with its hash."""

    sezione = models.ForeignKey(Sezione, on_delete=models.PROTECT, related_name="scansioni")
    turno = models.PositiveSmallIntegerField(choices=Turno, default=Turno.PRIMO)
    file = models.FileField(upload_to="verbali_sezione/%Y")
    nome = models.CharField(max_length=120, help_text="Nome del file come caricato.")
    tipo_mime = models.CharField(max_length=40)
    byte = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    caricata_da = models.ForeignKey(UTENTE, null=True, on_delete=models.PROTECT, related_name="+")
    caricata_il = models.DateTimeField(auto_now_add=True)
    ritirata_il = models.DateTimeField(null=True, blank=True)
    motivo_ritiro = models.TextField(blank=True)

    class Meta:
        verbose_name = "scansione del verbale"
        verbose_name_plural = "scansioni del verbale"
        ordering = ["sezione", "turno", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ritirata_il__isnull=True) | ~Q(motivo_ritiro=""),
                name="scansione_ritirata_con_motivo",
            )
        ]

    def __str__(self) -> str:
        return f"{self.nome} ({self.sezione})"

    @property
    def is_immagine(self) -> bool:
        return self.tipo_mime.startswith("image/")


@tracked
class IndirizzoSchermo(models.Model):
    """A signed read-only address of the board for the big screen; it can be revoked."""

    elezione = models.ForeignKey(Elezione, on_delete=models.PROTECT, related_name="indirizzi_schermo")
    turno = models.PositiveSmallIntegerField(choices=Turno, default=Turno.PRIMO)
    creato_da = models.ForeignKey(UTENTE, null=True, on_delete=models.PROTECT, related_name="+")
    creato_il = models.DateTimeField(auto_now_add=True)
    revocato_il = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "indirizzo per lo schermo"
        verbose_name_plural = "indirizzi per lo schermo"
        ordering = ["elezione", "-pk"]

    def __str__(self) -> str:
        return f"schermo di {self.elezione}"
