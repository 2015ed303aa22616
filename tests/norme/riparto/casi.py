"""Law cases as data: ``tests/casi/riparto*.toml`` read into the input of the engine.

``sindaci``: votes, or [votes, runoff votes]. ``liste``: [sindaco, votes, runoff link]. ``candidati``: the
preferences of each list, in list order. ``sorti``: who wins each draw asked, in order. ``atteso``: the
fields of the outcome that must be equal; ``rilievi`` the codes found.
"""

import tomllib
from pathlib import Path
from typing import Any

from norme.comandi.riparto import run

CARTELLA = Path(__file__).parents[2] / "casi"


def read_casi() -> list[dict[str, Any]]:
    """Every case of every file."""
    return [
        caso
        for percorso in sorted(CARTELLA.glob("riparto*.toml"))
        for caso in tomllib.loads(percorso.read_text("utf-8"))["caso"]
    ]


def build_ingresso(caso: dict[str, Any]) -> dict[str, Any]:
    """The JSON input that a case describes."""
    nascite, candidati = caso.get("nascite", {}), caso.get("candidati", {})
    sindaci = []
    for ident, voti in caso["sindaci"].items():
        primo, secondo = voti if isinstance(voti, list) else (voti, None)
        sindaco = {"id": ident, "nome": ident, "voti": primo, "voti_ballottaggio": secondo}
        if ident in nascite:
            sindaco["nascita"] = nascite[ident].isoformat()
        sindaci.append(sindaco | caso.get("note_sindaci", {}).get(ident, {}))
    liste = []
    for ident, (capo, *resto) in caso["liste"].items():
        lista: dict[str, Any] = {"id": ident, "nome": ident, "sindaco": capo}
        lista |= dict(zip(("voti", "apparentata_con"), resto, strict=False))
        if ident in candidati:
            lista["candidati"] = [
                {"id": f"{ident}{posto}", "nome": f"{ident} {posto}", "preferenze": preferenze}
                for posto, preferenze in enumerate(candidati[ident], start=1)
            ]
        liste.append(lista)
    campi = (
        "ordinamento",
        "sistema",
        "popolazione",
        "capoluogo",
        "seggi_consiglio",
        "opzioni",
        "prosegue_con",
    )
    votanti = ("elettori", "votanti", "elettori_aire", "votanti_aire")
    return {
        "data": caso["data"].isoformat(),
        "sindaci": sindaci,
        "liste": liste,
        **{campo: caso[campo] for campo in (*campi, *votanti) if campo in caso},
    }


def run_with_draws(ingresso: dict[str, Any], sorti: list[Any]) -> tuple[dict[str, Any], list[Any]]:
    """Run, answering the draws asked one after the other; the outcome and the questions."""
    risposte, sorteggi, domande = list(sorti), [], []
    while True:
        esito = run({**ingresso, "sorteggi": sorteggi})
        if esito["esito"] != "sorteggio":
            return esito, domande
        domande.append(esito["richiesta"])
        if not risposte:
            return esito, domande
        sorteggi.append({"richiesta": esito["richiesta"], "esito": risposte.pop(0)})
