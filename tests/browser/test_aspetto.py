"""The look in a real browser: accessible in both themes, within the CSP, no wider than the screen."""

from contextlib import contextmanager

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Page

from electoral.permessi import Ruolo
from tests.factories import AppartenenzaFactory, ElezioneFactory, SezioneFactory, UtenteFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
REGOLE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}
LARGHEZZA = 1024


@contextmanager
def browser_di(chromium, client, live_server, *, schema: str = "light"):
    """A page of a browser where the user of that client has entered."""
    contesto = chromium.new_context(
        base_url=live_server.url,
        color_scheme=schema,
        viewport={"width": LARGHEZZA, "height": 800},
        locale="it-IT",
        timezone_id="Europe/Rome",
    )
    biscotto = client.cookies["sessionid"].value
    contesto.add_cookies([{"name": "sessionid", "value": biscotto, "url": live_server.url}])
    yield contesto.new_page()
    contesto.close()


def _apri(page: Page, indirizzo: str) -> list[str]:
    """Open and return what the console complains of, before axe adds its own styles."""
    proteste: list[str] = []

    def listen(messaggio) -> None:
        if messaggio.type == "error":
            proteste.append(messaggio.text)

    page.goto("about:blank")  # what axe still had under way on the page before ends there
    page.on("console", listen)
    page.on("pageerror", lambda errore: proteste.append(str(errore)))
    page.goto(indirizzo)
    page.wait_for_load_state("networkidle")
    page.remove_listener("console", listen)
    return proteste


def _gravi(page: Page) -> list[tuple[str, str]]:
    violazioni = Axe().run(page, options=REGOLE | {"preload": False}).response["violations"]
    return [
        (v["id"], nodo["html"][:120])
        for v in violazioni
        if v["impact"] in ("serious", "critical")
        for nodo in v["nodes"]
    ]


def _pagine() -> list[str]:
    elezione = ElezioneFactory()
    SezioneFactory.create_batch(3, elezione=elezione)
    persona = AppartenenzaFactory(comune=elezione.comune, ruolo=Ruolo.OPERATORE).utente
    admin = [
        reverse(f"admin:comuni_elezione_{p}", args=[elezione.pk]) for p in ("change", "history", "delete")
    ]
    return [
        reverse("comuni:home") + "?q=",
        reverse("comuni:elezione", args=[elezione.slug]),
        reverse("componenti"),
        reverse("comuni:utenti"),
        reverse("comuni:utente", args=[persona.pk]),
        reverse("comuni:permessi"),
        reverse("admin:index"),
        reverse("admin:comuni_sezione_changelist"),
        reverse("admin:comuni_sezione_cronologia"),
        *admin,
        reverse("mfa_index"),
        reverse("usersessions_list"),
    ]


@pytest.mark.parametrize("schema", ["light", "dark"])
def test_every_kind_of_page_is_accessible_and_within_the_csp(chromium, client, live_server, schema):
    client.force_login(UtenteFactory(is_superuser=True))
    pagine = _pagine()
    with browser_di(chromium, client, live_server, schema=schema) as page:
        for indirizzo in pagine:
            assert _apri(page, indirizzo) == [], indirizzo
            assert _gravi(page) == [], indirizzo
            assert page.evaluate("document.documentElement.scrollWidth") <= LARGHEZZA, indirizzo


@pytest.mark.parametrize("schema", ["light", "dark"])
def test_the_login_is_accessible_and_within_the_csp(chromium, client, live_server, schema):
    client.force_login(UtenteFactory())
    with browser_di(chromium, client, live_server, schema=schema) as page:
        page.context.clear_cookies()

        assert _apri(page, reverse("account_login")) == []
        assert _gravi(page) == []


def test_the_chosen_theme_is_remembered_and_the_menu_answers_the_keyboard(chromium, client, live_server):
    client.force_login(UtenteFactory(is_superuser=True))
    with browser_di(chromium, client, live_server) as page:
        page.goto(reverse("comuni:home"))
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "Vai al contenuto"
        page.locator("details.menu summary").focus()
        page.keyboard.press("Enter")
        for _ in range(2):
            page.locator("[data-cambia-tema]").press("Enter")
        page.keyboard.press("Escape")
        assert page.locator("details.menu").get_attribute("open") is None

        page.goto(reverse("admin:index"))

        assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"


def test_date_pickers_and_filters_of_the_admin_work_within_the_csp(chromium, client, live_server):
    elezione = ElezioneFactory()
    client.force_login(UtenteFactory(is_superuser=True))
    with browser_di(chromium, client, live_server) as page:
        proteste: list[str] = []
        page.on("console", lambda m: proteste.append(m.text) if m.type == "error" else None)
        page.goto(reverse("admin:comuni_elezione_change", args=[elezione.pk]))
        page.locator(".field-data .datetimeshortcuts a").nth(1).click()
        page.locator("#calendarin0 td a").first.click()
        data = page.locator("#id_data").input_value()
        page.goto(reverse("admin:comuni_elezione_changelist"))
        page.locator("#changelist-filter a", has_text="No").first.click()

        assert data == "01/10/2021"
        assert "__exact=0" in page.url
        assert proteste == []
