"""The calendar of duties as an ICS feed (RFC 5545), to be read by any agenda."""

from datetime import UTC, datetime, timedelta

from comuni.models import Elezione
from comuni.scadenzario import VoceScadenzario

RIGA_MASSIMA = 73


def render_ics(elezione: Elezione, voci: list[VoceScadenzario], *, adesso: datetime, base: str = "") -> str:
    """One all-day event per duty; the hour, the article and who must do it are in the description.

    ``base`` is the address of the calendar page: each event then links to its own duty.
    """
    righe = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Urna//Scadenzario//IT",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_escape(f'Elezioni comunali di {elezione.comune}')}",
    ]
    for voce in voci:
        a = voce.adempimento
        ora = f"Ore {a.ora}. " if a.ora else ""
        righe += [
            "BEGIN:VEVENT",
            "TRANSP:TRANSPARENT",
            f"UID:{a.codice}.{elezione.slug}@urna",
            f"DTSTAMP:{adesso.astimezone(UTC):%Y%m%dT%H%M%SZ}",
            f"DTSTART;VALUE=DATE:{a.data:%Y%m%d}",
            f"DTEND;VALUE=DATE:{a.data + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_escape(_titolo(voce))}",
            f"DESCRIPTION:{_escape(f'{ora}{a.chi}: {a.cosa} ({a.articolo})')}",
            *([f"URL:{base}{a.codice}/"] if base else []),
            "END:VEVENT",
        ]
    righe.append("END:VCALENDAR")
    return "".join(f"{_fold(riga)}\r\n" for riga in righe)


def _titolo(voce: VoceScadenzario) -> str:
    if voce.is_chiusa:
        return f"✔ {voce.adempimento.titolo} ({voce.scadenza.get_stato_display()})"
    condizione = voce.adempimento.condizione
    return voce.adempimento.titolo + (f" ({condizione})" if condizione else "")


def _escape(testo: str) -> str:
    return testo.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _fold(riga: str) -> str:
    """Lines longer than 75 octets are folded; counting characters of up to 3 octets would cut too late."""
    pezzi, corrente = [], ""
    for carattere in riga:
        if len((corrente + carattere).encode()) > RIGA_MASSIMA:
            pezzi.append(corrente)
            corrente = ""
        corrente += carattere
    return "\r\n ".join([*pezzi, corrente])
