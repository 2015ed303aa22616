"""The electors: counted at the revisions, and the registers of those who vote in a special way."""

from django.db import models
from django.db.models import Q

from comuni.models.elezioni import Elezione, Sezione
from comuni.persone import Persona
from comuni.querysets import DiElezioneQuerySet
from electoral.storia import tracked


@tracked
class RilevazioneElettori(models.Model):
    """Electors of one section at one date of the revisions; without a section, of the whole comune."""

    class Momento(models.TextChoices):
        CANCELLAZIONI = "cancellazioni", "prima tornata (cancellazioni)"
        ISCRIZIONI = "iscrizioni", "seconda tornata (iscrizioni)"
        BLOCCO = "blocco", "blocco delle liste (quindicesimo giorno)"
        BALLOTTAGGIO = "ballottaggio", "ballottaggio"

    elezione = models.ForeignKey(Elezione, on_delete=models.PROTECT, related_name="rilevazioni_elettori")
    momento = models.CharField(max_length=15, choices=Momento)
    sezione = models.ForeignKey(
        Sezione, null=True, blank=True, on_delete=models.PROTECT, related_name="rilevazioni_elettori"
    )
    maschi = models.PositiveIntegerField()
    femmine = models.PositiveIntegerField()
    di_cui_estero = models.PositiveIntegerField("di cui residenti all'estero", default=0)
    di_cui_ue = models.PositiveIntegerField("di cui cittadini dell'Unione europea", default=0)

    objects = DiElezioneQuerySet.as_manager()

    class Meta:
        verbose_name = "rilevazione degli elettori"
        verbose_name_plural = "rilevazioni degli elettori"
        ordering = ["elezione", "momento", "sezione__numero"]
        constraints = [
            models.UniqueConstraint(
                fields=["elezione", "momento", "sezione"], name="rilevazione_unica_per_sezione"
            ),
            models.UniqueConstraint(
                fields=["elezione", "momento"],
                condition=Q(sezione__isnull=True),
                name="rilevazione_unica_per_comune",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_momento_display()}, {self.sezione or 'intero comune'}"


@tracked
class ElettoreParticolare(Persona):
    """Somebody who votes elsewhere or otherwise: kept only for the list of the presidente."""

    class Titolo(models.TextChoices):
        DOMICILIO = "domicilio", "voto a domicilio (d.l. 1/2006)"
        LUOGO_DI_CURA = "luogo_di_cura", "ricoverato in luogo di cura (art. 42 TU)"
        DETENUTO = "detenuto", "detenuto (l. 136/1976)"
        SENTENZA = "sentenza", "ammesso con sentenza (art. 39 TU)"
        UNIONE_EUROPEA = "ue", "cittadino dell'Unione europea (lista aggiunta)"
        FORZA_PUBBLICA = "forza_pubblica", "forza pubblica o componente di altro ufficio (art. 40 TU)"

    elezione = models.ForeignKey(Elezione, on_delete=models.PROTECT, related_name="elettori_particolari")
    titolo = models.CharField(max_length=15, choices=Titolo)
    sezione = models.ForeignKey(
        Sezione,
        on_delete=models.PROTECT,
        related_name="elettori_particolari",
        help_text="La sezione (o il seggio) che raccoglie il voto.",
    )
    sezione_iscrizione = models.PositiveSmallIntegerField("sezione di iscrizione", null=True, blank=True)
    luogo = models.CharField("dove vota", max_length=200, blank=True)
    domanda_il = models.DateField("domanda del", null=True, blank=True)
    nota = models.CharField(max_length=200, blank=True)

    objects = DiElezioneQuerySet.as_manager()

    class Meta:
        verbose_name = "elettore con voto particolare"
        verbose_name_plural = "elettori con voto particolare"
        ordering = ["elezione", "sezione__numero", "titolo", "chiave"]


@tracked
class TessereDelGiorno(models.Model):
    """What the counter of the office handed out in one day; no names: the tessera is not kept here."""

    elezione = models.ForeignKey(Elezione, on_delete=models.PROTECT, related_name="tessere")
    giorno = models.DateField()
    consegnate = models.PositiveIntegerField("tessere consegnate", default=0)
    duplicati = models.PositiveIntegerField("duplicati", default=0)
    aggiornamenti = models.PositiveIntegerField("etichette di aggiornamento", default=0)

    objects = DiElezioneQuerySet.as_manager()

    class Meta:
        verbose_name = "tessere del giorno"
        verbose_name_plural = "tessere giorno per giorno"
        ordering = ["giorno"]
        constraints = [
            models.UniqueConstraint(fields=["elezione", "giorno"], name="tessere_una_riga_al_giorno")
        ]

    def __str__(self) -> str:
        return f"tessere del {self.giorno:%d/%m/%Y}"
