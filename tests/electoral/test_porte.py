"""Every door of the product, by role: who may open it, what happens with nonsense, where the links lead.

Nothing is listed by hand: pages come from the URLconf, permissions from the views, links and fields from the
pages themselves, so that what is added tomorrow is tried too.
"""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from comuni.models import ComponenteCommissione, ElettoreParticolare, SedutaCommissione, SpazioPropaganda
from electoral.permessi import PERMESSI, Azione, Ruolo
from risultati.percorso import conclude
from tests.factories import (
    CandidatoFactory,
    ElezioneFactory,
    IscrittoFactory,
    ListaFactory,
    SezioneFactory,
    UfficioFactory,
    UtenteFactory,
    utente_con_ruolo,
)
from tests.risultati.reali import import_reale

pytestmark = pytest.mark.django_db
DELL_ELEZIONE = "ufficio/<slug:slug>/"
#: Opened by the key in their address, whoever holds it.
A_CHIAVE = {"giornata:schermo"}
ESEMPI = {"int": "1", "slug": "x", "str": "x", "path": "x", "uuid": "00000000-0000-0000-0000-000000000000"}
STRANI = ["0", "99999999999999999999", "x'--", "%00", "à%20<b>"]
DOMANDA_STRANA = (
    "?q=%00&page=-1&chi=%00&turno=99999999999&anno=9999999999&filtro=%3Cb%3E&plesso=%00"
    "&da=x&ruolo=%00&stato=%00&lista=abc&sezione=-1&ordine=%27&momento=%00&next=//altrove.example"
)
VALORI_STRANI = ["", "\x00", "-1", "9" * 40, "2026-02-31", "<script>alert(1)</script>", "à" * 5_000]
PAGINE_PER_RUOLO = 150


def _porte(
    resolver=None, prefisso: str = "", spazi: tuple[str, ...] = ()
) -> Iterator[tuple[str, str, object]]:
    """(address pattern, full name, view) of every page of the product."""
    for voce in (resolver or get_resolver()).url_patterns:
        percorso = prefisso + str(voce.pattern)
        if isinstance(voce, URLPattern):
            yield percorso, ":".join([*spazi, voce.name or ""]), voce.callback
        else:
            spazio = (voce.namespace,) if voce.namespace else ()
            yield from _porte(voce, percorso, spazi + spazio)


PORTE = sorted(set(_porte()), key=lambda porta: porta[:2])
PAGINE = [p for p in PORTE if p[0].startswith(DELL_ELEZIONE)]
PUBBLICHE = [p for p in PORTE if not p[0].startswith(("ufficio/", "admin/"))]


def _riempi(percorso: str, slug: str, valore: str = "") -> str:
    percorso = percorso.replace("<slug:slug>", slug)
    percorso = re.sub(r"<(?:(\w+):)?\w+>", lambda m: valore or ESEMPI.get(m[1] or "str", "1"), percorso)
    return "/" + percorso.replace("^", "").replace("$", "").replace("\\Z", "")


def _entra(utente) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(utente)
    return client


def _prova(chiama, *args, **kwargs):
    """One request that leaves nothing behind."""
    with transaction.atomic():
        risposta = chiama(*args, **kwargs)
        if hasattr(risposta, "streaming_content"):
            b"".join(risposta.streaming_content)
        transaction.set_rollback(True)
    return risposta


@pytest.fixture
def preparata():
    """An election being prepared, with at least one row in each room."""
    elezione = ElezioneFactory(popolazione_legale=46_963, comune__popolazione_legale=46_963)
    for numero in (1, 2):
        sezione = SezioneFactory(elezione=elezione, numero=numero, indirizzo="via di prova 1")
        UfficioFactory(sezione=sezione)
    lista = ListaFactory(sindaco__elezione=elezione)
    CandidatoFactory(lista=lista)
    IscrittoFactory(comune=elezione.comune)
    SpazioPropaganda.objects.create(elezione=elezione, numero=1, centro_abitato="A", ubicazione="B")
    ElettoreParticolare.objects.create(
        elezione=elezione, sezione=sezione, titolo="domicilio", cognome="A", nome="B"
    )
    componente = ComponenteCommissione.objects.create(
        comune=elezione.comune, cognome="A", nome="B", ruolo="effettivo", eletto_il="2016-07-01"
    )
    seduta = SedutaCommissione.objects.create(
        elezione=elezione, oggetto="minorenni", convocata_per="2021-08-29T10:00+02:00"
    )
    seduta.presenti.add(componente)
    return elezione


@pytest.fixture
def conclusa():
    """A real election from the votes to the proclamation."""
    elezione = import_reale("triora-2018")
    conclude(elezione)
    return elezione


def test_every_page_of_an_election_declares_who_may_open_it():
    mute = {nome for _, nome, vista in PAGINE if not hasattr(vista, "azioni")}

    assert len(PAGINE) > 100
    assert mute == A_CHIAVE


@pytest.mark.parametrize("ruolo", list(Ruolo))
def test_a_page_opens_to_the_roles_of_its_action_and_refuses_the_others(preparata, ruolo):
    client = _entra(utente_con_ruolo(preparata.comune, ruolo))
    sbagliate = []
    for percorso, nome, vista in PAGINE:
        if nome in A_CHIAVE:
            continue
        ammesso = bool(PERMESSI[ruolo] & set(vista.azioni)) or set(vista.azioni) == set(Azione)
        for chiama in (client.get, client.post):
            codice = _prova(chiama, _riempi(percorso, preparata.slug)).status_code
            giusto = codice < 500 and (codice != 403 if ammesso else codice in (403, 405))
            if not giusto:
                sbagliate.append((nome, chiama.__name__, codice, ammesso))

    assert sbagliate == []


def test_without_login_no_page_of_the_office_opens(preparata):
    nessuno = Client(raise_request_exception=False)
    aperte = []
    for percorso, nome, _ in PORTE:
        if percorso.startswith("ufficio/") and nome not in A_CHIAVE:
            risposta = _prova(nessuno.get, _riempi(percorso, preparata.slug))
            portato = risposta.status_code == 302 and risposta.url.startswith(reverse("account_login"))
            if not (portato or risposta.status_code in (404, 405)):
                aperte.append((nome, risposta.status_code))

    assert aperte == []


def test_no_address_and_no_query_string_breaks_a_page(preparata, conclusa):
    client, rotte = _entra(UtenteFactory(is_superuser=True)), []
    for percorso, nome, _ in PORTE:
        if percorso.startswith("admin/"):
            continue
        for slug in (preparata.slug, conclusa.slug):
            indirizzi = [_riempi(percorso, slug), _riempi(percorso, slug) + DOMANDA_STRANA]
            if percorso.count("<") > 1:
                indirizzi += [_riempi(percorso, slug, strano) for strano in STRANI]
            rotte += [
                (nome, indirizzo)
                for indirizzo in indirizzi
                if _prova(client.get, indirizzo).status_code >= 500
            ]

    assert rotte == []


class _Pagina(HTMLParser):
    """Links and forms of a page."""

    def __init__(self, testo: str) -> None:
        super().__init__()
        self.link: list[str] = []
        self.moduli: list[tuple[str, str, list[str]]] = []
        self.feed(testo)

    def handle_starttag(self, tag: str, attrs: list) -> None:
        a = dict(attrs)
        if tag == "a" and a.get("href"):
            self.link.append(a["href"])
        elif tag == "form":
            self.moduli.append((a.get("method", "get").lower(), a.get("action") or "", []))
        elif tag in ("input", "select", "textarea", "button") and a.get("name") and self.moduli:
            nome = a["name"] + ("\x00file" if a.get("type") == "file" else "")
            self.moduli[-1][2].append(nome)


def _visita(client: Client, inizio: str, dentro: str) -> Iterator[tuple[str, object]]:
    """The pages reachable by links from ``inizio`` that stay under ``dentro``."""
    da_vedere, visti = [inizio], {inizio}
    while da_vedere and len(visti) < PAGINE_PER_RUOLO:
        indirizzo = da_vedere.pop(0)
        risposta = _prova(client.get, indirizzo)
        yield indirizzo, risposta
        if risposta.status_code != 200 or not risposta["Content-Type"].startswith("text/html"):
            continue
        for link in _Pagina(risposta.content.decode()).link:
            nuovo = urlsplit(urljoin(indirizzo, link))
            meta = nuovo.path + (f"?{nuovo.query}" if nuovo.query else "")
            if not nuovo.netloc and nuovo.path.startswith(dentro) and meta not in visti:
                visti.add(meta)
                da_vedere.append(meta)


@pytest.mark.parametrize("ruolo", list(Ruolo))
def test_no_page_offers_a_link_that_then_refuses(preparata, conclusa, ruolo):
    rotti = []
    for elezione in (preparata, conclusa):
        client = _entra(utente_con_ruolo(elezione.comune, ruolo))
        inizio = reverse("comuni:elezione", args=[elezione.slug])
        rotti += [
            (indirizzo, risposta.status_code)
            for indirizzo, risposta in _visita(client, inizio, "/ufficio/")
            if risposta.status_code not in (200, 302)
        ]

    assert rotti == []


def test_no_form_breaks_whatever_is_written_in_it(preparata, conclusa):
    """Every form of every page that the responsabile reaches, each field with each strange value."""
    rotti, provati = [], set()
    for elezione in (preparata, conclusa):
        client = _entra(utente_con_ruolo(elezione.comune, Ruolo.RESPONSABILE))
        inizio = reverse("comuni:elezione", args=[elezione.slug])
        for indirizzo, risposta in list(_visita(client, inizio, "/ufficio/")):
            if risposta.status_code != 200 or not risposta["Content-Type"].startswith("text/html"):
                continue
            for metodo, azione, campi in _Pagina(risposta.content.decode()).moduli:
                meta = urljoin(indirizzo, azione)
                if not meta.startswith("/ufficio/") or (metodo, meta) in provati:
                    continue
                provati.add((metodo, meta))
                rotti += [(metodo, meta, v[:12]) for v in _breaks(client, metodo, meta, campi)]

    assert len(provati) > 40
    assert rotti == []


def _breaks(client: Client, metodo: str, meta: str, campi: list[str]) -> Iterator[str]:
    chiama = client.post if metodo == "post" else client.get
    for valore in VALORI_STRANI:
        dati = {
            nome.removesuffix("\x00file"): SimpleUploadedFile("x.csv", valore.encode() or b"\xff")
            if nome.endswith("\x00file") and metodo == "post"
            else valore
            for nome in campi
        }
        if _prova(chiama, meta, dati).status_code >= 500:
            yield valore
