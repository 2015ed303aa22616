"""Slips at the counter: what looks like a mistake is said before it is recorded, and recorded if confirmed.

The paper leads: nothing here refuses a list, it asks to look again.
"""

from datetime import datetime

from django.utils import timezone

from candidature import termini
from candidature.models import CandidatoSindaco, Lista
from comuni.models import Elezione, Sistema
from electoral.ordine import chiave_ordine


def sviste_della_ricevuta(
    elezione: Elezione,
    *,
    denominazione: str,
    presentata_il: datetime,
    sindaco: CandidatoSindaco | None,
    nuovo_sindaco: dict,
) -> list[str]:
    """In words, with the remedy: a day out of the two mornings, a list or a person already there."""
    return [
        *_giorno(elezione, presentata_il),
        *_stessa_lista(elezione, denominazione),
        *(_altra_lista(elezione, sindaco) if sindaco else _stessa_persona(elezione, nuovo_sindaco)),
    ]


def _giorno(elezione: Elezione, presentata_il: datetime) -> list[str]:
    inizio, fine = termini.inizio_presentazione(elezione), termini.fine_presentazione(elezione)
    giorno, ultimo = timezone.localtime(presentata_il).date(), fine and timezone.localtime(fine).date()
    if inizio and giorno < inizio:
        return [f"Le liste si ricevono dal {inizio:%d/%m/%Y}: hai scritto il {giorno:%d/%m/%Y}."]
    if ultimo and giorno > ultimo:
        return [f"Le liste si ricevono fino al {ultimo:%d/%m/%Y}: hai scritto il {giorno:%d/%m/%Y}."]
    return []


def _stessa_lista(elezione: Elezione, denominazione: str) -> list[str]:
    chiave = chiave_ordine(denominazione)
    for lista in Lista.objects.di(elezione):
        if chiave_ordine(lista.denominazione) == chiave:
            quando = termini.say_momento(lista.presentata_il) or "prima"
            gia = f"«{lista.denominazione}» è già stata ricevuta ({quando})"
            return [f"{gia}: se è la stessa lista non va registrata di nuovo."]
    return []


def _stessa_persona(elezione: Elezione, dati: dict) -> list[str]:
    chiave = chiave_ordine(f"{dati['cognome']} {dati['nome']}")
    for altro in CandidatoSindaco.objects.di(elezione).filter(chiave=chiave):
        diversi = altro.data_nascita and dati["data_nascita"] and altro.data_nascita != dati["data_nascita"]
        if not diversi:
            return [f"{altro} è già registrato come candidato sindaco: sceglilo dall'elenco."]
    return []


def _altra_lista(elezione: Elezione, sindaco: CandidatoSindaco) -> list[str]:
    altra = sindaco.liste.exclude(stato=Lista.Stato.RITIRATA).first()
    if altra is None or elezione.sistema != Sistema.FINO_15000 or elezione.ordinamento != "ordinario":
        return []
    return [
        f"{sindaco} ha già la lista «{altra.denominazione}»: qui ogni candidato sindaco ha una lista sola."
    ]
