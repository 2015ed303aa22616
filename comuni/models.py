"""Comuni, who works for them, elections, sections, duties, and the acts produced."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q

from comuni.querysets import (
    AppartenenzaQuerySet,
    AttoQuerySet,
    ComuneQuerySet,
    ElezioneQuerySet,
    SezioneQuerySet,
)
from electoral.ordine import chiave_ordine
from electoral.permessi import Ruolo
from electoral.storia import tracked

solo_cifre = RegexValidator(r"^\d{6}$", "Il codice ISTAT ha sei cifre.")


class Ordinamento(models.TextChoices):
    """Which electoral law applies; the values are those of ``norme``."""

    ORDINARIO = "ordinario", "ordinario (d.lgs. 267/2000)"
    SICILIA = "sicilia", "Sicilia"
    FRIULI_VENEZIA_GIULIA = "friuli-venezia-giulia", "Friuli-Venezia Giulia"
    VALLE_D_AOSTA = "valle-d-aosta", "Valle d'Aosta"
    TRENTINO_ALTO_ADIGE = "trentino-alto-adige", "Trentino-Alto Adige"


class Sistema(models.TextChoices):
    FINO_15000 = "fino_15000", "fino a 15.000 abitanti (art. 71)"
    OLTRE_15000 = "oltre_15000", "oltre 15.000 abitanti (artt. 72-73)"


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


@tracked
class Tornata(models.Model):
    """A round: the same voting days for many comuni."""

    nome = models.CharField(max_length=120, unique=True)
    data = models.DateField("primo giorno di voto")
    giorni = models.PositiveSmallIntegerField("giorni di voto", default=1)
    data_ballottaggio = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = "tornata"
        verbose_name_plural = "tornate"
        ordering = ["-data"]
        constraints = [
            models.CheckConstraint(condition=Q(giorni__in=[1, 2]), name="tornata_giorni_uno_o_due"),
            models.CheckConstraint(
                condition=Q(data_ballottaggio__isnull=True) | Q(data_ballottaggio__gt=F("data")),
                name="tornata_ballottaggio_dopo_il_primo_turno",
            ),
        ]

    def __str__(self) -> str:
        return self.nome


@tracked
class Elezione(models.Model):
    """The election of sindaco and consiglio of one comune: facts and settings (outcomes: ``risultati``)."""

    class Digitazione(models.TextChoices):
        SINGOLA = "singola", "una sola digitazione"
        DOPPIA = "doppia", "due digitazioni di persone diverse"
        DOPPIA_OLTRE_SOGLIA = "doppia_oltre_soglia", "due digitazioni nelle sezioni oltre la soglia"

    comune = models.ForeignKey(Comune, on_delete=models.PROTECT, related_name="elezioni")
    tornata = models.ForeignKey(
        Tornata, null=True, blank=True, on_delete=models.PROTECT, related_name="elezioni"
    )
    slug = models.SlugField(max_length=100, unique=True)
    data = models.DateField("primo giorno di voto")
    giorni = models.PositiveSmallIntegerField("giorni di voto", default=1)
    data_ballottaggio = models.DateField(null=True, blank=True)
    popolazione_legale = models.PositiveIntegerField(null=True, blank=True)
    capoluogo = models.BooleanField("capoluogo di provincia", default=False)
    ordinamento = models.CharField(max_length=25, choices=Ordinamento, default=Ordinamento.ORDINARIO)
    sistema = models.CharField(max_length=12, choices=Sistema)
    seggi_consiglio = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Consiglieri assegnati, sindaco escluso (art. 37 TUEL)."
    )
    elettori_aire = models.PositiveIntegerField("elettori AIRE", null=True, blank=True)
    votanti_aire = models.PositiveIntegerField("votanti AIRE", null=True, blank=True)
    digitazione = models.CharField(max_length=20, choices=Digitazione, default=Digitazione.SINGOLA)
    soglia_doppia = models.PositiveIntegerField(
        "soglia per la doppia digitazione", null=True, blank=True, help_text="Elettori della sezione."
    )
    interpretazioni = models.JSONField(
        default=dict,
        blank=True,
        encoder=DjangoJSONEncoder,
        help_text="Scelte sui punti dubbi, se diverse dal default.",
    )
    prova = models.BooleanField(
        "prova generale", default=False, help_text="Una prova non si pubblica mai e ogni documento lo dice."
    )
    fonte = models.TextField(blank=True, help_text="Da dove vengono i dati, se non sono dell'ufficio.")
    pubblicata = models.BooleanField("risultati pubblici", default=False)
    creata_il = models.DateTimeField(auto_now_add=True)

    objects = ElezioneQuerySet.as_manager()

    class Meta:
        verbose_name = "elezione"
        verbose_name_plural = "elezioni"
        ordering = ["-data", "comune__chiave"]
        constraints = [
            models.UniqueConstraint(
                fields=["comune", "data"], condition=Q(prova=False), name="elezione_una_per_comune_e_data"
            ),
            models.CheckConstraint(condition=Q(giorni__in=[1, 2]), name="elezione_giorni_uno_o_due"),
            models.CheckConstraint(condition=Q(sistema__in=Sistema.values), name="elezione_sistema_noto"),
            models.CheckConstraint(
                condition=Q(ordinamento__in=Ordinamento.values), name="elezione_ordinamento_noto"
            ),
            models.CheckConstraint(
                condition=Q(data_ballottaggio__isnull=True) | Q(data_ballottaggio__gt=F("data")),
                name="elezione_ballottaggio_dopo_il_primo_turno",
            ),
            models.CheckConstraint(
                condition=~Q(prova=True, pubblicata=True), name="elezione_prova_mai_pubblicata"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.comune} {self.data:%d/%m/%Y}" + (" (prova)" if self.prova else "")


@tracked
class Sezione(models.Model):
    class Tipo(models.TextChoices):
        ORDINARIA = "ordinaria", "ordinaria"
        OSPEDALIERA = "ospedaliera", "ospedaliera"
        SPECIALE = "speciale", "seggio speciale"
        VOLANTE = "volante", "seggio volante"

    elezione = models.ForeignKey(Elezione, on_delete=models.PROTECT, related_name="sezioni")
    numero = models.PositiveSmallIntegerField()
    tipo = models.CharField(max_length=12, choices=Tipo, default=Tipo.ORDINARIA)
    sezione_madre = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="uffici_collegati"
    )
    plesso = models.CharField("edificio", max_length=120, blank=True)
    indirizzo = models.CharField(max_length=200, blank=True)
    accessibile = models.BooleanField("priva di barriere", null=True, blank=True)
    posti_letto = models.PositiveSmallIntegerField(null=True, blank=True)
    elettori_m = models.PositiveIntegerField("elettori maschi", null=True, blank=True)
    elettori_f = models.PositiveIntegerField("elettrici", null=True, blank=True)

    objects = SezioneQuerySet.as_manager()

    class Meta:
        verbose_name = "sezione"
        verbose_name_plural = "sezioni"
        ordering = ["elezione", "numero"]
        constraints = [
            models.UniqueConstraint(fields=["elezione", "numero"], name="sezione_numero_unico"),
            models.CheckConstraint(condition=Q(numero__gte=1), name="sezione_numero_da_uno"),
            models.CheckConstraint(
                condition=Q(sezione_madre__isnull=True) | ~Q(sezione_madre=F("pk")),
                name="sezione_non_madre_di_se",
            ),
        ]

    def __str__(self) -> str:
        return f"sezione {self.numero}"

    @property
    def elettori(self) -> int | None:
        if self.elettori_m is None or self.elettori_f is None:
            return None
        return self.elettori_m + self.elettori_f


@tracked
class Scadenza(models.Model):
    """One duty of the calendar of an election and what was done about it."""

    class Stato(models.TextChoices):
        DA_FARE = "da_fare", "da fare"
        FATTA = "fatta", "fatta"
        NON_DOVUTA = "non_dovuta", "non dovuta"

    elezione = models.ForeignKey(Elezione, on_delete=models.PROTECT, related_name="scadenze")
    codice = models.CharField(max_length=60, help_text="Codice dell'adempimento in norme.calendario.")
    data = models.DateField()
    ora = models.TimeField(null=True, blank=True)
    stato = models.CharField(max_length=12, choices=Stato, default=Stato.DA_FARE)
    nota = models.TextField(blank=True)
    allegato = models.FileField(upload_to="scadenze", blank=True)
    fatta_da = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    fatta_il = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "scadenza"
        verbose_name_plural = "scadenze"
        ordering = ["data", "ora", "codice"]
        constraints = [models.UniqueConstraint(fields=["elezione", "codice", "data"], name="scadenza_unica")]

    def __str__(self) -> str:
        return f"{self.codice} ({self.data:%d/%m/%Y})"


@tracked
class Atto(models.Model):
    """A produced document: frozen context, PDF and hash. A new version is a new row."""

    elezione = models.ForeignKey(Elezione, on_delete=models.PROTECT, related_name="atti")
    tipo = models.CharField(max_length=60)
    oggetto = models.CharField(
        max_length=120, blank=True, help_text="Chiave della cosa di cui tratta, se più d'una."
    )
    numero = models.PositiveIntegerField(help_text="Progressivo nell'elezione.")
    titolo = models.CharField(max_length=200)
    modello = models.CharField(max_length=120, help_text="Modello Typst usato.")
    impronta_modello = models.CharField(max_length=64)
    contesto = models.JSONField(encoder=DjangoJSONEncoder)
    file = models.FileField(upload_to="atti/%Y")
    sha256 = models.CharField(max_length=64)
    pagine = models.PositiveSmallIntegerField(null=True, blank=True)
    firmato = models.FileField(upload_to="atti_firmati/%Y", blank=True)
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
