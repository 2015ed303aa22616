"""Reminders by e-mail: who, what, once; and the feeds given to an agenda."""

from datetime import date, datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.urls import reverse

from comuni.calendari import open_calendario
from comuni.models import CalendarioPersonale, PreferenzaPromemoria, Promemoria, Scadenza
from comuni.promemoria import send_promemoria
from comuni.scadenzario import mark_scadenza, sync_scadenze
from comuni.tasks import invia_promemoria
from electoral.permessi import Ruolo
from tests.factories import ElezioneFactory, UtenteFactory, utente_con_ruolo

pytestmark = pytest.mark.django_db
ROMA = ZoneInfo("Europe/Rome")
MATTINA = datetime(2021, 9, 3, 7, tzinfo=ROMA)  # D−30: the candidatures open


@pytest.fixture
def elezione():
    return ElezioneFactory(popolazione_legale=46_963)


@pytest.fixture
def operatore(elezione):
    utente = utente_con_ruolo(elezione.comune, Ruolo.OPERATORE)
    utente.email = "operatore@comune.example.it"
    utente.save()
    return utente


def test_the_digest_says_today_late_and_next_with_links(elezione, operatore, settings):
    settings.URNA_INDIRIZZO = "https://elezioni.example.it"

    esito = send_promemoria(MATTINA)

    messaggio = mail.outbox[0]
    assert (esito.inviati, messaggio.to) == (1, [operatore.email])
    oggi, resto = messaggio.body.split("TERMINE PASSATO")
    tardi, prossime = resto.split("NEI PROSSIMI SETTE GIORNI")
    assert "Manifesto di convocazione" in tardi
    assert "Termine per presentare" in prossime or "ore 12:00" in prossime
    assert f"https://elezioni.example.it/ufficio/{elezione.slug}/scadenzario/" in messaggio.body
    assert "https://elezioni.example.it/ufficio/promemoria/" in messaggio.body
    assert "OGGI" in oggi and "venerdì 3 settembre 2021" in oggi.lower()


def test_a_round_run_twice_sends_once(elezione, operatore):
    send_promemoria(MATTINA)

    esito = send_promemoria(MATTINA + timedelta(hours=1))

    assert (esito.inviati, esito.gia_inviati, len(mail.outbox)) == (0, 1, 1)


def test_the_day_after_is_silent_if_nothing_changed(elezione, operatore, monkeypatch):
    sera = datetime(2021, 11, 20, 7, tzinfo=ROMA)  # nothing falls due any more
    send_promemoria(sera)

    esito = send_promemoria(sera + timedelta(days=1))

    assert (len(mail.outbox), esito.senza_novita) == (1, 1)


def test_what_is_done_is_reminded_no_more(elezione, operatore):
    for voce in sync_scadenze(elezione):
        mark_scadenza(voce.scadenza, stato=Scadenza.Stato.FATTA, by=operatore)

    assert send_promemoria(MATTINA).senza_novita == 1
    assert mail.outbox == []


class PostaSpenta(EmailBackend):
    accesa = False

    def send_messages(self, messages):
        if not self.accesa:
            raise ConnectionRefusedError("la posta non risponde")
        return super().send_messages(messages)


def test_a_mail_server_away_is_tried_again_the_same_morning(elezione, operatore, settings):
    settings.EMAIL_BACKEND = f"{__name__}.PostaSpenta"
    assert send_promemoria(MATTINA).non_riusciti == 1

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert send_promemoria(MATTINA + timedelta(hours=1)).inviati == 1
    assert Promemoria.objects.get().tentativi == 2


@pytest.mark.parametrize(
    ("frequenza", "giorno", "inviati"),
    [("mai", date(2021, 9, 6), 0), ("settimana", date(2021, 9, 7), 0), ("settimana", date(2021, 9, 6), 1)],
)
def test_everybody_chooses_how_often(elezione, operatore, frequenza, giorno, inviati):
    PreferenzaPromemoria.objects.create(utente=operatore, frequenza=frequenza)

    assert send_promemoria(datetime.combine(giorno, MATTINA.timetz())).inviati == inviati


def test_nobody_is_written_to_without_reason(elezione):
    """No address, no role, suspended, a role that does not prepare, a rehearsal: nothing goes."""
    utente_con_ruolo(elezione.comune, Ruolo.OPERATORE)
    UtenteFactory(email="nessuno@example.it")
    for ruolo, attivo in ((Ruolo.OPERATORE, False), (Ruolo.PREFETTURA, True)):
        altro = utente_con_ruolo(elezione.comune, ruolo)
        altro.email, altro.is_active = f"{ruolo}@example.it", attivo
        altro.save()
    prova = ElezioneFactory(prova=True, popolazione_legale=46_963)
    di_prova = utente_con_ruolo(prova.comune, Ruolo.OPERATORE)
    di_prova.email = "prova@example.it"
    di_prova.save()

    assert send_promemoria(MATTINA).inviati == 0
    assert mail.outbox == []


def test_the_election_of_another_comune_is_never_named(elezione, operatore):
    altra = ElezioneFactory(popolazione_legale=8_000)

    send_promemoria(MATTINA)

    assert altra.slug not in mail.outbox[0].body


def test_the_command_and_the_task_do_the_same(elezione, operatore, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: MATTINA)
    uscita = StringIO()

    call_command("invia_promemoria", stdout=uscita)
    invia_promemoria.delay()

    assert "1 inviati" in uscita.getvalue()
    assert len(mail.outbox) == 1


def test_the_page_saves_the_choice(client, elezione, operatore):
    client.force_login(operatore)

    client.post(reverse("comuni:promemoria"), {"frequenza": "mai"})

    assert operatore.preferenza_promemoria.frequenza == "mai"
    assert client.get(reverse("comuni:promemoria")).status_code == 200


def test_the_feed_opens_with_its_address_alone_and_closes_when_revoked(client, elezione, operatore):
    client.force_login(operatore)
    client.post(reverse("comuni:apri_calendario", args=[elezione.slug]))
    calendario = CalendarioPersonale.objects.get()
    indirizzo = reverse("comuni:calendario_ics", args=[calendario.token])
    client.logout()

    risposta = client.get(indirizzo)
    testo = risposta.content.decode()
    assert risposta["Content-Type"].startswith("text/calendar")
    assert f"/ufficio/{elezione.slug}/scadenzario/manifesto_convocazione/" in testo.replace("\r\n ", "")

    client.force_login(operatore)
    client.post(reverse("comuni:chiudi_calendario", args=[calendario.pk]))
    client.logout()
    assert client.get(indirizzo).status_code == 404


def test_the_feed_of_who_lost_the_role_does_not_answer(client, elezione, operatore):
    calendario = open_calendario(operatore, elezione)
    operatore.appartenenze.all().delete()

    assert client.get(reverse("comuni:calendario_ics", args=[calendario.token])).status_code == 404


def test_nobody_revokes_the_feed_of_another(client, elezione, operatore):
    calendario = open_calendario(operatore, elezione)
    client.force_login(utente_con_ruolo(elezione.comune, Ruolo.RESPONSABILE))

    assert client.post(reverse("comuni:chiudi_calendario", args=[calendario.pk])).status_code == 404
    assert CalendarioPersonale.objects.exists()
