"""The convocation of the comizi: what the manifesto 8/COM says, and changes of venue."""

from django.db import models
from django.db.models import F, Q

from comuni.models.elezioni import Elezione, Sezione
from comuni.querysets import CambioSedeQuerySet, DiElezioneQuerySet
from electoral.storia import tracked


@tracked
class Convocazione(models.Model):
    """The facts of the manifesto of convocation that are not in the election itself (mod. 8/COM)."""

    elezione = models.OneToOneField(Elezione, on_delete=models.PROTECT, related_name="convocazione")
    decreto_ministro = models.DateField("decreto del Ministro, data", null=True, blank=True)
    decreto_prefetto_numero = models.CharField("decreto del Prefetto, numero", max_length=60, blank=True)
    decreto_prefetto_data = models.DateField("decreto del Prefetto, data", null=True, blank=True)
    firmatario = models.CharField("chi firma", max_length=120, blank=True, help_text="Nome e cognome.")
    qualifica = models.CharField(
        max_length=80, default="Il Sindaco", help_text="Il Sindaco, o l'organo che lo sostituisce."
    )
    sezioni_sentenza = models.CharField(
        "sezioni per chi vota con sentenza",
        max_length=120,
        blank=True,
        help_text="Sezioni dove vota chi ha una sentenza (art. 39 TU), se il Prefetto le indica.",
    )
    rinviata_al = models.DateField(
        "rinviata al", null=True, blank=True, help_text="Solo se il Prefetto ha rinviato per forza maggiore."
    )
    motivo_rinvio = models.CharField(max_length=200, blank=True)

    objects = DiElezioneQuerySet.as_manager()

    class Meta:
        verbose_name = "convocazione"
        verbose_name_plural = "convocazioni"

    def __str__(self) -> str:
        return f"convocazione, {self.elezione}"


@tracked
class CambioSede(models.Model):
    """A section that moves to another building (art. 38 TU liste elettorali)."""

    sezione = models.ForeignKey(Sezione, on_delete=models.PROTECT, related_name="cambi_sede")
    edificio = models.CharField("nuovo edificio", max_length=120, blank=True)
    indirizzo = models.CharField("nuovo indirizzo", max_length=200)
    motivo = models.CharField(max_length=200)
    proposta_il = models.DateField("proposta del", null=True, blank=True)
    decisa_il = models.DateField("decisione del", null=True, blank=True)

    objects = CambioSedeQuerySet.as_manager()

    class Meta:
        verbose_name = "cambio di sede"
        verbose_name_plural = "cambi di sede"
        ordering = ["sezione__numero"]
        constraints = [
            models.CheckConstraint(
                condition=Q(proposta_il__isnull=True)
                | Q(decisa_il__isnull=True)
                | Q(decisa_il__gte=F("proposta_il")),
                name="cambio_sede_deciso_dopo_la_proposta",
            )
        ]

    def __str__(self) -> str:
        return f"cambio di sede della {self.sezione}"
