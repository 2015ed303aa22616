"""A real Chromium on a real server: pages as people see them."""

import pytest
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore


@pytest.fixture
def apri(chromium, live_server):
    """``apri(utente)``: a page of that person, already logged in; any error of the page fails the test."""
    contesti, guai = [], []

    def apri(utente, *, larghezza: int = 1366, altezza: int = 900, senza_csp: bool = False, senza_js=False):
        contesto = chromium.new_context(
            base_url=live_server.url,
            viewport={"width": larghezza, "height": altezza},
            locale="it-IT",
            bypass_csp=senza_csp,  # axe injects itself in the page
            java_script_enabled=not senza_js,
        )
        contesto.add_cookies([{"name": "sessionid", "value": _session_of(utente), "url": live_server.url}])
        contesti.append(contesto)
        pagina = contesto.new_page()
        pagina.on("pageerror", lambda errore: guai.append(str(errore)))
        pagina.on("console", lambda m: "Content Security Policy" in m.text and guai.append(m.text))
        return pagina

    yield apri
    for contesto in contesti:
        contesto.close()
    assert guai == []


def _session_of(utente) -> str:
    sessione = SessionStore()
    sessione[SESSION_KEY] = str(utente.pk)
    sessione[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    sessione[HASH_SESSION_KEY] = utente.get_session_auth_hash()
    sessione.save()
    return sessione.session_key
