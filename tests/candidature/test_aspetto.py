"""Every page of the candidatures in a real browser: accessible in both themes, within CSP and screen."""

from datetime import timedelta

import pytest
from django.urls import reverse

from candidature.decisioni import decide_lista, hear_delegato, open_seduta
from candidature.importazione import upload
from candidature.istruttoria import refresh_rilievi
from candidature.models import Decisione, Delegato, Lista
from candidature.presentazione import freeze_lista
from candidature.rettifiche import correct
from candidature.sorteggio import draw
from tests.browser.test_aspetto import LARGHEZZA, _apri, _gravi, browser_di
from tests.candidature.costruzione import add_firme, alle, elezione_di, presenta
from tests.factories import UtenteFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SENZA_LISTA = (
    *("quadro", "ricevi", "esame", "sorteggio"),
    *("documenti", "trasparenza", "collegamenti", "letture"),
)
FILE = b"lista;numero;cognome;nome;data_nascita\n1;30;NUOVO;UNO;01/02/1980\n1;31;ERRATO;DUE;mai\n"


@pytest.fixture
def io_stesso():
    return UtenteFactory(is_superuser=True)


@pytest.fixture
def pagine(io_stesso) -> list[str]:
    """An election half way: lists in every state, corrections, a sitting, a hearing, a file that waits."""
    elezione = elezione_di(40_000, seggi=24)
    buona = presenta(elezione, "IN REGOLA", sessi="MF" * 8, by=io_stesso)
    quota = presenta(elezione, "QUOTA", sessi="F" * 5 + "M" * 16, quando=alle(3, ora=11), by=io_stesso)
    ignota = presenta(elezione, "SESSI IGNOTI", sessi="MF" * 8, firme=None, by=io_stesso)
    ignota.candidati.update(sesso="", cittadinanza="DE", accettazione="mancante")
    add_firme(ignota, 3)
    Delegato.objects.create(lista=buona, cognome="DELEGATO", nome="PROVA", pec="prova@example.org")
    freeze_lista(buona, by=io_stesso)
    correct(buona, percorso="candidati.3.nome", dopo="GIUSTO", motivo="Letto male", by=io_stesso)
    dati = dict(luogo="Prova", presidente="P", componenti="C", segretario="S", aperta_il=alle(5))
    open_seduta(elezione, tipo="esame", by=io_stesso, **dati)
    decide_lista(buona, esito="ammessa", motivazione="", by=io_stesso)
    hear_delegato(quota, sentito="Il delegato", sentito_il=alle(7), deduzioni="Nulla", by=io_stesso)
    refresh_rilievi(elezione)
    file = upload(FILE, tipo="candidati", elezione=elezione, by=io_stesso, nome_file="c.csv")
    return [
        *(indirizzo(elezione, nome) for nome in SENZA_LISTA),
        *(indirizzo(elezione, nome, buona.pk) for nome in ("lista", "dati_lista")),
        *(indirizzo(elezione, nome, quota.pk) for nome in ("candidati", "banco")),
        *(indirizzo(elezione, nome, ignota.pk) for nome in ("lista", "banco", "firme")),
        indirizzo(elezione, "rettifica", buona.pk) + "?chi=candidati.3",
        indirizzo(elezione, "candidato", ignota.candidati.first().pk),
        indirizzo(elezione, "sindaco", buona.sindaco_id),
        indirizzo(elezione, "importa", "candidati"),
        indirizzo(elezione, "anteprima", file.pk),
        reverse("commissione"),
    ]


def indirizzo(elezione, nome: str, *altro) -> str:
    return reverse(f"candidature:{nome}", args=[elezione.slug, *altro])


def guasti(page, indirizzi: list[str]) -> list:
    """What is wrong on each page: console, axe, width."""
    trovati = []
    for pagina in indirizzi:
        trovati += [(pagina, testo) for testo in _apri(page, pagina)]
        trovati += [(pagina, voce) for voce in _gravi(page)]
        if (larga := page.evaluate("document.documentElement.scrollWidth")) > LARGHEZZA:
            trovati.append((pagina, f"larga {larga}"))
    return trovati


@pytest.mark.parametrize("schema", ["light", "dark"])
def test_every_page_of_the_room_is_accessible(chromium, client, live_server, io_stesso, pagine, schema):
    client.force_login(io_stesso)

    with browser_di(chromium, client, live_server, schema=schema) as page:
        assert guasti(page, pagine) == []


def test_the_pages_after_the_decisions_are_accessible(chromium, client, live_server, io_stesso):
    elezione = elezione_di(40_000, seggi=24)
    for nome in ("UNA", "ALTRA"):
        decide_lista(
            presenta(elezione, nome, sessi="MF" * 8, by=io_stesso),
            esito="ammessa",
            motivazione="",
            by=io_stesso,
        )
    comune = dict(modalita="ripetibile", seme="4 2", presenti="Tutti", by=io_stesso)
    draw(elezione, chiave="sindaci", eseguito_il=alle(7) + timedelta(hours=9), **comune)
    client.force_login(io_stesso)
    decisa = Decisione.objects.sulle_liste().first()

    with browser_di(chromium, client, live_server) as page:
        pagine = [indirizzo(elezione, nome) for nome in ("sorteggio", "documenti", "trasparenza")]
        pagine += [indirizzo(elezione, "banco", decisa.lista_id), indirizzo(elezione, "collegamenti")]
        assert guasti(page, pagine) == []
        assert Lista.objects.ammesse().count() == 2
