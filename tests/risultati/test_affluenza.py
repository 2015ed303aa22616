"""Turnout: hours, findings, conflicts, the message to the prefettura."""

from datetime import date

import pytest
from django.urls import reverse

from electoral.permessi import Ruolo
from risultati.affluenza import righe_affluenza
from risultati.models import Affluenza, InvioAffluenza
from risultati.rilevazioni import find_rilevazione
from tests.factories import ElezioneFactory, SezioneFactory, utente_con_ruolo
from tests.risultati.sezioni import Squadra, elezione_piccola

pytestmark = pytest.mark.django_db


def send(client, elezione, codice: str, righe: dict[int, tuple], versione: int = 0):
    dati = {}
    for n, (uomini, donne, votanti) in righe.items():
        dati |= {f"votanti_m-{n}": uomini, f"votanti_f-{n}": donne, f"votanti-{n}": votanti}
        dati[f"versione-{n}"] = str(versione)
    return client.post(reverse("giornata:rilevazione", args=[elezione.slug, 1, codice]), dati)


def test_men_and_women_are_asked_only_at_closing(client):
    elezione = elezione_piccola()
    client.force_login(Squadra(elezione).anna)

    pagine = {
        codice: client.get(reverse("giornata:rilevazione", args=[elezione.slug, 1, codice])).content.decode()
        for codice in ("12", "15")
    }

    assert "votanti uomini" not in pagine["12"]
    assert "votanti uomini" in pagine["15"]


def test_a_turnout_that_decreases_is_recorded_and_found(client):
    elezione = elezione_piccola()
    client.force_login(Squadra(elezione).anna)
    send(client, elezione, "12", {1: ("", "", "150")})
    send(client, elezione, "19", {1: ("", "", "140")})

    righe = righe_affluenza(elezione, 1, find_rilevazione(elezione, 1, "19"), elezione.sezioni.all())

    assert Affluenza.objects.get(rilevazione="19").votanti == 140
    assert [r.codice for r in righe[0].rilievi] == ["E402"]


def test_a_turnout_above_the_electors_is_recorded_and_found(client):
    elezione = elezione_piccola()
    client.force_login(Squadra(elezione).anna)
    send(client, elezione, "12", {1: ("", "", "1620")})

    righe = righe_affluenza(elezione, 1, find_rilevazione(elezione, 1, "12"), elezione.sezioni.all())

    assert "E407" in [r.codice for r in righe[0].rilievi]


def test_two_people_on_one_hour_the_second_is_told(client):
    elezione = elezione_piccola()
    squadra = Squadra(elezione)
    client.force_login(squadra.anna)
    send(client, elezione, "12", {1: ("", "", "150")})
    client.force_login(squadra.carlo)

    risposta = send(client, elezione, "12", {1: ("", "", "160")})

    assert risposta.status_code == 409
    assert str(squadra.anna) in risposta.content.decode()
    assert Affluenza.objects.get().votanti == 150


def test_a_row_with_letters_is_refused_and_the_others_are_saved(client):
    elezione = elezione_piccola(sezioni=2)
    client.force_login(Squadra(elezione).anna)

    risposta = send(client, elezione, "12", {1: ("", "", "1s0"), 2: ("", "", "90")})

    assert risposta.status_code == 422
    assert "Sezione 1: «1s0» non è un numero" in risposta.content.decode()
    assert list(Affluenza.objects.values_list("sezione__numero", "votanti")) == [(2, 90)]


def test_the_message_to_the_prefettura_keeps_the_figure_sent(client):
    elezione = elezione_piccola()
    client.force_login(Squadra(elezione).anna)
    send(client, elezione, "12", {1: ("", "", "150")})
    client.post(reverse("giornata:inviata", args=[elezione.slug, 1, "12"]))
    send(client, elezione, "12", {1: ("", "", "151")}, versione=1)

    pagina = client.get(reverse("giornata:affluenza", args=[elezione.slug])).content.decode()

    assert InvioAffluenza.objects.get().votanti == 150
    assert "Le cifre sono cambiate dopo l'invio" in pagina


def test_the_previous_election_stands_beside(client):
    elezione = elezione_piccola()
    prima = ElezioneFactory(comune=elezione.comune, data=date(2016, 6, 5), giorni=1)
    sezione = SezioneFactory(elezione=prima, numero=1)
    Affluenza.objects.create(elezione=prima, sezione=sezione, rilevazione="12", votanti=177)
    client.force_login(Squadra(elezione).anna)

    pagina = client.get(reverse("giornata:rilevazione", args=[elezione.slug, 1, "12"])).content.decode()

    assert "177" in pagina


def test_a_digitatore_enters_only_her_sections(client):
    elezione = elezione_piccola(sezioni=2)
    digitatrice = utente_con_ruolo(elezione.comune, Ruolo.DIGITATORE)
    digitatrice.appartenenze.get().sezioni.add(elezione.sezioni.get(numero=2))
    client.force_login(digitatrice)

    send(client, elezione, "12", {1: ("", "", "80"), 2: ("", "", "90")})

    assert list(Affluenza.objects.values_list("sezione__numero", flat=True)) == [2]


@pytest.mark.parametrize("sezioni", [1, 3])
def test_the_pages_cost_the_same_queries_with_more_sections(client, sezioni, django_assert_max_num_queries):
    elezione = elezione_piccola(sezioni=sezioni)
    client.force_login(Squadra(elezione).anna)

    with django_assert_max_num_queries(17):
        client.get(reverse("giornata:rilevazione", args=[elezione.slug, 1, "15"]))
