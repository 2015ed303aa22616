"""What happens after the filing: a list withdrawn, a renunciation, a death."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from candidature.models.liste import Candidato, CandidatoSindaco, Lista
from candidature.querysets import SopravvenienzaQuerySet
from comuni.models import Elezione
from electoral.storia import tracked


@tracked
class Sopravvenienza(models.Model):
    """One fact as it was declared, with the effect found then; never changed, annulled with a reason."""

    class Tipo(models.TextChoices):
        RITIRO = "ritiro", "ritiro della lista"
        RINUNCIA = "rinuncia", "rinuncia alla candidatura"
        DECESSO = "decesso", "decesso"

    class Prefetto(models.TextChoices):
        RINVIO = "rinvio", "l'elezione è rinviata"
        PROSEGUE = "prosegue", "l'elezione prosegue"

    elezione = models.ForeignKey(Elezione, on_delete=models.PROTECT, related_name="sopravvenienze")
    tipo = models.CharField("che cosa", max_length=10, choices=Tipo)
    lista = models.ForeignKey(
        Lista, null=True, blank=True, on_delete=models.PROTECT, related_name="sopravvenienze"
    )
    candidato = models.ForeignKey(
        Candidato, null=True, blank=True, on_delete=models.PROTECT, related_name="sopravvenienze"
    )
    sindaco = models.ForeignKey(
        CandidatoSindaco, null=True, blank=True, on_delete=models.PROTECT, related_name="sopravvenienze"
    )
    avvenuta_il = models.DateTimeField("giorno e ora")
    presentata_da = models.CharField("chi la porta o la comunica", max_length=200)
    atto = models.CharField("estremi della carta", max_length=300)
    autenticata = models.BooleanField("firma autenticata", default=True)
    conseguenza = models.CharField(max_length=20)
    spiegazione = models.TextField()
    articolo = models.CharField(max_length=120)
    stato_prima = models.CharField(max_length=24, blank=True)
    registrata_da = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    registrata_il = models.DateTimeField()
    prefetto = models.CharField("decisione del Prefetto", max_length=10, choices=Prefetto, blank=True)
    prefetto_atto = models.CharField("estremi del provvedimento", max_length=300, blank=True)
    prefetto_il = models.DateTimeField("registrata il", null=True, blank=True)
    prefetto_da = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    annullata_il = models.DateTimeField(null=True, blank=True)
    annullata_da = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    motivo_annullamento = models.CharField(max_length=300, blank=True)

    objects = SopravvenienzaQuerySet.as_manager()

    class Meta:
        verbose_name = "ritiro, rinuncia o decesso"
        verbose_name_plural = "ritiri, rinunce e decessi"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(lista__isnull=False, candidato=None, sindaco=None, tipo="ritiro")
                | (
                    (Q(candidato__isnull=False, sindaco=None) | Q(candidato=None, sindaco__isnull=False))
                    & Q(lista=None, tipo__in=["rinuncia", "decesso"])
                ),
                name="sopravvenienza_di_chi",
            ),
            models.CheckConstraint(
                condition=Q(annullata_il__isnull=True) | ~Q(motivo_annullamento=""),
                name="sopravvenienza_annullata_con_motivo",
            ),
            models.CheckConstraint(
                condition=Q(prefetto="") | (~Q(prefetto_atto="") & Q(prefetto_il__isnull=False)),
                name="sopravvenienza_prefetto_con_atto",
            ),
            *(
                models.UniqueConstraint(
                    fields=[chi, "tipo"],
                    condition=Q(annullata_il__isnull=True, **{f"{chi}__isnull": False}),
                    name=f"sopravvenienza_una_per_{chi}",
                )
                for chi in ("lista", "candidato", "sindaco")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.chi}: {self.get_tipo_display()}"

    @property
    def chi(self) -> Lista | Candidato | CandidatoSindaco:
        return self.lista or self.candidato or self.sindaco

    @property
    def is_efficace(self) -> bool:
        return self.annullata_il is None and self.conseguenza != "nessuna"
