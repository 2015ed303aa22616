"""The answer of each election in one line, for the index: who won, or where the count stands."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q

from comuni.models import Elezione, Sezione
from risultati.models import Proclamazione, Riparto, Scrutinio
from risultati.prospetto import percento

CAMPI = {
    "tipo": "esito",
    "eletto": "sindaco",
    "nel_turno": "turno",
    "ammessi": "ammessi_ballottaggio",
}
"""Short name -> where it is in the outcome of the engine."""


@dataclass(frozen=True, slots=True)
class Risposta:
    """``testo`` is the answer, ``nome`` who it speaks of, ``dettaglio`` how; ``stato`` how sure it is."""

    testo: str
    stato: str
    nome: str = ""
    dettaglio: str = ""


def risposte(elezioni: Iterable[Elezione]) -> dict[int, Risposta]:
    """The answer of every election by pk, in four queries whatever their number."""
    chiavi = [elezione.pk for elezione in elezioni]
    in_vigore = Proclamazione.objects.in_vigore().filter(elezione__in=chiavi)
    trovate = {
        riga["elezione"]: _esito(riga, proclamata=True)
        for riga in in_vigore.values("elezione", **_pezzi("istantanea__dati", "istantanea__esito"))
    }
    altre = [pk for pk in chiavi if pk not in trovate]
    ultimi = Riparto.objects.filter(elezione__in=altre).order_by("elezione", "-eseguito_il", "-pk")
    ultimi = ultimi.distinct("elezione").values("elezione", "parziale", **_pezzi("dati", "esito"))
    trovate |= {riga["elezione"]: _esito(riga, proclamata=False) for riga in ultimi if not riga["parziale"]}
    return trovate | _in_corso([pk for pk in altre if pk not in trovate])


def _pezzi(dati: str, esito: str) -> dict[str, F]:
    """Only what one line needs: the whole outcome of a city has thousands of names."""
    return {"sindaci": F(f"{dati}__sindaci")} | {
        nome: F(f"{esito}__{campo}") for nome, campo in CAMPI.items()
    }


def _esito(riga: Mapping[str, Any], *, proclamata: bool) -> Risposta:
    stato = "Eletti proclamati" if proclamata else "Scrutinio completo, in attesa della proclamazione"
    sindaci = {sindaco["id"]: sindaco for sindaco in riga["sindaci"]}
    match riga["tipo"]:
        case "riparto" if riga["eletto"] is not None:
            testo = "Eletto sindaco" if proclamata else "Il più votato"
            dettaglio = _come(sindaci, riga["eletto"], riga["nel_turno"])
            return Risposta(testo, stato, nome=sindaci[riga["eletto"]]["nome"], dettaglio=dettaglio)
        case "ballottaggio":
            nomi = " e ".join(sindaci[s]["nome"] for s in riga["ammessi"])
            return Risposta("Ballottaggio", "Scrutinio completo, si va al ballottaggio", nome=nomi)
        case "sorteggio":
            return Risposta("Parità: decide il sorteggio davanti all'ufficio", stato)
        case _:
            return Risposta("Elezione nulla", stato)


def _come(sindaci: Mapping[Any, Mapping], eletto: Any, turno: int) -> str:
    campo = "voti_ballottaggio" if turno == 2 else "voti"
    voti = percento(sindaci[eletto].get(campo), sum(s.get(campo) or 0 for s in sindaci.values()))
    dove = "al ballottaggio" if turno == 2 else "al primo turno"
    return f"{dove}, {voti} %" if voti else dove


def _in_corso(chiavi: list[int]) -> dict[int, Risposta]:
    """Without an outcome: how many sections are in, of the last round that has begun."""
    definitive = Count("pk", filter=Q(stato=Scrutinio.Stato.DEFINITIVO, sezione__isnull=False))
    righe = Scrutinio.objects.filter(elezione__in=chiavi).order_by("turno").values_list("elezione", "turno")
    arrivate = {pk: n for pk, _, n in righe.annotate(n=definitive) if n}
    sezioni = Sezione.objects.con_risultati().filter(elezione__in=chiavi).order_by().values_list("elezione")
    attese = dict(sezioni.annotate(n=Count("pk")))
    return {pk: _conto(arrivate.get(pk, 0), attese.get(pk, 0)) for pk in chiavi}


def _conto(arrivate: int, attese: int) -> Risposta:
    if not arrivate:
        return Risposta("In attesa dei risultati", "")
    return Risposta(f"Scrutinio in corso: {arrivate} sezioni su {max(arrivate, attese)}", "Dati ufficiosi")
