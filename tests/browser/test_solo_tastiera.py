"""Who has no mouse: Tab reaches every control, the focus is seen, nothing holds it, the menus open."""

import pytest
from django.urls import reverse

from comuni.models import Elezione
from electoral.permessi import Ruolo
from tests.browser.mondo import build_mondo
from tests.factories import AppartenenzaFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGINE = (
    *("comuni:elezione", "comuni:scadenzario", "comuni:sezioni", "comuni:convocazione", "comuni:propaganda"),
    *("candidature:quadro", "candidature:ricevi", "seggi:quadro", "seggi:nomine", "seggi:sorteggio"),
    *("giornata:affluenza", "giornata:sezioni", "giornata:tabellone", "esito:banco", "esito:resistenza"),
)
DA_RAGGIUNGERE = """() => {
    const gruppi = new Set();
    return [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')]
        .filter(e => !e.disabled && e.type !== 'hidden' && e.tabIndex >= 0 && e.checkVisibility())
        .filter(e => e.type !== 'radio' || (!gruppi.has(e.name) && gruppi.add(e.name)))
        .map((e, i) => { e.dataset.tappa = i; return e.outerHTML.slice(0, 110); });
}"""
DOVE = """() => {
    const e = document.activeElement;
    if (!e || e === document.body) return null;
    const stile = getComputedStyle(e);
    const bordo = stile.outlineStyle !== 'none' && stile.outlineWidth !== '0px';
    const segno = bordo || stile.boxShadow !== 'none';
    const [primo] = e.type === 'radio' ? document.getElementsByName(e.name) : [e];
    const tappa = (primo || e).dataset.tappa || e.dataset.tappa || '';
    return {tappa, segno, a_pezzi: /^(date|time)/.test(e.type || ''), html: e.outerHTML.slice(0, 110)};
}"""


@pytest.fixture
def responsabile():
    build_mondo()
    elezione = Elezione.objects.get(slug="scrutinata")
    return AppartenenzaFactory(comune=elezione.comune, ruolo=Ruolo.RESPONSABILE).utente


def test_il_tasto_tab_raggiunge_ogni_comando_e_si_vede_dove_si_e(apri, responsabile):
    pagina = apri(responsabile, larghezza=1024)
    guai = []
    for nome in PAGINE:
        pagina.goto(reverse(nome, args=["scrutinata"]))
        guai += [f"{nome}: {guaio}" for guaio in _walk(pagina)]

    assert not guai, "\n".join(guai)


def _walk(pagina) -> list[str]:
    """Tab from the top until the focus leaves the page."""
    comandi = pagina.evaluate(DA_RAGGIUNGERE)
    pagina.evaluate("() => { document.activeElement.blur(); window.scrollTo(0, 0); }")
    visti, guai, prima = set(), [], None
    for _ in range(3 * len(comandi) + 40):
        pagina.keyboard.press("Tab")
        qui = pagina.evaluate(DOVE)
        if len(visti) >= len(comandi):
            break
        if qui is None:  # past the end: the next Tab begins from the top
            continue
        if not qui["segno"] and qui["html"] != prima:  # inside a date the browser marks its own pieces
            guai.append(f"non si vede dove si è: {qui['html']}")
        if qui["html"] == prima and not qui["a_pezzi"]:  # day, month and year of a date are three stops
            guai.append(f"trattiene: {qui['html']}")
            break
        visti.add(qui["tappa"])
        prima = qui["html"]
    mancanti = [comando for i, comando in enumerate(comandi) if str(i) not in visti]
    return guai + [f"non si raggiunge: {comando}" for comando in mancanti]


def test_il_primo_tab_salta_al_contenuto_e_il_menu_si_apre_con_invio(apri, responsabile):
    pagina = apri(responsabile)
    pagina.goto(reverse("comuni:scadenzario", args=["scrutinata"]))
    pagina.evaluate("() => document.activeElement.blur()")

    pagina.keyboard.press("Tab")
    salta = pagina.get_by_role("link", name="Vai al contenuto")
    assert salta.evaluate("e => e === document.activeElement && e.getBoundingClientRect().top >= 0")
    pagina.keyboard.press("Enter")
    pagina.keyboard.press("Tab")
    assert pagina.evaluate("() => document.activeElement.closest('main') !== null")

    menu = pagina.locator("summary", has_text=responsabile.last_name)
    menu.focus()
    pagina.keyboard.press("Enter")
    voce = pagina.get_by_role("link", name="Promemoria")
    assert voce.first.is_visible()
    pagina.keyboard.press("Tab")
    assert pagina.evaluate("() => document.activeElement.closest('details') !== null")
    pagina.keyboard.press("Escape")
