"""What only a POST shows (errors, previews, confirmations), what goes by mail, what is printed."""

import re
import subprocess
from datetime import datetime, time

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from comuni.models import Atto, Elezione
from comuni.promemoria import send_promemoria
from comuni.utenti import send_invito
from electoral.permessi import Ruolo
from tests.browser.moduli import Risposta, send_tutto
from tests.browser.mondo import build_mondo, walk_tutto
from tests.browser.test_lingua import parole_inglesi
from tests.browser.test_pagine_tutte import esamina_aperta
from tests.caricamento import carica
from tests.factories import AppartenenzaFactory

BUONI = {
    "sezioni.csv": b"numero,elettori_m,elettori_f\n1,300,320\n900,10,12\n",
    "sindaci.csv": b"numero,cognome,nome\n1,ALTRO,PROVA\n",
    "albo_scrutatori.csv": b"numero_albo,cognome,nome\n9001,NUOVO,PROVA\n",
}


def _anteprime(client) -> list[Risposta]:
    """The previews of good files, before the confirmation."""
    elezione = Elezione.objects.get(slug="da-preparare")
    trovate = []
    for file, contenuto in BUONI.items():
        risposta = carica(client, elezione, file, contenuto)
        csp = risposta.headers["Content-Security-Policy"]
        testo = risposta.content.decode()
        trovate.append(Risposta(f"anteprima {file}", "buono", file, risposta.status_code, testo, csp))
    return trovate


def _risposte(client) -> list[Risposta]:
    visita = walk_tutto(client, build_mondo())
    client.raise_request_exception = False
    return [*_anteprime(client), *send_tutto(client, visita.testi)]


@pytest.mark.django_db
def test_nessun_modulo_si_rompe_e_nessuna_risposta_parla_inglese(client):
    risposte = _risposte(client)

    rotti = [(r.nome, r.modo, r.indirizzo) for r in risposte if r.stato >= 500]
    inglesi = {(r.nome, r.modo): p for r in risposte if (p := parole_inglesi(r.testo))}
    assert len({r.nome for r in risposte}) > 40
    assert rotti == []
    assert not inglesi, "\n".join(f"{chi}: {sorted(parole)}" for chi, parole in inglesi.items())
    assert _atti_in_inglese() == {}


def _atti_in_inglese() -> dict[str, set[str]]:
    """Of every kind of document that the forms produced, the text of one, as a reader has it."""
    uno_per_tipo = {atto.tipo: atto for atto in Atto.objects.order_by("pk")}
    assert len(uno_per_tipo) > 10, sorted(uno_per_tipo)
    trovati = {}
    for tipo, atto in uno_per_tipo.items():
        comando = ["pdftotext", "-layout", atto.file.path, "-"]
        testo = subprocess.run(comando, check=True, capture_output=True, text=True).stdout
        if parole := parole_inglesi(testo):
            trovati[tipo] = parole
    return trovati


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_le_pagine_che_solo_un_modulo_mostra_sono_accessibili(chromium, client, live_server):
    ultime = {(r.nome, r.modo == "buono"): r for r in _risposte(client) if r.stato < 400}
    contesto = chromium.new_context(base_url=live_server.url, locale="it-IT", reduced_motion="reduce")
    biscotto = client.cookies["sessionid"].value
    contesto.add_cookies([{"name": "sessionid", "value": biscotto, "url": live_server.url}])
    guai = {}
    for (nome, _), risposta in ultime.items():
        if trovati := _esamina_risposta(contesto, risposta):
            guai[nome, risposta.modo] = trovati
    contesto.close()

    assert len(ultime) > 40
    assert not guai, "\n".join(f"{chi}: {guaio}" for chi, tutti in guai.items() for guaio in tutti)


def _esamina_risposta(contesto, risposta: Risposta) -> list[str]:
    """The answer as the browser shows it, under its own policy, with the files of the site."""
    pagina, vietati = contesto.new_page(), []
    intestazioni = {"Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": risposta.csp}
    pagina.route(
        "**/risposta-del-modulo", lambda rotta: rotta.fulfill(body=risposta.testo, headers=intestazioni)
    )
    pagina.set_viewport_size({"width": 1024, "height": 800})
    pagina.on("console", lambda m: "Security Policy" in m.text and vietati.append(m.text[:160]))
    pagina.goto("/risposta-del-modulo")
    pagina.wait_for_load_state("load")
    guai = [*vietati]
    guai += esamina_aperta(pagina)
    pagina.close()
    return guai


@pytest.mark.django_db
def test_ogni_messaggio_di_posta_e_in_italiano(client):
    responsabile = AppartenenzaFactory(ruolo=Ruolo.RESPONSABILE, utente__email="anna@comune.example").utente
    build_mondo()
    elezione = Elezione.objects.get(slug="da-preparare")
    responsabile.appartenenze.create(comune=elezione.comune, ruolo=Ruolo.OPERATORE)
    vigilia = timezone.make_aware(datetime.combine(elezione.data, time(7)))

    send_promemoria(vigilia)
    send_invito(responsabile, indirizzo="https://urna.example/accesso/invito/x/")
    client.post(reverse("account_reset_password"), {"email": responsabile.email})
    client.post(reverse("account_reset_password"), {"email": "chi@non.example"})

    testi = [re.sub(r"https?://\S+", "", f"{m.subject} {m.body}") for m in mail.outbox]
    inglesi = [(testo, parole_inglesi(testo)) for testo in testi]
    assert len(mail.outbox) >= 3
    assert [voce for voce in inglesi if voce[1]] == []
