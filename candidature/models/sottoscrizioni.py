"""Those who signed for a list: special-category data, apart from everything else."""

import pghistory
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from candidature.identita import impronta_persona
from candidature.models.liste import Lista
from candidature.querysets import DiListaQuerySet, SottoscrizioneQuerySet
from comuni.models import Elezione

#: What the history keeps of a signature: never who signed.
CAMPI_IN_STORIA = ["lista", "impronta", "iscrizione", "modulo_regolare", "autenticata", "cancellata_il"]


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
    fields=CAMPI_IN_STORIA,
    model_name="SottoscrizioneEvent",
)
class Sottoscrizione(models.Model):
    """One signature. After the term only the keyed hash stays; the name goes."""

    class Iscrizione(models.TextChoices):
        DA_VERIFICARE = "da_verificare", "da verificare"
        PRESENTE = "presente", "iscritto, certificato presente"
        MANCANTE = "mancante", "certificato mancante"
        NON_ISCRITTO = "non_iscritto", "non iscritto nel comune"

    lista = models.ForeignKey(Lista, on_delete=models.PROTECT, related_name="sottoscrizioni")
    modulo = models.PositiveSmallIntegerField("modulo", default=1, help_text="Numero dell'atto separato.")
    riga = models.PositiveIntegerField("riga", help_text="Posizione nella lista dei sottoscrittori.")
    cognome = models.CharField(max_length=120, blank=True)
    nome = models.CharField(max_length=120, blank=True)
    data_nascita = models.DateField("data di nascita", null=True, blank=True)
    luogo_nascita = models.CharField("luogo di nascita", max_length=120, blank=True)
    codice_fiscale = models.CharField(max_length=16, blank=True)
    impronta = models.CharField(
        max_length=64, blank=True, db_index=True, help_text="Impronta con chiave del codice fiscale."
    )
    impronta_nome = models.CharField(
        max_length=64, blank=True, db_index=True, help_text="Impronta con chiave di nome e nascita."
    )
    iscrizione = models.CharField(
        "iscritto nelle liste del comune",
        max_length=14,
        choices=Iscrizione,
        default=Iscrizione.DA_VERIFICARE,
    )
    firmata_il = models.DateField("firmata e autenticata il", null=True, blank=True)
    autenticata = models.BooleanField("autenticazione regolare", default=True)
    autenticata_da = models.CharField("autenticata da", max_length=200, blank=True)
    modulo_regolare = models.BooleanField("su modulo con contrassegno e candidati", default=True)
    cancellata_il = models.DateTimeField("dati personali cancellati il", null=True, blank=True)

    objects = SottoscrizioneQuerySet.as_manager()

    class Meta:
        verbose_name = "sottoscrizione"
        verbose_name_plural = "sottoscrizioni"
        ordering = ["lista", "riga"]
        constraints = [
            models.UniqueConstraint(fields=["lista", "riga"], name="sottoscrizione_riga_unica"),
            models.CheckConstraint(
                condition=Q(cancellata_il__isnull=True)
                | Q(cognome="", nome="", codice_fiscale="", luogo_nascita="", data_nascita__isnull=True),
                name="sottoscrizione_cancellata_senza_nomi",
            ),
        ]

    def __str__(self) -> str:
        return f"sottoscrizione {self.riga}"

    def set_impronte(self) -> None:
        """The two hashes that find the same person elsewhere; to be called before every write."""
        self.impronta = impronta_persona(codice_fiscale=self.codice_fiscale)
        self.impronta_nome = impronta_persona(
            cognome=self.cognome, nome=self.nome, data_nascita=self.data_nascita
        )


class LetturaSottoscrittori(models.Model):
    """Who looked at the signers of a list, when, and how many names were shown."""

    utente = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    lista = models.ForeignKey(Lista, on_delete=models.PROTECT, related_name="letture_sottoscrittori")
    letti = models.PositiveIntegerField()
    pagina = models.CharField(max_length=60)
    letta_il = models.DateTimeField(auto_now_add=True)

    objects = DiListaQuerySet.as_manager()

    class Meta:
        verbose_name = "lettura di sottoscrittori"
        verbose_name_plural = "letture di sottoscrittori"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.utente}, {self.lista}, {self.letti} nomi"


class CaricamentoCsv(models.Model):
    """An uploaded file that waits for confirmation; nothing of it is saved elsewhere before."""

    class Tipo(models.TextChoices):
        CANDIDATI = "candidati", "candidati"
        SOTTOSCRITTORI = "sottoscrittori", "sottoscrittori"

    elezione = models.ForeignKey(Elezione, on_delete=models.CASCADE, related_name="+")
    lista = models.ForeignKey(Lista, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    tipo = models.CharField(max_length=15, choices=Tipo)
    nome_file = models.CharField(max_length=200)
    contenuto = models.BinaryField()
    caricato_da = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    caricato_il = models.DateTimeField(auto_now_add=True)
    confermato_il = models.DateTimeField(null=True, blank=True)
    esito = models.JSONField(default=dict, encoder=DjangoJSONEncoder)

    class Meta:
        verbose_name = "caricamento"
        verbose_name_plural = "caricamenti"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.nome_file} ({self.get_tipo_display()})"
