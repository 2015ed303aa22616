"""Hostile input at every door: whatever is sent nothing breaks, and reading writes nothing.

Nothing is listed by hand: the doors come from the URLconf, the forms and their fields from the pages.
"""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import urljoin

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse

from electoral.permessi import Ruolo
from tests.electoral import test_porte as porte
from tests.electoral.test_porte import PORTE, _entra, _prova, _riempi, _visita
from tests.factories import UtenteFactory, utente_con_ruolo

pytestmark = pytest.mark.django_db
preparata, conclusa = porte.preparata, porte.conclusa

LUNGO = "9" * 5_000
POSTI = ["-1", "9" * 20, "%00", "%ED%A0%80%FF", "a" * 3_000, "²"]
PARAMETRI = [
    *("page", "q", "azione", "f", "chi", "elezione", "tipo", "strato", "sezione", "ruolo", "posto", "poi"),
    *("mostra", "modo", "lista", "firma", "verso", "sindaco", "righe", "quota", "plesso", "ora", "numero"),
    *("nomina", "next", "n", "foglio", "filtro", "da", "codice", "anno", "al", "turno", "stato", "momento"),
    *("vale", "preferenza_1", "scritto", "massime", "altri_segni", "riconoscibile", "non_ufficiale"),
    *("o", "p", "all", "id__exact", "pk__in", "elezione__id__exact", "data__year", "data__gte", "resource"),
]
DOMANDE = ["9" * 20, "-1", "²", "%ED%A0%80%FF", "9999-12-31", "0001-01-01", LUNGO, "["]
CORPI = [
    ("application/x-www-form-urlencoded", b"a=%FF&azione=%ED%A0%80&pk=%C2%B2"),
    ("application/x-www-form-urlencoded; charset=utf-99", b"azione=a"),
    ("application/json", b'{"azione": "\\ud800\\u0000"'),
    ("multipart/form-data", b"x"),
    (
        "multipart/form-data; boundary=X",
        b"--X\r\n"
        b'Content-Disposition: form-data; name="file"; filename="a\x00.csv"'
        b"\r\n\r\n\xff\x00\r\n--X--\r\n",
    ),
    (
        "application/x-www-form-urlencoded",
        b"form-TOTAL_FORMS=99999999&form-INITIAL_FORMS=-1&azione=x&numero=%C2%B2&sezione=%C2%B2&lista=%C2%B2"
        b"&righe=%C2%B2&action=delete_selected&_selected_action=%C2%B2&resource=%C2%B2&format=%C2%B2",
    ),
]
GIORNI = ["0001-01-01", "9999-12-31", "2021-02-29"]
#: By kind of field, what nobody means but anybody can send.
VALORI = {
    "date": GIORNI,
    "datetime-local": ["0001-01-01T00:00", "9999-12-31T23:59"],
    "time": ["25:61", "²"],
    "number": ["-1", "²", LUNGO],
    "hidden": ["-1", "²", LUNGO],
    "select": ["-1", "²", LUNGO],
    "text": [LUNGO, "²", "\u202e\u0085=1+1", "9999-12-31", "0001-01-01"],
}
PIENI = {
    "date": "2021-09-01",
    "number": "1",
    "datetime-local": "2021-09-01T10:00",
    "time": "10:00",
    "email": "a@example.it",
}
FILE = [b"", b"\xff\xfea", b"PK\x03\x04rotto", b"%PDF-1.4", "numero;cognome\n²;\u0085\n".encode(), b"<svg/>"]


class _Moduli(HTMLParser):
    """The forms of a page: method, action, and each field with its kind and its value."""

    def __init__(self, testo: str) -> None:
        super().__init__()
        self.moduli: list[tuple[str, str, dict[str, tuple[str, str]]]] = []
        self.scelta = ""
        self.feed(testo)

    def handle_starttag(self, tag: str, attrs: list) -> None:
        a = {nome: valore or "" for nome, valore in attrs}
        if tag == "form":
            self.moduli.append((a.get("method", "get").lower(), a.get("action", ""), {}))
        if not self.moduli:
            return
        campi = self.moduli[-1][2]
        if tag == "option":
            if self.scelta and (not campi[self.scelta][1] or "selected" in a):
                campi[self.scelta] = ("select", a.get("value", ""))
        elif nome := a.get("name", ""):
            tipo = {"select": "select", "textarea": "text", "button": "hidden"}.get(
                tag, a.get("type", "text")
            )
            self.scelta = nome if tag == "select" else self.scelta
            if tag in ("input", "select", "textarea", "button"):
                campi.setdefault(nome, (tipo, a.get("value", "")))

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self.scelta = ""


def _pieno(campi: dict[str, tuple[str, str]]) -> dict[str, object]:
    """A form as a person in a hurry fills it: something acceptable in each box."""
    return {
        nome: SimpleUploadedFile("x.csv", b"numero;cognome\n1;A\n")
        if tipo == "file"
        else valore or PIENI.get(tipo, "Prova")
        for nome, (tipo, valore) in campi.items()
        if nome != "csrfmiddlewaretoken"
    }


def _guasti(campi: dict[str, tuple[str, str]]) -> Iterator[tuple[str, dict[str, object]]]:
    """The form filled well but for one field: wrong in each way, then missing."""
    yield "tutto", _pieno(campi)
    for nome, (tipo, _) in campi.items():
        dati = _pieno(campi)
        if dati.pop(nome, None) is None:
            continue
        yield f"senza {nome}", dati
        if tipo == "file":
            for contenuto in FILE:
                file = SimpleUploadedFile("x.xlsx", contenuto)
                yield f"{nome}={contenuto!r}", {**_pieno(campi), nome: file}
        for valore in [] if tipo == "file" else VALORI.get(tipo, VALORI["text"]):
            yield f"{nome}={valore[:12]}", {**dati, nome: valore}


def _force(client: Client, pagine: Iterator[tuple[str, str]], dentro: str) -> tuple[int, list]:
    """How many forms were tried, and what broke; alike forms are tried once."""
    rotti, provati = [], set()
    for indirizzo, testo in pagine:
        for metodo, azione, campi in _Moduli(testo).moduli:
            meta = urljoin(indirizzo, azione)
            chiave = (metodo, *(re.sub(r"\d+", "1", t) for t in (meta, *sorted(campi))))
            if not meta.startswith(dentro) or chiave in provati:
                continue
            provati.add(chiave)
            chiama = client.post if metodo == "post" else client.get
            rotti += [
                (meta, che) for che, dati in _guasti(campi) if _prova(chiama, meta, dati).status_code >= 500
            ]
    return len(provati), rotti


def _html(client: Client, inizio: str) -> Iterator[tuple[str, str]]:
    for indirizzo, risposta in list(_visita(client, inizio, "/ufficio/")):
        if risposta.status_code == 200 and risposta["Content-Type"].startswith("text/html"):
            yield indirizzo, risposta.content.decode()


@pytest.mark.parametrize(
    ("campo", "scritto"), [(forms.DateField, "0021-10-03"), (forms.DateTimeField, "0001-01-01T00:00")]
)
def test_a_year_of_nobody_is_refused_by_every_box(campo, scritto):
    with pytest.raises(ValidationError, match="quattro cifre"):
        campo().clean(scritto)


def test_a_year_too_large_in_an_address_is_a_bad_request():
    client = _entra(UtenteFactory(is_superuser=True))

    risposta = client.get(reverse("admin:comuni_elezione_changelist"), {"data__year": "9" * 20})

    assert risposta.status_code == 400


def test_no_address_breaks_a_door(preparata):
    client, rotte = _entra(UtenteFactory(is_superuser=True)), []
    for percorso, nome, _ in PORTE:
        for posto in POSTI if re.search(r"<(?!slug:slug)", percorso) else []:
            indirizzo = _riempi(percorso, preparata.slug, posto)
            rotte += [
                (nome, posto[:20], chiama.__name__)
                for chiama in (client.get, client.post)
                if _prova(chiama, indirizzo).status_code >= 500
            ]
        if "<slug:slug>" in percorso:
            for posto in ("a" * 3_000, "9" * 20, "%00"):
                if _prova(client.get, _riempi(percorso, posto)).status_code >= 500:
                    rotte.append((nome, posto[:20], "slug"))

    assert rotte == []


def test_no_method_and_no_body_breaks_a_door(preparata):
    rotte = []
    for client in (_entra(UtenteFactory(is_superuser=True)), Client(raise_request_exception=False)):
        for percorso, nome, _ in PORTE:
            indirizzo = _riempi(percorso, preparata.slug)
            for chiama in (client.head, client.options, client.put, client.delete, client.trace):
                if _prova(chiama, indirizzo).status_code >= 500:
                    rotte.append((nome, chiama.__name__))
            for tipo, corpo in CORPI:
                if _prova(client.generic, "POST", indirizzo, corpo, tipo).status_code >= 500:
                    rotte.append((nome, tipo, corpo[:40]))

    assert rotte == []


def test_no_query_string_breaks_a_page(preparata):
    client, rotte = _entra(UtenteFactory(is_superuser=True)), []
    for percorso, nome, _ in PORTE:
        indirizzo = _riempi(percorso, preparata.slug)
        if _prova(client.get, indirizzo).status_code == 200:
            domande = ("&".join(f"{p}={valore}" for p in PARAMETRI) for valore in DOMANDE)
            rotte += [
                (nome, domanda[:40])
                for domanda in domande
                if _prova(client.get, f"{indirizzo}?{domanda}").status_code >= 500
            ]

    assert rotte == []


@pytest.mark.parametrize("ruolo", [Ruolo.RESPONSABILE, Ruolo.COMMISSIONE, Ruolo.RAGIONERIA])
@pytest.mark.parametrize("quale", ["preparata", "conclusa"])
def test_no_field_breaks_its_form(request, quale, ruolo):
    elezione = request.getfixturevalue(quale)
    client = _entra(utente_con_ruolo(elezione.comune, ruolo))
    inizio = reverse("comuni:elezione", args=[elezione.slug])

    provati, rotti = _force(client, _html(client, inizio), "/ufficio/")

    assert provati > 3
    assert rotti == []


TECNICHE = ("usersessions_usersession", "django_session", "pghistory_context")


@pytest.mark.parametrize("ruolo", list(Ruolo))
def test_reading_changes_nothing(preparata, conclusa, ruolo):
    scritture: list[tuple[str, str]] = []
    for elezione in (preparata, conclusa):
        client = _entra(utente_con_ruolo(elezione.comune, ruolo))
        client.get(reverse("comuni:elezione", args=[elezione.slug]))  # the session is written once
        for percorso, nome, _ in PORTE:
            if percorso.startswith(("accesso/", "admin/")):
                continue
            with connection.execute_wrapper(_note_writes(nome, scritture)):
                _prova(client.get, _riempi(percorso, elezione.slug))

    assert scritture == []


def _note_writes(nome: str, scritture: list[tuple[str, str]]):
    def note(execute, sql, params, many, context):
        scrive = re.match(r"\s*(INSERT|UPDATE|DELETE)\b", sql, re.IGNORECASE)
        if scrive and not any(tabella in sql for tabella in TECNICHE):
            scritture.append((nome, sql[:80]))
        return execute(sql, params, many, context)

    return note
