"""The journeys in a real browser: draw repeated in public, a renunciation in three clicks, a liquidation."""

import os
from datetime import date

import pytest
from django.urls import reverse

from electoral.permessi import Ruolo
from seggi.models import DatiPagamento, Nomina, PostoGraduatoria, Rappresentante, SedutaNomina
from tests.browser.test_aspetto import _apri, _gravi, browser_di
from tests.factories import utente_con_ruolo
from tests.seggi.costruzione import CODICE_VALIDO, draw_scrutatori, make_albo, make_elezione

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SCHERMATE = os.environ.get("SCHERMATE", "")
CLIC_MASSIMI = 3


@pytest.fixture
def elezione():
    elezione = make_elezione(sezioni=2)
    make_albo(elezione, 30, codice_fiscale="")
    return elezione


@pytest.fixture
def accesso(client, elezione):
    """Somebody who may do everything of this room."""
    utente = utente_con_ruolo(elezione.comune, Ruolo.RESPONSABILE)
    utente.appartenenze.create(comune=elezione.comune, ruolo=Ruolo.RAGIONERIA)
    client.force_login(utente)
    return client


@pytest.fixture
def pagina(chromium, accesso, live_server):
    with browser_di(chromium, accesso, live_server) as pagina:
        pagina.set_default_timeout(30_000)
        yield pagina


def visit(pagina, elezione, nome, *altro):
    pagina.goto(reverse(f"seggi:{nome}", args=[elezione.slug, *altro]))


def shoot(pagina, nome):
    if SCHERMATE:
        pagina.screenshot(path=f"{SCHERMATE}/{nome}.png", full_page=True)


def count_clicks(pagina) -> None:
    """From now on the browser itself counts what a person presses, page after page."""
    pagina.context.add_init_script(
        "addEventListener('click', e => { if (e.isTrusted && e.target.closest('a, button'))"
        " sessionStorage.clic = Number(sessionStorage.clic || 0) + 1; }, true);"
    )


def clicks(pagina) -> int:
    return int(pagina.evaluate("sessionStorage.clic || 0"))


def draw(pagina, elezione):
    visit(pagina, elezione, "sorteggio")
    pagina.get_by_label("Quante riserve").fill("10")
    shoot(pagina, "sorteggio-prima")
    pagina.get_by_role("button", name="Congela e pubblica l'elenco").click()
    pagina.get_by_label("Seme").fill("dadi 4 2 6 1")
    pagina.get_by_label("Come è nato").fill("quattro dadi")
    pagina.get_by_label("Presenti").fill("la commissione")
    pagina.get_by_role("button", name="Esegui il sorteggio").click()
    pagina.get_by_text("8 scrutatori nominati").wait_for()
    shoot(pagina, "sorteggio-dopo")


def test_the_draw_is_repeated_by_anyone_on_the_public_page(pagina, elezione):
    draw(pagina, elezione)
    pagina.context.clear_cookies()

    pagina.goto(reverse("sorteggio_pubblico:pagina", args=[elezione.slug]))
    pagina.get_by_role("button", name="Ripeti il sorteggio").click()
    pagina.get_by_text("L'esito coincide: 8 estratti e 10 riserve, nello stesso ordine.").wait_for()
    assert "L'impronta dell'elenco è quella pubblicata." in pagina.locator("#ripeti-esito").inner_text()
    shoot(pagina, "pubblico")

    pagina.get_by_label("Seme").fill("un altro seme")
    pagina.get_by_role("button", name="Ripeti il sorteggio").click()
    pagina.get_by_text("L'esito NON coincide").wait_for()


def test_a_draw_by_categories_is_repeated_too(pagina, elezione):
    elezione.comune.iscritti.filter(numero_albo__lte=5).update(categoria="disoccupati")
    draw_scrutatori(elezione, strati=["disoccupati"], in_rete=True)

    pagina.goto(reverse("sorteggio_pubblico:pagina", args=[elezione.slug]))
    pagina.get_by_role("button", name="Ripeti il sorteggio").click()

    pagina.get_by_text("L'esito coincide: 8 estratti e 5 riserve").wait_for()


def test_a_renunciation_is_replaced_in_three_clicks(pagina, elezione):
    draw(pagina, elezione)
    visit(pagina, elezione, "quadro")
    shoot(pagina, "quadro")
    count_clicks(pagina)
    visit(pagina, elezione, "ufficio", 1)
    shoot(pagina, "ufficio")
    assert clicks(pagina) == 0

    pagina.get_by_role("link", name="Rinuncia di").first.click()
    pagina.get_by_label("Motivo", exact=True).select_option("motivi di salute")
    pagina.get_by_role("button", name="Registra e chiama la riserva").click()
    pagina.get_by_text("Registrata la rinuncia").wait_for()
    shoot(pagina, "nomina")
    with pagina.expect_response(lambda r: "/atti/" in r.url) as lettera:
        pagina.get_by_role("button", name="Lettera di nomina").click()

    assert lettera.value.ok
    nuova = Nomina.objects.get(metodo="graduatoria")
    assert nuova.sostituisce.stato == "rinunciato"
    assert PostoGraduatoria.objects.get(stato="nominato").iscritto == nuova.iscritto
    visit(pagina, elezione, "ufficio", 1)
    assert 2 <= clicks(pagina) <= CLIC_MASSIMI


def test_a_liquidation_is_prepared_exported_and_closed(pagina, elezione):
    draw(pagina, elezione)
    for nomina in Nomina.objects.di(elezione):
        Nomina.objects.filter(pk=nomina.pk).update(
            stato="accettato", accettato_il=nomina.nominato_il, codice_fiscale=CODICE_VALIDO
        )
        if nomina.posizione < 4:
            DatiPagamento.objects.create(nomina=nomina, contanti=True)
    visit(pagina, elezione, "compensi")
    shoot(pagina, "compensi")
    visit(pagina, elezione, "compensi_persone")
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


def fill_room(elezione) -> list[str]:
    """Something on every page of the room, and all their addresses."""
    draw_scrutatori(elezione, in_rete=True)
    Rappresentante.objects.create(
        elezione=elezione,
        sezione=elezione.sezioni.first(),
        lista="1. LISTA",
        qualita="effettivo",
        cognome="ROSSI",
        nome="ADA",
        elettore=False,
        designato_il="2021-10-02T10:00+02:00",
        modo="pec",
    )
    seduta = SedutaNomina.objects.create(
        elezione=elezione, quando="2021-09-10T10:00+02:00", luogo="sala", membri=["Rossi Ada", "Neri Ugo"]
    )
    elezione.luoghi.create(nome="Ospedale", posti_letto=150, sezione_madre=elezione.sezioni.first())
    nomina = Nomina.objects.di(elezione).first()
    semplici = ("quadro", "albi", "sorteggio", "nomine", "graduatoria", "rappresentanti", "materiale")
    nuove = ("tabellone_insediamento", "luoghi", "nuovo_luogo", "sedute", "nuova_seduta", "elenco_materiale")
    soldi = ("compensi", "compensi_persone", "importa_pagamenti", "inserisci_nomine")
    indirizzi = [reverse(f"seggi:{n}", args=[elezione.slug]) for n in (*semplici, *nuove, *soldi)]
    con_oggetto = [
        ("ufficio", 1),
        ("insediamento", 1),
        ("albo", "scrutatori"),
        ("importa_albo", "scrutatori"),
        ("nuovo_iscritto", "scrutatori"),
        *((n, nomina.pk) for n in ("nomina", "rinuncia", "sostituisci", "pagamento")),
        ("seduta", seduta.pk),
    ]
    indirizzi += [reverse(f"seggi:{n}", args=[elezione.slug, cosa]) for n, cosa in con_oggetto]
    return [*indirizzi, reverse("sorteggio_pubblico:pagina", args=[elezione.slug])]


@pytest.mark.parametrize("schema", ["light", "dark"])
def test_every_page_of_the_room_is_accessible_and_within_the_csp(
    chromium, accesso, live_server, elezione, schema
):
    indirizzi = fill_room(elezione)
    guai = {}
    with browser_di(chromium, accesso, live_server, schema=schema) as page:
        for indirizzo in indirizzi:
            proteste, gravi = _apri(page, indirizzo), _gravi(page)
            shoot(page, f"{schema}-{indirizzo.strip('/').replace('/', '_')[-40:]}")
            largo = page.evaluate("document.documentElement.scrollWidth") > 1024
            if proteste or gravi or largo:
                guai[indirizzo] = [*proteste, *gravi, *(["più larga dello schermo"] if largo else [])]
    assert guai == {}
