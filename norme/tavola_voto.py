"""The decision tables of the vote (``norme/tavole/voto.toml``): marks, what they give, article."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Riga:
    """One row: the marks, what they give, the article, how sure we are (V, S, R, D as in the parameters).

    ``scelta`` is the parameter on which the ente may choose, ``esiti`` what the marks give by each choice;
    ``senza_estensione`` what they give where a list mark does not vote its sindaco (Sicilia 2011-2016),
    ``articolo_senza_estensione`` the law that says so.
    """

    codice: str
    segni: str
    esito: str
    articolo: str
    prova: str
    scelta: str = ""
    esiti: Mapping[str, str] = field(default_factory=dict)
    senza_estensione: str = ""
    articolo_senza_estensione: str = ""


TITOLI = {
    "F": "Prima di tutto",
    "A": "Un solo voto per il sindaco e la lista (fino a 15.000 abitanti)",
    "B": "Voto distinto per il sindaco e per la lista (oltre 15.000; Sicilia; Friuli-Venezia Giulia)",
    "C": "Ballottaggio",
    "P": "Preferenze",
}


@cache
def tavola() -> Mapping[str, Riga]:
    """Every row by its code ("A6", "B11", "P5"…), in the order of the tables."""
    testo = (resources.files("norme") / "tavole" / "voto.toml").read_text("utf-8")
    return {codice: Riga(codice, **voce) for codice, voce in tomllib.loads(testo).items()}
