"""Every form of every page, sent empty, wrong and as it is: the pages that only a POST reaches."""

import html
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import Resolver404, resolve

#: They close the session of who walks.
FUORI = ("logout", "sessions", "sospendi", "/accesso/", "password")
MODI = ("vuoto", "errato", "com'è")
ERRATI = {"number": "-1", "date": "2021-99-99", "datetime-local": "ieri", "email": "senza chiocciola"}
FILE_ERRATO = b"numero,colonna_ignota\nx,y\n"


@dataclass(slots=True)
class Modulo:
    azione: str
    campi: list[tuple[str, str, str]] = field(default_factory=list)
    """(name, kind, value)"""

    def dati(self, modo: str) -> dict[str, object]:
        dati: dict[str, object] = {}
        for nome, tipo, valore in self.campi:
            if tipo == "file":
                if modo == "errato":
                    dati[nome] = SimpleUploadedFile("prova.csv", FILE_ERRATO)
            elif tipo in ("hidden", "submit") or modo == "com'è":
                dati[nome] = valore
            elif modo == "errato":
                dati[nome] = (
                    valore if tipo in ("select", "checkbox", "radio") else ERRATI.get(tipo, "non va bene")
                )
        return dati


class Moduli(HTMLParser):
    """The POST forms of a page, with the values they would send."""

    def __init__(self, testo: str) -> None:
        super().__init__()
        self.moduli: list[Modulo] = []
        self.aperto: Modulo | None = None
        self.scelta: str | None = None
        self.feed(testo)

    def handle_starttag(self, tag: str, attrs: list) -> None:
        a = {nome: valore or "" for nome, valore in attrs}
        if tag == "form":
            self.aperto = Modulo(a.get("action", "")) if a.get("method", "").lower() == "post" else None
            if self.aperto:
                self.moduli.append(self.aperto)
        elif self.aperto is None:
            return
        elif tag in ("input", "textarea", "button") and a.get("name"):
            tipo = {"textarea": "text", "button": "submit"}.get(tag, a.get("type", "text"))
            if tipo not in ("checkbox", "radio") or "checked" in a:
                self.aperto.campi.append((a["name"], tipo, html.unescape(a.get("value", ""))))
        elif tag == "select" and a.get("name"):
            self.scelta = a["name"]
        elif tag == "option" and self.scelta:
            self.aperto.campi.append((self.scelta, "select", a.get("value", "")))
            self.scelta = None

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.aperto = None


@dataclass(frozen=True, slots=True)
class Risposta:
    """A page that only that POST shows."""

    nome: str
    modo: str
    indirizzo: str
    stato: int
    testo: str
    csp: str


def send_tutto(client: Client, testi: dict[str, str]) -> Iterator[Risposta]:
    """One form for each address name and set of fields, in each way; only answers that are pages."""
    visti = set()
    for modo in MODI:
        for percorso, testo in testi.items():
            for modulo in Moduli(testo).moduli:
                meta = urlsplit(urljoin(percorso, modulo.azione)).path
                nome = _nome(meta)
                chiave = (modo, nome, tuple(sorted({campo for campo, *_ in modulo.campi})))
                if nome is None or chiave in visti:
                    continue
                visti.add(chiave)
                risposta = client.post(meta, modulo.dati(modo))
                if risposta.streaming:
                    b"".join(risposta.streaming_content)  # read to the end, the file closes
                if risposta.status_code >= 400 or _is_pagina(risposta):
                    corpo = risposta.content.decode()
                    csp = risposta.headers.get("Content-Security-Policy", "")
                    yield Risposta(nome, modo, meta, risposta.status_code, corpo, csp)


def _is_pagina(risposta) -> bool:
    tipo = risposta.headers.get("Content-Type", "")
    return risposta.status_code == 200 and tipo.startswith("text/html") and not risposta.streaming


def _nome(percorso: str) -> str | None:
    if any(parola in percorso for parola in FUORI):
        return None
    try:
        return resolve(percorso).view_name or percorso
    except Resolver404:
        return None
