"""The commissione elettorale comunale: its members, chosen by the consiglio, and its sittings."""

from django.db import models
from django.db.models import F, Q

from comuni.models.comuni import Comune
from comuni.models.elezioni import Elezione
from comuni.persone import Persona
from comuni.querysets import DiElezioneQuerySet, PerComuneQuerySet
from electoral.storia import tracked


class ComponenteQuerySet(PerComuneQuerySet):
    def in_carica(self, *, comune, giorno):
        """Members chosen by that day and not yet ceased, effettivi first."""
        return self.filter(comune=comune, eletto_il__lte=giorno).filter(
            Q(cessato_il__isnull=True) | Q(cessato_il__gt=giorno)
        )


class PresenzaQuerySet(PerComuneQuerySet):
    percorso_comune = "sedutacommissione__elezione__comune"


@tracked
class ComponenteCommissione(Persona):
    """A councillor chosen for the commissione (arts. 12-13 d.P.R. 223/1967); the sindaco presides by law."""

    class Ruolo(models.TextChoices):
        EFFETTIVO = "effettivo", "componente effettivo"
        SUPPLENTE = "supplente", "componente supplente"

    comune = models.ForeignKey(Comune, on_delete=models.PROTECT, related_name="componenti_commissione")
    ruolo = models.CharField(max_length=10, choices=Ruolo)
    minoranza = models.BooleanField("della minoranza", default=False)
    eletto_il = models.DateField("eletto il", help_text="Seduta del consiglio che lo ha eletto.")
    cessato_il = models.DateField("cessato il", null=True, blank=True)
    recapito = models.CharField("recapito", max_length=200, blank=True, help_text="Per la convocazione.")

    objects = ComponenteQuerySet.as_manager()

    class Meta:
        verbose_name = "componente della commissione comunale"
        verbose_name_plural = "componenti della commissione comunale"
        ordering = ["ruolo", "chiave"]
        constraints = [
            models.CheckConstraint(
                condition=Q(cessato_il__isnull=True) | Q(cessato_il__gte=F("eletto_il")),
                name="componente_cessato_dopo_l_elezione",
            )
        ]


@tracked
class SedutaCommissione(models.Model):
    """A sitting for one duty of the calendar: convened, held, what was decided."""

    class Oggetto(models.TextChoices):
        SCRUTATORI = "scrutatori", "nomina degli scrutatori (seduta pubblica)"
        MINORENNI = "minorenni", "elenco di chi compie 18 anni dopo il voto"
        REVISIONE = "revisione", "revisione delle liste elettorali"
        ALTRO = "altro", "altro"

    elezione = models.ForeignKey(Elezione, on_delete=models.PROTECT, related_name="sedute_commissione")
    oggetto = models.CharField(max_length=12, choices=Oggetto)
    convocata_per = models.DateTimeField("convocata per")
    luogo = models.CharField(max_length=200, default="Casa comunale")
    seconda_convocazione = models.BooleanField("in seconda convocazione", default=False)
    presenti = models.ManyToManyField(
        ComponenteCommissione, through="PresenzaSeduta", blank=True, related_name="sedute"
    )
    sindaco_presente = models.BooleanField("presiede il sindaco o chi lo sostituisce", default=False)
    presidente = models.CharField("chi presiede", max_length=120, blank=True)
    segretario = models.CharField("chi verbalizza", max_length=120, blank=True)
    esito = models.TextField("che cosa si è deciso", blank=True)
    tenuta = models.BooleanField("seduta tenuta", default=False)

    objects = DiElezioneQuerySet.as_manager()

    class Meta:
        verbose_name = "seduta della commissione comunale"
        verbose_name_plural = "sedute della commissione comunale"
        ordering = ["convocata_per"]

    def __str__(self) -> str:
        return f"seduta del {self.convocata_per:%d/%m/%Y}: {self.get_oggetto_display()}"


@tracked
class PresenzaSeduta(models.Model):
    """Who sat: a row of its own, so that its history says who wrote it down and who took it away."""

    sedutacommissione = models.ForeignKey(SedutaCommissione, on_delete=models.CASCADE, verbose_name="seduta")
    componentecommissione = models.ForeignKey(
        ComponenteCommissione, on_delete=models.PROTECT, verbose_name="componente"
    )

    objects = PresenzaQuerySet.as_manager()

    class Meta:
        db_table = "comuni_sedutacommissione_presenti"
        verbose_name = "presenza alla seduta della commissione comunale"
        verbose_name_plural = "presenze alle sedute della commissione comunale"
        ordering = ["sedutacommissione", "componentecommissione__chiave"]
        constraints = [
            models.UniqueConstraint(
                fields=["sedutacommissione", "componentecommissione"], name="presenza_una_volta_per_seduta"
            )
        ]

    def __str__(self) -> str:
        return f"{self.componentecommissione}, {self.sedutacommissione}"
