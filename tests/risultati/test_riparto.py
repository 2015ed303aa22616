"""Allocation of stored elections."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from candidature.models import Lista
from electoral.documenti import impronta
from risultati.models import Riparto, Scrutinio, VotiSindaco
from risultati.prospetto import build_prospetto
from risultati.riparto import RipartoImpossibile, collect_dati, run_riparto_elezione
from tests.reali.fascicoli import NOMI, read_esito_ufficiale
from tests.risultati.elezioni import reale, registra, semplice

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


def friulana(*liste: dict) -> dict:
    return {
        "data": "2024-06-09",
        "ordinamento": "friuli-venezia-giulia",
        "sistema": "fino_15000",
        "popolazione": 9000,
        "seggi_consiglio": 16,
        "sindaci": [
            {"id": 1, "nome": "ROSSI Anna", "voti": 2500},
            {"id": 2, "nome": "VERDI Ugo", "voti": 2000},
            {"id": 3, "nome": "NERI Pia", "voti": 700},
        ],
        "liste": [
            {"id": n, "nome": f"Lista {n}", "sindaco": n, **voti} for n, voti in enumerate(liste, start=1)
        ],
    }


def test_in_friuli_a_list_alone_without_a_tally_has_the_votes_of_its_sindaco():
    """L.r. FVG 19/2013: 60 per cent of 16 is 10; of the other six, 2000 against 700 gives five and one."""
    riparto = run_riparto_elezione(registra(friulana({}, {}, {})))

    assert riparto.esito["seggi_per_lista"] == {"1": 10, "2": 4, "3": 0}
    assert riparto.esito["consiglieri_sindaci"] == [2, 3]
    gruppi = build_prospetto(riparto.dati, riparto.esito)["gruppi"]
    assert {gruppo["nome"]: gruppo["voti"] for gruppo in gruppi} == {
        "ROSSI Anna": 2500,
        "VERDI Ugo": 2000,
        "NERI Pia": 700,
    }


def test_in_friuli_a_tally_of_zero_is_zero():
    riparto = run_riparto_elezione(registra(friulana({"voti": 2300}, {"voti": 1900}, {"voti": 0})))

    assert riparto.esito["seggi_per_lista"] == {"1": 10, "2": 5, "3": 0}
    assert riparto.esito["consiglieri_sindaci"] == [2]


def test_in_friuli_linked_lists_without_their_votes_are_asked_for():
    dati = friulana({}, {}, {})
    dati["liste"].append({"id": 4, "nome": "Lista 4", "sindaco": 1})

    with pytest.raises(RipartoImpossibile, match="servono i voti della lista Lista 1"):
        run_riparto_elezione(registra(dati))


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
