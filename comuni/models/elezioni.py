"""Rounds, elections and their sections."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q

from comuni.models.comuni import Comune
from comuni.querysets import ElezioneQuerySet, SezioneQuerySet
from electoral.storia import tracked


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
    slug = models.SlugField(
        "nome nell'indirizzo",
        max_length=100,
        unique=True,
        help_text="Lettere, cifre e trattini: è la parte dell'indirizzo delle pagine che dice l'elezione.",
    )
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
