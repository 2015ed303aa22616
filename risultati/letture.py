"""The doubtful points of the law on one election: would the other reading change the outcome?"""

from norme.ingresso import ErroreIngresso
from norme.riparto.interpretazioni import PUNTI, Interpretazioni
from risultati.motore import run_riparto

#: What makes two outcomes the same for people.
_CONFRONTO = ("esito", "sindaco", "ammessi_ballottaggio", "seggi_per_lista", "consiglieri_sindaci", "eletti")


def _as_option(valore: object) -> str:
    """Values of a point as written in ``PUNTI``: "true" and "false" for a choice yes/no."""
    return str(valore).lower() if isinstance(valore, bool) else str(valore)


def _as_value(punto: str, valore: str) -> bool | str:
    default = getattr(Interpretazioni(), punto)
    return valore == "true" if isinstance(default, bool) else valore


def scelte_correnti(opzioni: dict) -> dict[str, str]:
    """The reading in use on every doubtful point."""
    return {punto: _as_option(opzioni.get(punto, getattr(Interpretazioni(), punto))) for punto in PUNTI}


def clean_opzioni(scelte: dict[str, str]) -> dict[str, bool | str]:
    """The ``opzioni`` of the engine: only the choices that differ from the default."""
    return {
        punto: _as_value(punto, valore)
        for punto, valore in scelte.items()
        if _as_value(punto, valore) != getattr(Interpretazioni(), punto)
    }


def compare_letture(dati: dict, esito: dict) -> list[dict]:
    """For each doubtful point, the other readings that would give another outcome."""
    correnti = scelte_correnti(dati.get("opzioni", {}))
    differenze = []
    for nome, punto in PUNTI.items():
        for valore, etichetta in punto.valori.items():
            if valore == correnti[nome]:
                continue
            altro = _try(dati, clean_opzioni({**correnti, nome: valore}))
            if altro is None or all(altro[campo] == esito[campo] for campo in _CONFRONTO):
                continue
            differenze.append(
                {
                    "punto": nome,
                    "titolo": punto.titolo,
                    "articolo": punto.articolo,
                    "ragione": punto.ragione,
                    "in_uso": punto.valori[correnti[nome]],
                    "altra": etichetta,
                    "esito": {campo: altro[campo] for campo in _CONFRONTO},
                }
            )
    return differenze


def _try(dati: dict, opzioni: dict) -> dict | None:
    try:
        return run_riparto({**dati, "opzioni": opzioni})
    except ErroreIngresso:
        return None
