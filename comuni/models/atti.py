"""Produced documents and their signed versions."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from comuni.models.elezioni import Elezione
from comuni.querysets import AttoQuerySet, VersioneFirmataQuerySet
from electoral.permessi import Azione
from electoral.storia import tracked


@tracked
class Atto(models.Model):
    """A produced document: frozen context, PDF and hash. A new version is a new row."""

    elezione = models.ForeignKey(Elezione, on_delete=models.PROTECT, related_name="atti")
    tipo = models.CharField(max_length=60)
    oggetto = models.CharField(
        max_length=120, blank=True, help_text="Chiave della cosa di cui tratta, se più d'una."
    )
    azione = models.CharField(
        "chi può leggerlo",
        max_length=30,
        default=Azione.VEDERE_ELEZIONE.value,
        help_text="L'azione (electoral.permessi) che il ruolo deve comprendere.",
    )
    numero = models.PositiveIntegerField(help_text="Progressivo nell'elezione.")
    titolo = models.CharField(max_length=200)
    modello = models.CharField(max_length=120, help_text="Modello Typst usato.")
    impronta_modello = models.CharField(max_length=64)
    contesto = models.JSONField(encoder=DjangoJSONEncoder)
    file = models.FileField(upload_to="atti/%Y")
    sha256 = models.CharField(max_length=64)
    pagine = models.PositiveSmallIntegerField(null=True, blank=True)
    prodotto_da = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    prodotto_il = models.DateTimeField()

    objects = AttoQuerySet.as_manager()

    class Meta:
        verbose_name = "atto"
        verbose_name_plural = "atti"
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["elezione", "numero"], name="atto_numero_unico")]

    def __str__(self) -> str:
        return f"{self.titolo} (n. {self.numero})"


@tracked
class VersioneFirmata(models.Model):
    """The act as it came back signed, checked against the produced file. Another upload is another row."""

    atto = models.ForeignKey(Atto, on_delete=models.PROTECT, related_name="firmate")
    file = models.FileField(upload_to="atti_firmati/%Y")
    formato = models.CharField(max_length=10)
    sha256 = models.CharField(max_length=64)
    firme = models.JSONField(
        encoder=DjangoJSONEncoder, help_text="Chi ha firmato, quando, con quale certificato."
    )
    caricata_da = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    caricata_il = models.DateTimeField(auto_now_add=True)

    objects = VersioneFirmataQuerySet.as_manager()

    class Meta:
        verbose_name = "versione firmata di un atto"
        verbose_name_plural = "versioni firmate degli atti"
        ordering = ["atto", "pk"]
        constraints = [models.UniqueConstraint(fields=["atto", "sha256"], name="versione_firmata_una_volta")]

    def __str__(self) -> str:
        return f"{self.atto}, firmato da {', '.join(f['firmatario'] for f in self.firme)}"
