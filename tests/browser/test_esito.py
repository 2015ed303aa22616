"""The road of the ufficio centrale: allocation, tie, draw, proclamation, PDF, public page."""

import pytest

from electoral.permessi import Ruolo
from risultati.models import Proclamazione
from tests.factories import utente_con_ruolo
from tests.risultati.elezioni import semplice

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


def test_from_the_tie_to_the_manifesto(apri):
    elezione = semplice(seggi=10, voti=(600, 200, 200), nome="parita")
    elezione.popolazione_legale = 2500
    elezione.save()
    pagina = apri(utente_con_ruolo(elezione.comune, Ruolo.RESPONSABILE))
    banco = f"/ufficio/{elezione.slug}/esito/"

    pagina.goto(banco)
    pagina.get_by_role("button", name="Calcola il riparto").click()
    pagina.goto(banco)
    pagina.get_by_role("link", name="Registra il sorteggio").first.click()
    pagina.get_by_label("Lista 3").check()
    pagina.get_by_label("Presenti").fill("Bruni e Neri, scrutatori")
    pagina.get_by_label("Giorno").fill("2021-10-05")
    pagina.get_by_label("Ora").fill("11:20")
    pagina.get_by_role("button", name="Registra e prosegui il riparto").click()
    pagina.get_by_role("link", name="Vai alla proclamazione").click()
    pagina.get_by_label("Presidente dell'ufficio che proclama").fill("Maria Rossi")
    pagina.get_by_label("Giorno della seduta").fill("2021-10-05")
    pagina.get_by_label("Aperta alle").fill("08:00")
    pagina.get_by_label("Proclamazione alle").fill("11:45")
    pagina.get_by_label("L'ufficio ha riesaminato l'incandidabilità").check()
    pagina.get_by_label("Le cifre dell'ufficio coincidono").check()
    pagina.get_by_role("button", name="Proclama gli eletti").click()

    pagina.get_by_role("heading", name="Eletti proclamati").wait_for()
    assert Proclamazione.objects.get().presidente == "Maria Rossi"
    manifesto = pagina.get_by_role("link", name="Manifesto degli eletti").get_attribute("href")
    assert pagina.request.get(manifesto).body().startswith(b"%PDF")


def test_the_public_page_fits_a_phone_and_works_without_javascript(chromium, live_server):
    elezione = semplice(nome="pubblica", pubblicata=True)
    contesto = chromium.new_context(
        base_url=live_server.url, viewport={"width": 360, "height": 740}, java_script_enabled=False
    )
    pagina = contesto.new_page()
    peso = []
    pagina.on("response", lambda risposta: peso.append(len(risposta.body())))

    pagina.goto(f"/{elezione.slug}/")

    assert pagina.get_by_role("heading", level=1).is_visible()
    assert pagina.evaluate("document.documentElement.scrollWidth") <= 360
    assert sum(peso) < 100_000
    contesto.close()
