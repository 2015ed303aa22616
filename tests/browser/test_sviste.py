"""The slips of the night, typed by keyboard on a real section: each stops at its step, with its code."""

import pytest

from electoral.permessi import Ruolo
from risultati.models import Affluenza, PassoDigitato, Scrutinio
from risultati.stati import Stato
from tests.browser.tastiera import Tastiera, focused, go_to, type_passo
from tests.factories import utente_con_ruolo
from tests.norme.sezioni import sezione as sezione_con_sessi
from tests.risultati.reali import celle_reali, import_reale
from tests.risultati.sezioni import Squadra, elezione_piccola, sezione_digitata

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LISTA = 1


def shift(celle, prefisso: str, da: int) -> dict[str, int | None]:
    """From one row on, every figure one row below, the last one lost."""
    campi = [campo for campo in celle if campo.startswith(prefisso)]
    valori = [celle[campo] for campo in campi]
    return dict(zip(campi, [*valori[:da], 0, *valori[da:-1]], strict=True))


def sviste(celle, sessi) -> list[tuple[str, str, dict, str]]:
    """(what happened, step, wrong boxes, code)."""
    donne = [numero for numero, sesso in sessi.items() if sesso == "F"][:2]
    voti = celle[f"voti_liste.{LISTA}"]
    zeri = {campo: 0 for campo in celle if campo.startswith(f"preferenze.{LISTA}.")}
    troppe_donne = zeri | {f"preferenze.{LISTA}.{n}": voti - 5 for n in donne}
    totale = f"totali_preferenze.{LISTA}"
    return [
        ("votanti meno che alle 23", "schede", {"votanti": 640, "votanti_m": 300, "votanti_f": 340}, "E403"),
        ("due cifre scambiate", "sindaco", {"voti_sindaci.1": 138}, "E420"),
        ("una riga slittata", "liste", shift(celle, "voti_liste.", 4), "E432"),
        ("una lista saltata", "liste", {"voti_liste.2": 0}, "E432"),
        (
            "preferenze più dei voti",
            f"preferenze.{LISTA}",
            {f"preferenze.{LISTA}.4": voti + 60, totale: None},
            "E440",
        ),
        (
            "donne più dei voti della lista",
            f"preferenze.{LISTA}",
            troppe_donne | {totale: 2 * (voti - 5)},
            "E442",
        ),
    ]


def test_each_slip_of_the_night_is_caught_with_its_code_and_corrected_by_keyboard(apri):
    elezione = import_reale()
    sessi = sezione_con_sessi(1).sessi[LISTA]
    for numero, sesso in sessi.items():
        elezione.liste.get(numero=LISTA).candidati.filter(numero=numero).update(sesso=sesso)
    modulo, celle = celle_reali(elezione, 1)
    Scrutinio.objects.filter(elezione=elezione, turno=1, sezione__numero=1).update(stato=Stato.ATTESA)
    Affluenza.objects.create(
        elezione=elezione, turno=1, rilevazione="23", sezione=elezione.sezioni.get(numero=1), votanti=650
    )
    pagina = apri(utente_con_ruolo(elezione.comune, Ruolo.OPERATORE))
    tastiera = Tastiera(pagina)

    presi = {}
    for nome, passo, sbagliate, _ in sviste(celle, sessi):
        pagina.goto(f"/ufficio/{elezione.slug}/giornata/scrutinio/1/1/passo/{passo}/")
        type_passo(tastiera, modulo.passo(passo), celle | sbagliate)
        assert pagina.url.endswith(f"/passo/{passo}/"), nome
        presi[nome] = pagina.inner_text("#rilievi")
        assert pagina.locator(f"[name='{focused(pagina)}'].casella-errore").count(), nome
        type_passo(tastiera, modulo.passo(passo), celle)
        assert not pagina.url.endswith(f"/passo/{passo}/"), (nome, pagina.inner_text("#rilievi"))

    attesi = {nome: codice for nome, _, _, codice in sviste(celle, sessi)}
    assert {nome: codice for nome, codice in attesi.items() if codice not in presi[nome]} == {}
    salvate = {c: v for p in PassoDigitato.objects.all() for c, v in p.celle.items()}
    assert {c: v or 0 for c, v in salvate.items()} == {campo: celle[campo] or 0 for campo in salvate}


def apri_sindaco(apri, elezione, utente):
    pagina = apri(utente)
    pagina.goto(f"/ufficio/{elezione.slug}/giornata/scrutinio/1/1/passo/sindaco/")
    return pagina


def test_a_cut_line_keeps_the_figures_on_the_page_and_saves_when_it_comes_back(apri):
    elezione = elezione_piccola()
    pagina = apri_sindaco(apri, elezione, Squadra(elezione).anna)
    pagina.context.set_offline(True)
    pagina.keyboard.type("120")
    pagina.get_by_text("Il collegamento manca").wait_for()
    pagina.keyboard.press("Shift+Enter")
    pagina.get_by_text("salvi di nuovo quando torna").wait_for()
    assert pagina.input_value("[name='voti_sindaci.1']") == "120"

    pagina.context.set_offline(False)
    pagina.get_by_text("Bozza salvata").wait_for()
    with pagina.expect_navigation():
        pagina.keyboard.press("Shift+Enter")

    assert PassoDigitato.objects.get().celle["voti_sindaci.1"] == 120


def test_two_windows_on_one_step_never_cover_each_other(apri):
    elezione = elezione_piccola()
    squadra = Squadra(elezione)
    prima, seconda = apri_sindaco(apri, elezione, squadra.anna), apri_sindaco(apri, elezione, squadra.carlo)
    for pagina, voti in ((prima, "120"), (seconda, "102")):
        pagina.keyboard.type(voti)
        with pagina.expect_navigation():
            pagina.keyboard.press("Shift+Enter")

    testo = seconda.inner_text("main")
    assert PassoDigitato.objects.get().celle["voti_sindaci.1"] == 120
    assert "120" in testo
    assert "102" in testo


def test_going_back_shows_what_is_saved_and_saves_again_without_a_conflict(apri):
    elezione = elezione_piccola()
    pagina = apri_sindaco(apri, elezione, Squadra(elezione).anna)
    for campo, voti in (("voti_sindaci.1", "120"), ("voti_sindaci.2", "80")):
        go_to(pagina, campo)
        pagina.keyboard.type(voti)
    with pagina.expect_navigation():
        pagina.keyboard.press("Shift+Enter")
    pagina.wait_for_load_state()

    pagina.go_back()
    pagina.wait_for_load_state()
    pagina.locator("input.casella:focus").wait_for()
    assert pagina.input_value("[name='voti_sindaci.1']") == "120"
    go_to(pagina, "voti_sindaci.1")
    pagina.keyboard.type("121")
    with pagina.expect_navigation():
        pagina.keyboard.press("Shift+Enter")

    assert "altra persona" not in pagina.inner_text("main")
    assert PassoDigitato.objects.get().celle["voti_sindaci.1"] == 121


def test_the_responsabile_settles_the_differences_with_the_keyboard_alone(apri):
    elezione = elezione_piccola(digitazione="doppia")
    squadra = Squadra(elezione)
    sezione_digitata(elezione, by=squadra.anna)
    sezione_digitata(elezione, by=squadra.carlo, schede_bianche=6, schede_nulle=4, preferenze__1__1=21)
    pagina = apri(squadra.responsabile)
    pagina.goto(f"/ufficio/{elezione.slug}/giornata/scrutinio/1/1/differenze/")

    for tasto in "111":
        pagina.keyboard.press(tasto)
    assert pagina.inner_text("#decise") == "Tutte decise."
    pagina.keyboard.press("ArrowUp")
    assert focused(pagina) == "motivo"
    pagina.keyboard.type("Riletto il verbale")
    with pagina.expect_navigation():
        pagina.keyboard.press("Shift+Enter")

    scrutinio = Scrutinio.objects.get()
    assert (scrutinio.schede_bianche, scrutinio.schede_nulle) == (4, 6)
    assert scrutinio.passaggi.filter(motivo__contains="Riletto il verbale").exists()
