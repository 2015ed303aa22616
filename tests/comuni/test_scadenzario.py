"""The calendar of duties: dates by law, what was done, agenda, ICS."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from comuni.fonti import EsitoNoto
from comuni.ics import render_ics
from comuni.models import Scadenza
from comuni.scadenzario import DEL_COMUNE, build_agenda, mark_scadenza, sync_scadenze
from comuni.schermate import collegamento_di, schermate
from electoral.permessi import Ruolo
from norme.registro import catalogo
from tests.factories import ElezioneFactory, UtenteFactory, utente_con_ruolo

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

    sync_scadenze(elezione, esito=EsitoNoto(ballottaggio=False))

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


def test_a_first_turno_that_elects_takes_the_runoff_away_and_the_proclamation_sets_the_days(elezione):
    esito = EsitoNoto(ballottaggio=False, proclamazione=date(2021, 10, 5))

    voci = sync_scadenze(elezione, esito=esito)

    assert not [v for v in voci if v.adempimento.eventuale]
    assert di(voci, "convocazione_consiglio").scadenza.data == date(2021, 10, 15)
    assert not di(voci, "convocazione_consiglio").adempimento.stimata


def test_the_page_and_the_feed_say_what_depends_on_the_runoff_and_how(client):
    elezione = ElezioneFactory(popolazione_legale=46_963, data=date(2027, 5, 23))
    client.force_login(UtenteFactory(is_superuser=True))
    url = reverse("comuni:scadenzario", args=[elezione.slug])
    pagina = client.get(url).content.decode()
    assert pagina.count("se non c&#x27;è il ballottaggio") == 1  # the elected at the first turno
    assert "se c&#x27;è il ballottaggio" in pagina
    uno = client.get(reverse("comuni:scadenza", args=[elezione.slug, "manifesto_eletti"])).content.decode()
    assert "Se non c&#x27;è il ballottaggio" in uno
    feed = render_ics(elezione, sync_scadenze(elezione), adesso=datetime(2021, 9, 1, tzinfo=ROMA))
    disteso = feed.replace("\r\n ", "")
    assert "Pubblicazione dei risultati e notifica agli eletti (se non c'è il ballottaggio)" in disteso


@pytest.mark.parametrize(
    ("popolazione", "trasparenti", "bilancio"),
    [
        (14_999, False, False),
        (15_000, True, False),
        (15_001, True, False),
        (50_000, True, False),
        (50_001, True, True),
    ],
)
def test_duties_of_the_larger_comuni_appear_by_population(popolazione, trasparenti, bilancio):
    sistema = "oltre_15000" if popolazione > 15_000 else "fino_15000"
    elezione = ElezioneFactory(popolazione_legale=popolazione, sistema=sistema)
    codici = {v.adempimento.codice for v in sync_scadenze(elezione)}

    assert ("trasparenza" in codici, "bilancio_preventivo" in codici) == (trasparenti, bilancio)


def test_the_duties_of_others_are_over_and_never_late(elezione):
    voci = sync_scadenze(elezione)
    dopo = datetime(2021, 9, 4, 12, 30, tzinfo=ROMA)

    assert {v.adempimento.chi for v in voci if v.is_in_ritardo(dopo)} <= DEL_COMUNE
    assert di(voci, "presentazione_inizio").is_passata(dopo)


def test_the_comune_s_names_are_those_of_the_calendar(elezione):
    assert {v.adempimento.chi for v in sync_scadenze(elezione)} >= DEL_COMUNE


def test_every_page_registered_for_a_duty_exists_and_every_duty_of_the_comune_has_one(elezione):
    responsabile = utente_con_ruolo(elezione.comune, Ruolo.RESPONSABILE)
    per_legge = {n.removeprefix("adempimento_") for n in catalogo() if n.startswith("adempimento_")}
    assert set(schermate()) <= per_legge
    senza = {
        v.adempimento.codice
        for v in sync_scadenze(elezione)
        if v.is_del_comune
        and collegamento_di(v.adempimento.codice, elezione=elezione, utente=responsabile) is None
    }

    assert senza == {"consiglio_atti_urgenti", "lavoro_straordinario"}


def test_a_duty_is_not_due_only_with_a_reason_and_may_be_reopened(client, elezione):
    client.force_login(utente_con_ruolo(elezione.comune, Ruolo.OPERATORE))
    url = reverse("comuni:scadenza", args=[elezione.slug, "cartolina_aire"])
    client.get(url)
    scadenza = Scadenza.objects.get(elezione=elezione, codice="cartolina_aire")

    assert "Scrivere perché" in client.post(url, {"stato": "non_dovuta", "nota": " "}).content.decode()
    client.post(url, {"stato": "non_dovuta", "nota": "nessun iscritto all'AIRE"})
    scadenza.refresh_from_db()
    assert (scadenza.stato, scadenza.fatta_da is not None) == ("non_dovuta", True)
    client.post(url, {"stato": "da_fare", "nota": ""})
    scadenza.refresh_from_db()
    assert (scadenza.stato, scadenza.fatta_da) == ("da_fare", None)
    assert "Cronologia" in client.get(url).content.decode()


@pytest.mark.parametrize(
    ("contenuto", "accettato"),
    [(b"%PDF-1.7 prova", True), (b"\x89PNG\r\n\x1a\n...", True), (b"<html>", False), (b"MZ\x90", False)],
)
def test_the_attachment_is_known_by_its_content(client, elezione, contenuto, accettato):
    client.force_login(utente_con_ruolo(elezione.comune, Ruolo.OPERATORE))
    url = reverse("comuni:scadenza", args=[elezione.slug, "manifesto_convocazione"])
    file = SimpleUploadedFile("relata.pdf", contenuto)

    risposta = client.post(url, {"stato": "fatta", "nota": "affisso", "allegato": file})

    assert (risposta.status_code == 302) == accettato
    scaricato = client.get(url + "allegato/")
    assert scaricato.status_code == (200 if accettato else 404)
    if accettato:
        assert b"".join(scaricato.streaming_content) == contenuto


def test_where_the_calendar_is_not_known_the_page_says_so(client):
    elezione = ElezioneFactory(popolazione_legale=8_000, data=date(1960, 11, 6))
    client.force_login(utente_con_ruolo(elezione.comune, Ruolo.OPERATORE))

    assert client.get(reverse("comuni:scadenzario", args=[elezione.slug])).status_code in (200, 409)
    assert client.get(reverse("comuni:sezioni", args=[elezione.slug])).status_code in (200, 409)
