"""The law of an election for people: every value applied, and the doubtful points where the ente may choose.

The points of the allocation have their own page (``esito:letture``): these are those of the parameters.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from comuni.legge import parametri_di, parametri_senza_scelte
from comuni.models import Elezione
from norme.parametri import Valore
from norme.registro import catalogo, migliaia

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
    "con_sindaco": "sì",
    "senza_sindaco": "no, solo gli assessori",
    "scheda_nulla": "scheda nulla",
    "scheda_bianca": "scheda bianca",
    "solo_sindaco": "voto al solo sindaco",
    "sindaco_e_lista": "voto al sindaco e alla sua lista",
    "da_decidere": "decide il presidente dell'ufficio",
    "voto_al_sindaco": "voto al sindaco",
    "nulla": "nulla",
    "valida": "valida",
    "conta": "sì, conta",
    "non_conta": "no, è come non scritta",
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


#: What each file of parameters is about; duties, thresholds of warnings and material have their own pages.
TEMI = {
    "fasce.toml": "Sistema e popolazione",
    "consiglio.toml": "Consiglio, giunta, mandati",
    "liste.toml": "Liste, candidati, firme",
    "propaganda.toml": "Propaganda",
    "uffici.toml": "Sezioni e uffici",
    "compensi.toml": "Onorari",
    "votazione.toml": "Votazione",
    "scrutinio.toml": "Voto",
    "riparto.toml": "Riparto dei seggi",
}
_ALTROVE = ("adempimento_", "avvisi_", "materiale_", "somiglianza_")


@dataclass(frozen=True, slots=True)
class Regola:
    """One value in force: what it is about, the value in words, where it is written, how sure it is."""

    titolo: str
    valore: str
    articolo: str
    nota: str
    prova: str


def legge_applicata(elezione: Elezione) -> list[tuple[str, list[Regola]]]:
    """Every value of the law of this election, by subject."""
    parametri, catalogati = parametri_di(elezione), catalogo()
    per_tema: dict[str, list[Regola]] = {tema: [] for tema in TEMI.values()}
    for nome, valore in parametri.items():
        tema = TEMI.get(catalogati[nome].file)
        if tema and not nome.startswith(_ALTROVE):
            detto = say_alternativa(valore.valore, catalogati[nome].unita)
            regola = Regola(
                catalogati[nome].descrizione, detto, str(valore.riferimento), valore.nota, valore.prova
            )
            per_tema[tema].append(regola)
    return [(tema, regole) for tema, regole in per_tema.items() if regole]


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
    """A value in words: the roles, the posts of an office, the days of a window, a figure with its unit."""
    if isinstance(valore, Mapping) and "entro" in valore:
        return f"dal {-valore['da']}° al {-valore['entro']}° giorno prima del voto"
    if isinstance(valore, Mapping):
        voci = (f"{nome.replace('_', ' ')} {say_alternativa(voce)}" for nome, voce in valore.items())
        return ", ".join(voci) + (f" ({unita})" if unita else "")
    if isinstance(valore, tuple):
        return ", ".join(say_alternativa(voce) for voce in valore)
    if isinstance(valore, bool | str):
        return _PAROLE.get(valore) or str(valore).replace("_", " ")
    if isinstance(valore, Fraction):
        return str(valore)
    return f"{migliaia(valore)} {unita}".strip()


def _is_punto(valore: Valore | None) -> bool:
    return valore is not None and bool(valore.scelte)


def _as_json(valore: Any) -> Any:
    if isinstance(valore, Mapping):
        return dict(valore)
    return list(valore) if isinstance(valore, tuple) else valore
