"""Fields shared by the people of an election."""

from django.db import models

from electoral.ordine import chiave_ordine


class Sesso(models.TextChoices):
    M = "M", "maschio"
    F = "F", "femmina"


class Persona(models.Model):
    """A person as declared in a paper: what is unknown stays empty."""

    cognome = models.CharField(max_length=120)
    nome = models.CharField(max_length=120)
    chiave = models.CharField("chiave d'ordine", max_length=240, editable=False, db_index=True)
    sesso = models.CharField(max_length=1, choices=Sesso, blank=True)
    data_nascita = models.DateField("data di nascita", null=True, blank=True)
    luogo_nascita = models.CharField("luogo di nascita", max_length=120, blank=True)
    codice_fiscale = models.CharField(max_length=16, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.cognome} {self.nome}"

    def save(self, *args, **kwargs) -> None:
        self.set_chiave()
        super().save(*args, **kwargs)

    def set_chiave(self) -> None:
        """To be called before a bulk write, which skips ``save``."""
        self.chiave = chiave_ordine(f"{self.cognome} {self.nome}")
