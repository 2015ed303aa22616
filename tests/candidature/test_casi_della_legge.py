"""Every case of the law in a browser: finding, decision, letter to the delegates, line of the verbale."""

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from candidature.istruttoria import refresh_rilievi
from candidature.models import Decisione, Lista
from tests.candidature.costruzione import add_firme, alle, elezione_di, presenta, sindaco_in_regola
from tests.factories import UtenteFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@dataclass(frozen=True)
class Caso:
    """A list as filed and what must come of it: codes, outcome, positions struck, words of the letter."""

    nome: str
    sessi: str
    codici: list[str]
    esito: str
    esclusi: list[int] = field(default_factory=list)
    lettera: str = ""
    quando: datetime = alle(3)
    firme: int | None = 60
    guasta: Callable[[Lista], object] = lambda lista: None


def _firma(quante: int, da: int = 0) -> Callable[[Lista], None]:
    return lambda lista: add_firme(lista, quante, da=da)


def _copia_il_primo_della_prima(lista: Lista) -> None:
    """Its candidate n. 5 is the n. 3 of the list filed first."""
    prima = lista.elezione.liste.get(denominazione="IN REGOLA").candidati.get(numero=3)
    lista.candidati.filter(numero=5).update(
        cognome=prima.cognome, nome=prima.nome, data_nascita=prima.data_nascita
    )


def _incandidabile(lista: Lista) -> None:
    lista.sindaco.incandidabile = True
    lista.sindaco.save()


GRANDE = [
    Caso("IN REGOLA", "FM" * 6, [], "ammessa", quando=alle(3, ora=8)),
    Caso(
        "QUOTA RIDUCIBILE",
        "F" * 4 + "M" * 12,
        ["E104"],
        "ammessa_con_esclusioni",
        [13, 14, 15, 16],
        "Uomini 12",
    ),
    Caso(
        "QUOTA SOTTO IL MINIMO", "M" * 8 + "F" * 3, ["E109"], "ricusata", lettera="resterebbero 9 candidati"
    ),
    Caso(
        "UNA FIRMA IN MENO",
        "FM" * 6,
        ["E102"],
        "ricusata",
        lettera="valide sono 33",
        firme=None,
        guasta=_firma(33),
    ),
    Caso(
        "FIRMA DOPPIA",
        "FM" * 6,
        ["E102"],
        "ricusata",
        lettera="valide sono 33",
        firme=None,
        guasta=_firma(34, 200),
    ),
    Caso("ALTRA FIRMA DOPPIA", "FM" * 6, ["E102"], "ricusata", firme=None, guasta=_firma(34, 233)),
    Caso(
        "NOME GIA PRESENTATO",
        "FM" * 6,
        ["E205"],
        "ammessa_con_esclusioni",
        [5],
        "presentata prima",
        quando=alle(3, ora=15),
        guasta=_copia_il_primo_della_prima,
    ),
    Caso(
        "UN MINUTO DOPO",
        "FM" * 6,
        ["E101"],
        "ricusata",
        lettera="alle 12:01",
        quando=alle(4, ora=12, minuto=1),
    ),
    Caso(
        "SINDACO INCANDIDABILE",
        "FM" * 6,
        ["E204", "E111"],
        "ricusata",
        lettera="resta senza candidato",
        guasta=_incandidabile,
    ),
]
MEDIO = [Caso("QUOTA FINO AL MINIMO", "F" * 2 + "M" * 8, ["E104", "W103"], "ammessa_con_esclusioni", [10])]
PICCOLO_2021 = [Caso("SOLO UOMINI", "M" * 7, ["W102"], "ammessa")]
PICCOLO_2022 = [
    Caso(
        "SOLO UOMINI",
        "M" * 7,
        ["E108"],
        "ricusata",
        lettera="dello stesso sesso",
        quando=alle(13, 5, anno=2022),
    )
]
PARAMETRI = [
    pytest.param({"popolazione": 20_000, "seggi": 16}, GRANDE, id="oltre 15.000"),
    pytest.param({"popolazione": 7_000, "seggi": 12}, MEDIO, id="7.000 abitanti"),
    pytest.param({"popolazione": 2_500, "seggi": 10}, PICCOLO_2021, id="2.500 abitanti nel 2021"),
    pytest.param(
        {"popolazione": 2_500, "seggi": 10, "data": date(2022, 6, 12), "giorni": 1},
        PICCOLO_2022,
        id="2.500 abitanti nel 2022",
    ),
]


@pytest.fixture
def pagina(chromium, live_server, client, monkeypatch):
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    client.force_login(UtenteFactory(is_superuser=True))
    contesto = chromium.new_context(base_url=live_server.url, locale="it-IT")
    biscotto = client.cookies["sessionid"].value
    contesto.add_cookies([{"name": "sessionid", "value": biscotto, "url": live_server.url}])
    aperta = contesto.new_page()
    aperta.set_default_timeout(20_000)
    yield aperta
    contesto.close()


def presenta_casi(comune: dict, casi: list[Caso]):
    dati = dict(comune)
    elezione = elezione_di(dati.pop("popolazione"), **dati)
    io_stesso = UtenteFactory()
    for caso in casi:
        lista = presenta(
            elezione,
            caso.nome,
            sessi=caso.sessi,
            quando=caso.quando,
            firme=caso.firme,
            sindaco=sindaco_in_regola(elezione, f"SINDACO {caso.nome}"),
            by=io_stesso,
        )
        caso.guasta(lista)
    refresh_rilievi(elezione)
    return elezione


def apri_seduta(pagina, base: str) -> None:
    pagina.goto(base + "esame/")
    for campo in ("Luogo", "Presidente", "Componenti presenti", "Segretario"):
        pagina.get_by_label(campo).fill(f"{campo} di prova")
    pagina.get_by_role("button", name="Apri la seduta").click()
    expect(pagina.get_by_text("Seduta aperta").first).to_be_visible()


def testo_del_pdf(pagina, indirizzo: str) -> str:
    """The words of an act, on one line each space, as whoever receives it reads them."""
    gettone = pagina.locator("[name=csrfmiddlewaretoken]").first.input_value()
    risposta = pagina.context.request.post(indirizzo, headers={"X-CSRFToken": gettone, "Referer": pagina.url})
    pagine = PdfReader(io.BytesIO(risposta.body())).pages
    return " ".join(" ".join(p.extract_text() for p in pagine).split())


@pytest.mark.parametrize(("comune", "casi"), PARAMETRI)
def test_each_case_ends_in_its_finding_decision_letter_and_line_of_the_verbale(pagina, comune, casi):
    elezione = presenta_casi(comune, casi)
    base = f"/ufficio/{elezione.slug}/candidature/"
    apri_seduta(pagina, base)

    for caso in casi:
        lista = elezione.liste.get(denominazione=caso.nome)
        pagina.goto(base + f"esame/{lista.pk}/")
        visti = [c for c in pagina.locator(".rilievo-codice").all_inner_texts() if c != "W104"]
        assert visti == caso.codici, caso.nome
        pagina.get_by_role("button", name="Decidi", exact=True).click()
        expect(pagina.get_by_text("Deciso alle")).to_be_visible()

        decisione = Decisione.objects.get(lista=lista)
        assert decisione.esito == caso.esito, caso.nome
        assert [e.candidato.numero for e in decisione.esclusioni.all()] == caso.esclusi, caso.nome

        lettera = testo_del_pdf(pagina, base + f"decisioni/{decisione.pk}/lettera/")
        assert f"LISTA {decisione.get_esito_display().upper()}" in lettera
        assert caso.lettera in lettera
        assert ("Tribunale amministrativo regionale" in lettera) == (caso.esito != "ammessa")

    pagina.goto(base + "esame/")
    verbale = testo_del_pdf(pagina, base + f"esame/seduta/{elezione.sedute.get().pk}/verbale/")
    for caso in casi:
        riga = verbale.split(f"Lista «{caso.nome}», collegata a")[1].split("Lista «")[0]
        assert all(codice in riga for codice in caso.codici), caso.nome
        assert f"la Commissione delibera: lista {Decisione.Esito(caso.esito).label}." in riga, caso.nome
