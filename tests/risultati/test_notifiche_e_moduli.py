"""Single notices to the elected and blank forms: the buttons, the PDFs, who may."""

from html import unescape
from io import BytesIO

import pytest
from django.urls import reverse
from pypdf import PdfReader

from electoral.permessi import Ruolo
from risultati.percorso import conclude
from tests.factories import utente_con_ruolo
from tests.risultati.elezioni import reale, semplice

pytestmark = pytest.mark.django_db


def entra(client, elezione, ruolo=Ruolo.OPERATORE):
    client.force_login(utente_con_ruolo(elezione.comune, ruolo))


def testo(risposta) -> str:
    byte = b"".join(risposta.streaming_content)
    return " ".join(pagina.extract_text() for pagina in PdfReader(BytesIO(byte)).pages)


def test_the_notice_to_one_elected_is_one_page_with_that_name(client):
    elezione = semplice()
    proclamazione = conclude(elezione)
    entra(client, elezione)
    secondo = proclamazione.eletti.get(ordine=1)

    risposta = client.post(reverse("esito:notifica", args=[elezione.slug, 1]), follow=True)

    letto = testo(risposta)
    assert str(secondo.persona) in letto
    assert "pagina 1 di 1" in letto
    assert elezione.atti.filter(tipo="notifica").count() == 1
    pagina = client.get(reverse("esito:proclamazione", args=[elezione.slug])).content.decode()
    assert pagina.count("Prepara<span") == proclamazione.eletti.count() - 1


@pytest.mark.parametrize(
    ("slug", "chi"),
    [
        ("san-benedetto-del-tronto-2021", "il consigliere anziano (TRAINI ANDREA), fino all'elezione"),
        ("corchiano-2021", "la presiede il sindaco"),
    ],
)
def test_the_elected_are_told_who_chairs_the_first_sitting(client, slug, chi):
    elezione = reale(slug)
    conclude(elezione)
    entra(client, elezione)

    letto = " ".join(testo(client.post(reverse("esito:notifica", args=[slug, 1]), follow=True)).split())
    pagina = unescape(client.get(reverse("esito:mandato", args=[slug])).content.decode())

    assert chi in letto.replace("’", "'")
    assert "Prima seduta" in pagina
    assert chi.removeprefix("la presiede ") in pagina


def test_nobody_is_notified_who_is_not_elected_nor_before_the_proclamation(client):
    elezione = semplice()
    entra(client, elezione)
    assert client.post(reverse("esito:notifica", args=[elezione.slug, 0])).status_code == 404
    conclude(elezione)
    assert client.post(reverse("esito:notifica", args=[elezione.slug, 99])).status_code == 404

    entra(client, elezione, Ruolo.PREFETTURA)
    assert client.post(reverse("esito:notifica", args=[elezione.slug, 0])).status_code == 403


@pytest.mark.parametrize("tipo", ["modulo_scrutinio", "modulo_riparto"])
@pytest.mark.parametrize("grande", [True, False])
def test_the_blank_forms_have_the_names_and_no_figures(client, tipo, grande):
    elezione = reale("san-benedetto-del-tronto-2021") if grande else semplice(sezioni=3)
    entra(client, elezione)
    assert "Moduli in bianco" in client.get(reverse("esito:moduli", args=[elezione.slug])).content.decode()

    letto = testo(client.post(reverse("esito:produci_modulo", args=[elezione.slug, tipo]), follow=True))

    assert str(elezione.candidati_sindaco.get(numero=1)).split()[0] in letto
    assert ("9.706" in letto) is False
    if grande and tipo == "modulo_scrutinio":
        assert "di cui solo sindaco" in letto
        assert "TRAINI ANDREA" in letto


def test_an_unknown_form_is_not_there(client):
    elezione = semplice()
    entra(client, elezione)
    assert client.post(reverse("esito:produci_modulo", args=[elezione.slug, "altro"])).status_code == 404
