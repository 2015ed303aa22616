"""The calendar of duties of an election: the law gives the dates, the office says what was done."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from comuni.fonti import EsitoNoto, esito_noto
from comuni.legge import parametri_di
from comuni.models import Elezione, Scadenza
from norme.calendario import Adempimento, build_calendario
from norme.parametri import ParametroIgnoto

#: Who in the calendar is the comune itself. Of the others' duties the office takes note: none is late for it.
DEL_COMUNE = frozenset(
    {
        "Sindaco",
        "Giunta comunale",
        "Consiglio comunale",
        "Segretario comunale",
        "Ufficio elettorale",
        "Ufficiale elettorale",
        "Commissione elettorale comunale",
    }
)


@dataclass(frozen=True, slots=True)
class VoceScadenzario:
    """One duty with what was done about it."""

    adempimento: Adempimento
    scadenza: Scadenza

    @property
    def termine(self) -> datetime:
        """The end of the term: its hour, or the end of its day."""
        return termine_di(self.adempimento)

    @property
    def is_chiusa(self) -> bool:
        return self.scadenza.stato != Scadenza.Stato.DA_FARE

    @property
    def is_del_comune(self) -> bool:
        return self.adempimento.chi in DEL_COMUNE

    def is_in_ritardo(self, adesso: datetime) -> bool:
        """A duty of the comune, open after its term; one that may not be due, or has no sure day, is not."""
        a = self.adempimento
        return (
            self.is_del_comune
            and not self.is_chiusa
            and self.termine < adesso
            and not (a.stimata or a.eventuale)
        )

    def is_passata(self, adesso: datetime) -> bool:
        """Over by itself: of somebody else, or of a day only estimated."""
        return not self.is_chiusa and self.termine < adesso and not self.is_in_ritardo(adesso)

    def is_di_oggi(self, oggi: date) -> bool:
        return self.adempimento.data == oggi

    def is_prossima(self, oggi: date, *, giorni: int) -> bool:
        return not self.is_chiusa and oggi < self.adempimento.data <= oggi + timedelta(days=giorni)


def termine_di(adempimento: Adempimento) -> datetime:
    """The moment the term ends, in Italian time; "24:00" and no hour are the end of the day."""
    if adempimento.ora in ("", "24:00"):
        giorno, ora = adempimento.data + timedelta(days=1), time(0)
    else:
        giorno, ora = adempimento.data, time.fromisoformat(adempimento.ora)
    return timezone.make_aware(datetime.combine(giorno, ora))


def adempimenti_di(elezione: Elezione, *, ballottaggio: bool | None = None) -> tuple[Adempimento, ...]:
    """The duties of the election; ``ballottaggio`` None leaves those of the runoff as possible."""
    return _adempimenti(elezione, EsitoNoto(ballottaggio=ballottaggio))


def adempimenti_noti(elezione: Elezione) -> tuple[Adempimento, ...]:
    """The duties as far as the facts tell: runoff or not, end of the count, proclamation."""
    return _adempimenti(elezione, esito_noto(elezione))


def _adempimenti(elezione: Elezione, esito: EsitoNoto) -> tuple[Adempimento, ...]:
    try:
        return build_calendario(
            parametri_di(elezione),
            giorni=elezione.giorni,
            ballottaggio=esito.ballottaggio,
            fine_scrutinio=esito.fine_scrutinio,
            proclamazione=esito.proclamazione,
        )
    except ParametroIgnoto:  # the calendar of that Region or year is not known: the page says so
        return ()


@transaction.atomic
def sync_scadenze(elezione: Elezione, *, esito: EsitoNoto | None = None) -> list[VoceScadenzario]:
    """Bring the stored duties in step with the calendar and return them in order.

    What the outcome decides (a runoff or none, the day of the proclamation) comes from who knows it. A date
    that moved moves the duty; what was done is kept; a duty that no longer applies goes away only if nobody
    wrote anything on it.
    """
    adempimenti = _adempimenti(elezione, esito_noto(elezione) if esito is None else esito)
    presenti = {s.codice: s for s in Scadenza.objects.filter(elezione=elezione)}
    voci = [
        VoceScadenzario(a, _upsert(elezione, adempimento=a, presente=presenti.pop(a.codice, None)))
        for a in adempimenti
    ]
    for orfana in presenti.values():
        if orfana.stato == Scadenza.Stato.DA_FARE and not orfana.nota and not orfana.allegato:
            orfana.delete()
    return voci


def _upsert(elezione: Elezione, *, adempimento: Adempimento, presente: Scadenza | None) -> Scadenza:
    ora = None if adempimento.ora in ("", "24:00") else time.fromisoformat(adempimento.ora)
    scadenza = presente or Scadenza(elezione=elezione, codice=adempimento.codice)
    if scadenza.pk is None or (scadenza.data, scadenza.ora) != (adempimento.data, ora):
        scadenza.data, scadenza.ora = adempimento.data, ora
        scadenza.save()
    return scadenza


def mark_scadenza(
    scadenza: Scadenza, *, stato: str, by, nota: str = "", allegato=None, quando: datetime | None = None
) -> None:
    """Say what was done about a duty: who and when are recorded; going back to «da fare» clears them."""
    scadenza.stato, scadenza.nota = stato, nota
    if allegato is not None:
        scadenza.allegato = allegato
    if stato == Scadenza.Stato.DA_FARE:
        scadenza.fatta_da = scadenza.fatta_il = None
    else:
        scadenza.fatta_da, scadenza.fatta_il = by, quando or timezone.now()
    scadenza.save()


POI = 3


@dataclass(frozen=True, slots=True)
class Agenda:
    """What the office sees in the morning."""

    in_ritardo: list[VoceScadenzario]
    oggi: list[VoceScadenzario]
    prossime: list[VoceScadenzario]
    poi: list[VoceScadenzario]
    """The first open ones after those days, to be shown when the week is empty."""


def build_agenda(voci: list[VoceScadenzario], *, adesso: datetime, giorni: int = 7) -> Agenda:
    """Late, due today, due in the next ``giorni`` days."""
    oggi = timezone.localtime(adesso).date()
    return Agenda(
        in_ritardo=[v for v in voci if v.is_in_ritardo(adesso) and not v.is_di_oggi(oggi)],
        oggi=[v for v in voci if v.is_di_oggi(oggi)],
        prossime=[v for v in voci if v.is_prossima(oggi, giorni=giorni)],
        poi=[v for v in voci if not v.is_chiusa and v.adempimento.data > oggi + timedelta(days=giorni)][:POI],
    )
