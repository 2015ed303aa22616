"""The giunta of the mandate: who the sindaco appointed, by which decree, until when."""

from django.db import models
from django.db.models import F, Q

from candidature.models import Candidato, CandidatoSindaco
from comuni.persone import Sesso
from electoral.storia import tracked
from risultati.models.esito import Proclamazione, fatto_da
from risultati.querysets_esito import AssessoreQuerySet


@tracked
class Assessore(models.Model):
    """One assessore: a person of the council (``candidato`` or losing ``sindaco``) or a citizen written here.

    In office from ``dal`` to the day before ``cessato_il``.
    """

    class Cessazione(models.TextChoices):
        REVOCA = "revoca", "revoca del sindaco (art. 46 c. 4 TUEL)"
        DIMISSIONI = "dimissioni", "dimissioni"
        MORTE = "morte", "morte"
        DECADENZA = "decadenza", "decadenza"

    proclamazione = models.ForeignKey(Proclamazione, on_delete=models.PROTECT, related_name="assessori")
    decreto_numero = models.CharField("numero del decreto", max_length=60)
    decreto_data = models.DateField("data del decreto")
    dal = models.DateField("in carica dal", help_text="Il giorno in cui ha accettato la nomina.")
    candidato = models.ForeignKey(
        Candidato, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    sindaco = models.ForeignKey(
        CandidatoSindaco, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    cognome = models.CharField(max_length=120, blank=True)
    nome = models.CharField(max_length=120, blank=True)
    data_nascita = models.DateField("data di nascita", null=True, blank=True)
    luogo_nascita = models.CharField("luogo di nascita", max_length=120, blank=True)
    sesso = models.CharField(max_length=1, choices=Sesso)
    vice = models.BooleanField("vice sindaco", default=False)
    delega = models.TextField("deleghe", blank=True)
    cessazione = models.CharField("causa della cessazione", max_length=12, choices=Cessazione, blank=True)
    cessato_il = models.DateField("non più in carica dal", null=True, blank=True)
    cessazione_atto = models.CharField("atto della cessazione", max_length=300, blank=True)
    registrato_da = fatto_da()
    registrato_il = models.DateTimeField(auto_now_add=True)

    objects = AssessoreQuerySet.as_manager()

    class Meta:
        verbose_name = "assessore"
        verbose_name_plural = "assessori"
        ordering = ["proclamazione", "-vice", "dal", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(candidato__isnull=False, sindaco__isnull=True, cognome="", nome="")
                | Q(candidato__isnull=True, sindaco__isnull=False, cognome="", nome="")
                | Q(candidato__isnull=True, sindaco__isnull=True, data_nascita__isnull=False)
                & ~Q(cognome="")
                & ~Q(nome=""),
                name="assessore_del_consiglio_o_da_fuori",
            ),
            models.CheckConstraint(condition=Q(sesso__in=Sesso.values), name="assessore_sesso_scritto"),
            models.CheckConstraint(condition=Q(dal__gte=F("decreto_data")), name="assessore_dopo_il_decreto"),
            models.CheckConstraint(
                condition=Q(cessato_il__isnull=True, cessazione="", cessazione_atto="")
                | Q(cessato_il__gte=F("dal"), cessazione__in=["revoca", "dimissioni", "morte", "decadenza"])
                & ~Q(cessazione_atto=""),
                name="assessore_cessa_con_un_atto",
            ),
            models.UniqueConstraint(
                fields=["proclamazione"],
                condition=Q(vice=True, cessato_il__isnull=True),
                name="assessore_un_vice_in_carica",
            ),
            models.UniqueConstraint(
                fields=["proclamazione", "candidato"],
                condition=Q(cessato_il__isnull=True),
                name="assessore_candidato_una_volta",
            ),
            models.UniqueConstraint(
                fields=["proclamazione", "sindaco"],
                condition=Q(cessato_il__isnull=True),
                name="assessore_sindaco_una_volta",
            ),
            models.UniqueConstraint(
                fields=["proclamazione", "cognome", "nome", "data_nascita"],
                condition=Q(cessato_il__isnull=True, data_nascita__isnull=False),
                name="assessore_da_fuori_una_volta",
            ),
        ]

    def __str__(self) -> str:
        return str(self.persona or f"{self.cognome} {self.nome}")

    @property
    def persona(self) -> Candidato | CandidatoSindaco | None:
        """The person of the council, if it is one."""
        return self.candidato or self.sindaco

    @property
    def decreto(self) -> str:
        return f"n. {self.decreto_numero} del {self.decreto_data:%d/%m/%Y}"

    def is_in_carica(self, giorno) -> bool:
        return self.dal <= giorno and (self.cessato_il is None or giorno < self.cessato_il)
