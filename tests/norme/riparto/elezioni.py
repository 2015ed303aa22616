"""Small elections drawn by Hypothesis: few candidates and votes, so that ties are frequent."""

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

NASCITA = date(1950, 1, 1)


@st.composite
def elezioni(
    draw,
    *,
    massimo_voti=60,
    massimo_sindaci=4,
    ordinamenti=("ordinario", "sicilia", "friuli-venezia-giulia"),
):
    """An election as JSON input: any system, with or without runoff votes, links and candidates."""
    ordinamento = draw(st.sampled_from(ordinamenti))
    sistema = draw(st.sampled_from(("fino_15000", "oltre_15000")))
    voti = st.integers(0, massimo_voti)
    sindaci: list[dict[str, Any]] = []
    liste: list[dict[str, Any]] = []
    una_sola = sistema == "fino_15000" and ordinamento != "friuli-venezia-giulia"
    for s in range(draw(st.integers(2, massimo_sindaci))):
        nascita = NASCITA + timedelta(days=draw(st.integers(0, 2)))
        sindaci.append({"id": f"S{s}", "nome": f"S{s}", "voti": draw(voti), "nascita": nascita.isoformat()})
        numero = 1 if una_sola else draw(st.integers(1, 2))
        for _ in range(numero):
            lista = {"id": f"L{len(liste)}", "sindaco": f"S{s}"}
            # Up to 15.000 a list alone may have no tally of its own.
            if numero == 2 or sistema == "oltre_15000" or ordinamento == "sicilia" or draw(st.booleans()):
                lista["voti"] = draw(voti)
            if draw(st.booleans()):
                preferenze = draw(st.lists(st.integers(0, 5), min_size=1, max_size=6))
                lista["candidati"] = [{"id": i, "preferenze": p} for i, p in enumerate(preferenze)]
            liste.append(lista)
    return {
        "ordinamento": ordinamento,
        "data": "2024-06-09",
        "sistema": sistema,
        "popolazione": 2000 if sistema == "fino_15000" else 20000,
        "seggi_consiglio": draw(st.integers(3, 12)),
        "elettori": 1000,
        "votanti": 900,
        "sindaci": sindaci,
        "liste": liste,
    }


def with_runoff(ingresso, run, voti, apparentamenti=()):
    """The same election with a runoff held, if it goes to one; ``voti``: the votes of the two."""
    esito = run(ingresso)
    if esito["esito"] != "ballottaggio":
        return ingresso
    secondi = dict(zip(esito["ammessi_ballottaggio"], voti, strict=True))
    sindaci = [s | {"voti_ballottaggio": secondi.get(s["id"])} for s in ingresso["sindaci"]]
    liste = list(ingresso["liste"])
    if ingresso["sistema"] == "oltre_15000":
        for posto, scelta in zip(range(len(liste)), apparentamenti, strict=False):
            if scelta and liste[posto]["sindaco"] not in secondi:
                liste[posto] = liste[posto] | {"apparentata_con": list(secondi)[scelta % len(secondi)]}
    return ingresso | {"sindaci": sindaci, "liste": liste}


def answer_draws(ingresso, run, choose):
    """Run until no draw is asked, answering each with ``choose(contendenti)``."""
    sorteggi: list[dict[str, Any]] = []
    while (esito := run(ingresso | {"sorteggi": sorteggi}))["esito"] == "sorteggio":
        richiesta = esito["richiesta"]
        sorteggi.append({"richiesta": richiesta, "esito": choose(richiesta["contendenti"])})
    return esito
