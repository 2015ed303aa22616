"""Makes the pictures of the guide from the demonstration, as a person sees it: ``make immagini``.

Starts the site on the data of ``make demo``, opens each page in a headless Chromium at the two widths of
the guide and saves palette PNGs beside this file, in ``immagini/``.
"""

import io
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

RADICE = Path(__file__).resolve().parents[2]
DATI = Path(os.environ.get("URNA_DATI", RADICE / ".dati"))
IMMAGINI = Path(__file__).resolve().parent / "immagini"
PORTA = int(os.environ.get("PORTA", "8765"))
SITO = f"http://127.0.0.1:{PORTA}"
VERA = "/ufficio/san-benedetto-del-tronto-2021"
PROVA = "/ufficio/prova-generale-san-benedetto"
COLORI = 128


@dataclass(frozen=True)
class Scatto:
    """One picture: whose page, where, how big; ``fino_a`` scrolls there."""

    nome: str
    indirizzo: str
    chi: str = "responsabile"
    larghezza: int = 1440
    altezza: int = 900
    scuro: bool = False
    fino_a: str = ""


SCATTI = [
    Scatto("primi-passi", f"{PROVA}/", "operatore"),
    Scatto("quadro", f"{PROVA}/", altezza=1080),
    Scatto("scadenzario", f"{PROVA}/scadenzario/"),
    Scatto("sezioni", f"{PROVA}/sezioni/", larghezza=1024, altezza=768),
    Scatto("convocazione", f"{PROVA}/convocazione/", altezza=1000),
    Scatto("candidature", f"{PROVA}/candidature/"),
    Scatto("esame", f"{PROVA}/candidature/esame/", "commissione"),
    Scatto("uffici", f"{PROVA}/seggi/"),
    Scatto("albi", f"{PROVA}/seggi/albi/", larghezza=1024, altezza=768),
    Scatto("affluenza", f"{PROVA}/giornata/affluenza/1/"),
    Scatto("sezione", f"{VERA}/giornata/scrutinio/1/1/", altezza=1000),
    Scatto("digitazione", f"{PROVA}/giornata/scrutinio/1/8/digita/", "operatore", 1024, 768),
    Scatto("differenze", f"{PROVA}/giornata/scrutinio/1/6/differenze/", larghezza=1024, altezza=900),
    Scatto("tabellone", f"{PROVA}/giornata/tabellone/1/", altezza=1000),
    Scatto("tabellone-scuro", f"{PROVA}/giornata/tabellone/1/", larghezza=1024, altezza=768, scuro=True),
    Scatto(
        "quanto-vale", f"{VERA}/giornata/quanto-vale/1/?lista=1&lista=2#risposta", larghezza=1024, altezza=900
    ),
    Scatto("riparto", f"{VERA}/esito/"),
    Scatto("quozienti", f"{VERA}/esito/", fino_a=".quozienti"),
    Scatto("proclamazione", f"{VERA}/esito/proclamazione/"),
    Scatto("mandato", f"{VERA}/esito/mandato/", larghezza=1024, altezza=768),
    Scatto("utenti", "/ufficio/utenti/permessi/", larghezza=1024, altezza=768),
    Scatto("codici", "/ufficio/guida/codici/"),
    Scatto("archivi", "/admin/comuni/sezione/", "amministratore"),
    Scatto("portale", "/san-benedetto-del-tronto-2021/", "", 1024, 900),
]


def main() -> None:
    scelti = [s for s in SCATTI if not sys.argv[1:] or s.nome in sys.argv[1:]]
    IMMAGINI.mkdir(exist_ok=True)
    accessi = dict(riga.split("\t") for riga in (DATI / "accessi_dimostrazione.txt").read_text().splitlines())
    with _sito(), sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"),
            args=["--no-sandbox", "--disable-gpu"],
            env={
                **os.environ,
                "LANGUAGE": "it",
                "LANG": "it_IT.UTF-8",
            },  # the dates of the browser's own fields
        )
        biscotti = {chi: _enter(browser, chi, accessi[chi]) for chi in {s.chi for s in scelti} - {""}}
        for scatto in scelti:
            _save(scatto, _shoot(browser, scatto, biscotti.get(scatto.chi, [])))
        browser.close()


@contextmanager
def _sito():
    comando = [sys.executable, "-m", "gunicorn", "electoral.wsgi", "--bind", f"127.0.0.1:{PORTA}"]
    sito = subprocess.Popen([*comando, "--threads", "4", "--log-level", "warning"], cwd=RADICE)
    try:
        _wait()
        yield
    finally:
        sito.terminate()
        sito.wait()


def _wait() -> None:
    for _ in range(120):
        try:
            urllib.request.urlopen(SITO, timeout=5).close()
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
        else:
            return
    raise SystemExit("Il sito non risponde: prima si carica la dimostrazione con «make demo SERVE=0».")


def _enter(browser, chi: str, parola: str) -> list:
    """Log in as a person; who is not there for the first steps has already seen them."""
    contesto = browser.new_context(base_url=SITO, locale="it-IT")
    pagina = contesto.new_page()
    pagina.goto("/accesso/login/")
    pagina.fill("[name=login]", chi)
    pagina.fill("[name=password]", parola)
    pagina.get_by_role("button", name="Entra", exact=True).click()
    pagina.wait_for_url("**/ufficio/**")
    biscotti = contesto.cookies()
    contesto.close()
    return biscotti


def _shoot(browser, scatto: Scatto, biscotti: list) -> bytes:
    contesto = browser.new_context(
        base_url=SITO,
        viewport={"width": scatto.larghezza, "height": scatto.altezza},
        color_scheme="dark" if scatto.scuro else "light",
        locale="it-IT",
        timezone_id="Europe/Rome",
        reduced_motion="reduce",
    )
    contesto.add_cookies(biscotti)
    pagina = contesto.new_page()
    pagina.goto(scatto.indirizzo)
    pagina.wait_for_load_state("load")
    _prepare(pagina, scatto)
    immagine = pagina.screenshot()
    contesto.close()
    return immagine


def _prepare(pagina: Page, scatto: Scatto) -> None:
    passi = pagina.locator("[data-primi-passi]")
    if passi.count() and scatto.nome != "primi-passi":
        passi.evaluate("e => { e.remove(); }")
        pagina.evaluate("document.querySelectorAll('.in-mira').forEach(e => e.classList.remove('in-mira'))")
    if scatto.fino_a:
        pagina.locator(scatto.fino_a).first.evaluate(
            "e => e.closest('section, .scheda, div').scrollIntoView()"
        )


def _save(scatto: Scatto, immagine: bytes) -> None:
    piccola = Image.open(io.BytesIO(immagine)).convert("RGB")
    piccola = piccola.quantize(COLORI, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    file = IMMAGINI / f"{scatto.nome}.png"
    piccola.save(file, optimize=True)
    print(f"{file.name}: {scatto.larghezza} pixel, {file.stat().st_size // 1024} KB")


if __name__ == "__main__":
    main()
