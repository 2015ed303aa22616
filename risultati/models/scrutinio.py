"""Turnout and counts, section by section."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from candidature.models import Candidato, CandidatoSindaco, Lista
from comuni.models import Elezione, Sezione
from electoral.storia import tracked
from risultati.querysets import AffluenzaQuerySet, DiScrutinioQuerySet, ScrutinioQuerySet


class Turno(models.IntegerChoices):
    PRIMO = 1, "primo turno"
    BALLOTTAGGIO = 2, "ballottaggio"


def una_riga_per(*campi: str, nome: str) -> list[models.UniqueConstraint]:
    """One row per section, and one for the whole comune where the section is empty."""
    return [
        models.UniqueConstraint(fields=[*campi, "sezione"], name=f"{nome}_unico_per_sezione"),
        models.UniqueConstraint(
            fields=list(campi), condition=Q(sezione__isnull=True), name=f"{nome}_unico_per_comune"
        ),
    ]


@tracked
class Affluenza(models.Model):
    """Voters at one hour; without a section it is the total of the comune."""

    elezione = models.ForeignKey(Elezione, on_delete=models.PROTECT, related_name="affluenze")
    turno = models.PositiveSmallIntegerField(choices=Turno, default=Turno.PRIMO)
    rilevazione = models.CharField(max_length=20, help_text="Ora della rilevazione: 12, 19, 23, 15.")
    sezione = models.ForeignKey(
        Sezione, null=True, blank=True, on_delete=models.PROTECT, related_name="affluenze"
    )
    votanti_m = models.PositiveIntegerField("votanti maschi", null=True, blank=True)
    votanti_f = models.PositiveIntegerField("votanti femmine", null=True, blank=True)
    votanti = models.PositiveIntegerField(null=True, blank=True)
    versione = models.PositiveIntegerField(default=0, help_text="Cresce a ogni salvataggio.")
    aggiornata_da = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    aggiornata_il = models.DateTimeField(null=True, blank=True)

    objects = AffluenzaQuerySet.as_manager()

    class Meta:
        verbose_name = "affluenza"
        verbose_name_plural = "affluenze"
        ordering = ["elezione", "turno", "rilevazione", "sezione__numero"]
        constraints = una_riga_per("elezione", "turno", "rilevazione", nome="affluenza")

    def __str__(self) -> str:
        return f"affluenza delle {self.rilevazione}, {self.sezione or 'intero comune'}"

    @property
    def totale(self) -> int | None:
        """Voters: the total, or men plus women."""
        if self.votanti is None and self.votanti_m is not None and self.votanti_f is not None:
            return self.votanti_m + self.votanti_f
        return self.votanti


@tracked
class Scrutinio(models.Model):
    """The count of one section in one turno; without a section it is the total of the comune.

    Empty means not known, zero means zero.
    """

    class Stato(models.TextChoices):
        ATTESA = "attesa", "in attesa"
        IN_DIGITAZIONE = "in_digitazione", "in digitazione"
        CON_ERRORI = "con_errori", "con errori"
        PRIMA = "prima", "prima digitazione fatta"
        SECONDA = "seconda", "seconda digitazione in corso"
        DIFFORME = "difforme", "digitazioni difformi"
        DEFINITIVO = "definitivo", "definitivo"

    elezione = models.ForeignKey(Elezione, on_delete=models.PROTECT, related_name="scrutini")
    turno = models.PositiveSmallIntegerField(choices=Turno, default=Turno.PRIMO)
    sezione = models.ForeignKey(
        Sezione, null=True, blank=True, on_delete=models.PROTECT, related_name="scrutini"
    )
    stato = models.CharField(max_length=15, choices=Stato, default=Stato.ATTESA)
    versione = models.PositiveIntegerField(default=0, help_text="Cresce a ogni salvataggio.")
    elettori_m = models.PositiveIntegerField("elettori maschi", null=True, blank=True)
    elettori_f = models.PositiveIntegerField("elettrici", null=True, blank=True)
    elettori = models.PositiveIntegerField(null=True, blank=True)
    votanti_m = models.PositiveIntegerField("votanti maschi", null=True, blank=True)
    votanti_f = models.PositiveIntegerField("votanti femmine", null=True, blank=True)
    votanti = models.PositiveIntegerField(null=True, blank=True)
    voti_validi = models.PositiveIntegerField(null=True, blank=True)
    schede_bianche = models.PositiveIntegerField(null=True, blank=True)
    schede_nulle = models.PositiveIntegerField(null=True, blank=True)
    contestate_non_attribuite = models.PositiveIntegerField(null=True, blank=True)
    contestate_attribuite = models.PositiveIntegerField(
        null=True, blank=True, help_text="Promemoria: sono già fra i voti validi."
    )
    ammessi = models.PositiveIntegerField(
        "ammessi in aggiunta",
        null=True,
        blank=True,
        help_text="Votanti non iscritti nella lista (artt. 39-44 TU).",
    )
    autenticate = models.PositiveIntegerField("schede autenticate", null=True, blank=True)
    residue = models.PositiveIntegerField("schede rimaste", null=True, blank=True)
    non_restituite = models.PositiveIntegerField(
        "schede non restituite o annullate prima dell'urna", null=True, blank=True
    )
    voti_lista_nulli = models.PositiveIntegerField(
        "voti di lista nulli",
        null=True,
        blank=True,
        help_text="Schede valide per il sindaco, nulle per la lista.",
    )
    definitivo_da = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    definitivo_il = models.DateTimeField(null=True, blank=True)
    aggiornato_il = models.DateTimeField(auto_now=True)

    objects = ScrutinioQuerySet.as_manager()

    CIFRE = (
        "elettori_m",
        "elettori_f",
        "elettori",
        "votanti_m",
        "votanti_f",
        "votanti",
        "voti_validi",
        "schede_bianche",
        "schede_nulle",
        "contestate_non_attribuite",
    )
    CIFRE_IN_PIU = (
        "contestate_attribuite",
        "ammessi",
        "autenticate",
        "residue",
        "non_restituite",
        "voti_lista_nulli",
    )

    class Meta:
        verbose_name = "scrutinio"
        verbose_name_plural = "scrutini"
        ordering = ["elezione", "turno", "sezione__numero"]
        constraints = una_riga_per("elezione", "turno", nome="scrutinio")

    def __str__(self) -> str:
        dove = self.sezione or "intero comune"
        return f"{dove}, {self.get_turno_display()}"


@tracked
class VotiSindaco(models.Model):
    scrutinio = models.ForeignKey(Scrutinio, on_delete=models.CASCADE, related_name="voti_sindaci")
    sindaco = models.ForeignKey(CandidatoSindaco, on_delete=models.PROTECT, related_name="voti")
    voti = models.PositiveIntegerField()
    solo_sindaco = models.PositiveIntegerField(null=True, blank=True, help_text="Di cui senza voto di lista.")

    objects = DiScrutinioQuerySet.as_manager()

    class Meta:
        verbose_name = "voti al candidato sindaco"
        verbose_name_plural = "voti ai candidati sindaco"
        ordering = ["scrutinio", "sindaco__numero"]
        constraints = [models.UniqueConstraint(fields=["scrutinio", "sindaco"], name="voti_sindaco_unici")]

    def __str__(self) -> str:
        return f"{self.sindaco}: {self.voti}"


@tracked
class VotiLista(models.Model):
    scrutinio = models.ForeignKey(Scrutinio, on_delete=models.CASCADE, related_name="voti_liste")
    lista = models.ForeignKey(Lista, on_delete=models.PROTECT, related_name="voti")
    voti = models.PositiveIntegerField()

    objects = DiScrutinioQuerySet.as_manager()

    class Meta:
        verbose_name = "voti di lista"
        verbose_name_plural = "voti di lista"
        ordering = ["scrutinio", "lista__numero"]
        constraints = [models.UniqueConstraint(fields=["scrutinio", "lista"], name="voti_lista_unici")]

    def __str__(self) -> str:
        return f"{self.lista}: {self.voti}"


@tracked
class VotiPreferenza(models.Model):
    """Preferences of one candidate; a missing row is zero."""

    scrutinio = models.ForeignKey(Scrutinio, on_delete=models.CASCADE, related_name="voti_preferenze")
    candidato = models.ForeignKey(Candidato, on_delete=models.PROTECT, related_name="voti")
    preferenze = models.PositiveIntegerField()

    objects = DiScrutinioQuerySet.as_manager()

    class Meta:
        verbose_name = "preferenze"
        verbose_name_plural = "preferenze"
        ordering = ["scrutinio", "candidato__lista__numero", "candidato__numero"]
        constraints = [
            models.UniqueConstraint(fields=["scrutinio", "candidato"], name="voti_preferenza_unici")
        ]

    def __str__(self) -> str:
        return f"{self.candidato}: {self.preferenze}"
