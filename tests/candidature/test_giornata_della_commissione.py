"""The two days of the commissione in a browser: findings, decisions, letters, hearing, draw, manifesto."""

import pytest
from playwright.sync_api import expect

from candidature.istruttoria import refresh_rilievi
from candidature.models import Decisione, Lista, Seduta
from comuni.models import Atto
from tests.candidature.costruzione import add_firme, alle, elezione_di, presenta
from tests.factories import UtenteFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def liste(monkeypatch):
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    elezione = elezione_di(20_000, seggi=16)
    in_regola = presenta(elezione, "IN REGOLA", sessi="FM" * 6)
    presenta(elezione, "QUOTA", sessi="F" * 4 + "M" * 12, quando=alle(3, ora=11))
    poche = presenta(elezione, "POCHE FIRME", sessi="FM" * 6, quando=alle(3, ora=12), firme=None)
    add_firme(poche, 34)
    poche.sottoscrizioni.filter(riga=1).update(iscrizione="mancante")
    presenta(elezione, "TARDI", sessi="FM" * 6, quando=alle(4, ora=12, minuto=1))
    refresh_rilievi(elezione)
    return elezione, in_regola


@pytest.fixture
def pagina(chromium, live_server, client):
    client.force_login(UtenteFactory(is_superuser=True))
    contesto = chromium.new_context(base_url=live_server.url, locale="it-IT")
    biscotto = client.cookies["sessionid"]
    contesto.add_cookies([{"name": "sessionid", "value": biscotto.value, "url": live_server.url}])
    aperta = contesto.new_page()
    aperta.set_default_timeout(20_000)
    errori = []
    aperta.on("console", lambda m: errori.append(m.text) if m.type == "error" else None)
    yield aperta
    contesto.close()
    assert errori == []


def apri_seduta(pagina, tipo: str) -> None:
    pagina.get_by_label("Tipo").select_option(tipo)
    for campo, testo in (
        ("Luogo", "Vallechiara"),
        ("Presidente", "Il presidente di prova"),
        ("Componenti presenti", "I componenti di prova"),
        ("Segretario", "Il segretario di prova"),
    ):
        pagina.get_by_label(campo).fill(testo)
    pagina.get_by_role("button", name="Apri la seduta").click()
    expect(pagina.get_by_text("Seduta aperta").first).to_be_visible()


def decidi(pagina, nome: str) -> None:
    pagina.get_by_role("link", name=nome, exact=True).click()
    pagina.get_by_role("button", name="Decidi", exact=True).click()
    expect(pagina.get_by_text("Deciso alle")).to_be_visible()


def chiudi_seduta(pagina, base: str) -> None:
    pagina.goto(base + "esame/")
    pagina.get_by_role("button", name="Chiudi la seduta").click()
    expect(pagina.get_by_text("Seduta chiusa")).to_be_visible()


def senti_delegato(pagina) -> None:
    pagina.get_by_text("Registra un'audizione").click()
    pagina.get_by_label("Delegato sentito").fill("Il delegato di prova")
    pagina.get_by_label("Nuovi documenti ammessi").fill("Il certificato che mancava")
    pagina.get_by_role("button", name="Registra", exact=True).last.click()
    expect(pagina.get_by_text("Audizione registrata")).to_be_visible()


def sorteggia(pagina, base: str) -> None:
    pagina.goto(base + "sorteggio/")
    pagina.get_by_role("radio", name="sorteggio ripetibile").check()
    pagina.get_by_role("textbox", name="Seme pubblico").fill("dadi 4 2 6 1")
    pagina.get_by_role("textbox", name="Presenti").fill("La commissione e i delegati")
    pagina.get_by_role("button", name="Registra il sorteggio").click()
    expect(pagina.get_by_text("Sorteggio registrato.")).to_be_visible()


def test_from_the_first_sitting_to_the_manifesto(pagina, liste):
    elezione, in_regola = liste
    base = f"/ufficio/{elezione.slug}/candidature/"

    pagina.goto(base + "esame/")
    apri_seduta(pagina, "esame")
    for nome in ("IN REGOLA", "QUOTA", "POCHE FIRME", "TARDI"):
        pagina.goto(base + "esame/")
        decidi(pagina, nome)
    stati = dict(Lista.objects.values_list("denominazione", "stato"))
    assert stati == {
        "IN REGOLA": "ammessa",
        "QUOTA": "ammessa_con_esclusioni",
        "POCHE FIRME": "da_integrare",
        "TARDI": "ricusata",
    }
    quota = Decisione.objects.get(lista__denominazione="QUOTA")
    assert [e.candidato.numero for e in quota.esclusioni.all()] == [13, 14, 15, 16]

    chiudi_seduta(pagina, base)

    Lista.objects.get(denominazione="POCHE FIRME").sottoscrizioni.update(iscrizione="presente")
    apri_seduta(pagina, "definitiva")
    pagina.get_by_role("link", name="POCHE FIRME", exact=True).click()
    senti_delegato(pagina)
    pagina.goto(base + "esame/")
    decidi(pagina, "POCHE FIRME")
    chiudi_seduta(pagina, base)
    assert Lista.objects.ammesse().count() == 3

    for _ in range(4):  # the sindaci, then the lists of each
        sorteggia(pagina, base)
    assert sorted(Lista.objects.ammesse().values_list("numero", "numero_provvisorio")) == [
        (1, False),
        (2, False),
        (3, False),
    ]

    richiesta = pagina.context.request
    pagina.goto(base + "documenti/")
    gettone = pagina.locator("[name=csrfmiddlewaretoken]").first.input_value()
    intestazioni = {"X-CSRFToken": gettone, "Referer": pagina.url}
    seduta = Seduta.objects.order_by("pk").first()
    for indirizzo in (
        base + "documenti/manifesto/",
        base + "documenti/scheda/",
        base + "documenti/elenco/",
        base + f"esame/seduta/{seduta.pk}/verbale/",
        base + f"decisioni/{quota.pk}/lettera/",
        base + f"liste/{in_regola.pk}/ricevuta/",
    ):
        risposta = richiesta.post(indirizzo, headers=intestazioni)
        assert risposta.body().startswith(b"%PDF"), indirizzo
    assert Atto.objects.count() == 6
