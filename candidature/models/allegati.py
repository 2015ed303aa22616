"""Files of the papers: of a list, of a name, of a fact. Never replaced, withdrawn with a reason."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from candidature.models.liste import Candidato, CandidatoSindaco
from candidature.models.presentazione import Documento
from candidature.models.sopravvenienze import Sopravvenienza
from candidature.querysets import AllegatoQuerySet
from comuni.models import Elezione
from electoral.storia import tracked

#: Papers that carry the names of the signers: read under the same log as the signers themselves.
CARTE_RISERVATE = frozenset({Documento.Tipo.DICHIARAZIONE, Documento.Tipo.CERTIFICATI_SOTTOSCRITTORI})


@tracked
class Allegato(models.Model):
    """One file of one paper, kept private; two files may be two pages of the same paper."""

    elezione = models.ForeignKey(Elezione, on_delete=models.PROTECT, related_name="allegati_candidature")
    documento = models.ForeignKey(
        Documento, null=True, blank=True, on_delete=models.PROTECT, related_name="allegati"
    )
    candidato = models.ForeignKey(
        Candidato, null=True, blank=True, on_delete=models.PROTECT, related_name="allegati"
    )
    sindaco = models.ForeignKey(
        CandidatoSindaco, null=True, blank=True, on_delete=models.PROTECT, related_name="allegati"
    )
    sopravvenienza = models.ForeignKey(
        Sopravvenienza, null=True, blank=True, on_delete=models.PROTECT, related_name="allegati"
    )
    carta = models.CharField(max_length=30, help_text="Quale carta del candidato.", blank=True)
    file = models.FileField(upload_to="candidature/allegati", blank=True)
    nome = models.CharField("nome del file", max_length=120)
    tipo_mime = models.CharField("tipo", max_length=60)
    byte = models.PositiveIntegerField()
    sha256 = models.CharField("impronta", max_length=64)
    riservato = models.BooleanField(default=False, help_text="Contiene i nomi di chi ha firmato.")
    caricato_da = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    caricato_il = models.DateTimeField(auto_now_add=True)
    ritirato_da = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ritirato_il = models.DateTimeField(null=True, blank=True)
    motivo_ritiro = models.CharField(max_length=300, blank=True)
    cancellato_il = models.DateTimeField("file cancellato il", null=True, blank=True)

    objects = AllegatoQuerySet.as_manager()

    class Meta:
        verbose_name = "carta allegata"
        verbose_name_plural = "carte allegate"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(documento__isnull=False, candidato=None, sindaco=None, sopravvenienza=None)
                | Q(documento=None, candidato__isnull=False, sindaco=None, sopravvenienza=None)
                | Q(documento=None, candidato=None, sindaco__isnull=False, sopravvenienza=None)
                | Q(documento=None, candidato=None, sindaco=None, sopravvenienza__isnull=False),
                name="allegato_di_una_carta",
            ),
            models.CheckConstraint(
                condition=Q(ritirato_il__isnull=True) | ~Q(motivo_ritiro=""),
                name="allegato_ritirato_con_motivo",
            ),
        ]

    def __str__(self) -> str:
        return self.nome
