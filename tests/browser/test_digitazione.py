"""A clerk retypes a real section with the keyboard alone, slips, is stopped, corrects, closes."""

import base64

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from electoral.permessi import Ruolo
from risultati.models import Affluenza, Scrutinio
from risultati.scansioni import keep_scansione
from risultati.stati import Stato
from tests.browser.tastiera import Tastiera, focused, leave, type_passo
from tests.factories import utente_con_ruolo
from tests.risultati.reali import celle_reali, import_reale
from tests.risultati.sezioni import Squadra, elezione_piccola, sezione_digitata

# one white point: the page shows it beside the boxes
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8/5+hHgAHggJ/PchI7wAAAABJRU5ErkJggg=="
)
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_section_1_is_retyped_by_keyboard_in_under_four_minutes(apri):
    elezione = import_reale()
    modulo, celle = celle_reali(elezione, 1)
    Scrutinio.objects.filter(elezione=elezione, turno=1, sezione__numero=1).update(stato=Stato.ATTESA)
    pagina = apri(utente_con_ruolo(elezione.comune, Ruolo.OPERATORE))
    pagina.goto(f"/ufficio/{elezione.slug}/giornata/scrutinio/1/1/digita/")
    tastiera = Tastiera(pagina)

    for passo in modulo.passi:
        type_passo(tastiera, passo, celle)
    assert pagina.url.endswith("/controlla/")
    with pagina.expect_navigation():
        tastiera.press("Enter")

    scrutinio = Scrutinio.objects.get(elezione=elezione, turno=1, sezione__numero=1)
    print(f"{tastiera.tasti} tasti, {tastiera.passi} passi: {tastiera.secondi:.0f} s a ritmo umano")
    assert scrutinio.stato == Stato.DEFINITIVO, pagina.inner_text("main")
    assert tastiera.secondi < 240


def test_a_slip_stops_at_its_step_on_its_box_and_the_correction_goes_on(apri):
    elezione = import_reale()
    modulo, celle = celle_reali(elezione, 1)
    scrutinio = Scrutinio.objects.get(elezione=elezione, turno=1, sezione__numero=1)
    Scrutinio.objects.filter(pk=scrutinio.pk).update(stato=Stato.ATTESA)
    Affluenza.objects.create(
        elezione=elezione, turno=1, rilevazione="23", sezione=scrutinio.sezione, votanti=650
    )
    pagina = apri(utente_con_ruolo(elezione.comune, Ruolo.OPERATORE))
    pagina.goto(f"/ufficio/{elezione.slug}/giornata/scrutinio/1/1/passo/schede/")
    tastiera = Tastiera(pagina)

    type_passo(tastiera, modulo.passo("schede"), celle | {"votanti": 600, "votanti_m": 300, "votanti_f": 300})
    assert "E403" in pagina.inner_text("#rilievi")
    type_passo_again(tastiera, {"votanti": 700, "votanti_m": 327, "votanti_f": 373})
    type_passo(tastiera, modulo.passo("sindaco"), celle | {"voti_sindaci.1": 138})

    assert "E420" in pagina.inner_text("#rilievi")
    assert focused(pagina) == "voti_sindaci.1"
    assert "45" not in pagina.inner_text("#rilievi .rilievo-titolo")  # no hint of the figure that would fit


def type_passo_again(tastiera: Tastiera, celle) -> None:
    """Correct only some boxes, reaching them with the arrows."""
    pagina = tastiera.pagina
    for campo, valore in celle.items():
        pagina.locator(f"[name='{campo}']").focus()
        tastiera.write(str(valore))
    leave(tastiera)


def test_a_draft_survives_a_closed_page_and_a_lost_session(apri):
    elezione = elezione_piccola()
    squadra = Squadra(elezione)
    indirizzo = f"/ufficio/{elezione.slug}/giornata/scrutinio/1/1/passo/sindaco/"
    pagina = apri(squadra.anna)
    pagina.goto(indirizzo)
    pagina.keyboard.type("12")
    pagina.get_by_text("Bozza salvata").wait_for()
    pagina.context.clear_cookies(name="sessionid")
    pagina.keyboard.type("0")
    pagina.get_by_text("Sessione scaduta").wait_for()
    rimaste = pagina.evaluate("() => JSON.stringify(Object.assign({}, localStorage))")
    pagina.close()

    altra = apri(squadra.anna)
    altra.goto(indirizzo)

    assert "120" in rimaste
    assert altra.input_value("[name='voti_sindaci.1']") == "12"


def test_leaving_with_changes_asks(apri):
    elezione = elezione_piccola()
    pagina = apri(Squadra(elezione).anna)
    pagina.goto(f"/ufficio/{elezione.slug}/giornata/scrutinio/1/1/passo/sindaco/")
    pagina.keyboard.type("7")

    pagina.locator(".binario a").first.click()

    assert pagina.locator("#uscita").is_visible()
    pagina.get_by_text("Resta qui").click()
    assert pagina.url.endswith("/passo/sindaco/")


def test_no_serious_accessibility_fault_and_it_fits(apri):
    from axe_playwright_python.sync_playwright import Axe

    elezione = elezione_piccola(sezioni=3, digitazione="doppia")
    squadra = Squadra(elezione)
    sezione_digitata(elezione, by=squadra.anna)
    sezione_digitata(elezione, by=squadra.carlo, schede_bianche=6, schede_nulle=4)
    for numero in (1, 2):
        verbale = SimpleUploadedFile("verbale.png", PNG)
        keep_scansione(elezione.sezioni.get(numero=numero), 1, verbale, by=squadra.anna)
    base = f"/ufficio/{elezione.slug}/giornata"
    pagine = [
        f"{base}/scrutinio/1/2/passo/schede/",
        f"{base}/scrutinio/1/2/passo/sindaco/",
        f"{base}/scrutinio/1/2/passo/preferenze.1/",
        f"{base}/scrutinio/1/1/differenze/",
        f"{base}/scrutinio/1/1/",
        f"{base}/scrutinio/1/",
        f"{base}/tabellone/",
        f"{base}/affluenza/1/",
        f"{base}/affluenza/1/15/",
        f"{base}/affluenza/1/15/scheda/",
        f"{base}/file/1/",
        f"{base}/prova-generale/",
    ]
    pagina = apri(squadra.responsabile, larghezza=1024, senza_csp=True)
    gravi, larghe = {}, []
    for indirizzo in pagine:
        pagina.set_viewport_size({"width": 1024, "height": 768})
        assert pagina.goto(indirizzo).status == 200
        esito = Axe().run(pagina)
        violazioni = [v["id"] for v in esito.response["violations"] if v["impact"] in ("serious", "critical")]
        if violazioni:
            gravi[indirizzo] = violazioni
        for larghezza in (1024, 512):  # 512 CSS pixels: 1,024 at 200 %
            pagina.set_viewport_size({"width": larghezza, "height": 768})
            if pagina.evaluate("() => document.documentElement.scrollWidth") > larghezza + 1:
                larghe.append((indirizzo, larghezza))

    assert gravi == {}
    assert larghe == []


def test_a_finding_already_seen_lets_go_on_and_no_stale_draft_comes_back(apri):
    elezione = elezione_piccola()
    pagina = apri(Squadra(elezione).anna)
    pagina.goto(f"/ufficio/{elezione.slug}/giornata/scrutinio/1/1/passo/schede/")
    for campo, valore in {
        "votanti_m": "100",
        "votanti_f": "110",
        "votanti": "215",
        "voti_validi": "200",
    }.items():
        pagina.fill(f"[name={campo}]", valore)

    with pagina.expect_navigation():
        pagina.keyboard.press("Shift+Enter")
    pagina.get_by_text("È così sul verbale: avanti").wait_for()
    with pagina.expect_navigation():
        pagina.keyboard.press("Shift+Enter")

    assert pagina.url.endswith("/passo/sindaco/")
