"""Tags of the pages of the election days."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from electoral.templatetags.urna import chip, icona
from norme.tavola_applicata import PROVE
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
def chip_prova(prova: str) -> SafeString | str:
    """How sure a row of the tables of the vote is; what was read in the text of the law needs no sign."""
    return "" if prova == "V" else chip(f"{prova} {PROVE[prova]}", "avviso" if prova in "DR" else "info")


@register.simple_tag
def icona_passo(voce) -> SafeString:
    """The icon of a step on the rail; a step still to do has a ring."""
    nome = ICONE_PASSO.get(voce.stato)
    return icona(nome) if nome else ANELLINO


@register.simple_tag
def casella_voti(casella, is_totale: bool = False) -> SafeString:
    """One box of the form. Written here and not in a template: a page has a hundred of them."""
    detta = casella.errore or casella.rilievi
    nota, legata = SafeString(""), SafeString("")
    if detta:
        legata = format_html(' aria-invalid="true" aria-describedby="{}-d"', casella.id)
        nota = format_html('<span class="casella-detta" id="{}-d">{}</span>', casella.id, detta)
    return format_html(
        '<input type="text" class="casella {}" id="{}" name="{}" value="{}" inputmode="numeric"'
        ' autocomplete="off" maxlength="9" aria-label="{}"{}{}>{}',
        casella.classe,
        casella.id,
        casella.campo,
        casella.testo,
        casella.etichetta,
        legata,
        _DATA_TOTALE if is_totale else "",
        nota,
    )


_DATA_TOTALE = mark_safe(" data-totale")


@register.filter
def ha_doppia_colonna(passo) -> bool:
    """Whether the step has the column "di cui solo sindaco"."""
    return any(campo.startswith("solo_sindaco.") for campo in passo.campi)


@register.filter
def parola(stato: str) -> str:
    return Stato(stato).label


def _segno(sezione, stato: Stato) -> SafeString | str:
    """One sign: the state, or for a definitive section what is wrong with it; small tiles hold no more."""
    if stato == Stato.DEFINITIVO:
        return "✖" if sezione.errori else "⚠" if sezione.avvisi else SEGNI[stato]
    if not sezione.avvisi or stato == Stato.CON_ERRORI:
        return SEGNI[stato]
    return format_html('{}<span class="tessera-rilievo">⚠</span>', SEGNI[stato])


@register.simple_tag
def tessera(sezione, base: str, collegata: bool) -> SafeString:
    """One tile of the board. Written here and not in a template: Roma has 2,603 of them."""
    stato = Stato(sezione.stato)
    rilievi = (
        f", {sezione.avvisi} rilievi" if sezione.avvisi > 1 else ", con rilievi" if sezione.avvisi else ""
    )
    if sezione.errori:
        rilievi += (
            f", {sezione.errori} errori da decidere" if sezione.errori > 1 else ", un errore da decidere"
        )
    dentro = format_html(
        '<span class="tessera-numero">{}</span><span class="tessera-segno" aria-hidden="true">{}</span>'
        '<span class="visually-hidden">{}{}</span>',
        sezione.numero,
        _segno(sezione, stato),
        stato.label,
        rilievi,
    )
    if not collegata:
        return format_html('<li><span class="tessera tessera-{}">{}</span></li>', sezione.classe, dentro)
    return format_html(
        '<li><a class="tessera tessera-{}" href="{}{}/" title="Sezione {}: {}{}">{}</a></li>',
        sezione.classe,
        base,
        sezione.numero,
        sezione.numero,
        stato.label,
        rilievi,
        dentro,
    )


@register.filter
def voce(tabella: dict, chiave):
    """An entry of a mapping, or nothing."""
    return tabella.get(chiave)
