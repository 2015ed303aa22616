"""The engine against a second, independent writing of the law, on thousands of random elections."""

import random

import pytest
from hypothesis import settings

from norme.comandi.riparto import run
from tests.norme.riparto import seconda_stesura as altra

ESEMPI = settings().max_examples
CASI = max(ESEMPI, min(10 * ESEMPI, 400))
SISTEMI = {
    "fino a 15.000": (altra.fino_15000, "fino_15000", "ordinario", (10, 12, 16)),
    "oltre 15.000": (altra.oltre_15000, "oltre_15000", "ordinario", (16, 24, 32, 36, 40, 48)),
    "Sicilia oltre 15.000": (altra.sicilia_oltre_15000, "oltre_15000", "sicilia", (16, 24, 32, 36, 40)),
}


def build_elezione(sorte, fino, seggi):
    """A random election: votes with any dispersion, split votes, links, lists shorter than their seats."""
    sindaci, liste = {}, {}
    forza = sorte.choice((1, 2, 4, 8))
    corte = not fino and sorte.random() < 0.2
    for s in range(1, sorte.randint(2, 7) + 1):
        base = int(20_000 * sorte.random() ** forza) + 1
        sindaci[f"S{s}"] = base
        resto = int(base * sorte.uniform(0.4, 1.2))
        for _ in range(1 if fino else sorte.randint(1, 6)):
            voti = int(resto * sorte.random())
            resto -= voti
            candidati = sorte.randint(1, seggi) if corte else None
            liste[f"L{len(liste) + 1}"] = [f"S{s}", voti, None, candidati]
    return {"N": seggi, "sindaci": sindaci, "liste": liste, "secondi": None}


def as_ingresso(elezione, sistema, ordinamento):
    """The same election in the words of the engine."""
    secondi = elezione["secondi"] or {}
    return {
        "data": "2023-05-28",
        "ordinamento": ordinamento,
        "sistema": sistema,
        "seggi_consiglio": elezione["N"],
        "sindaci": [
            {"id": s, "voti": v, "voti_ballottaggio": secondi.get(s), "nascita": f"19{50 + int(s[1:])}-01-01"}
            for s, v in elezione["sindaci"].items()
        ],
        "liste": [
            {"id": lista, "sindaco": capo, "voti": voti, "apparentata_con": legata}
            | ({} if quanti is None else {"candidati": [{"id": i} for i in range(quanti)]})
            for lista, (capo, voti, legata, quanti) in elezione["liste"].items()
        ],
    }


def hold_runoff(elezione, esito, sorte):
    """The same election with a runoff held between the two the engine admitted, and some new links."""
    ammessi = esito["ammessi_ballottaggio"]
    secondi = {s: sorte.randint(1, 20_000) for s in ammessi}
    con = {s: sorte.choice((None, *ammessi)) for s in elezione["sindaci"] if s not in ammessi}
    parziale = sorte.random() < 0.15
    liste = {
        lista: [capo, voti, sorte.choice((None, *ammessi)) if parziale and capo in con else con.get(capo), x]
        for lista, (capo, voti, _, x) in elezione["liste"].items()
    }
    return elezione | {"secondi": secondi, "liste": liste}


@pytest.mark.parametrize("nome", SISTEMI)
def test_the_engine_and_the_second_writing_agree(nome):
    stesura, sistema, ordinamento, consigli = SISTEMI[nome]
    sorte, confrontate = random.Random(f"{nome} 1"), 0
    for _ in range(CASI):
        elezione = build_elezione(sorte, sistema == "fino_15000", sorte.choice(consigli))
        esito = run(as_ingresso(elezione, sistema, ordinamento))
        if esito["esito"] == "ballottaggio":
            elezione = hold_runoff(elezione, esito, sorte)
            esito = run(as_ingresso(elezione, sistema, ordinamento))
        try:
            atteso = stesura(elezione)
        except altra.Parita:
            continue
        confrontate += 1
        trovato = {
            "sindaco": esito["sindaco"],
            "turno": esito["turno"],
            "premio": esito["premio"],
            "seggi": esito["seggi_per_lista"],
            "entrano": sorted(esito["consiglieri_sindaci"]),
        }
        assert {campo: trovato[campo] for campo in atteso} == atteso, elezione
    assert confrontate > CASI * 0.8
