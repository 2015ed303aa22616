"""Five years of mandate: what happens to a seat and who takes it, from the frozen ranking."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from candidature.models import Candidato, CandidatoSindaco, Lista
from electoral.storia import tracked
from risultati.models.esito import Proclamazione, fatto_da
from risultati.querysets_esito import SurrogaQuerySet


@tracked
class Surroga(models.Model):
    """One event of the mandate: who leaves, why, who enters (nobody, when the ranking is exhausted).

    ``supplenza``: a suspended councillor keeps the seat and is stood in for (art. 45 c. 2 TUEL).
    """

    class Causa(models.TextChoices):
        DIMISSIONI = "dimissioni", "dimissioni (art. 38 c. 8 TUEL)"
        MORTE = "morte", "morte"
        DECADENZA = "decadenza", "decadenza"
        ASSESSORE = "assessore", "nomina ad assessore (art. 64 TUEL)"
        INELEGGIBILITA = "ineleggibilita", "ineleggibilità o incompatibilità (art. 41 TUEL)"
        SOSPENSIONE = "sospensione", "sospensione (art. 11 d.lgs. 235/2012)"
        FINE_SOSPENSIONE = "fine_sospensione", "fine della sospensione"
        RINUNCIA = "rinuncia", "rinuncia di chi doveva subentrare"

    proclamazione = models.ForeignKey(Proclamazione, on_delete=models.PROTECT, related_name="surroghe")
    causa = models.CharField(max_length=16, choices=Causa)
    data = models.DateField("dal giorno")
    protocollo = models.CharField(
        max_length=60,
        blank=True,
        help_text="L'ordine delle surroghe segue il protocollo (art. 38 c. 8 TUEL).",
    )
    cessa_candidato = models.ForeignKey(
        Candidato, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    cessa_sindaco = models.ForeignKey(
        CandidatoSindaco, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    subentra = models.ForeignKey(Candidato, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    lista = models.ForeignKey(Lista, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    motivazione = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    sorteggio = models.JSONField(
        default=dict,
        blank=True,
        encoder=DjangoJSONEncoder,
        help_text="Il sorteggio fra le liste di un gruppo a pari quoziente e cifra, come lo dice l'atto.",
    )
    registrata_da = fatto_da()
    registrata_il = models.DateTimeField(auto_now_add=True)
    annullata = models.BooleanField(default=False, help_text="Registrata per errore: resta scritta.")
    annullata_motivo = models.TextField("motivo dell'annullamento", blank=True)
    annullata_da = fatto_da()
    annullata_il = models.DateTimeField(null=True, blank=True)

    objects = SurrogaQuerySet.as_manager()

    class Meta:
        verbose_name = "surroga"
        verbose_name_plural = "surroghe"
        ordering = ["data", "protocollo", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(cessa_candidato__isnull=False, cessa_sindaco__isnull=True)
                | Q(cessa_candidato__isnull=True, cessa_sindaco__isnull=False),
                name="surroga_di_uno_solo",
            ),
            models.CheckConstraint(
                condition=Q(annullata=False) | (Q(annullata_il__isnull=False) & ~Q(annullata_motivo="")),
                name="surroga_annullata_con_motivo",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.chi_cessa}: {self.get_causa_display()}, {self.data:%d/%m/%Y}"

    @property
    def chi_cessa(self):
        return self.cessa_candidato or self.cessa_sindaco
