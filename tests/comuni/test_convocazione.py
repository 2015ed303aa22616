"""Documents of the convocation."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from comuni import convocazione
from comuni.models import Atto, CambioSede, Convocazione
from comuni.parole_data import data_estesa, giorni_estesi, ore_estese
from electoral.permessi import Ruolo
from tests.factories import ElezioneFactory, SezioneFactory, utente_con_ruolo

pytestmark = pytest.mark.django_db
OGGI = date(2021, 8, 19)


@pytest.fixture
def elezione():
    elezione = ElezioneFactory(popolazione_legale=46_963, data_ballottaggio=date(2021, 10, 17))
    SezioneFactory(elezione=elezione, numero=1, indirizzo="via di prova 1")
    Convocazione.objects.create(
        elezione=elezione, decreto_prefetto_data=date(2021, 8, 9), firmatario="Nome Cognome"
    )
    return elezione


def test_dates_are_written_as_acts_write_them():
    assert data_estesa(date(2021, 10, 1)) == "1º ottobre 2021"
    assert giorni_estesi(date(2021, 10, 3), quanti=2) == "domenica 3 e lunedì 4 ottobre 2021"
    assert giorni_estesi(date(2026, 5, 31), quanti=2) == "domenica 31 maggio e lunedì 1º giugno 2026"
    assert ore_estese("07:00", "15:30") == "dalle ore 7 alle ore 15.30"


def test_the_manifesto_says_days_hours_places_and_runoff(elezione):
    contesto = convocazione.produce_manifesto_convocazione(elezione, data=OGGI).contesto

    assert contesto["giorni"] == [
        "domenica 3 ottobre 2021, dalle ore 7 alle ore 23",
        "lunedì 4 ottobre 2021, dalle ore 7 alle ore 15",
    ]
    assert contesto["insediamento"] == "alle ore 16 di sabato 2 ottobre 2021"
    assert contesto["sezioni"][0]["indirizzo"] == "via di prova 1"
    assert len(contesto["ballottaggio"]) == 2


def test_what_is_missing_is_named_and_nothing_is_produced():
    elezione = ElezioneFactory()
    SezioneFactory(elezione=elezione, numero=3)

    with pytest.raises(ValidationError, match="decreto del Prefetto.*chi firma.*sezioni 3"):
        convocazione.produce_manifesto_convocazione(elezione, data=OGGI)
    assert not Atto.objects.exists()


def test_a_postponement_beyond_sixty_days_is_refused(elezione):
    Convocazione.objects.update(rinviata_al=date(2021, 12, 12), motivo_rinvio="alluvione")
    elezione.refresh_from_db()

    with pytest.raises(ValidationError, match="02/12/2021"):
        convocazione.produce_manifesto_rinvio(elezione, data=OGGI)
    Convocazione.objects.update(rinviata_al=date(2021, 11, 14))
    elezione = type(elezione).objects.get(pk=elezione.pk)
    assert convocazione.produce_manifesto_rinvio(elezione, data=OGGI).numero == 1


def test_a_change_of_venue_is_posted(elezione):
    cambio = CambioSede.objects.create(
        sezione=elezione.sezioni.get(), indirizzo="via nuova 2", motivo="lavori"
    )
    with pytest.raises(ValidationError, match="data della decisione per le sezioni 1"):
        convocazione.produce_manifesto_cambio_sede(elezione, data=OGGI)
    cambio.decisa_il = date(2021, 9, 28)
    cambio.save()

    atto = convocazione.produce_manifesto_cambio_sede(elezione, data=OGGI)

    assert atto.contesto["cambi"] == [
        {"numero": 1, "prima": "via di prova 1", "dopo": "via nuova 2", "motivo": "lavori"}
    ]


def upload(client, elezione, testo):
    file = SimpleUploadedFile("aire.csv", testo.encode("cp1252"))
    return client.post(reverse("comuni:cartoline_aire", args=[elezione.slug]), {"file": file})


def test_cards_are_printed_from_the_csv_of_the_electors_abroad(client, elezione):
    client.force_login(utente_con_ruolo(elezione.comune, Ruolo.OPERATORE))

    risposta = upload(client, elezione, "cognome;nome;indirizzo;localita;stato\nPROVÀ;A;via 1;Città;Stato\n")

    assert risposta.status_code == 302
    assert Atto.objects.get().contesto["destinatari"][0]["cognome"] == "PROVÀ"


def test_a_wrong_row_is_named_and_no_card_is_printed(client, elezione):
    client.force_login(utente_con_ruolo(elezione.comune, Ruolo.OPERATORE))

    risposta = upload(client, elezione, "cognome;nome;indirizzo;localita;stato\nPROVA;;via 1;Città;Stato\n")

    assert risposta.status_code == 200
    assert "da correggere: non è stato salvato niente" in risposta.content.decode()
    assert not Atto.objects.exists()


def test_the_page_produces_and_offers_the_pdf(client, elezione):
    client.force_login(utente_con_ruolo(elezione.comune, Ruolo.OPERATORE))

    client.post(reverse("comuni:convocazione_documento", args=[elezione.slug, "manifesto_convocazione"]))
    pagina = client.get(reverse("comuni:convocazione", args=[elezione.slug])).content.decode()

    assert reverse("comuni:atto", args=[elezione.slug, 1]) in pagina
    pdf = client.get(reverse("comuni:atto", args=[elezione.slug, 1]))
    assert pdf.headers["Content-Type"] == "application/pdf"
    assert b"".join(pdf.streaming_content).startswith(b"%PDF")
