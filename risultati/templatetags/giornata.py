"""Tags of the pages of the election days."""

from django import template
from django.utils.safestring import SafeString, mark_safe

from electoral.templatetags.urna import chip, icona
from risultati.stati import Stato

register = template.Library()

TONI = {
    Stato.ATTESA: ("neutro", "clock"),
    Stato.IN_DIGITAZIONE: ("info", "pencil"),
    Stato.CON_ERRORI: ("errore", "error"),
    Stato.PRIMA: ("info", "user"),
    Stato.SECONDA: ("info", "pencil"),
    Stato.DIFFORME: ("avviso", "warning-circle"),
    Stato.DEFINITIVO: ("ok", "check-circle"),
}
SEGNI = {
    Stato.ATTESA: "·",
    Stato.IN_DIGITAZIONE: "…",
    Stato.CON_ERRORI: "✖",
    Stato.PRIMA: "1",
    Stato.SECONDA: "2",
    Stato.DIFFORME: "≠",
    Stato.DEFINITIVO: "✔",
}
ANELLINO = mark_safe('<span class="anellino" aria-hidden="true"></span>')
ICONE_PASSO = {"fatto": "check", "errore": "error", "avviso": "warning-circle", "bozza": "pencil"}


@register.simple_tag
def chip_stato(scrutinio) -> SafeString:
    """The state of a section (a Scrutinio or a state) as icon and word."""
    stato = Stato(getattr(scrutinio, "stato", scrutinio))
    return chip(stato.label.capitalize(), *TONI[stato])


@register.simple_tag
def icona_passo(voce) -> SafeString:
    """The icon of a step on the rail; a step still to do has a ring."""
    nome = ICONE_PASSO.get(voce.stato)
    return icona(nome) if nome else ANELLINO


@register.filter
def ha_doppia_colonna(passo) -> bool:
    """Whether the step has the column "di cui solo sindaco"."""
    return any(campo.startswith("solo_sindaco.") for campo in passo.campi)


@register.filter
def segno(stato: str) -> str:
    """One character for a tile; the word is beside it for screen readers."""
    return SEGNI[Stato(stato)]


@register.filter
def parola(stato: str) -> str:
    return Stato(stato).label
