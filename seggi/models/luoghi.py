"""Places where electors vote without going to their section: places of care, prisons."""

from django.db import models
from django.db.models import Q

from comuni.models import Elezione, Sezione
from electoral.storia import tracked
from seggi.querysets import LuogoQuerySet


@tracked
class Luogo(models.Model):
    """A place of care or of detention, with the figure on which the law decides which offices it needs."""

    class Genere(models.TextChoices):
        CURA = "cura", "luogo di cura"
        DETENZIONE = "detenzione", "luogo di detenzione"

    elezione = models.ForeignKey(Elezione, on_delete=models.PROTECT, related_name="luoghi")
    nome = models.CharField(max_length=120)
    genere = models.CharField(max_length=10, choices=Genere, default=Genere.CURA)
    posti_letto = models.PositiveSmallIntegerField("posti letto", null=True, blank=True)
    aventi_diritto = models.PositiveIntegerField("detenuti aventi diritto al voto", null=True, blank=True)
    covid = models.BooleanField("ospita reparti Covid", default=False)
    sezione_madre = models.ForeignKey(
        Sezione,
        on_delete=models.PROTECT,
        related_name="luoghi",
        verbose_name="sezione nella cui circoscrizione si trova",
    )
    uffici = models.ManyToManyField(
        Sezione,
        blank=True,
        related_name="luoghi_serviti",
        verbose_name="sezioni e seggi che vi raccolgono il voto",
    )

    objects = LuogoQuerySet.as_manager()

    class Meta:
        verbose_name = "luogo di cura o di detenzione"
        verbose_name_plural = "luoghi di cura e di detenzione"
        ordering = ["elezione", "nome"]
        constraints = [
            models.UniqueConstraint(fields=["elezione", "nome"], name="luogo_nome_unico"),
            models.CheckConstraint(
                condition=Q(genere="cura", posti_letto__isnull=False)
                | Q(genere="detenzione", aventi_diritto__isnull=False),
                name="luogo_con_la_sua_cifra",
            ),
        ]

    def __str__(self) -> str:
        return self.nome
