"""What most tests of the room begin with: two sections, and the responsabile at the web pages."""

import pytest

from electoral.permessi import Ruolo
from tests.factories import utente_con_ruolo
from tests.seggi.costruzione import make_elezione


@pytest.fixture
def elezione():
    return make_elezione(sezioni=2)


@pytest.fixture
def ufficio_web(client, elezione):
    client.force_login(utente_con_ruolo(elezione.comune, Ruolo.RESPONSABILE))
    return client
