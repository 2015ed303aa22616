"""23:40, the phone rings: two lists of one sindaco are marked. Without JavaScript, also on a telephone."""

import pytest

from tests.risultati.sezioni import Squadra, elezione_piccola

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("larghezza", [390, 1280])
def test_two_lists_of_the_same_sindaco_are_answered_without_javascript(apri, larghezza):
    elezione = elezione_piccola()
    pagina = apri(Squadra(elezione).anna, larghezza=larghezza, senza_js=True)
    pagina.goto(f"/ufficio/{elezione.slug}/giornata/scrutinio/1/")
    pagina.get_by_role("link", name="Quanto vale la scheda").click()

    pagina.get_by_label("1. LISTA 1").check()
    pagina.get_by_label("2. LISTA 2").check()
    pagina.get_by_role("button", name="Quanto vale?").click()

    risposta = pagina.locator("#risposta")
    assert risposta.get_by_role("heading").inner_text() == "Scheda nulla"
    assert "Segno sulla lista 1. LISTA 1; segno sulla lista 2. LISTA 2." in risposta.inner_text()
    assert "Riga B11." in risposta.inner_text()
    assert risposta.bounding_box()["y"] < 200, "the answer is what one sees first"
    assert pagina.get_by_label("1. LISTA 1").is_checked()
    assert pagina.evaluate("document.documentElement.scrollWidth") <= larghezza

    pagina.get_by_label("1. SINDACO1 PROVA").check()
    pagina.get_by_role("button", name="Quanto vale?").click()
    assert risposta.get_by_role("heading").inner_text() == "Scheda valida"
    assert "Riga B9." in risposta.inner_text()
    assert "lista=1&lista=2" in pagina.url or "sindaco=1&lista=1" in pagina.url
