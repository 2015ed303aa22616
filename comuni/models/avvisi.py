"""What reaches a person outside the pages: the calendar feed of an election, the reminders by e-mail."""

import secrets

from django.conf import settings
from django.db import models

from comuni.models.elezioni import Elezione
from electoral.storia import tracked

UTENTE = settings.AUTH_USER_MODEL


def nuovo_token() -> str:
    return secrets.token_urlsafe(32)


@tracked(escludi=("token",))
class CalendarioPersonale(models.Model):
    """A feed that one person gave to her agenda; deleting the row closes its address."""

    utente = models.ForeignKey(UTENTE, on_delete=models.CASCADE, related_name="calendari")
    elezione = models.ForeignKey(Elezione, on_delete=models.CASCADE, related_name="calendari")
    token = models.CharField(max_length=64, unique=True, default=nuovo_token, editable=False)
    creato_il = models.DateTimeField(auto_now_add=True)
    letto_il = models.DateTimeField("ultima lettura", null=True, blank=True)

    class Meta:
        verbose_name = "calendario in agenda"
        verbose_name_plural = "calendari in agenda"
        ordering = ["-creato_il"]
        constraints = [
            models.UniqueConstraint(fields=["utente", "elezione"], name="calendario_uno_per_persona")
        ]

    def __str__(self) -> str:
        return f"calendario di {self.utente}, {self.elezione}"


@tracked
class PreferenzaPromemoria(models.Model):
    """How often a person wants the reminders; with no row, who prepares elections gets them every day."""

    class Frequenza(models.TextChoices):
        GIORNO = "giorno", "ogni mattina, quando c'è qualcosa di nuovo"
        SETTIMANA = "settimana", "il lunedì mattina"
        MAI = "mai", "mai"

    utente = models.OneToOneField(UTENTE, on_delete=models.CASCADE, related_name="preferenza_promemoria")
    frequenza = models.CharField("promemoria", max_length=10, choices=Frequenza, default=Frequenza.GIORNO)

    class Meta:
        verbose_name = "preferenza dei promemoria"
        verbose_name_plural = "preferenze dei promemoria"

    def __str__(self) -> str:
        return f"{self.utente}: {self.get_frequenza_display()}"


class Promemoria(models.Model):
    """One reminder of one person on one day: the row is taken before sending, so that none goes twice."""

    class Stato(models.TextChoices):
        IN_INVIO = "in_invio", "in invio"
        INVIATO = "inviato", "inviato"
        NON_RIUSCITO = "non_riuscito", "non riuscito"

    utente = models.ForeignKey(UTENTE, on_delete=models.CASCADE, related_name="promemoria")
    giorno = models.DateField()
    stato = models.CharField(max_length=12, choices=Stato, default=Stato.IN_INVIO)
    impronta = models.CharField(max_length=64, help_text="Di ciò che ricorda: lo stesso non parte due volte.")
    tentativi = models.PositiveSmallIntegerField(default=1)
    aggiornato_il = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "promemoria"
        verbose_name_plural = "promemoria"
        ordering = ["-giorno", "-pk"]
        constraints = [models.UniqueConstraint(fields=["utente", "giorno"], name="promemoria_uno_al_giorno")]

    def __str__(self) -> str:
        return f"promemoria del {self.giorno:%d/%m/%Y} a {self.utente}"
