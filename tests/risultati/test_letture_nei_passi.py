"""The other reading in step with the seats it touches, with names; the margins beside the seats."""

import pytest
from django.urls import reverse

from electoral.permessi import Ruolo
from norme.riparto.interpretazioni import PUNTI
from risultati.letture_nei_passi import PARTI, add_letture, punti_che_valgono
from risultati.models import Riparto
from risultati.passi import TITOLI, build_passi
from risultati.riparto import run_riparto_elezione
from tests.factories import utente_con_ruolo
from tests.risultati.elezioni import reale, semplice

pytestmark = pytest.mark.django_db


def headings(riparto) -> dict[str, dict]:
    passi = build_passi(riparto.dati, riparto.esito)
    add_letture(passi, dati=riparto.dati, esito=riparto.esito, letture=riparto.letture)
    return {parte["chiave"]: parte for parte in passi}


def test_every_doubtful_point_has_its_place_among_the_steps():
    assert set(PARTI) == set(PUNTI)
    assert {nome for parti in PARTI.values() for nome in parti} <= set(TITOLI)


def test_a_point_that_changes_the_outcome_is_told_in_its_step_with_the_names():
    riparto = run_riparto_elezione(reale("san-benedetto-del-tronto-2021"))
    (voce,) = riparto.letture
    assert voce["punto"] == "arrotondamento_premio"

    (lettura,) = headings(riparto)["premio"]["letture"]

    nomi = {x["id"]: {c["id"]: c["nome"] for c in x["candidati"]} for x in riparto.dati["liste"]}
    altri, nostri = voce["esito"]["eletti"], riparto.esito["eletti"]
    entrano = {nomi[int(x)][n] for x in altri for n in altri[x] if n not in nostri[x]}
    assert {nome.split(" (")[0] for nome in lettura["entrano"] if "(candidato" not in nome} == entrano
    assert len(lettura["entrano"]) == len(lettura["escono"]) > 0
    assert any(riga["qui"] != riga["la"] for riga in lettura["seggi"])


def test_the_points_that_change_nothing_say_so_where_they_would():
    riparto = run_riparto_elezione(reale("san-benedetto-del-tronto-2021"))

    parti = headings(riparto)

    assert [v["titolo"] for v in parti["premio"]["stesso_esito"]] == ["Base del 3, 40 e 50 per cento"]
    detti = [v["titolo"] for parte in parti.values() for v in parte["stesso_esito"]]
    assert len(detti) == len(set(detti)) == len(punti_che_valgono(riparto.dati, riparto.esito)) - 1


def test_only_the_points_of_the_system_are_spoken_of():
    riparto = run_riparto_elezione(semplice())

    assert punti_che_valgono(riparto.dati, riparto.esito) == ["parita_di_tre", "una_sola_lista_votata"]


def test_the_desk_shows_the_margins_beside_the_seats(client, django_capture_on_commit_callbacks):
    elezione = semplice()
    client.force_login(utente_con_ruolo(elezione.comune, Ruolo.RESPONSABILE))
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("esito:calcola", args=[elezione.slug]))

    riparto = Riparto.objects.get()
    assert {x: m["seggi"] for x, m in riparto.margini.items()} == riparto.esito["seggi_per_lista"]
    pagina = client.get(reverse("esito:banco", args=[elezione.slug])).content.decode()
    assert "Un seggio in più" in pagina
    assert "Il seggio più in bilico" in pagina
    assert "L'ultimo seggio di questa tabella (n. 4) è di" in pagina


def test_the_last_seat_says_who_follows_and_by_how_many_votes():
    riparto = run_riparto_elezione(semplice(voti=(600, 300, 190)))
    tavola = next(
        passo["tabella"]
        for parte in build_passi(riparto.dati, riparto.esito)
        for passo in parte["passi"]
        if "tabella" in passo
    )

    # 300, 190, 150, 100 (300 : 3); next 95 (190 : 2): 200 would tie with the higher cifra, 201 passes
    assert tavola["ultimo"] == {"posto": 4, "vince": "Lista 2", "segue": "Lista 3", "mancano": 11}
