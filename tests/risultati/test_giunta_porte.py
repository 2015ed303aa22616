"""The giunta: who may look, who may write, what the pages cost."""

import pytest
from django.urls import reverse

from electoral.permessi import Ruolo
from risultati.giunta import giunta_di, persone_del_mandato
from risultati.models import Assessore
from tests.factories import ComuneFactory, utente_con_ruolo
from tests.risultati.elezioni import semplice
from tests.risultati.giunte import DECRETO, alla_pagina, grande, nomina, proclama

pytestmark = pytest.mark.django_db


@pytest.fixture
def ufficio(client):
    """The responsabile at the page of the giunta of the large comune."""
    return alla_pagina(client)


@pytest.mark.parametrize(
    ("ruolo", "legge", "scrive"),
    [
        (Ruolo.RESPONSABILE, 200, 302),
        (Ruolo.OPERATORE, 200, 200),
        (Ruolo.PREFETTURA, 200, 200),
        (Ruolo.COMMISSIONE, 403, 403),
        (Ruolo.RAGIONERIA, 403, 403),
        (Ruolo.DIGITATORE, 403, 403),
    ],
)
def test_who_reads_and_who_writes(client, ruolo, legge, scrive):
    p = proclama(grande())
    uno = nomina(p, 3)
    client.force_login(utente_con_ruolo(p.elezione.comune, ruolo))
    giunta = reverse("esito:giunta", args=[p.elezione.slug])
    riservate = [
        reverse("esito:assessore", args=[p.elezione.slug, uno.pk]),
        reverse("esito:atto_giunta", args=[p.elezione.slug]),
    ]

    assert client.get(giunta).status_code == legge
    assert client.post(giunta, {**DECRETO, "persona": "1/1"}).status_code == scrive
    assert Assessore.objects.count() == (2 if scrive == 302 else 1)
    if ruolo != Ruolo.RESPONSABILE:
        assert [client.post(indirizzo, {}).status_code for indirizzo in riservate] == [403, 403]
    if legge == 200 and scrive == 200:
        pagina = client.get(giunta).content.decode()
        assert "BIANCHI13 Ugo" in pagina and "Scrivi un assessore" not in pagina
        assert riservate[0] not in pagina
        assert "causa=assessore" not in pagina


def test_another_comune_and_nobody_do_not_see_it(client):
    p = proclama(grande())
    uno = nomina(p, 3)
    altra = proclama(semplice())
    pagine = [
        reverse("esito:giunta", args=[p.elezione.slug]),
        reverse("esito:assessore", args=[p.elezione.slug, uno.pk]),
    ]

    assert [client.get(pagina).status_code for pagina in pagine] == [302, 302]
    client.force_login(utente_con_ruolo(ComuneFactory(), Ruolo.RESPONSABILE))
    assert [client.get(pagina).status_code for pagina in pagine] == [404, 404]
    client.force_login(utente_con_ruolo(altra.elezione.comune, Ruolo.RESPONSABILE))
    di_un_altro = reverse("esito:assessore", args=[altra.elezione.slug, uno.pk])
    assert client.get(di_un_altro).status_code == 404
    assert client.post(di_un_altro, {"azione": "riprendi"}).status_code == 404


def test_before_the_proclamation_the_page_says_when_it_begins(client):
    elezione = semplice()
    client.force_login(utente_con_ruolo(elezione.comune, Ruolo.RESPONSABILE))
    giunta = reverse("esito:giunta", args=[elezione.slug])

    assert "viene dopo la proclamazione" in client.get(giunta).content.decode()
    assert client.post(giunta, DECRETO).status_code == 200
    assert client.post(reverse("esito:atto_giunta", args=[elezione.slug])).status_code == 302
    assert client.get(reverse("esito:assessore", args=[elezione.slug, 1])).status_code == 404


@pytest.mark.parametrize("quanti", [1, 3])
def test_the_page_costs_the_same_queries_with_more_assessori(ufficio, quanti, django_assert_max_num_queries):
    p, client, giunta = ufficio
    for numero in range(1, quanti + 1):
        nomina(p, numero)

    with django_assert_max_num_queries(16):
        assert client.get(giunta).status_code == 200


def test_the_choice_has_who_sits_and_who_has_left():
    p = proclama(grande())
    scelte = dict(persone_del_mandato(giunta_di(p)))

    assert len(scelte) == 16
    assert scelte["1/1"] == "BIANCHI11 Ugo (Lista 1)"
    assert scelte["sindaco/2"] == "VERDI Ugo (candidato sindaco)"
    assert list(scelte)[-1] == "sindaco/2"


def test_nonsense_in_the_address_of_a_proposed_event_is_only_shown(ufficio):
    p, client, _ = ufficio
    mandato = reverse("esito:mandato", args=[p.elezione.slug])

    pagina = client.get(f"{mandato}?chi=9/9&causa=<b>&data=x%22y")

    assert pagina.status_code == 200
    assert "<b>" not in pagina.content.decode()
