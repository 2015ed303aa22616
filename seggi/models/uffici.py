"""Offices of the sections, who is nominated to them, representatives of the lists."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from comuni.legge import parametri_di
from comuni.models import Elezione, Sezione
from comuni.persone import Persona
from electoral.storia import tracked
from norme.compensi import explain_covid, has_aumento_covid
from seggi.models.albi import Iscritto
from seggi.querysets import NominaQuerySet, RappresentanteQuerySet, UfficioQuerySet


class RuoloUfficio(models.TextChoices):
    PRESIDENTE = "presidente", "presidente"
    SCRUTATORE = "scrutatore", "scrutatore"
    SEGRETARIO = "segretario", "segretario"


@tracked
class Ufficio(models.Model):
    """The polling office of a section: its composition, by type and date, is frozen when it is set up."""

    sezione = models.OneToOneField(Sezione, on_delete=models.PROTECT, related_name="ufficio")
    presidenti = models.PositiveSmallIntegerField(default=1)
    scrutatori = models.PositiveSmallIntegerField()
    segretari = models.PositiveSmallIntegerField(default=1)
    covid = models.BooleanField("sezione o seggio Covid", default=False)
    costituito_il = models.DateTimeField("costituito il", null=True, blank=True)
    note = models.TextField(blank=True)

    objects = UfficioQuerySet.as_manager()

    class Meta:
        verbose_name = "ufficio di sezione"
        verbose_name_plural = "uffici di sezione"
        ordering = ["sezione__numero"]

    def __str__(self) -> str:
        return f"ufficio della {self.sezione}"

    def clean(self) -> None:
        """The Covid mark raises the fees: only where the law does."""
        if self.covid and self.sezione_id:
            parametri = parametri_di(self.sezione.elezione)
            if not has_aumento_covid(self.sezione.tipo, parametri):
                raise ValidationError({"covid": f"Non si può segnare: {explain_covid(parametri)}."})

    def posti(self, ruolo: str) -> int:
        """How many of that role the office has."""
        return {
            RuoloUfficio.PRESIDENTE: self.presidenti,
            RuoloUfficio.SCRUTATORE: self.scrutatori,
            RuoloUfficio.SEGRETARIO: self.segretari,
        }[RuoloUfficio(ruolo)]


@tracked
class Nomina(Persona):
    """One person in one post. A post passes from one to the next: the rows tell its history."""

    class Stato(models.TextChoices):
        NOMINATO = "nominato", "nominato"
        NOTIFICATO = "notificato", "notificato"
        ACCETTATO = "accettato", "accettato"
        RINUNCIATO = "rinunciato", "rinunciato"
        SOSTITUITO = "sostituito", "sostituito"
        ASSENTE = "assente", "assente all'insediamento"

    class Metodo(models.TextChoices):
        CORTE_APPELLO = "corte_appello", "presidente della corte d'appello"
        UNANIMITA = "unanimita", "unanimità della commissione"
        VOTO = "voto", "votazione della commissione"
        SORTEGGIO = "sorteggio", "sorteggio"
        GRADUATORIA = "graduatoria", "graduatoria delle riserve"
        PRESIDENTE = "presidente", "scelta del presidente"
        SINDACO = "sindaco", "sindaco o suo delegato"
        INSEDIAMENTO = "insediamento", "cooptazione all'insediamento"

    class Notifica(models.TextChoices):
        MESSO = "messo", "messo comunale"
        PEC = "pec", "PEC"
        MANO = "mano", "consegna a mano"
        RACCOMANDATA = "raccomandata", "raccomandata"

    ATTIVI = (Stato.NOMINATO, Stato.NOTIFICATO, Stato.ACCETTATO)

    ufficio = models.ForeignKey(Ufficio, on_delete=models.PROTECT, related_name="nomine")
    ruolo = models.CharField(max_length=12, choices=RuoloUfficio)
    posizione = models.PositiveSmallIntegerField(default=1)
    vice = models.BooleanField("vicepresidente", default=False)
    iscritto = models.ForeignKey(
        Iscritto,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="nomine",
        verbose_name="iscrizione",
    )
    stato = models.CharField(max_length=12, choices=Stato, default=Stato.NOMINATO)
    metodo = models.CharField(max_length=15, choices=Metodo)
    indirizzo = models.CharField(max_length=200, blank=True)
    telefono = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    pec = models.EmailField("PEC", blank=True)
    nominato_il = models.DateTimeField()
    nominato_da = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    notifica = models.CharField("modo della notifica", max_length=12, choices=Notifica, blank=True)
    notificato_il = models.DateTimeField(null=True, blank=True)
    accettato_il = models.DateTimeField(null=True, blank=True)
    cessato_il = models.DateTimeField(null=True, blank=True)
    motivo_cessazione = models.CharField(max_length=300, blank=True)
    sostituisce = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="sostituita_da"
    )
    frazione_servizio = models.CharField(
        "quota di servizio",
        max_length=12,
        blank=True,
        help_text="Come frazione (3/5), se ha servito solo in parte; 1 se ha servito tutto il primo turno.",
    )
    frazione_ballottaggio = models.CharField(
        "quota di servizio al ballottaggio",
        max_length=12,
        blank=True,
        help_text="Come frazione, se in parte.",
    )
    giorni_adunanza = models.PositiveSmallIntegerField(
        "giorni di lavoro nell'adunanza dei presidenti", default=0
    )

    objects = NominaQuerySet.as_manager()

    class Meta:
        verbose_name = "nomina"
        verbose_name_plural = "nomine"
        ordering = ["ufficio__sezione__numero", "ruolo", "posizione", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["ufficio", "ruolo", "posizione"],
                condition=Q(stato__in=["nominato", "notificato", "accettato"]),
                name="nomina_una_attiva_per_posto",
            ),
            models.CheckConstraint(
                condition=Q(stato__in=["nominato", "notificato", "accettato"]) | Q(cessato_il__isnull=False),
                name="nomina_cessata_con_data",
            ),
            models.CheckConstraint(
                condition=Q(sostituisce__isnull=True) | ~Q(sostituisce=F("pk")),
                name="nomina_non_sostituisce_se",
            ),
            models.CheckConstraint(
                condition=Q(vice=False) | Q(ruolo="scrutatore"), name="nomina_vice_e_uno_scrutatore"
            ),
        ]

    @property
    def is_attiva(self) -> bool:
        return self.stato in self.ATTIVI


@tracked
class Rappresentante(Persona):
    """A representative of a list at one office, as designated by its delegates."""

    class Qualita(models.TextChoices):
        EFFETTIVO = "effettivo", "effettivo"
        SUPPLENTE = "supplente", "supplente"

    elezione = models.ForeignKey(Elezione, on_delete=models.PROTECT, related_name="rappresentanti")
    sezione = models.ForeignKey(
        Sezione,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="rappresentanti",
        help_text="Vuota: presso l'ufficio centrale o l'adunanza.",
    )
    lista = models.CharField(max_length=210, help_text="Numero e denominazione della lista.")
    qualita = models.CharField("qualità", max_length=10, choices=Qualita)
    elettore = models.BooleanField("elettore del comune", default=True)
    designato_il = models.DateTimeField("designato il")
    modo = models.CharField(
        max_length=10, choices=[("pec", "PEC"), ("carta", "su carta"), ("seggio", "al presidente di seggio")]
    )

    objects = RappresentanteQuerySet.as_manager()

    class Meta:
        verbose_name = "rappresentante di lista"
        verbose_name_plural = "rappresentanti di lista"
        ordering = ["sezione__numero", "lista", "qualita"]
        constraints = [
            models.UniqueConstraint(
                fields=["elezione", "sezione", "lista", "qualita"],
                name="rappresentante_uno_per_qualita",
            ),
        ]
