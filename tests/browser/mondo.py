"""A few small elections at different points of the calendar, and the walk that finds every page of Urna.

The walk follows the links as a person does and keeps one address for each kind of page: a page that no
click reaches is not found, and the test that counts the pages says so.
"""

import html
import re
from collections import deque
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from django.test import Client
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve, reverse
from django.utils import timezone

from electoral.models import Lavoro
from electoral.permessi import Ruolo
from risultati.giunta import save_assessore
from risultati.models import Assessore, Scrutinio
from risultati.proclamazione import proclaim
from risultati.riparto import run_riparto_elezione
from seggi.models import Rappresentante
from seggi.nomine import nominate_in_ordine
from seggi.uffici import set_up_uffici
from tests.candidature.costruzione import add_firme, elezione_di, presenta
from tests.factories import AppartenenzaFactory, ElezioneFactory, UtenteFactory
from tests.risultati.elezioni import semplice
from tests.risultati.sezioni import build_modulo, elezione_piccola, scrutinio_di, sezione_digitata, type_tutto
from tests.seggi.costruzione import make_albo

_COLLEGAMENTO = re.compile(r'href="([^"#]+)')


def build_mondo():
    """The amministratore of four elections: to prepare, to examine, counted, proclaimed."""
    capo = UtenteFactory(is_superuser=True, first_name="Anna", last_name="Bruni")
    ElezioneFactory(slug="da-preparare")
    _candidature()
    _scrutinio(capo)
    proclamata = semplice(nome="proclamata", pubblicata=True)
    proclaim(proclamata, riparto=run_riparto_elezione(proclamata), presidente="Maria Rossi", motivi_avvisi={})
    _giunta(proclamata)
    AppartenenzaFactory(comune=proclamata.comune, ruolo=Ruolo.DIGITATORE)
    Lavoro.objects.create(
        tipo="prova", richiesto_da=capo, stato=Lavoro.Stato.FALLITO, errore="Il file manca."
    )
    return capo


def _giunta(elezione) -> None:
    oggi = timezone.localdate()
    save_assessore(
        Assessore(
            proclamazione=elezione.proclamazioni.get(),
            candidato=elezione.liste.get(numero=1).candidati.get(numero=1),
            sesso="M",
            decreto_numero="1",
            decreto_data=oggi,
            dal=oggi,
        )
    )


def _candidature() -> None:
    elezione = elezione_di(20_000, seggi=16, slug="da-esaminare")
    presenta(elezione, "LISTA AZZURRA", sessi="MF" * 8, firme=200)
    scarsa = presenta(elezione, "LISTA VERDE", sessi="M" * 12, firme=3)
    add_firme(scarsa, 3)


def _scrutinio(capo) -> None:
    elezione = elezione_piccola(sezioni=4, slug="scrutinata")
    set_up_uffici(elezione)
    iscritti = make_albo(elezione, 20)
    nominate_in_ordine(elezione, iscritti=iscritti[:4], ruolo="scrutatore", metodo="unanimita", by=capo)
    Rappresentante.objects.create(
        elezione=elezione,
        sezione=elezione.sezioni.first(),
        lista="1. LISTA 1",
        cognome="VERDI",
        nome="PIA",
        qualita="effettivo",
        designato_il=timezone.now(),
        modo="carta",
    )
    sezione_digitata(elezione, by=capo, numero=1)
    type_tutto(scrutinio_di(elezione, 2), build_modulo(elezione, 1), by=capo, voti_liste__1=699)
    assert Scrutinio.objects.filter(elezione=elezione).count() == 2


@dataclass(slots=True)
class Visita:
    """What the walk found: one address for each kind of page, and what went wrong."""

    pagine: dict[str, str] = field(default_factory=dict)
    testi: dict[str, str] = field(default_factory=dict)
    altri: set[str] = field(default_factory=set)
    guai: list[tuple[str, int]] = field(default_factory=list)


def walk(client: Client, partenze: list[str]) -> Visita:
    """Follow every link from there, one page of each kind per election; keep the richest of each kind."""
    visita, visti = Visita(), set()
    coda = deque(partenze)
    while coda:
        percorso = urlsplit(coda.popleft()).path
        genere = _genere(percorso)
        if genere is None or genere in visti:
            continue
        risposta = client.get(percorso)
        if risposta.status_code in (301, 302):
            coda.appendleft(urljoin(percorso, risposta.headers["Location"]))
            visti.add(genere)
        elif risposta.status_code == 200:
            visti.add(genere)
            coda.extend(_keep(visita, genere[0], percorso, risposta))
        else:
            visita.guai.append((percorso, risposta.status_code))
            visti.add(genere)
    visita.altri = {nome for nome, _ in visti} - set(visita.pagine)
    return visita


def _keep(visita: Visita, nome: str, percorso: str, risposta) -> list[str]:
    """Record a page; returns where its links go."""
    if not risposta.headers.get("Content-Type", "").startswith("text/html"):
        return []
    testo = risposta.content.decode()
    visita.testi[percorso] = testo
    if len(testo) > len(visita.testi.get(visita.pagine.get(nome, ""), "")):
        visita.pagine[nome] = percorso
    return [urljoin(percorso, html.unescape(h)) for h in _COLLEGAMENTO.findall(testo)]


def _genere(percorso: str) -> tuple[str, str] | None:
    """The kind of page at that address and its election; ``None`` for files and what one must not open."""
    if percorso.startswith(("/static/", "/accesso/logout")) or not percorso.startswith("/"):
        return None
    try:
        trovata = resolve(percorso)
    except Resolver404:
        return None
    return trovata.view_name or percorso, trovata.kwargs.get("slug", "")


PARTENZE = ["comuni:home", "admin:index", "portale:elenco", "componenti", "mfa_index", "usersessions_list"]


def walk_tutto(client: Client, capo) -> Visita:
    client.force_login(capo)
    lavoro = reverse("lavoro", args=[Lavoro.objects.filter(tipo="prova").get().pk])
    return walk(client, [*(reverse(nome) for nome in PARTENZE), lavoro])


def view_names(resolver=None, prefisso: str = "") -> set[str]:
    """Every name of the addresses of Urna (not of the libraries)."""
    nomi = set()
    for voce in (resolver or get_resolver()).url_patterns:
        if isinstance(voce, URLResolver):
            if voce.namespace in ("admin", "api-1") or "allauth" in str(voce.urlconf_name):
                continue
            sotto = f"{prefisso}{voce.namespace}:" if voce.namespace else prefisso
            nomi |= view_names(voce, sotto)
        elif isinstance(voce, URLPattern) and voce.name:
            nomi.add(prefisso + voce.name)
    return nomi
