"""The draw anyone repeats on the public site: what is shown, what never is."""

import hashlib

import pytest
from django.urls import reverse

from electoral.permessi import Ruolo
from seggi.models import Iscritto, Nomina
from tests.factories import utente_con_ruolo
from tests.seggi.costruzione import CODICE_VALIDO, draw_scrutatori, make_albo, make_elezione

pytestmark = pytest.mark.django_db


@pytest.fixture
def elezione():
    elezione = make_elezione(sezioni=2)
    make_albo(elezione, 30)
    Iscritto.objects.filter(numero_albo=1).update(codice_fiscale=CODICE_VALIDO)
    Iscritto.objects.update(telefono="0735 999", indirizzo="via riservata")
    return elezione


def read(client, elezione, nome="pagina") -> str:
    risposta = client.get(reverse(f"sorteggio_pubblico:{nome}", args=[elezione.slug]))
    assert risposta.status_code == 200
    return risposta.content.decode()


def test_roll_impronta_seed_and_outcome_are_public_and_nothing_else(client, elezione):
    sorteggio = draw_scrutatori(elezione, solo_numeri=True, in_rete=True)

    pagina, elenco, esito = (read(client, elezione, n) for n in ("pagina", "elenco", "esito"))

    assert sorteggio.impronta in pagina and "dadi 4 2 6 1" in pagina
    assert hashlib.sha256(elenco.encode()).hexdigest() == sorteggio.impronta
    assert len(esito.splitlines()) == 8 + 5
    for segreto in (CODICE_VALIDO, "0735", "via riservata", "PERSONA0000"):
        assert segreto not in pagina + elenco + esito
    assert "hashlib" in read(client, elezione, "verifica")


def test_the_outcome_stays_what_was_drawn_after_a_renunciation(client, elezione):
    draw_scrutatori(elezione, in_rete=True)
    prima = read(client, elezione, "esito")
    client.force_login(utente_con_ruolo(elezione.comune, Ruolo.RESPONSABILE))
    nomina = Nomina.objects.first()

    client.post(reverse("seggi:rinuncia", args=[elezione.slug, nomina.pk]), {"motivo": "motivi di salute"})

    assert Nomina.objects.filter(metodo="graduatoria").count() == 1
    assert read(client, elezione, "esito") == prima


@pytest.mark.parametrize("nome", ["pagina", "elenco", "esito", "verifica"])
def test_a_draw_that_the_comune_does_not_publish_is_404(client, elezione, nome):
    draw_scrutatori(elezione)

    assert client.get(reverse(f"sorteggio_pubblico:{nome}", args=[elezione.slug])).status_code == 404


def test_a_rehearsal_is_never_public(client, elezione):
    draw_scrutatori(elezione, in_rete=True)
    elezione.prova = True
    elezione.save()

    assert client.get(reverse("sorteggio_pubblico:pagina", args=[elezione.slug])).status_code == 404


def test_with_categories_each_roll_is_published_with_its_own_impronta(client, elezione):
    Iscritto.objects.filter(numero_albo__lte=5).update(categoria="disoccupati")
    draw_scrutatori(elezione, strati=["disoccupati"], in_rete=True)

    pagina = read(client, elezione)

    assert pagina.count("data-elenco=") == 2
    assert "dadi 4 2 6 1 / disoccupati" in pagina
    indirizzo = reverse("sorteggio_pubblico:elenco", args=[elezione.slug])
    assert len(client.get(indirizzo, {"strato": "disoccupati"}).content.splitlines()) == 5
    assert client.get(indirizzo, {"strato": "x"}).status_code == 404


def test_the_office_publishes_the_page_and_takes_it_away(client, elezione):
    sorteggio = draw_scrutatori(elezione)
    client.force_login(utente_con_ruolo(elezione.comune, Ruolo.OPERATORE))

    for atteso in (True, False):
        client.post(reverse("seggi:pagina_pubblica", args=[elezione.slug]))
        sorteggio.refresh_from_db()
        assert sorteggio.in_rete is atteso
