"""The one door to the engine: plain JSON in, plain JSON out (DESIGN 5.1)."""

import json
from importlib import import_module

from norme.__main__ import _encode


def _run(verbo: str, dati: dict) -> dict:
    esito = import_module(f"norme.comandi.{verbo}").run(json.loads(json.dumps(dati)))
    return json.loads(json.dumps(esito, default=_encode))


def run_riparto(dati: dict) -> dict:
    """Sindaco, seats, elected and steps. Raises ``norme.ingresso.ErroreIngresso`` on unreadable data."""
    return _run("riparto", dati)


def run_resistenza(dati: dict) -> dict:
    """Margins: what could still change, and by how many votes."""
    return _run("resistenza", dati)
