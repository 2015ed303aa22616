"""The outcome: draws, allocations, proclamation, the elected."""

from datetime import date, timedelta

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils import timezone

from candidature.models import Candidato, CandidatoSindaco, Lista
from comuni.models import Elezione
from comuni.querysets import DiElezioneQuerySet
from electoral.storia import tracked
from risultati.querysets_esito import ProclamazioneQuerySet, RipartoQuerySet, SorteggioQuerySet


def fatto_da() -> models.ForeignKey:
    """Who recorded it."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )


@tracked
class Sorteggio(models.Model):
    """A draw made in public: the question of the engine, the outcome, how and before whom.

    A change of the votes that changes the question leaves the row unused: the page and the verbale say so.
    """

    class Modalita(models.TextChoices):
        URNA = "urna", "estrazione dall'urna"
        RIPETIBILE = "ripetibile", "sorteggio ripetibile con seme pubblico"

    elezione = models.ForeignKey(Elezione, on_delete=models.PROTECT, related_name="sorteggi")
    richiesta = models.JSONField(encoder=DjangoJSONEncoder)
    impronta_richiesta = models.CharField(max_length=64)
    esito = models.CharField(max_length=60)
    modalita = models.CharField("modalità", max_length=12, choices=Modalita, default=Modalita.URNA)
    seme = models.CharField(max_length=200, blank=True)
    presenti = models.TextField(help_text="Chi era presente.")
    eseguito_il = models.DateTimeField()
    registrato_da = fatto_da()
    annullato = models.BooleanField(default=False)
    annullato_motivo = models.TextField("motivo dell'annullamento", blank=True)
    annullato_da = fatto_da()
    annullato_il = models.DateTimeField(null=True, blank=True)

    objects = SorteggioQuerySet.as_manager()

    class Meta:
        verbose_name = "sorteggio"
        verbose_name_plural = "sorteggi"
        ordering = ["elezione", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["elezione", "impronta_richiesta"],
                condition=Q(annullato=False),
                name="sorteggio_uno_per_richiesta",
            ),
            models.CheckConstraint(
                condition=Q(annullato=False) | (Q(annullato_il__isnull=False) & ~Q(annullato_motivo="")),
                name="sorteggio_annullato_con_motivo",
            ),
        ]

    def __str__(self) -> str:
        return f"sorteggio del {self.eseguito_il:%d/%m/%Y}: {self.esito}"


@tracked
class Riparto(models.Model):
    """One run of the engine: what went in, what came out. The last one asked counts until proclamation.

    The same data with the same version give the same row: running twice changes nothing but the hour.
    """

    elezione = models.ForeignKey(Elezione, on_delete=models.PROTECT, related_name="riparti")
    dati = models.JSONField(encoder=DjangoJSONEncoder)
    impronta = models.CharField("impronta dei dati", max_length=64)
    esito = models.JSONField(encoder=DjangoJSONEncoder)
    tipo_esito = models.CharField(max_length=15)
    letture = models.JSONField(
        default=list,
        encoder=DjangoJSONEncoder,
        help_text="Punti dubbi su cui l'altra lettura darebbe un esito diverso.",
    )
    margini = models.JSONField(
        default=dict,
        blank=True,
        encoder=DjangoJSONEncoder,
        help_text="Per ogni lista, i voti per un seggio in più e quelli per uno in meno.",
    )
    parziale = models.BooleanField("proiezione su sezioni parziali", default=False)
    versione_urna = models.CharField(max_length=20)
    eseguito_il = models.DateTimeField()
    eseguito_da = fatto_da()

    objects = RipartoQuerySet.as_manager()

    class Meta:
        verbose_name = "riparto"
        verbose_name_plural = "riparti"
        ordering = ["-eseguito_il", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(tipo_esito__in=["riparto", "ballottaggio", "sorteggio", "nulla"]),
                name="riparto_tipo_esito_noto",
            ),
            models.UniqueConstraint(
                fields=["elezione", "impronta", "versione_urna", "parziale"], name="riparto_uno_per_dati"
            ),
        ]

    def __str__(self) -> str:
        return f"riparto n. {self.pk} ({self.tipo_esito})"


@tracked
class Vicenda(models.Model):
    """What happened to a candidate and changes the outcome or must be written in the verbale."""

    class Tipo(models.TextChoices):
        MORTE = "morte", "morte di un candidato sindaco (art. 71 c. 11, art. 72 c. 6 TUEL)"
        IMPEDIMENTO = (
            "impedimento",
            "impedimento permanente di un ammesso al ballottaggio (art. 72 c. 6 TUEL)",
        )
        INCANDIDABILITA = "incandidabilita", "incandidabilità accertata (art. 12 c. 4 d.lgs. 235/2012)"
        INELEGGIBILITA = "ineleggibilita", "causa di ineleggibilità denunciata (art. 66 t.u. 570/1960)"

    elezione = models.ForeignKey(Elezione, on_delete=models.PROTECT, related_name="vicende")
    tipo = models.CharField(max_length=16, choices=Tipo)
    sindaco = models.ForeignKey(CandidatoSindaco, null=True, blank=True, on_delete=models.PROTECT)
    candidato = models.ForeignKey(Candidato, null=True, blank=True, on_delete=models.PROTECT)
    data = models.DateField("giorno del fatto o dell'atto")
    atto = models.CharField(
        "atto o fonte",
        max_length=300,
        help_text="Estremi del documento che lo prova, o chi lo ha denunciato.",
    )
    registrata_da = fatto_da()
    registrata_il = models.DateTimeField(auto_now_add=True)

    objects = DiElezioneQuerySet.as_manager()

    class Meta:
        verbose_name = "vicenda di un candidato"
        verbose_name_plural = "vicende dei candidati"
        ordering = ["elezione", "data", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(sindaco__isnull=False, candidato__isnull=True)
                | Q(sindaco__isnull=True, candidato__isnull=False),
                name="vicenda_sindaco_oppure_candidato",
            ),
            models.CheckConstraint(
                condition=Q(sindaco__isnull=False) | ~Q(tipo__in=["morte", "impedimento"]),
                name="vicenda_morte_impedimento_di_sindaco",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.persona}: {self.get_tipo_display()}"

    @property
    def persona(self):
        return self.sindaco or self.candidato


@tracked
class Proclamazione(models.Model):
    """The outcome frozen: nothing below it changes, unless a court decision reopens it (recorded here)."""

    elezione = models.ForeignKey(Elezione, on_delete=models.PROTECT, related_name="proclamazioni")
    riparto = models.ForeignKey(Riparto, on_delete=models.PROTECT, related_name="proclamazioni")
    proclamata_il = models.DateTimeField(
        "proclamati il",
        null=True,
        blank=True,
        help_text="Quando l'ufficio ha proclamato; vuoto se la fonte di un'elezione del passato non lo dice.",
    )
    registrata_il = models.DateTimeField(auto_now_add=True)
    proclamata_da = fatto_da()
    presidente = models.CharField("presidente dell'ufficio che proclama", max_length=200, blank=True)
    seduta = models.JSONField(
        default=dict,
        encoder=DjangoJSONEncoder,
        help_text="Com'è andata la seduta: luogo, apertura, componenti, segretario, incidenti.",
    )
    impronta = models.CharField(max_length=64)
    istantanea = models.JSONField(encoder=DjangoJSONEncoder)
    riaperta_il = models.DateTimeField(null=True, blank=True)
    riaperta_da = fatto_da()
    riapertura_decisione = models.CharField(
        "decisione del giudice", max_length=300, blank=True, help_text="Giudice, numero e data."
    )

    objects = ProclamazioneQuerySet.as_manager()

    class Meta:
        verbose_name = "proclamazione"
        verbose_name_plural = "proclamazioni"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["elezione"],
                condition=Q(riaperta_il__isnull=True),
                name="proclamazione_una_in_vigore",
            ),
            models.CheckConstraint(
                condition=Q(riaperta_il__isnull=True, riapertura_decisione="")
                | (Q(riaperta_il__isnull=False) & ~Q(riapertura_decisione="")),
                name="proclamazione_riaperta_per_decisione",
            ),
        ]

    def __str__(self) -> str:
        return f"proclamazione del {self.giorno:%d/%m/%Y}"

    @property
    def giorno(self) -> date:
        """The day of the proclamation; where the source does not tell it, the last day of the vote."""
        if self.proclamata_il:
            return timezone.localdate(self.proclamata_il)
        elezione = self.elezione
        if self.riparto.esito["turno"] == 2 and elezione.data_ballottaggio:
            return elezione.data_ballottaggio
        return elezione.data + timedelta(days=elezione.giorni - 1)

    @property
    def is_in_vigore(self) -> bool:
        return self.riaperta_il is None


@tracked
class Eletto(models.Model):
    class Carica(models.TextChoices):
        SINDACO = "sindaco", "sindaco"
        CONSIGLIERE = "consigliere", "consigliere"
        CONSIGLIERE_SINDACO = "consigliere_sindaco", "consigliere, già candidato sindaco"

    proclamazione = models.ForeignKey(Proclamazione, on_delete=models.PROTECT, related_name="eletti")
    carica = models.CharField(max_length=20, choices=Carica)
    sindaco = models.ForeignKey(CandidatoSindaco, null=True, blank=True, on_delete=models.PROTECT)
    candidato = models.ForeignKey(Candidato, null=True, blank=True, on_delete=models.PROTECT)
    lista = models.ForeignKey(Lista, null=True, blank=True, on_delete=models.PROTECT)
    ordine = models.PositiveSmallIntegerField()
    cifra_individuale = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        verbose_name = "eletto"
        verbose_name_plural = "eletti"
        ordering = ["proclamazione", "ordine"]
        constraints = [
            models.CheckConstraint(
                condition=Q(sindaco__isnull=False, candidato__isnull=True)
                | Q(sindaco__isnull=True, candidato__isnull=False),
                name="eletto_sindaco_oppure_candidato",
            ),
            models.UniqueConstraint(fields=["proclamazione", "candidato"], name="eletto_candidato_unico"),
            models.UniqueConstraint(fields=["proclamazione", "sindaco"], name="eletto_sindaco_unico"),
        ]

    def __str__(self) -> str:
        return f"{self.persona} ({self.get_carica_display()})"

    @property
    def persona(self):
        return self.sindaco or self.candidato
