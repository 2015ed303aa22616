"""The doors between comuni: three comuni, every role, every table of the admin and every page of an election.

Nothing is listed by hand: the tables come from the admin's registry, the pages from the URLconf, so that what
is added tomorrow is tried too.
"""

import re

import pytest
from django.contrib import admin
from django.db import connection
from django.forms import ModelChoiceField
from django.test import Client, RequestFactory
from django.urls import URLPattern, get_resolver, reverse

from electoral.admin import PerComuneAdmin
from electoral.permessi import PERMESSI, Ruolo
from tests.factories import (
    AppartenenzaFactory,
    ComuneFactory,
    ElezioneFactory,
    UtenteFactory,
    utente_con_ruolo,
)
from tests.righe import Righe

pytestmark = pytest.mark.django_db
TABELLE = sorted(admin.site._registry, key=lambda modello: modello._meta.label)
PER_COMUNE = [m for m in TABELLE if isinstance(admin.site._registry[m], PerComuneAdmin)]
DELL_INSTALLAZIONE = [m for m in TABELLE if m not in PER_COMUNE]


def _nome(modello) -> str:
    return modello._meta.label_lower


def _indirizzo(modello, pagina: str, *args) -> str:
    return reverse(f"admin:{modello._meta.app_label}_{modello._meta.model_name}_{pagina}", args=args)


@pytest.fixture
def comuni():
    return [ComuneFactory(nome=f"{nome} di prova") for nome in ("Primo", "Secondo", "Terzo")]


def _entra(utente) -> Client:
    client = Client()
    client.force_login(utente)
    return client


@pytest.mark.parametrize("modello", PER_COMUNE, ids=_nome)
def test_a_row_of_another_comune_is_not_found(comuni, modello):
    primo, secondo, terzo = comuni
    propria, altrui = Righe(primo).riga(modello), Righe(secondo).riga(modello)
    for ruolo in Ruolo:
        utente = utente_con_ruolo(primo, ruolo)
        AppartenenzaFactory(utente=utente, comune=terzo, ruolo=ruolo)
        vede = admin.site._registry[modello].azione_vedere in PERMESSI[ruolo]
        client = _entra(utente)

        assert client.get(_indirizzo(modello, "change", propria.pk)).status_code == (200 if vede else 403)
        for pagina in ("change", "history", "delete"):
            indirizzo = _indirizzo(modello, pagina, altrui.pk)
            ammessi = {404} if vede and pagina != "delete" else {403, 404}
            assert client.get(indirizzo).status_code in ammessi, (ruolo, indirizzo)
            assert client.post(indirizzo, {"post": "yes"}).status_code in {403, 404}, (ruolo, indirizzo)
    assert modello._default_manager.filter(pk=altrui.pk).exists()


@pytest.mark.parametrize("modello", PER_COMUNE, ids=_nome)
def test_the_list_shows_only_one_s_own_also_with_crafted_filters(comuni, modello):
    primo, secondo, _terzo = comuni
    propria, altrui = Righe(primo).riga(modello), Righe(secondo).riga(modello)
    percorso = modello._default_manager.all().percorso_comune.removesuffix("pk").rstrip("_")
    filtro = f"{percorso}__id__exact" if percorso else "id__exact"
    domande = [{}, {filtro: secondo.pk}, {"id__exact": altrui.pk}, {"pk__in": altrui.pk}, {"q": "Secondo"}]
    for ruolo in Ruolo:
        vede = admin.site._registry[modello].azione_vedere in PERMESSI[ruolo]
        client = _entra(utente_con_ruolo(primo, ruolo))
        for domanda in domande if vede else [{}]:
            risposta = client.get(_indirizzo(modello, "changelist"), domanda)
            if not vede:
                assert risposta.status_code == 403
            elif risposta.status_code == 200:
                righe = risposta.context["cl"].queryset
                assert not righe.filter(pk=altrui.pk).exists(), (ruolo, domanda)
                assert domanda or righe.filter(pk=propria.pk).exists()
            else:
                assert risposta.status_code in (302, 400)


@pytest.mark.parametrize("modello", PER_COMUNE, ids=_nome)
def test_no_form_offers_or_accepts_a_link_to_another_comune(comuni, modello):
    primo, secondo, _terzo = comuni
    altrui = Righe(secondo)
    altrui.riga(modello)
    vicino = utente_con_ruolo(secondo, Ruolo.RESPONSABILE)
    estranei = {tipo: riga.pk for tipo, riga in altrui.fatte.items()} | {type(vicino): vicino.pk}
    tabella = admin.site._registry[modello]
    for ruolo in Ruolo:
        request = RequestFactory().get("/")
        request.user = utente_con_ruolo(primo, ruolo)
        if not tabella.has_add_permission(request):
            assert _entra(request.user).post(_indirizzo(modello, "add"), {}).status_code == 403
            continue
        for nome, campo in tabella.get_form(request)().fields.items():
            if isinstance(campo, ModelChoiceField):
                altrove = campo.queryset.filter(pk=estranei.get(campo.queryset.model))
                assert not altrove.exists(), (ruolo, nome)


def test_a_crafted_link_is_refused_and_nothing_is_saved(comuni):
    primo, secondo, _terzo = comuni
    altrui = ElezioneFactory(comune=secondo)
    client = _entra(utente_con_ruolo(primo, Ruolo.RESPONSABILE))

    risposta = client.post(
        reverse("admin:comuni_sezione_add"), {"elezione": altrui.pk, "numero": 1, "tipo": "ordinaria"}
    )

    assert risposta.status_code == 200
    assert risposta.context["errors"]
    assert not altrui.sezioni.exists()


@pytest.mark.parametrize("ruolo", list(Ruolo))
def test_the_tables_of_the_installation_are_for_amministratori(comuni, ruolo):
    client = _entra(utente_con_ruolo(comuni[0], ruolo))

    for modello in DELL_INSTALLAZIONE:
        assert client.get(_indirizzo(modello, "changelist")).status_code == 403
        assert client.get(_indirizzo(modello, "add")).status_code == 403


@pytest.mark.parametrize("modello", TABELLE, ids=_nome)
def test_the_amministratore_opens_every_page_of_every_table(comuni, modello):
    riga = Righe(comuni[0]).riga(modello)
    client = _entra(UtenteFactory(is_superuser=True))

    for indirizzo in (_indirizzo(modello, "changelist"), _indirizzo(modello, "changelist") + "?q=prova"):
        assert client.get(indirizzo).status_code == 200
    for pagina in ("change", "history"):
        assert client.get(_indirizzo(modello, pagina, riga.pk)).status_code == 200
    assert client.get(_indirizzo(modello, "delete", riga.pk)).status_code in (200, 403)


def test_autocomplete_finds_only_one_s_own_comuni(comuni):
    primo, secondo, _terzo = comuni
    client = _entra(utente_con_ruolo(primo, Ruolo.RESPONSABILE))
    domanda = {"app_label": "comuni", "model_name": "elezione", "field_name": "comune", "term": "prova"}

    trovati = client.get(reverse("admin:autocomplete"), domanda).json()["results"]

    assert [riga["id"] for riga in trovati] == [str(primo.pk)]


# --- the pages of an election ---------------------------------------------------------------------------


def _pagine(resolver=None, prefisso: str = ""):
    for voce in (resolver or get_resolver()).url_patterns:
        percorso = prefisso + str(voce.pattern)
        if isinstance(voce, URLPattern):
            if percorso.startswith("ufficio/<slug:slug>"):
                yield percorso
        else:
            yield from _pagine(voce, percorso)


PAGINE = sorted(set(_pagine()))
ESEMPI = {"int": "1", "slug": "x", "str": "x", "path": "x", "uuid": "00000000-0000-0000-0000-000000000000"}


def _riempi(percorso: str, slug: str) -> str:
    percorso = percorso.replace("<slug:slug>", slug)
    return "/" + re.sub(r"<(?:(\w+):)?\w+>", lambda m: ESEMPI.get(m[1] or "str", "1"), percorso)


def test_there_are_pages_to_try():
    assert len(PAGINE) > 15


@pytest.mark.parametrize("percorso", PAGINE)
def test_a_page_of_an_election_is_not_there_for_who_has_no_role_in_its_comune(comuni, percorso):
    primo, secondo, _terzo = comuni
    indirizzo = _riempi(percorso, ElezioneFactory(comune=secondo).slug)
    estraneo = _entra(utente_con_ruolo(primo, Ruolo.RESPONSABILE))
    nessuno = Client()

    risposte = [estraneo.get(indirizzo).status_code, estraneo.post(indirizzo).status_code]
    anonime = [nessuno.get(indirizzo), nessuno.post(indirizzo)]

    assert set(risposte) <= {404, 405}, risposte
    assert 404 in risposte
    for risposta in anonime:
        portato = risposta.status_code == 302 and risposta.url.startswith(reverse("account_login"))
        assert portato or risposta.status_code in (404, 405), risposta.status_code


def test_nothing_was_written_by_knocking(comuni):
    """The knocks above run as POST too: what they could have changed is still as it was."""
    elezione = ElezioneFactory(comune=comuni[1])
    client = _entra(utente_con_ruolo(comuni[0], Ruolo.RESPONSABILE))
    with connection.execute_wrapper(_refuse_writes):
        for percorso in PAGINE:
            client.post(_riempi(percorso, elezione.slug))


def _refuse_writes(execute, sql, params, many, context):
    tecniche = ("usersessions_usersession", "django_session")
    scrive = re.match(r"\s*(INSERT|UPDATE|DELETE)\b", sql, re.IGNORECASE)
    assert not scrive or any(nome in sql for nome in tecniche), sql
    return execute(sql, params, many, context)
