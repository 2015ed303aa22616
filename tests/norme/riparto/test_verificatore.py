"""The one-file verifier against the engine on random elections: every region, reading, tie, accident."""

import json
from typing import Any

from hypothesis import assume, given, target
from hypothesis import strategies as st

from norme.__main__ import _encode
from norme.comandi.riparto import run
from norme.ingresso import ErroreIngresso
from norme.riparto.interpretazioni import PUNTI
from portale import verifica as programma
from tests.norme.riparto.elezioni import elezioni, with_runoff

SI_NO = {"true": True, "false": False}
LETTURE = st.fixed_dictionaries(
    {nome: st.sampled_from([SI_NO.get(v, v) for v in punto.valori]) for nome, punto in PUNTI.items()}
)


def run_riparto(ingresso: dict) -> dict:
    """As published: plain JSON."""
    return json.loads(json.dumps(run(ingresso), default=_encode))


def answer_draws(ingresso: dict, choose) -> tuple[dict, dict]:
    """The election with the draws it asks for, and its outcome."""
    sorteggi: list[dict[str, Any]] = []
    while (esito := run_riparto(ingresso | {"sorteggi": sorteggi}))["esito"] == "sorteggio":
        sorteggi.append({"richiesta": esito["richiesta"], "esito": choose(esito["richiesta"]["contendenti"])})
    return ingresso | {"sorteggi": sorteggi}, esito


def with_accidents(ingresso: dict, data) -> dict:
    """Somebody may not be proclaimed; a sindaco may die before or after the vote."""
    sindaci = [dict(s) for s in ingresso["sindaci"]]
    chi = data.draw(st.sampled_from(sindaci))
    fatto = data.draw(st.sampled_from(["", "", "", "proclamabile", "impedito_il", "deceduto_il", "prima"]))
    if fatto == "proclamabile":
        chi["proclamabile"] = False
    elif fatto:
        chi["deceduto_il" if fatto == "prima" else fatto] = "2024-06-01" if fatto == "prima" else "2024-06-12"
    liste = [dict(x) for x in ingresso["liste"]]
    for lista in liste:
        if lista.get("candidati") and data.draw(st.booleans()):
            primo, *altri = lista["candidati"]
            lista["candidati"] = [primo | {"proclamabile": False}, *altri]
    return ingresso | {"sindaci": sindaci, "liste": liste}


def check(ingresso: dict, esito: dict) -> None:
    pubblicato = {"dati": ingresso, "esito": esito, "impronta_dati": programma.impronta(ingresso)}
    righe, giusto = programma.verifica(pubblicato)
    assert giusto, righe


@given(
    ingresso=elezioni(),
    scelte=LETTURE,
    secondi=st.tuples(st.integers(0, 30), st.integers(0, 30)),
    legami=st.lists(st.integers(0, 2), max_size=8),
    data=st.data(),
)
def test_the_verifier_agrees_with_the_engine_whatever_the_region_the_reading_and_the_ties(
    ingresso, scelte, secondi, legami, data
):
    def choose(contendenti):
        return data.draw(st.sampled_from(contendenti))

    ingresso = with_accidents(ingresso, data) | {"opzioni": scelte}
    try:
        ingresso, esito = answer_draws(ingresso, choose)
        if esito["esito"] == "ballottaggio":
            voti = secondi[: len(esito["ammessi_ballottaggio"])]
            ingresso, esito = answer_draws(with_runoff(ingresso, run_riparto, voti, legami), choose)
    except ErroreIngresso:
        assume(False)
    assume(esito["esito"] in ("riparto", "nulla"))
    target(float(len(ingresso["sorteggi"])))
    check(ingresso, esito)


@given(
    ordinamento=st.sampled_from(["ordinario", "sicilia"]),
    sistema=st.sampled_from(["fino_15000", "oltre_15000"]),
    giorno=st.sampled_from(["2017-06-11", "2018-06-10", "2021-10-03", "2024-06-09", "2027-05-23"]),
    votanti=st.integers(0, 900),
    voti=st.integers(0, 900),
    aire=st.tuples(st.integers(0, 200), st.integers(0, 50)),
)
def test_a_single_list_is_recomputed_everywhere_and_in_every_year(
    ordinamento, sistema, giorno, votanti, voti, aire
):
    ingresso = {
        "ordinamento": ordinamento,
        "data": giorno,
        "sistema": sistema,
        "seggi_consiglio": 16,
        "elettori": 1000,
        "votanti": votanti,
        "elettori_aire": aire[0],
        "votanti_aire": min(*aire, votanti),
        "sindaci": [{"id": 1, "voti": min(voti, votanti)}],
        "liste": [{"id": 1, "sindaco": 1, "voti": min(voti, votanti)}],
    }
    check(ingresso, run_riparto(ingresso))
