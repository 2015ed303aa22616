"""Every real election of ``dati/fascicoli`` comes out as it really did."""

import pytest

from norme.comandi.riparto import run
from tests.reali.fascicoli import NOMI, read_esito_ufficiale, read_ingresso


def test_there_are_28_real_elections():
    assert len(NOMI) == 28


@pytest.mark.parametrize("nome", NOMI)
def test_engine_gives_the_official_outcome(nome):
    ufficiale, calcolato = read_esito_ufficiale(nome), run(read_ingresso(nome))
    assert calcolato["esito"] == "riparto"
    assert calcolato["sindaco"] == ufficiale["sindaco"]
    assert calcolato["turno"] == ufficiale["turno"]
    seggi = {lista: calcolato["seggi_per_lista"][lista] for lista in ufficiale["seggi_per_lista"]}
    assert seggi == ufficiale["seggi_per_lista"]
    if sum(ufficiale["seggi_per_lista"].values()) + len(ufficiale["consiglieri_sindaci"]) == sum(
        calcolato["seggi_per_lista"].values()
    ) + len(calcolato["consiglieri_sindaci"]):
        assert calcolato["consiglieri_sindaci"] == ufficiale["consiglieri_sindaci"]
    for lista, eletti in ufficiale.get("eletti", {}).items():
        assert set(calcolato["eletti"][lista]) == set(eletti)


@pytest.mark.parametrize("nome", NOMI)
def test_seats_add_up_and_nothing_is_left_to_chance(nome):
    esito = run(read_ingresso(nome))
    dati = sum(esito["seggi_per_lista"].values()) + len(esito["consiglieri_sindaci"])
    assert dati + esito["seggi_vacanti"] == esito["seggi_consiglio"]
    assert esito["richiesta"] is None
    assert all(passo["testo"] and passo["articolo"] for passo in esito["passi"])


def test_corchiano_2021_stops_at_a_tie_until_the_runoff_decides():
    ingresso = read_ingresso("corchiano-2021")
    for sindaco in ingresso["sindaci"]:
        sindaco["voti_ballottaggio"] = None
    assert run(ingresso)["esito"] == "ballottaggio"
    assert run(ingresso)["ammessi_ballottaggio"] == [1, 2]
    deciso = run(read_ingresso("corchiano-2021"))
    assert (deciso["sindaco"], deciso["turno"]) == (1, 2)
    assert deciso["seggi_per_lista"] == {"1": 8, "2": 3}
    assert deciso["consiglieri_sindaci"] == [2]
