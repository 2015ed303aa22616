"""Users, and long jobs as rows that people can see."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property

from electoral.storia import tracked


@tracked(escludi=("password", "last_login", "primi_passi_il"))
class Utente(AbstractUser):
    """A person who works with Urna; what she may do comes from her roles in the comuni."""

    primi_passi_il = models.DateTimeField(
        "primi passi visti il",
        null=True,
        blank=True,
        editable=False,
        help_text="Vuoto: si propongono ancora.",
    )

    class Meta:
        verbose_name = "utente"
        verbose_name_plural = "utenti"

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    @cached_property
    def _coppie(self) -> list[tuple[int, str]]:
        return list(self.appartenenze.values_list("comune_id", "ruolo"))

    def coppie_comune_ruolo(self) -> list[tuple[int, str]]:
        """(comune pk, role) for each of her roles; read once per request."""
        return self._coppie

    def ruoli_in(self, comune_pk: int) -> set[str]:
        return {ruolo for pk, ruolo in self._coppie if pk == comune_pk}


class LavoroQuerySet(models.QuerySet):
    def aperti(self):
        return self.filter(stato__in=[Lavoro.Stato.IN_CODA, Lavoro.Stato.IN_CORSO])

    def scaduti(self):
        """Running jobs whose executor stopped renewing the lease (killed, power cut)."""
        return self.filter(stato=Lavoro.Stato.IN_CORSO, scade_il__lt=timezone.now())

    def da_mostrare(self, chiave: str):
        """The last job of this key, when it is still worth showing: open or failed."""
        riga = self.filter(chiave=chiave).first()
        return riga if riga and riga.stato != Lavoro.Stato.RIUSCITO else None

    def in_coda_da_troppo(self, secondi: int = 20):
        """Queued jobs that no worker took: publishing failed, or Redis lost the message."""
        limite = timezone.now() - timedelta(seconds=secondi)
        return self.filter(stato=Lavoro.Stato.IN_CODA, aggiornato_il__lt=limite)


class Lavoro(models.Model):
    """A long job: state, lease, progress and error for a person. Celery only executes it."""

    class Stato(models.TextChoices):
        IN_CODA = "in_coda", "in coda"
        IN_CORSO = "in_corso", "in corso"
        RIUSCITO = "riuscito", "riuscito"
        FALLITO = "fallito", "non riuscito"

    tipo = models.CharField(max_length=60, help_text="Nome registrato della funzione che lo esegue.")
    parametri = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    chiave = models.CharField(
        max_length=120, blank=True, help_text="Due lavori aperti con la stessa chiave non convivono."
    )
    comune_pk = models.BigIntegerField(null=True, blank=True, db_index=True)
    stato = models.CharField(max_length=10, choices=Stato, default=Stato.IN_CODA)
    avanzamento = models.PositiveSmallIntegerField(default=0, help_text="Per cento.")
    messaggio = models.CharField(max_length=300, blank=True)
    errore = models.TextField(blank=True, help_text="In parole per chi lo ha chiesto.")
    esito = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    tentativi = models.PositiveSmallIntegerField(default=0)
    scade_il = models.DateTimeField(
        null=True, blank=True, help_text="Fine della presa in carico, se non rinnovata."
    )
    esecutore = models.CharField(max_length=40, blank=True)
    richiesto_da = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="lavori"
    )
    creato_il = models.DateTimeField(auto_now_add=True)
    aggiornato_il = models.DateTimeField(auto_now=True)
    finito_il = models.DateTimeField(null=True, blank=True)

    objects = LavoroQuerySet.as_manager()

    class Meta:
        verbose_name = "lavoro"
        verbose_name_plural = "lavori"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["chiave"],
                condition=models.Q(stato__in=["in_coda", "in_corso"]) & ~models.Q(chiave=""),
                name="lavoro_uno_aperto_per_chiave",
            ),
            models.CheckConstraint(
                condition=models.Q(avanzamento__lte=100), name="lavoro_avanzamento_per_cento"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tipo} n. {self.pk} ({self.get_stato_display()})"

    @property
    def is_aperto(self) -> bool:
        return self.stato in (self.Stato.IN_CODA, self.Stato.IN_CORSO)
