"""The terms of the candidatures as moments, from the calendar of the election."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from comuni.legge import parametri_di
from comuni.models import Elezione
from comuni.scadenzario import adempimenti_di, termine_di


def termine(elezione: Elezione, codice: str) -> datetime | None:
    """When the duty ends; None where the calendar of that Region is not known."""
    voce = next((a for a in adempimenti_di(elezione, ballottaggio=True) if a.codice == codice), None)
    return termine_di(voce) if voce else None


def inizio_presentazione(elezione: Elezione) -> date | None:
    """The day from which lists are received (D−30); None where the calendar of that Region is not known."""
    return next((a.dal for a in adempimenti_di(elezione) if a.codice == "presentazione_inizio"), None)


def fine_presentazione(elezione: Elezione) -> datetime | None:
    """D−29 at noon (TU 28, 32)."""
    return termine(elezione, "presentazione_fine")


def decisione_definitiva(elezione: Elezione) -> datetime | None:
    """End of D−26: delegates heard, new papers admitted, final decisions (TU 33, last comma)."""
    return termine(elezione, "decisione_definitiva")


def collegamenti_ballottaggio(elezione: Elezione) -> datetime | None:
    """End of D+7 (TUEL 72 c. 7)."""
    return termine(elezione, "collegamenti_ballottaggio")


def nuovo_contrassegno(elezione: Elezione, *, dal: datetime) -> datetime | None:
    """48 hours from the refusal of the mark (TU 30 c. 1 b); None where the ente does not grant them."""
    ore = parametri_di(elezione).get("contrassegno_nuovo_ore")
    return dal + timedelta(hours=ore.valore) if ore is not None and ore.valore else None


def say_momento(momento: datetime | None) -> str:
    """The end of a day is said as 24:00 of that day, not as the midnight of the next."""
    if momento is None:
        return ""
    locale = timezone.localtime(momento)
    if (locale.hour, locale.minute) == (0, 0):
        return f"le ore 24:00 del {locale - timedelta(days=1):%d/%m/%Y}"
    return f"le ore {locale:%H:%M} del {locale:%d/%m/%Y}"
