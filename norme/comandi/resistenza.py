"""``python -m norme resistenza``: margins, and whether some ballots could change the outcome.

Input: that of ``riparto`` and, for the test, ``prova``: ``turno`` (1 or 2), ``schede_contestate`` (not yet
attributed), ``elettori_sezioni_aperte`` (of sections still to count), ``voti_dubbi`` (counted, but perhaps
void or of somebody else), ``ricerca`` (false: no search of an example, the quick answer of a board).
``margini``: false to skip the margins.
"""

from dataclasses import asdict
from typing import Any

from norme.ingresso import Oggetto
from norme.riparto.calcolo import calcola
from norme.riparto.lettura import read_dati
from norme.riparto.margini import compute_margini
from norme.riparto.resistenza import Incertezza, Prova, test_resistance
from norme.riparto.variazioni import outcome

MASSIMO = 1_000_000


def run(dati: dict[str, Any]) -> dict[str, Any]:
    """Margins of the election and the answers of the test."""
    radice = Oggetto(dati)
    vuole_margini = radice.booleano("margini", default=True)
    prova = radice.oggetto_facoltativo("prova")
    incertezza = None if prova is None else _read_incertezza(prova)
    ricerca = prova is None or prova.booleano("ricerca", default=True)
    elezione = read_dati({nome: voce for nome, voce in dati.items() if nome not in ("margini", "prova")})
    esito = outcome(elezione)
    if esito.esito == "sorteggio" and esito.richiesta is None:
        calcola(elezione)  # a figure is missing: the error says which one
    return {
        "esito": esito.esito,
        "sindaco": esito.sindaco,
        "premio": esito.premio,
        "consiglieri_sindaci": list(esito.consiglieri_sindaci),
        "seggi_per_lista": {str(lista): seggi for lista, seggi in esito.seggi_per_lista.items()},
        "margini": compute_margini(elezione) if vuole_margini else None,
        "prova": None
        if incertezza is None
        else [_prova_as_dict(voce) for voce in test_resistance(elezione, incertezza, ricerca=ricerca)],
    }


def _read_incertezza(prova: Oggetto) -> Incertezza:
    contestate = prova.intero("schede_contestate", default=0, massimo=MASSIMO)
    aperte = prova.intero("elettori_sezioni_aperte", default=0, massimo=MASSIMO)
    dubbi = prova.intero("voti_dubbi", default=0, massimo=MASSIMO)
    turno = prova.intero("turno", default=1, minimo=1, massimo=2)
    return Incertezza(
        turno=turno,
        aggiungibili=contestate + aperte + dubbi,
        togliibili=dubbi,
        nuovi_votanti=aperte if turno == 1 else 0,
    )


def _prova_as_dict(prova: Prova) -> dict[str, Any]:
    return {
        "livello": prova.livello,
        "puo_cambiare": prova.risposta,
        "certo_fino_a": prova.certo_fino_a,
        "esempio": {
            "aggiunte": [asdict(scheda) for scheda in prova.aggiunte],
            "tolte": [asdict(scheda) for scheda in prova.tolte],
            "votanti_in_piu": prova.votanti_in_piu,
        }
        if prova.risposta == "si"
        else None,
    }
