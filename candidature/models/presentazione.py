"""The filing of a list: papers, delegates, the frozen version and what was corrected afterwards."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from candidature.models.liste import Lista, StatoDocumento
from candidature.querysets import DiListaQuerySet
from comuni.persone import Persona
from electoral.storia import tracked


@tracked
class Documento(models.Model):
    """One paper of the list and its state (TU 28 and 32)."""

    class Tipo(models.TextChoices):
        DICHIARAZIONE = "dichiarazione", "Dichiarazione di presentazione della lista"
        CERTIFICATI_SOTTOSCRITTORI = (
            "certificati_sottoscrittori",
            "Certificati di iscrizione dei sottoscrittori",
        )
        CONTRASSEGNO = "contrassegno", "Contrassegno (tre esemplari o supporto digitale)"
        COLLEGAMENTO_SINDACO = "collegamento_sindaco", "Collegamento dichiarato dal candidato sindaco"
        COLLEGAMENTO_DELEGATI = "collegamento_delegati", "Collegamento dichiarato dai delegati"
        PROGRAMMA = "programma", "Programma amministrativo"
        DELEGATI = "delegati", "Designazione dei delegati"
        BILANCIO = "bilancio", "Bilancio preventivo di spesa"
        AUTORIZZAZIONE_SIMBOLO = "autorizzazione_simbolo", "Autorizzazione all'uso del simbolo di partito"

    lista = models.ForeignKey(Lista, on_delete=models.CASCADE, related_name="documenti")
    tipo = models.CharField(max_length=30, choices=Tipo)
    stato = models.CharField(max_length=14, choices=StatoDocumento, default=StatoDocumento.DA_VERIFICARE)
    nota = models.CharField(max_length=300, blank=True)
    verificato_da = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    verificato_il = models.DateTimeField(null=True, blank=True)

    objects = DiListaQuerySet.as_manager()

    class Meta:
        verbose_name = "documento della lista"
        verbose_name_plural = "documenti della lista"
        ordering = ["lista", "pk"]
        constraints = [models.UniqueConstraint(fields=["lista", "tipo"], name="documento_uno_per_tipo")]

    def __str__(self) -> str:
        return f"{self.get_tipo_display()}: {self.get_stato_display()}"


@tracked
class Delegato(Persona):
    """Who speaks for the list: the draw, the observers, the links, the hearing."""

    class Ruolo(models.TextChoices):
        EFFETTIVO = "effettivo", "effettivo"
        SUPPLENTE = "supplente", "supplente"

    lista = models.ForeignKey(Lista, on_delete=models.CASCADE, related_name="delegati")
    ruolo = models.CharField(max_length=10, choices=Ruolo, default=Ruolo.EFFETTIVO)
    pec = models.EmailField("PEC o posta elettronica", blank=True)
    telefono = models.CharField(max_length=40, blank=True)
    domicilio = models.CharField(max_length=200, blank=True)

    objects = DiListaQuerySet.as_manager()

    class Meta:
        verbose_name = "delegato"
        verbose_name_plural = "delegati"
        ordering = ["lista", "ruolo", "pk"]


@tracked
class VersionePresentata(models.Model):
    """The list exactly as it was filed: never changed. What follows is a ``Rettifica``."""

    lista = models.OneToOneField(Lista, on_delete=models.PROTECT, related_name="versione_presentata")
    contenuto = models.JSONField(encoder=DjangoJSONEncoder)
    impronta = models.CharField(max_length=64)
    congelata_il = models.DateTimeField()
    congelata_da = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = DiListaQuerySet.as_manager()

    class Meta:
        verbose_name = "versione presentata"
        verbose_name_plural = "versioni presentate"

    def __str__(self) -> str:
        return f"{self.lista}, versione presentata ({self.impronta[:8]})"


@tracked
class Rettifica(models.Model):
    """One correction laid over the filed version: what, from what to what, who, when and why."""

    lista = models.ForeignKey(Lista, on_delete=models.PROTECT, related_name="rettifiche")
    percorso = models.CharField("dato", max_length=80, help_text="Per esempio candidati.3.nome.")
    prima = models.TextField(blank=True)
    dopo = models.TextField(blank=True)
    motivo = models.CharField(max_length=300)
    autore = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    registrata_il = models.DateTimeField()

    objects = DiListaQuerySet.as_manager()

    class Meta:
        verbose_name = "rettifica"
        verbose_name_plural = "rettifiche"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(motivo=""), name="rettifica_con_motivo"),
        ]

    def __str__(self) -> str:
        return f"{self.dato}: «{self.prima}» → «{self.dopo}»"

    @property
    def dato(self) -> str:
        """The path in words: ``candidati.3.data_nascita`` is «candidato n. 3, data nascita»."""
        gruppo, _, resto = self.percorso.partition(".")
        if gruppo != "candidati":
            return self.percorso.replace(".", ", ").replace("_", " ")
        posto, _, campo = resto.partition(".")
        if not posto.isdecimal():
            return "posizioni dei candidati"
        return ", ".join(filter(None, (f"candidato n. {posto}", campo.replace("_", " "))))
