"""The calendar of duties of an election: the law gives the dates, the office says what was done."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from comuni.legge import parametri_di
from comuni.models import Elezione, Scadenza
from norme.calendario import Adempimento, build_calendario


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

    def is_in_ritardo(self, adesso: datetime) -> bool:
        return not self.is_chiusa and self.termine < adesso and not self.adempimento.stimata

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
    return build_calendario(parametri_di(elezione), giorni=elezione.giorni, ballottaggio=ballottaggio)


@transaction.atomic
def sync_scadenze(elezione: Elezione, *, ballottaggio: bool | None = None) -> list[VoceScadenzario]:
    """Bring the stored duties in step with the calendar and return them in order.

    A date that moved moves the duty; what was done is kept; a duty that no longer applies goes away only if
    nobody wrote anything on it.
    """
    adempimenti = adempimenti_di(elezione, ballottaggio=ballottaggio)
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


@dataclass(frozen=True, slots=True)
class Agenda:
    """What the office sees in the morning."""

    in_ritardo: list[VoceScadenzario]
    oggi: list[VoceScadenzario]
    prossime: list[VoceScadenzario]


def build_agenda(voci: list[VoceScadenzario], *, adesso: datetime, giorni: int = 7) -> Agenda:
    """Late, due today, due in the next ``giorni`` days."""
    oggi = timezone.localtime(adesso).date()
    return Agenda(
        in_ritardo=[v for v in voci if v.is_in_ritardo(adesso) and not v.is_di_oggi(oggi)],
        oggi=[v for v in voci if v.is_di_oggi(oggi)],
        prossime=[v for v in voci if v.is_prossima(oggi, giorni=giorni)],
    )
