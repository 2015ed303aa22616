"""Filters and tags of the pages: figures, times, states, fields. See ``docs/interfaccia.md``."""

import re
from collections import Counter
from datetime import datetime, timedelta

from django import template
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from norme import registro
from norme.parole import quota_percentuale
from norme.rilievi import catalogo

register = template.Library()

ICONE_DEI_TONI = {
    "ok": "check-circle",
    "avviso": "warning-circle",
    "errore": "error",
    "info": "info-circle",
    "neutro": "minus-circle",
}
TRATTINO = "–"


@register.filter
def migliaia(numero) -> str:
    """12345 -> 12.345; what is unknown is a dash, zero is zero."""
    if numero is None or numero == "":
        return TRATTINO
    try:
        return registro.migliaia(int(numero))
    except (TypeError, ValueError):
        return str(numero)


@register.filter
def percento(parte, intero) -> str:
    """``{{ a|percento:b }}`` -> 47,2 %; a whole per cent never shows before it is reached."""
    if parte is None or not intero:
        return TRATTINO
    return f"{quota_percentuale(parte, intero, decimali=1)} %"


@register.filter
def ora(istante) -> str:
    """The hour of a moment, in Italian time: 23:41; a bare time is printed as it is."""
    if istante is None or istante == "":
        return TRATTINO
    if isinstance(istante, datetime) and timezone.is_aware(istante):
        istante = timezone.localtime(istante)
    return istante.strftime("%H:%M")


@register.filter
def giorno_e_ora(istante) -> str:
    """03/10/2021 23:41"""
    if istante is None or istante == "":
        return TRATTINO
    if isinstance(istante, datetime) and timezone.is_aware(istante):
        istante = timezone.localtime(istante)
    return istante.strftime("%d/%m/%Y %H:%M")


@register.filter
def giorni_di_voto(elezione) -> str:
    """3–4 ottobre 2021, 31 maggio – 1 giugno 2026, 12 giugno 2022."""
    primo, ultimo = elezione.data, elezione.data + timedelta(days=elezione.giorni - 1)
    fine = date_format(ultimo, "j F Y").lower()
    if primo == ultimo:
        return fine
    if primo.month == ultimo.month:
        return f"{primo.day}–{fine}"
    return f"{date_format(primo, 'j F').lower()} – {fine}"


@register.filter
def pagine_vicine(paginator, numero: int) -> list[int | None]:
    """Page numbers to show around the current one; ``None`` is an ellipsis."""
    pagine = paginator.get_elided_page_range(numero, on_each_side=2)
    return [n if isinstance(n, int) else None for n in pagine]


@register.simple_tag
def icona(nome: str, classe: str = "", testo: str = "") -> SafeString:
    """An icon of Bootstrap Italia (without ``it-``); decorative unless ``testo`` says it."""
    indirizzo = static("svg/sprites.svg")
    if testo:
        return format_html(
            '<svg class="icona {}" role="img" aria-label="{}"><use href="{}#it-{}"></use></svg>',
            classe,
            testo,
            indirizzo,
            nome,
        )
    return format_html(
        '<svg class="icona {}" aria-hidden="true" focusable="false"><use href="{}#it-{}"></use></svg>',
        classe,
        indirizzo,
        nome,
    )


@register.simple_tag
def chip(testo: str, tono: str = "neutro", nome_icona: str = "") -> SafeString:
    """State as icon and word (ok, avviso, errore, info, neutro); the code of a finding opens its meaning."""
    nome = nome_icona or ICONE_DEI_TONI.get(tono, ICONE_DEI_TONI["neutro"])
    if testo in catalogo():
        modello = '<a class="stato stato-{}" href="{}#{}">{}{}</a>'
        return format_html(modello, tono, reverse("codici"), testo, icona(nome), testo)
    return format_html('<span class="stato stato-{}">{}{}</span>', tono, icona(nome), testo)


@register.simple_tag
def chip_codici(voci: list, tono: str) -> SafeString:
    """The codes of many findings, each once, with how many times: «W203 × 24»."""
    quanti = Counter(voce.rilievo.codice for voce in voci)
    pezzi = ((chip(c, tono), f" × {n}" if n > 1 else "") for c, n in quanti.items())
    return format_html_join(" ", '<span class="a-capo-no">{}{}</span>', pezzi)


@register.simple_tag(takes_context=True)
def percorso(context) -> list[tuple[str, str]]:
    """The trail of a page: from the elections, through the comune; without ``briciole``, the menu says."""
    passi = list(context.get("briciole") or ())
    elezione = context.get("elezione_corrente")
    casa = reverse("comuni:home")
    if elezione is None or (passi and passi[0][1] == casa):
        return passi
    quadro = reverse("comuni:elezione", args=[elezione.slug])
    if not passi:
        fase = context["cornice"]["fase_corrente"]
        passi = [(voce.titolo, "") for voce in (fase.voci if fase else ()) if voce.corrente]
    ultimi = [passo for passo in passi if passo[1] != quadro]
    return [("Elezioni", casa), (str(elezione.comune), quadro), *ultimi]


@register.simple_tag
def codice(valore: str) -> SafeString:
    """The code of a finding, with the way to its meaning and remedy."""
    return format_html('<a class="rilievo-codice" href="{}#{}">{}</a>', reverse("codici"), valore, valore)


@register.filter
def senza_segnaposti(testo: str) -> str:
    """A text of the catalogue, where ``{figure}`` stands for what the program fills in."""
    return re.sub(r"\{\w*\}", "…", testo)


@register.inclusion_tag("componenti/campo.html")
def campo(field, articolo: str = "", aiuto: str = "") -> dict[str, object]:
    """A form field with label, control, help, article and errors tied together for a screen reader."""
    tipo = getattr(field.field.widget, "input_type", "")
    multiplo = tipo in ("radio", "checkbox") and field.use_fieldset
    return {
        "field": field,
        "articolo": articolo,
        "aiuto": aiuto or field.help_text,
        "gruppo": multiplo,
        "scelta": tipo == "checkbox" and not multiplo,
    }


@register.inclusion_tag("componenti/anello.html")
def anello(fatti: int, totale: int, etichetta: str) -> dict[str, object]:
    """A ring ``fatti``/``totale``; the circle has circumference 100."""
    quota = min(100, fatti * 100 // totale) if totale else 0
    return {"fatti": fatti, "totale": totale, "etichetta": etichetta, "quota": quota}


@register.inclusion_tag("componenti/barra.html")
def barra(fatti: int, totale: int, etichetta: str) -> dict[str, object]:
    return {"fatti": fatti, "totale": totale, "etichetta": etichetta}
