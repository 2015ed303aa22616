"""The doubtful points of the law where the ente may choose: what the law says by itself, what was chosen.

The points of the allocation have their own page (``esito:letture``): these are those of the parameters.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from comuni.legge import parametri_di, parametri_senza_scelte
from comuni.models import Elezione
from norme.parametri import Valore
from norme.registro import catalogo

_PAROLE = {
    True: "sì",
    False: "no",
    "oltre_50": "in su soltanto oltre 50 centesimi",
    "eccesso": "sempre per eccesso",
    "aritmetico": "al numero più vicino",
    "compresa": "compresa",
    "esclusa": "esclusa",
    "tutte": "cadono in tutte le liste",
    "successive": "cadono solo nelle liste presentate dopo",
    "avviso": "sì, con un avviso",
    "escluso": "no, è escluso",
    "scheda_nulla": "scheda nulla",
    "scheda_bianca": "scheda bianca",
    "solo_sindaco": "voto al solo sindaco",
    "sindaco_e_lista": "voto al sindaco e alla sua lista",
    "da_decidere": "decide il presidente dell'ufficio",
    "voto_al_sindaco": "voto al sindaco",
    "nulla": "nulla",
    "valida": "valida",
}


@dataclass(frozen=True, slots=True)
class Punto:
    """One doubtful point: the alternatives in words, which one holds, which one without a choice."""

    nome: str
    titolo: str
    articolo: str
    nota: str
    alternative: tuple[str, ...]
    scelta: int
    predefinita: int


def punti_dubbi(elezione: Elezione) -> list[Punto]:
    """The points that this election has, by name."""
    senza, con = parametri_senza_scelte(elezione), parametri_di(elezione)
    return [
        Punto(
            nome=nome,
            titolo=catalogo()[nome].descrizione,
            articolo=str(valore.riferimento),
            nota=valore.nota,
            alternative=tuple(say_alternativa(voce, catalogo()[nome].unita) for voce in valore.scelte),
            scelta=valore.scelte.index(con[nome].valore),
            predefinita=valore.scelte.index(valore.valore),
        )
        for nome, valore in sorted(senza.items())
        if valore.scelte
    ]


def choose_punti(elezione: Elezione, scelte: Mapping[str, int]) -> None:
    """Write the choices, each by its place among the alternatives; those of the law leave no trace."""
    punti = parametri_senza_scelte(elezione)
    altre = {
        nome: valore for nome, valore in elezione.interpretazioni.items() if not _is_punto(punti.get(nome))
    }
    nuove = {nome: punti[nome].scelte[posto] for nome, posto in scelte.items() if _is_punto(punti.get(nome))}
    elezione.interpretazioni = altre | {
        nome: _as_json(valore) for nome, valore in nuove.items() if valore != punti[nome].valore
    }
    elezione.save(update_fields=["interpretazioni"])


def say_alternativa(valore: Any, unita: str = "") -> str:
    """An alternative in words: the roles, the posts of an office, the days of a window, a figure."""
    if isinstance(valore, Mapping) and "entro" in valore:
        return f"dal {-valore['da']}° al {-valore['entro']}° giorno prima del voto"
    if isinstance(valore, Mapping):
        return ", ".join(f"{nome} {quanti}" for nome, quanti in valore.items())
    if isinstance(valore, tuple):
        return ", ".join(valore)
    return _PAROLE[valore] if isinstance(valore, bool | str) else f"{valore} {unita}".strip()


def _is_punto(valore: Valore | None) -> bool:
    return valore is not None and bool(valore.scelte)


def _as_json(valore: Any) -> Any:
    if isinstance(valore, Mapping):
        return dict(valore)
    return list(valore) if isinstance(valore, tuple) else valore
