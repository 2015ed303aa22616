"""The journeys in a real browser: draw, a renunciation in three clicks, a liquidation exported."""

import os
from datetime import date

import pytest
from django.urls import reverse

from electoral.permessi import Ruolo
from seggi.models import DatiPagamento, Nomina
from tests.factories import utente_con_ruolo
from tests.seggi.costruzione import CODICE_VALIDO, make_albo, make_elezione

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SCHERMATE = os.environ.get("SCHERMATE", "")


@pytest.fixture
def elezione():
    elezione = make_elezione(sezioni=2)
    make_albo(elezione, 30, codice_fiscale="")
    return elezione


@pytest.fixture
def pagina(chromium, client, live_server, elezione):
    """A page of the office where somebody may do everything of this room."""
    utente = utente_con_ruolo(elezione.comune, Ruolo.RESPONSABILE)
    utente.appartenenze.create(comune=elezione.comune, ruolo=Ruolo.RAGIONERIA)
    client.force_login(utente)
    contesto = chromium.new_context(locale="it-IT", accept_downloads=True)
    contesto.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )
    pagina = contesto.new_page()
    pagina.set_default_timeout(30_000)
    yield pagina
    contesto.close()


def visit(pagina, live_server, elezione, nome, *altro):
    pagina.goto(live_server.url + reverse(f"seggi:{nome}", args=[elezione.slug, *altro]))


def shoot(pagina, nome):
    if SCHERMATE:
        pagina.screenshot(path=f"{SCHERMATE}/{nome}.png", full_page=True)


def draw(pagina, live_server, elezione):
    visit(pagina, live_server, elezione, "sorteggio")
    shoot(pagina, "sorteggio-prima")
    pagina.get_by_label("Quante riserve").fill("10")
    pagina.get_by_role("button", name="Congela e pubblica l'elenco").click()
    pagina.get_by_label("Seme").fill("dadi 4 2 6 1")
    pagina.get_by_label("Come è nato").fill("quattro dadi")
    pagina.get_by_label("Presenti").fill("la commissione")
    pagina.get_by_role("button", name="Esegui il sorteggio").click()
    pagina.get_by_text("8 scrutatori nominati").wait_for()
    shoot(pagina, "sorteggio-dopo")


def test_draw_then_renunciation_replaced_in_three_clicks(pagina, live_server, elezione):
    draw(pagina, live_server, elezione)
    visit(pagina, live_server, elezione, "quadro")
    shoot(pagina, "quadro")
    visit(pagina, live_server, elezione, "ufficio", 1)
    shoot(pagina, "ufficio")

    pagina.get_by_role("link", name="Rinuncia di").first.click()
    pagina.get_by_label("Motivo", exact=True).select_option("motivi di salute")
    pagina.get_by_role("button", name="Registra e chiama la riserva").click()
    pagina.get_by_text("Registrata la rinuncia").wait_for()
    shoot(pagina, "nomina")
    lettera = pagina.get_by_role("button", name="Lettera di nomina")

    assert lettera.is_visible()
    assert Nomina.objects.di(elezione).filter(metodo="graduatoria").count() == 1


def test_a_liquidation_is_prepared_exported_and_closed(pagina, live_server, elezione):
    draw(pagina, live_server, elezione)
    for nomina in Nomina.objects.di(elezione):
        Nomina.objects.filter(pk=nomina.pk).update(
            stato="accettato", accettato_il=nomina.nominato_il, codice_fiscale=CODICE_VALIDO
        )
        if nomina.posizione < 4:
            DatiPagamento.objects.create(nomina=nomina, contanti=True)
    visit(pagina, live_server, elezione, "compensi")
    shoot(pagina, "compensi")
    visit(pagina, live_server, elezione, "compensi_persone")
    pagina.get_by_role("button", name="Calcola i compensi").click()
    shoot(pagina, "compensi-persone")
    pagina.get_by_role("button", name="Prepara la liquidazione").click()
    with pagina.expect_download() as scaricato:
        pagina.get_by_role("link", name="CSV per la contabilità").click()
    righe = scaricato.value.path().read_text("utf-8").splitlines()
    assert len(righe) == 7
    assert all(",contanti," in riga and '"120,00"' in riga for riga in righe[1:])

    pagina.get_by_label("Determina", exact=False).first.fill("214")
    pagina.get_by_label("Data della determina").fill(date(2021, 11, 2).isoformat())
    pagina.get_by_role("button", name="Chiudi la liquidazione").click()
    pagina.get_by_text("Liquidazione chiusa").wait_for()
    shoot(pagina, "liquidazione")
