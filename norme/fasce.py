"""Which rules a comune is under: its ordinamento, its electoral system, the census that counts its people.

Every band of population is data (``norme/parametri/fasce.toml``); here are the questions asked of it.
"""

import unicodedata
from datetime import date
from typing import Final

from norme.parametri import Parametri, Valore, parametri_at

_REGIONI: Final = {
    "sicilia": "sicilia",
    "friuli venezia giulia": "friuli-venezia-giulia",
    "valle d aosta": "valle-d-aosta",
    "vallee d aoste": "valle-d-aosta",
    "trentino alto adige": "trentino-alto-adige",
    "sudtirol": "trentino-alto-adige",
}
_ORDINARIE: Final = {
    *("piemonte", "lombardia", "veneto", "liguria", "emilia romagna", "toscana", "umbria", "marche", "lazio"),
    *("abruzzo", "molise", "campania", "puglia", "basilicata", "calabria", "sardegna"),
}


def ordinamento_di(regione: str) -> str:
    """The ordinamento of the comuni of a region; Sardegna applies the State rules (TUEL).

    Accepts the official names with or without accents, hyphens and German or French halves.
    """
    parole = " ".join(_plain(regione).split())
    if parole in _ORDINARIE:
        return "ordinario"
    for nome, ordinamento in _REGIONI.items():
        if parole == nome or parole.startswith((f"{nome} ", f"regione {nome}")):
            return ordinamento
    raise ValueError(f"regione «{regione}» sconosciuta")


def sistema_at(
    data: date, *, popolazione: int, ordinamento: str = "ordinario", capoluogo: bool = False
) -> str:
    """ "fino_15000" or "oltre_15000" (TUEL 71-73; capoluoghi: d.l. 7/2024 art. 3)."""
    sistema: str = parametri_at(
        data, popolazione=popolazione, ordinamento=ordinamento, capoluogo=capoluogo
    ).valore("sistema")
    return sistema


def fonte_popolazione(data: date) -> Valore:
    """The census whose legal population counts for an election held on ``data`` (TUEL 37 c. 4)."""
    return parametri_at(data)["fonte_popolazione"]


def commissione_comunale(parametri: Parametri) -> dict[str, int]:
    """Members of the commissione elettorale comunale besides the sindaco, by size of the council."""
    composizioni = parametri.valore("commissione_comunale_componenti")
    piccola = parametri.intero("seggi_consiglio") <= parametri.intero("commissione_comunale_soglia")
    return dict(composizioni["minore" if piccola else "maggiore"])


def _plain(testo: str) -> str:
    scomposto = unicodedata.normalize("NFKD", testo.casefold())
    return "".join(
        " " if carattere in "-'’/" else carattere
        for carattere in scomposto
        if not unicodedata.combining(carattere)
    )
