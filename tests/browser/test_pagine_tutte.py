"""Every page of Urna, found by walking: accessible in both themes, within the CSP, at any width."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.mondo import build_mondo, walk_tutto

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
REGOLE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"], "preload": False}
CONTRASTO = {"runOnly": ["color-contrast"], "preload": False}
LARGO, STRETTO = 1024, 320  # 320 pixels are 1,280 at 400 %: WCAG 1.4.10
LARGHI_PER_NATURA = "table, .tabella-contenitore, svg, pre, .results"


def _gravi(page: Page, regole: dict) -> list[str]:
    violazioni = Axe().run(page, options=regole).response["violations"]
    return [
        f"{v['id']}: {nodo['html'][:140]}"
        for v in violazioni
        if v["impact"] in ("serious", "critical")
        for nodo in v["nodes"]
    ]


def _senza_tastiera(page: Page) -> list[str]:
    """What answers the mouse and not the keyboard, or takes the focus out of order."""
    return page.evaluate(
        """() => [
            ...document.querySelectorAll('[tabindex]:not([tabindex="0"]):not([tabindex="-1"])'),
            ...[...document.querySelectorAll('[onclick], [role=button]')].filter(e => e.tabIndex < 0),
        ].map(e => e.outerHTML.slice(0, 120))"""
    )


def _esamina(page: Page, indirizzo: str) -> list[str]:
    """Everything wrong with one page."""
    guai: list[str] = []

    def listen(messaggio) -> None:
        if messaggio.type == "error":
            guai.append(f"console: {messaggio.text[:160]}")

    page.set_viewport_size({"width": LARGO, "height": 800})
    page.emulate_media(color_scheme="light")
    page.on("console", listen)
    page.goto(indirizzo)
    page.wait_for_load_state("load")
    if page.locator(".admin-autocomplete").count():
        page.wait_for_timeout(300)  # jQuery makes the boxes of select2 a moment after
    page.remove_listener("console", listen)  # axe writes its own styles, which the CSP refuses
    return guai + esamina_aperta(page)


def esamina_aperta(page: Page) -> list[str]:
    """What is wrong with the page that is open now."""
    guai = [f"tastiera: {elemento}" for elemento in _senza_tastiera(page)]
    if (titoli := page.locator("main h1").count()) != 1:
        guai.append(f"{titoli} titoli h1")
    guai += [f"chiaro {v}" for v in _gravi(page, REGOLE)]
    page.emulate_media(color_scheme="dark")
    guai += [f"scuro {v}" for v in _gravi(page, CONTRASTO)]
    for larghezza in (LARGO, STRETTO):
        page.set_viewport_size({"width": larghezza, "height": 800})
        if (occupati := page.evaluate("document.documentElement.scrollWidth")) > larghezza:
            guai.append(f"a {larghezza} pixel la pagina ne occupa {occupati}")
    return guai


@pytest.mark.parametrize("archivi", [False, True], ids=["pagine", "archivi"])
def test_ogni_pagina_e_accessibile_nei_due_temi_e_a_ogni_larghezza(chromium, client, live_server, archivi):
    visita = walk_tutto(client, build_mondo())
    pagine = {nome: p for nome, p in visita.pagine.items() if p.startswith("/admin/") is archivi}
    contesto = chromium.new_context(
        base_url=live_server.url, locale="it-IT", timezone_id="Europe/Rome", reduced_motion="reduce"
    )
    biscotto = client.cookies["sessionid"].value
    contesto.add_cookies([{"name": "sessionid", "value": biscotto, "url": live_server.url}])
    page = contesto.new_page()

    guai = {percorso: trovati for percorso in pagine.values() if (trovati := _esamina(page, percorso))}
    contesto.close()

    assert len(pagine) > 50
    assert not guai, "\n".join(f"{percorso}: {guaio}" for percorso, tutti in guai.items() for guaio in tutti)
