"""Cronologia: who changed what and when, read from the events that the database triggers write.

Events survive the object they tell about, so a deleted object keeps its history.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import cache
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from pghistory.models import Event

COSA = {"insert": "creato", "update": "modificato", "delete": "eliminato"}
NON_MOSTRATI = {"id", "chiave"}
LUNGHEZZA_MASSIMA = 300


@dataclass(frozen=True, slots=True)
class Cambiamento:
    campo: str
    prima: str
    dopo: str


@dataclass(slots=True)
class Variazione:
    """One event: when, who, what, and each field that changed."""

    quando: datetime
    chi: str
    cosa: str
    pk: Any
    oggetto: str
    cambiamenti: list[Cambiamento] = field(default_factory=list)


@cache
def modello_eventi(modello: type[models.Model]) -> type[Event] | None:
    """The table of events of a tracked model."""
    candidati = (m for m in apps.get_models() if issubclass(m, Event) and m is not Event)
    return next((m for m in candidati if m.pgh_tracked_model is modello), None)


def eventi(modello: type[models.Model], *, comuni: set[int] | None) -> models.QuerySet:
    """Events of a model in those comuni (``None``: all), newest first."""
    righe = modello_eventi(modello).objects.select_related("pgh_context").order_by("-pgh_id")
    if comuni is None:
        return righe
    percorso = modello._default_manager.all().percorso_comune
    percorso = "pgh_obj_id" if percorso == "pk" else percorso
    return righe.filter(**{f"{percorso}__in": comuni})


def describe(righe: Iterable[Event]) -> list[Variazione]:
    """Events (one page of them) as sentences; few queries, plus one for each linked table."""
    righe = list(righe)
    if not righe:
        return []
    precedenti = _precedenti(righe)
    autori = _autori(righe)
    campi = [c for c in _campi(type(righe[0])) if c.name not in NON_MOSTRATI]
    nomi = _oggetti_collegati([*righe, *(p for p in precedenti.values() if p)], campi)
    titoli = {riga.pgh_obj_id: _titolo(riga) for riga in reversed(righe)}
    return [
        _describe(riga, precedenti[riga.pgh_id], campi=campi, nomi=nomi, autori=autori, titoli=titoli)
        for riga in righe
    ]


def _describe(riga: Event, precedente: Event | None, *, campi, nomi, autori, titoli) -> Variazione:
    variazione = Variazione(
        quando=riga.pgh_created_at,
        chi=_autore(riga, autori),
        cosa=COSA.get(riga.pgh_label, riga.pgh_label),
        pk=riga.pgh_obj_id,
        oggetto=titoli[riga.pgh_obj_id],
    )
    if riga.pgh_label == "delete":
        precedente, riga = riga, None
    for campo in campi:
        prima, dopo = _testo(precedente, campo, nomi), _testo(riga, campo, nomi)
        if prima != dopo:
            variazione.cambiamenti.append(Cambiamento(_etichetta(campo), prima, dopo))
    return variazione


def _campi(modello: type[Event]) -> list[models.Field]:
    return [campo for campo in modello._meta.fields if not campo.name.startswith("pgh_")]


def _etichetta(campo: models.Field) -> str:
    return str(campo.verbose_name)[:1].upper() + str(campo.verbose_name)[1:]


def _titolo(riga: Event) -> str:
    """The name of the object as it was, or its number when what the name needs is gone."""
    modello = riga.pgh_tracked_model
    try:
        return str(modello(**{c.attname: getattr(riga, c.attname) for c in _campi(type(riga))}))
    except ObjectDoesNotExist:
        return f"{modello._meta.verbose_name} (riga {riga.pgh_obj_id})"


def _precedenti(righe: list[Event]) -> dict[int, Event | None]:
    """For each event the one before it, of the same object."""
    modello = type(righe[0])
    storia = modello.objects.filter(
        pgh_obj_id__in={r.pgh_obj_id for r in righe}, pgh_id__lte=max(r.pgh_id for r in righe)
    ).order_by("pgh_id")
    ultimo: dict[Any, Event] = {}
    precedenti: dict[int, Event | None] = {}
    for evento in storia:
        precedenti[evento.pgh_id] = ultimo.get(evento.pgh_obj_id)
        ultimo[evento.pgh_obj_id] = evento
    return precedenti


def _autori(righe: list[Event]) -> dict[int, str]:
    chiavi = {r.pgh_context.metadata.get("user") for r in righe if r.pgh_context}
    utenti = get_user_model().objects.in_bulk({int(c) for c in chiavi if c})
    return {pk: f"{utente} ({utente.username})" for pk, utente in utenti.items()}


def _autore(riga: Event, autori: dict[int, str]) -> str:
    dati = riga.pgh_context.metadata if riga.pgh_context else {}
    nome = autori.get(int(dati["user"])) if dati.get("user") else None
    lavoro = f"lavoro n. {dati['lavoro']}" if dati.get("lavoro") else ""
    if nome and lavoro:
        return f"{nome}, {lavoro}"
    return nome or lavoro or "il sistema"


def _oggetti_collegati(righe: list[Event], campi: list[models.Field]) -> dict[tuple[type, Any], str]:
    """Names of the linked objects, one query for each linked table."""
    cercati: dict[type[models.Model], set] = {}
    for campo in campi:
        if campo.is_relation:
            chiavi = {getattr(r, campo.attname) for r in righe}
            cercati.setdefault(campo.related_model, set()).update(chiavi - {None})
    nomi: dict[tuple[type, Any], str] = {}
    for modello, chiavi in cercati.items():
        collegati = [c.name for c in modello._meta.fields if c.is_relation and not c.null]
        trovati = modello._base_manager.select_related(*collegati).in_bulk(chiavi)
        nomi |= {(modello, pk): str(oggetto) for pk, oggetto in trovati.items()}
    return nomi


def _testo(riga: Event | None, campo: models.Field, nomi: dict) -> str:
    valore = None if riga is None else getattr(riga, campo.attname)
    if valore is None or valore == "":
        return ""
    if campo.is_relation:
        return nomi.get((campo.related_model, valore), f"n. {valore}")
    if campo.choices:
        return str(dict(campo.flatchoices).get(valore, valore))
    return _valore(valore)[:LUNGHEZZA_MASSIMA]


def _valore(valore: Any) -> str:
    if isinstance(valore, bool):
        return "sì" if valore else "no"
    if isinstance(valore, datetime):
        return timezone.localtime(valore).strftime("%d/%m/%Y %H:%M:%S")
    if isinstance(valore, date):
        return date_format(valore, "d/m/Y")
    if isinstance(valore, time):
        return valore.strftime("%H:%M")
    if isinstance(valore, dict):
        return "; ".join(f"{chiave}: {_valore(voce)}" for chiave, voce in valore.items())
    if isinstance(valore, list):
        return ", ".join(map(_valore, valore))
    return "–" if valore is None else str(valore)
