"""Allocation of stored elections."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from candidature.models import Lista
from electoral.documenti import impronta
from risultati.models import Riparto, Scrutinio, VotiSindaco
from risultati.riparto import RipartoImpossibile, collect_dati, run_riparto_elezione
from tests.reali.fascicoli import NOMI, read_esito_ufficiale
from tests.risultati.elezioni import reale, semplice

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("nome", NOMI)
def test_stored_election_gives_the_official_outcome(nome):
    ufficiale = read_esito_ufficiale(nome)
    esito = run_riparto_elezione(reale(nome)).esito

    assert (esito["sindaco"], esito["turno"]) == (ufficiale["sindaco"], ufficiale["turno"])
    assert {k: esito["seggi_per_lista"][k] for k in ufficiale["seggi_per_lista"]} == ufficiale[
        "seggi_per_lista"
    ]
    for lista, eletti in ufficiale.get("eletti", {}).items():
        assert sorted(esito["eletti"][lista]) == sorted(eletti)


def test_running_twice_keeps_one_row():
    elezione = semplice()

    primo, secondo = run_riparto_elezione(elezione), run_riparto_elezione(elezione)

    assert primo == secondo
    assert Riparto.objects.count() == 1
    assert secondo.impronta == impronta(collect_dati(elezione))


def test_changed_votes_give_a_new_row_and_the_last_one_counts():
    elezione = semplice()
    primo = run_riparto_elezione(elezione)
    VotiSindaco.objects.filter(sindaco__numero=3).update(voti=201)

    secondo = run_riparto_elezione(elezione)

    assert Riparto.objects.count() == 2
    assert Riparto.objects.corrente(elezione) == secondo
    VotiSindaco.objects.filter(sindaco__numero=3).update(voti=200)
    assert run_riparto_elezione(elezione) == primo == Riparto.objects.corrente(elezione)


def test_only_definitive_sections_count_and_the_rest_makes_a_projection():
    elezione = semplice(sezioni=2)
    Scrutinio.objects.filter(sezione__numero=2).update(stato=Scrutinio.Stato.PRIMA)

    assert run_riparto_elezione(elezione).parziale

    Scrutinio.objects.update(stato=Scrutinio.Stato.DEFINITIVO)
    assert not run_riparto_elezione(elezione).parziale


def test_without_definitive_sections_there_is_nothing_to_allocate():
    elezione = semplice(sezioni=1)
    Scrutinio.objects.update(stato=Scrutinio.Stato.IN_DIGITAZIONE)

    with pytest.raises(RipartoImpossibile, match="Nessuna sezione è definitiva"):
        run_riparto_elezione(elezione)


def test_refused_lists_are_not_in_the_data():
    elezione = semplice()
    Lista.objects.filter(numero=3).update(stato=Lista.Stato.RICUSATA)
    elezione.candidati_sindaco.filter(numero=3).update(stato="escluso")

    assert [x["id"] for x in collect_dati(elezione)["liste"]] == [1, 2]


def test_candidates_without_any_preference_recorded_are_not_ranked():
    elezione = semplice()
    Scrutinio.objects.get().voti_preferenze.all().delete()

    esito = run_riparto_elezione(elezione).esito

    assert esito["eletti"] == {}
    assert esito["seggi_per_lista"]["1"] == 8


def test_the_command_prints_the_output_of_the_engine():
    semplice(nome="comune-di-prova-2021")
    uscita = io.StringIO()

    call_command("riparto", "comune-di-prova-2021", "--json", stdout=uscita)

    assert json.loads(uscita.getvalue())["seggi_per_lista"] == {"1": 8, "2": 2, "3": 0}


def test_the_command_names_an_unknown_election():
    with pytest.raises(CommandError, match="Nessuna elezione con slug «altrove-2021»"):
        call_command("riparto", "altrove-2021")


def test_data_are_read_with_the_same_queries_for_one_list_and_for_three(django_assert_num_queries):
    for elezione in (semplice(voti=(600,), nome="una"), semplice(nome="tre")):
        with django_assert_num_queries(13):
            collect_dati(elezione)
