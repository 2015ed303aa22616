"""A new user, a comune of 8,000 inhabitants, no guide: from nothing to «pronti per le candidature»."""

import os
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from comuni.models import Elezione
from electoral.permessi import Ruolo
from tests.factories import ComuneFactory, utente_con_ruolo

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
#: Where to keep a picture of every step, to be looked at: set FOTO to a folder.
FOTO = os.environ.get("FOTO", "")


def _domenica_fra(giorni: int) -> date:
    giorno = timezone.localdate() + timedelta(days=giorni)
    return giorno + timedelta(days=6 - giorno.weekday())


class _Fotografo:
    def __init__(self, pagina) -> None:
        self.pagina, self.numero = pagina, 0

    def scatta(self, nome: str) -> None:
        self.numero += 1
        if FOTO:
            Path(FOTO).mkdir(parents=True, exist_ok=True)
            self.pagina.screenshot(path=f"{FOTO}/{self.numero:02}-{nome}.png", full_page=True)


def test_a_new_user_reaches_ready_for_the_candidatures_by_following_the_page(apri):
    comune = ComuneFactory(nome="Borgo di prova", popolazione_legale=8_000)
    pagina = apri(utente_con_ruolo(comune, Ruolo.RESPONSABILE))
    foto = _Fotografo(pagina)

    _crea(pagina, foto)
    _scrive_le_sezioni(pagina, foto)
    manifesto = _convoca(pagina, foto)

    assert manifesto.startswith(b"%PDF")
    if FOTO:
        Path(f"{FOTO}/manifesto.pdf").write_bytes(manifesto)
    pagina.get_by_role("link", name="Calendario degli adempimenti, da stampare").click()
    foto.scatta("scadenzario")
    assert pagina.get_by_role("link", name="Manifesto di convocazione dei comizi").first.is_visible()
    elezione = Elezione.objects.get()
    assert (elezione.sistema, elezione.seggi_consiglio) == ("fino_15000", 12)


def _crea(pagina, foto) -> None:
    pagina.goto("/ufficio/")
    foto.scatta("ufficio-vuoto")
    pagina.get_by_role("link", name="Nuova elezione").first.click()
    assert pagina.get_by_label("Comune", exact=True).input_value() == "Borgo di prova (Provincia di prova)"
    pagina.get_by_label("Primo giorno di voto").fill(_domenica_fra(70).isoformat())
    pagina.get_by_label("Giorni di voto").select_option("1")
    pagina.get_by_role("button", name="Mostra che cosa ne segue").click()
    pagina.get_by_text("maggioritario, turno unico").wait_for()
    foto.scatta("che-cosa-ne-segue")
    pagina.get_by_role("button", name="Crea l'elezione").click()
    foto.scatta("elezione-creata")


def _scrive_le_sezioni(pagina, foto) -> None:
    pagina.get_by_role("link", name="Prossimo passo: Sezioni").click()
    pagina.get_by_label("Quante sezioni").fill("3")
    pagina.get_by_role("button", name="Crea le sezioni").click()
    foto.scatta("sezioni-create")
    pagina.get_by_role("link", name="Quadro").click()
    pagina.get_by_role("link", name="Prossimo passo: Sede di ogni sezione").click()
    for numero in (1, 2, 3):
        pagina.get_by_label(f"Indirizzo, sezione {numero}").fill(f"via Roma {numero}")
        pagina.get_by_label(f"Elettori maschi, sezione {numero}").fill("900")
        pagina.get_by_label(f"Elettrici, sezione {numero}").fill("950")
    foto.scatta("sedi-ed-elettori")
    pagina.get_by_role("button", name="Salva sedi ed elettori").click()
    pagina.get_by_role("link", name="Quadro").click()
    foto.scatta("a-meta-strada")


def _convoca(pagina, foto) -> bytes:
    pagina.get_by_role("link", name="Prossimo passo: Decreto").click()
    pagina.get_by_label("Decreto del Prefetto, data").fill(timezone.localdate().isoformat())
    pagina.get_by_label("Chi firma").fill("Ada Bianchi")
    pagina.get_by_role("button", name="Salva", exact=True).click()
    foto.scatta("decreto-e-firma")
    scheda = pagina.locator("section", has_text="Manifesto di convocazione (8/COM)").first
    scheda.get_by_role("button", name="Produci il documento").click()
    foto.scatta("manifesto-prodotto")
    pagina.get_by_role("link", name="Quadro").click()
    foto.scatta("pronti")
    pagina.get_by_role("heading", name="Pronti per le candidature", exact=True).wait_for()
    indirizzo = pagina.get_by_role("link", name="Manifesto di convocazione (8/COM)").get_attribute("href")
    return pagina.request.get(indirizzo).body()
