"""What the council would be if the count ended now, and whether the votes still to come can change it.

The engine answers without looking for examples, in a few milliseconds; the answer is kept until a figure
changes.
"""

from dataclasses import dataclass

from comuni.models import Elezione
from electoral.documenti import impronta
from electoral.templatetags.urna import migliaia
from norme.ingresso import ErroreIngresso
from risultati.margini import Margine, Residui
from risultati.models import Turno
from risultati.motore import run_resistenza
from risultati.riparto import collect_dati
from risultati.stato import StatoTurno

PREMI = {
    "assegnato": "premio assegnato",
    "non_necessario": "premio non necessario",
    "negato": "premio negato: un altro gruppo supera la metà dei voti",
    "non_previsto": "",
}
TENUTE = 32
_TENUTE: dict[str, "Proiezione | None"] = {}
"""Answers already given, by the data they were given on."""


@dataclass(frozen=True, slots=True)
class Proiezione:
    """Seats as the sections counted so far give them; empty where the seats wait for the runoff."""

    seggi: tuple[tuple[str, int], ...]
    sindaci_consiglieri: tuple[str, ...]
    premio: str
    margine: Margine


def build_proiezione(
    elezione: Elezione, turno: int, *, stati: dict[int, StatoTurno], residui: Residui
) -> Proiezione | None:
    """None while nothing is definitive in that turno, or where the engine cannot read the data."""
    if not stati[turno].is_iniziato:
        return None
    dati = collect_dati(elezione, stati=stati, con_candidati=False)
    if turno == Turno.PRIMO:
        for sindaco in dati["sindaci"]:
            sindaco["voti_ballottaggio"] = None
    chiave = impronta([dati, turno, residui.totale, residui.ignote])
    if chiave not in _TENUTE:
        if len(_TENUTE) >= TENUTE:
            _TENUTE.clear()
        _TENUTE[chiave] = _ask(dati, turno, residui)
    return _TENUTE[chiave]


def _ask(dati: dict, turno: int, residui: Residui) -> Proiezione | None:
    prova = {"turno": turno, "elettori_sezioni_aperte": residui.totale, "ricerca": False}
    try:
        esito = run_resistenza({**dati, "margini": False, "prova": prova})
    except ErroreIngresso:
        return None
    liste = {str(lista["id"]): lista["nome"] for lista in dati["liste"]}
    sindaci = {sindaco["id"]: sindaco["nome"] for sindaco in dati["sindaci"]}
    seggi = [(liste[lista], n) for lista, n in esito["seggi_per_lista"].items() if n]
    return Proiezione(
        tuple(sorted(seggi, key=lambda voce: -voce[1])),
        tuple(sindaci[ident] for ident in esito["consiglieri_sindaci"]),
        PREMI.get(esito["premio"] or "", ""),
        _margine(esito, residui),
    )


def _margine(esito: dict, residui: Residui) -> Margine:
    if esito["esito"] != "riparto":
        testi = {
            "ballottaggio": "con i voti scrutinati si va al ballottaggio: i seggi si assegnano dopo",
            "sorteggio": "con i voti scrutinati c'è una parità che decide il sorteggio",
            "nulla": "con i voti scrutinati l'elezione sarebbe nulla",
        }
        return Margine("Seggi del consiglio", testi[esito["esito"]], None, "si vedrà")
    prova = next(voce for voce in esito["prova"] if voce["livello"] == "seggi")
    certo = min(prova["certo_fino_a"], residui.totale)
    if prova["puo_cambiare"] == "no":
        testo = f"nessuna lista può guadagnare o perdere un seggio; {residui.testo}"
        return Margine("Seggi del consiglio", testo, residui.answer(None) if not residui.ignote else None)
    testo = f"sono certi fino a {migliaia(certo)} voti; {residui.testo}"
    return Margine("Seggi del consiglio", testo, None, "non è escluso che cambino")
