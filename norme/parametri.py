"""Dated legal parameters: one number, the days it was in force, the article that says it, how sure we are.

The values live in ``norme/parametri/*.toml`` (see :mod:`norme.registro`); this module looks them up.
A value nobody has found in a source raises :class:`ParametroIgnoto`: it is never guessed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from difflib import get_close_matches
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from norme.registro import ORDINAMENTI, SISTEMI, Caso, Riferimento, Valore, catalogo, freeze, migliaia

__all__ = ["Caso", "ParametroIgnoto", "Parametri", "Riferimento", "Valore", "parametri_at"]


class ParametroIgnoto(KeyError):
    """No known value for this parameter at this date and place; the message says what to do."""

    def __str__(self) -> str:
        return str(self.args[0])


class Parametri(Mapping[str, Valore]):
    """The parameters in force for one election, by name."""

    __slots__ = ("_valori", "caso")

    def __init__(self, caso: Caso, valori: Mapping[str, Valore]) -> None:
        self.caso = caso
        self._valori = valori

    def __getitem__(self, nome: str) -> Valore:
        try:
            return self._valori[nome]
        except KeyError:
            raise ParametroIgnoto(_explain_missing(nome, self.caso)) from None

    def __iter__(self) -> Iterator[str]:
        return iter(self._valori)

    def __len__(self) -> int:
        return len(self._valori)

    def valore(self, nome: str) -> Any:
        """The bare value."""
        return self[nome].valore

    def intero(self, nome: str) -> int:
        """The bare value, which must be an integer."""
        valore = self[nome].valore
        if type(valore) is not int:
            raise TypeError(f"{nome} non è un intero")
        return valore

    def choose(self, **scelte: Any) -> "Parametri":
        """The same parameters with the ente's choices on doubtful points (``docs/interpretazioni.md``)."""
        valori = dict(self._valori)
        for nome, scelta in scelte.items():
            ammesse = self[nome].scelte
            if (voluta := freeze(scelta)) not in ammesse:
                elenco = ", ".join(str(voce) for voce in ammesse) or "nessuna, la legge non lascia scelta"
                raise ValueError(f"«{scelta}» non è una scelta per {nome}: ammesse {elenco}")
            valori[nome] = replace(self[nome], valore=voluta, nota="scelta dell'ente su un punto dubbio")
        return Parametri(self.caso, MappingProxyType(valori))


@lru_cache(maxsize=8192)
def parametri_at(
    data: date,
    *,
    popolazione: int | None = None,
    ordinamento: str = "ordinario",
    capoluogo: bool = False,
    sistema: str | None = None,
) -> Parametri:
    """The parameters in force on ``data`` (the first voting day) for a comune of this legal population.

    ``sistema`` ("fino_15000" | "oltre_15000") is derived from population and capoluogo unless given.
    """
    if ordinamento not in ORDINAMENTI:
        raise ValueError(f"ordinamento «{ordinamento}» sconosciuto: usare {', '.join(ORDINAMENTI)}")
    if sistema is not None and sistema not in SISTEMI:
        raise ValueError(f"sistema «{sistema}» sconosciuto: usare {', '.join(SISTEMI)}")
    if popolazione is not None and popolazione < 0:
        raise ValueError("la popolazione legale non può essere negativa")
    caso = Caso(data, popolazione, ordinamento, capoluogo, sistema)
    if sistema is None and (valore := _find("sistema", caso)):
        caso = replace(caso, sistema=valore.valore)
    valori = {nome: valore for nome in catalogo() if (valore := _find(nome, caso))}
    if sistema is not None and "sistema" in valori:
        valori["sistema"] = replace(valori["sistema"], valore=sistema, nota="indicato a mano")
    return Parametri(caso, MappingProxyType(valori))


def _find(nome: str, caso: Caso) -> Valore | None:
    parametro = catalogo().get(nome)
    for valore in parametro.valori if parametro else ():
        if valore.in_force(caso.data) and valore.condizioni.applies(caso):
            return valore
    return None


def _explain_missing(nome: str, caso: Caso) -> str:
    parametro = catalogo().get(nome)
    if parametro is None:
        simili = get_close_matches(nome, catalogo(), n=1)
        return f"Il parametro «{nome}» non esiste." + (f" Forse «{simili[0]}»?" if simili else "")
    luogo = f"ordinamento {caso.ordinamento}"
    if caso.popolazione is not None:
        luogo += f", {migliaia(caso.popolazione)} abitanti"
    if caso.capoluogo:
        luogo += ", capoluogo"
    testo = (
        f"{parametro.descrizione} ({nome}): nessun valore conosciuto al {caso.data:%d.%m.%Y} per {luogo}."
        " Va trovata la fonte e aggiunto il valore in norme/parametri, oppure indicato a mano."
    )
    if caso.popolazione is None and any(_needs_popolazione(valore) for valore in parametro.valori):
        testo += " Manca la popolazione legale: con quella il valore potrebbe essere noto."
    return testo


def _needs_popolazione(valore: Valore) -> bool:
    condizioni = valore.condizioni
    return bool(condizioni.sistema) or not (condizioni.popolazione_da is condizioni.popolazione_a is None)
