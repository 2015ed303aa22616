"""The tables of the admin as the other pages show theirs: figures to the right, yes and no in words."""

import re

from django import template
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from electoral.templatetags.urna import chip, migliaia

register = template.Library()
NUMERICI = (models.IntegerField, models.DecimalField, models.FloatField)
SENZA_PUNTO = {"numero", "anno", "riga", "turno"}  # they name, they do not count
_CELLA = re.compile(r'^<(td|th) class="field-(\w+)([^"]*)"')
_INTERO = re.compile(r">(\d{4,})<")
_VERO_O_FALSO = re.compile(r'<img [^>]*alt="(True|False|None)"[^>]*>')


@register.simple_tag
def colonne_numeriche(cl) -> set[str]:
    """The columns of a changelist that hold figures."""
    return {nome for nome in cl.list_display if isinstance(nome, str) and _is_numerica(cl.model, nome)}


def _is_numerica(modello: type[models.Model], nome: str) -> bool:
    try:
        campo = modello._meta.get_field(nome)
    except FieldDoesNotExist:
        return False
    return isinstance(campo, NUMERICI) and not getattr(campo, "choices", None)


@register.filter
def cella(item: str, numeriche: set[str]) -> SafeString:
    """A cell as Django wrote it, with our figures and our yes and no."""
    testo = str(item)
    trovata = _CELLA.match(testo)
    if trovata and trovata[2] in numeriche:
        testo = testo.replace(f'class="field-{trovata[2]}', f'class="num field-{trovata[2]}', 1)
        if trovata[2] not in SENZA_PUNTO:
            testo = _INTERO.sub(lambda m: f">{migliaia(m[1])}<", testo)
    return vero_o_falso(mark_safe(testo))


@register.filter
def vero_o_falso(contenuto: str) -> SafeString:
    """What the admin shows, its icons of true and false turned into words."""
    testo = conditional_escape(contenuto)
    return mark_safe(_VERO_O_FALSO.sub(lambda m: _in_parole(m[1]), testo))


def _in_parole(valore: str) -> str:
    if valore == "None":
        return "–"
    return chip("sì", "ok", "check") if valore == "True" else chip("no", "neutro", "minus")


@register.filter
def di_colonna(intestazione: dict, numeriche: set[str]) -> SafeString:
    """The class of a heading, to the right over figures."""
    classe = intestazione.get("class_attrib", "")
    nome = re.search(r"column-(\w+)", classe)
    if nome and nome[1] in numeriche:
        classe = classe.replace("column-", "num column-", 1)
    return mark_safe(classe)
