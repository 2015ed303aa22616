"""The calendar of duties: dates by law, what was done, agenda, ICS."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from comuni.ics import render_ics
from comuni.models import Scadenza
from comuni.scadenzario import build_agenda, mark_scadenza, sync_scadenze
from tests.factories import ElezioneFactory, UtenteFactory

pytestmark = pytest.mark.django_db
ROMA = ZoneInfo("Europe/Rome")


@pytest.fixture
def elezione():
    return ElezioneFactory(popolazione_legale=46_963)


def di(voci, codice):
    return next(v for v in voci if v.adempimento.codice == codice)


def test_the_2021_duties_have_the_dates_of_the_booklet(elezione):
    voci = sync_scadenze(elezione)

    assert di(voci, "manifesto_convocazione").scadenza.data == date(2021, 8, 19)
    assert di(voci, "presentazione_fine").termine == datetime(2021, 9, 4, 12, tzinfo=ROMA)
    assert di(voci, "manifesto_candidati").scadenza.data == date(2021, 9, 25)


def test_syncing_twice_changes_nothing(elezione):
    prima = [v.scadenza.pk for v in sync_scadenze(elezione)]

    assert [v.scadenza.pk for v in sync_scadenze(elezione)] == prima


def test_moving_the_vote_moves_the_duties_and_keeps_what_was_done(elezione):
    voce, utente = di(sync_scadenze(elezione), "manifesto_convocazione"), UtenteFactory()
    mark_scadenza(voce.scadenza, stato=Scadenza.Stato.FATTA, by=utente, nota="affisso")
    elezione.data = date(2021, 10, 10)
    elezione.save()

    spostata = di(sync_scadenze(elezione), "manifesto_convocazione").scadenza

    assert (spostata.pk, spostata.data, spostata.nota) == (voce.scadenza.pk, date(2021, 8, 26), "affisso")
    assert spostata.fatta_da == utente


def test_a_duty_without_runoff_goes_away_unless_somebody_wrote_on_it(elezione):
    voci = sync_scadenze(elezione)
    mark_scadenza(
        di(voci, "manifesto_ballottaggio").scadenza,
        stato=Scadenza.Stato.NON_DOVUTA,
        by=UtenteFactory(),
        nota="eletto al primo turno",
    )

    sync_scadenze(elezione, ballottaggio=False)

    rimaste = set(Scadenza.objects.filter(elezione=elezione).values_list("codice", flat=True))
    assert "manifesto_ballottaggio" in rimaste
    assert "collegamenti_ballottaggio" not in rimaste


def test_the_agenda_tells_late_today_and_next(elezione):
    voci = sync_scadenze(elezione)

    agenda = build_agenda(voci, adesso=datetime(2021, 9, 4, 12, 30, tzinfo=ROMA))

    assert "presentazione_fine" in {v.adempimento.codice for v in agenda.oggi}
    assert "manifesto_convocazione" in {v.adempimento.codice for v in agenda.in_ritardo}
    assert [v.adempimento.codice for v in agenda.prossime][0] == "esame_candidature"


def test_the_ics_feed_folds_and_escapes(elezione):
    testo = render_ics(elezione, sync_scadenze(elezione), adesso=datetime(2021, 9, 1, tzinfo=ROMA))

    assert testo.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
    assert testo.count("BEGIN:VEVENT") == elezione.scadenze.count()
    assert all(len(riga.encode()) <= 75 for riga in testo.split("\r\n"))
    assert "UID:manifesto_convocazione." in testo
