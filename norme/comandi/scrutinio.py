"""Verb ``scrutinio``: the identities of one section (see :mod:`norme.scrutinio`).

Input: the election (``data``, ``popolazione`` or ``sistema``, ``ordinamento``, ``capoluogo``), ``turno``, the
figures of the verbale by name (``elettori_m`` … ``non_restituite``), ``affluenze`` [{rilevazione, votanti}],
``sindaci`` [{id, voti, solo_sindaco}], ``liste`` [{id, sindaco, voti, totale_preferenze, candidati
[{id, preferenze, sesso}]}], the totals on the paper, ``passo``. What is absent or null is not written yet.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from norme.comandi.elezione import read_parametri, read_turno, refuse_unknown, unique
from norme.dati_scrutinio import DatiScrutinio, Id
from norme.ingresso import ErroreIngresso, Oggetto
from norme.parametri import Parametri
from norme.rilievi import Gravita
from norme.scrutinio import PASSI, check_scrutinio
from norme.votanti import find_chiusura

NUMERI = (
    *("elettori_m", "elettori_f", "elettori", "ammessi", "votanti_m", "votanti_f", "votanti"),
    *("autenticate", "residue", "voti_validi", "schede_bianche", "schede_nulle"),
    *("contestate_non_attribuite", "non_restituite", "voti_lista_nulli"),
    *("totale_sindaci", "totale_solo_sindaco", "totale_liste"),
    *("chiusura", "chiusura_m", "chiusura_f", "iscritti_m", "iscritti_f"),
)


def run(dati: Mapping[str, Any]) -> dict[str, object]:
    """The findings of one section."""
    radice = Oggetto(dati)
    parametri = read_parametri(radice)
    sezione = _with_chiusura(read_sezione(radice), parametri)
    passo = _read_passo(radice)
    refuse_unknown(radice)
    rilievi = check_scrutinio(sezione, parametri=parametri, passo=passo)
    errori = sum(rilievo.gravita is Gravita.ERRORE for rilievo in rilievi)
    return {
        "sezione": sezione.sezione,
        "turno": sezione.turno,
        "quadra": errori == 0,
        "errori": errori,
        "avvisi": len(rilievi) - errori,
        "rilievi": [rilievo.as_dict() for rilievo in rilievi],
    }


def _with_chiusura(sezione: DatiScrutinio, parametri: Parametri) -> DatiScrutinio:
    """The turnout of the last hour is what the seggio told at the closing, unless said apart."""
    if sezione.chiusura is not None:
        return sezione
    return replace(sezione, chiusura=find_chiusura(sezione, parametri))


def _read_passo(radice: Oggetto) -> str | None:
    passo = radice.testo("passo", default="")
    if passo and passo.partition(".")[0] not in PASSI:
        messaggio = f"Campo «passo»: serve uno fra {', '.join(PASSI)} (o preferenze.LISTA), c'è «{passo}»."
        raise ErroreIngresso("valore_non_ammesso", "passo", messaggio)
    return passo or None


def read_sezione(radice: Oggetto) -> DatiScrutinio:
    """The figures of the section from their JSON form."""
    affluenze = radice.oggetti("affluenze")
    sindaci, liste = radice.oggetti("sindaci"), radice.oggetti("liste")
    unique(sindaci, "il candidato sindaco")
    unique(liste, "la lista")
    sezione = DatiScrutinio(
        turno=read_turno(radice),
        sezione=radice.identificativo_facoltativo("sezione"),
        speciale=radice.booleano("speciale", default=False),
        affluenze={
            voce.identificativo("rilevazione"): voce.intero_facoltativo("votanti") for voce in affluenze
        },
        voti_sindaci=_cells(sindaci, "voti"),
        solo_sindaco=_cells(sindaci, "solo_sindaco", solo_scritte=True),
        voti_liste=_cells(liste, "voti", solo_scritte=True),
        totali_preferenze=_cells(liste, "totale_preferenze", solo_scritte=True),
        collegamenti=_read_collegamenti(liste, sindaci),
        **_read_preferenze(liste),
        **_read_numeri(radice),
    )
    for voce in (*sindaci, *liste):
        voce.testo("nome", default="")
    refuse_unknown(*affluenze, *sindaci, *liste)
    return sezione


def _read_numeri(radice: Oggetto) -> dict[str, Any]:
    return {nome: radice.intero_facoltativo(nome) for nome in NUMERI}


def _cells(oggetti: tuple[Oggetto, ...], nome: str, *, solo_scritte: bool = False) -> dict[Id, int | None]:
    """A column of numbers by id; with ``solo_scritte`` a column that nobody filled is no column."""
    celle = {oggetto.identificativo("id"): oggetto.intero_facoltativo(nome) for oggetto in oggetti}
    vuota = all(voce is None for voce in celle.values())
    return {} if solo_scritte and vuota else celle


def _read_collegamenti(liste: tuple[Oggetto, ...], sindaci: tuple[Oggetto, ...]) -> dict[Id, Id]:
    noti = {oggetto.identificativo("id") for oggetto in sindaci}
    collegamenti: dict[Id, Id] = {}
    for lista in liste:
        sindaco = lista.identificativo_facoltativo("sindaco")
        if sindaco is None:
            continue
        if sindaco not in noti:
            campo = lista.percorso("sindaco")
            messaggio = f"Campo «{campo}»: il candidato sindaco «{sindaco}» non è fra i sindaci."
            raise ErroreIngresso("riferimento_ignoto", campo, messaggio)
        collegamenti[lista.identificativo("id")] = sindaco
    return collegamenti


def _read_preferenze(liste: tuple[Oggetto, ...]) -> dict[str, Any]:
    preferenze: dict[Id, dict[Id, int | None]] = {}
    sessi: dict[Id, dict[Id, str]] = {}
    for lista in liste:
        candidati = lista.oggetti_facoltativi("candidati")
        if candidati is None:
            continue
        unique(candidati, "il candidato")
        chiave = lista.identificativo("id")
        preferenze[chiave] = _cells(candidati, "preferenze")
        sessi[chiave] = {
            c.identificativo("id"): c.scelta("sesso", ("M", "F", ""), default="") for c in candidati
        }
        for candidato in candidati:
            candidato.testo("nome", default="")
        refuse_unknown(*candidati)
    return {"preferenze": preferenze, "sessi": sessi}
