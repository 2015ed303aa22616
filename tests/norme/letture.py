"""What people read: every finding, step and margin of many cases, as text (``tests/casi/letture/*.txt``).

A change of wording or of a figure shows here, to be read again by a person. To write the files anew, after
reading the difference: ``python -m tests.norme.letture``.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from hashlib import sha256
from itertools import product
from pathlib import Path
from typing import Any
from zlib import crc32

from norme.candidati import Candidato
from norme.comandi.resistenza import run as resist
from norme.contrassegno import Contrassegno
from norme.dati_scrutinio import DatiScrutinio
from norme.liste import Lista, check_lista, check_liste, termini_presentazione
from norme.parametri import parametri_at
from norme.rilievi import Rilievo
from norme.riparto.calcolo import calcola
from norme.riparto.confronti import Confronti
from norme.riparto.forme import Confronto
from norme.riparto.lettura import read_dati
from norme.scrutinio import check_scrutinio
from norme.sottoscrizioni import limiti_firme
from tests.norme import liste
from tests.norme.riparto.casi import build_ingresso, read_casi, run_with_draws
from tests.norme.sezioni import PARAMETRI, change, change_preferenze, sezione
from tests.norme.test_scrutinio import MEDIO, SICILIA, SLIPS_SCHEDE
from tests.reali.fascicoli import read_ingresso

CARTELLA = Path(__file__).parents[1] / "casi" / "letture"
GENERI = ("schede_contestate", "voti_dubbi")
REALI = ("san-benedetto-del-tronto-2021", "corchiano-2021", "cardito-2026", "messina-2022", "triora-2018")


def describe(rilievi: Iterable[Rilievo]) -> list[str]:
    """Each finding on three lines: code and boxes, diagnosis, remedy."""
    return [
        riga
        for r in rilievi
        for riga in (f"{r.codice} [{', '.join(r.campi)}]", f"  {r.testo}", f"  → {r.rimedio}")
    ]


def pages_scrutinio() -> dict[str, str]:
    """The slips of an evening on section 1, with the words the responsabile reads."""
    uno = sezione(1)
    zero = dict.fromkeys(uno.preferenze[2], 0)
    medio = DatiScrutinio(
        votanti=500,
        voti_validi=480,
        voti_sindaci={1: 300, 2: 180},
        solo_sindaco={1: 4},
        voti_liste={1: 301, 2: 180},
        collegamenti={1: 1, 2: 2},
    )
    casi = {nome: replace(uno, preferenze={}, **cambio) for nome, cambio, _ in SLIPS_SCHEDE}
    casi |= {
        "un sindaco sbagliato": change(uno, "voti_sindaci", _1=138),
        "un sindaco vuoto": change(uno, "voti_sindaci", _3=None),
        "un sindaco vuoto senza voti che mancano": change(
            change(uno, "voti_sindaci", _3=None), "voti_sindaci", _4=380
        ),
        "totali sulla carta diversi": replace(
            uno, totale_sindaci=649, totale_solo_sindaco=2, totale_liste=647
        ),
        "solo sindaco oltre i suoi voti": change(uno, "solo_sindaco", _2=79),
        "solo sindaco quasi tutti": change(uno, "solo_sindaco", _2=78),
        "una lista a zero": change(uno, "voti_liste", _2=0),
        "una lista vuota": change(uno, "voti_liste", _2=None),
        "liste oltre le valide": change(uno, "voti_liste", _2=120),
        "una lista oltre le valide": change(uno, "voti_liste", _2=695),
        "voti di lista che mancano": change(uno, "voti_liste", _2=63),
        "voti di lista nulli troppi": replace(change(uno, "voti_liste", _2=63), voti_lista_nulli=3),
        "preferenze oltre i voti": change_preferenze(uno, 1, {4: 30}),
        "preferenze di un sesso oltre i voti": change_preferenze(
            uno, 1, dict.fromkeys([c for c, s in uno.sessi[1].items() if s == "M"][:3], 20)
        ),
        "preferenze troppe": change_preferenze(replace(uno, sessi={}), 1, dict.fromkeys(range(1, 4), 29)),
        "totale delle preferenze diverso": replace(uno, totali_preferenze={1: 3}),
        "nessuna preferenza": change_preferenze(uno, 2, zero),
        "tutte a un candidato": change_preferenze(uno, 2, zero | {1: 65}),
        "preferenza negativa": change_preferenze(uno, 1, {4: -1}),
        "ballottaggio con liste": replace(uno, turno=2),
        "righe dei sindaci girate": replace(
            uno, voti_sindaci=dict(enumerate([*list(uno.voti_sindaci.values())[1:], 78], 1))
        ),
    }
    pagine = {nome: describe(check_scrutinio(dati, parametri=PARAMETRI)) for nome, dati in casi.items()}
    pagine["lista diversa dal sindaco, fino a 15.000"] = describe(check_scrutinio(medio, parametri=MEDIO))
    pagine["Sicilia, sindaci meno delle valide"] = describe(
        check_scrutinio(replace(medio, voti_validi=490), parametri=SICILIA)
    )
    for passo in ("schede", "sindaco", "liste", "preferenze.1"):
        vuote = change(change(uno, "voti_liste", _1=None, _2=None), "voti_sindaci", _3=None)
        vuote = replace(vuote, votanti=None, voti_validi=None)
        pagine[f"passo finito con caselle vuote: {passo}"] = describe(
            check_scrutinio(vuote, parametri=PARAMETRI, passo=passo)
        )
    return {nome: "\n".join(righe) for nome, righe in pagine.items()}


def _describe_lista(esito) -> str:
    curabile = "; curabile" if esito.curabile else ""
    righe = [f"{esito.proposta.value}{curabile}; da {esito.minimo or '?'} a {esito.massimo or '?'} candidati"]
    for verifica in esito.verifiche:
        righe.append(f"{verifica.lettera} · {verifica.titolo} · {verifica.stato.value} · {verifica.testo}")
        righe += [f"   {riga}" for riga in describe(verifica.rilievi)]
    for voce in esito.cancellazioni:
        motivi = ", ".join(rilievo.codice for rilievo in voce.motivi)
        righe.append(
            f"cade {voce.candidato} ({voce.lettera}: {motivi}{'; curabile' if voce.curabile else ''})"
        )
    return "\n".join(righe)


def pages_liste() -> dict[str, str]:
    """Lists with one thing wrong each, as the commission reads them."""
    grande, lista_di, cambia = liste.GRANDE, liste.lista_di, liste.change
    friuli = parametri_at(date(2023, 4, 2), popolazione=20_000, ordinamento="friuli-venezia-giulia")
    sicilia = parametri_at(date(2022, 6, 12), popolazione=9_000, ordinamento="sicilia")
    doppio = {"cognome": "Rossi", "nome": "Ugo", "codice_fiscale": "RSSGUO80A01H501X"}
    guasta = replace(liste.SINDACO, incandidabile=True)
    da_vedere = Lista(
        "A", "Lista A", tuple(liste.candidato(n, "MF"[n % 2], accettazione=None) for n in range(1, 13))
    )
    casi = {
        "in ordine": lista_di(),
        "da guardare": da_vedere,
        "dopo il termine": lista_di(presentata_il=liste.ora("2021-09-04T12:01")),
        "prima dell'inizio": lista_di(presentata_il=liste.ora("2021-09-03T07:59")),
        "poche firme": lista_di(firme_valide=33, firme_presentate=34),
        "firme da completare": lista_di(firme_valide=33, firme_presentate=34, firme_curabili=1),
        "troppe firme": lista_di(firme_valide=190, firme_presentate=201),
        "firme da contare": lista_di(firme_valide=None),
        "senza contrassegno": lista_di(contrassegno=Contrassegno("Lista", presente=False)),
        "contrassegno religioso, due copie": lista_di(
            contrassegno=Contrassegno("L", esemplari=2, religioso=True)
        ),
        "simbolo non autorizzato": lista_di(
            contrassegno=Contrassegno("L", digitale=True, simbolo_partito=True, autorizzato=False)
        ),
        "senza sindaco": lista_di(sindaco=None),
        "collegamento negato": lista_di(collegamento=False),
        "sindaco incandidabile": lista_di(sindaco=guasta),
        "atti mancanti": lista_di(programma=False, delegati=False, bilancio=False),
        "atti da guardare": lista_di(programma=None, collegamento=None),
        "accettazione mancante": cambia(lista_di(), 11, accettazione=False),
        "undici nomi e un certificato mancante": cambia(lista_di("MFMFMFMFMFM"), 0, certificato=False),
        "minorenne": cambia(lista_di(), 11, data_nascita=date(2003, 10, 4)),
        "senza data di nascita": cambia(lista_di(), 11, data_nascita=None),
        "consigliere altrove, tre comuni": cambia(lista_di(), 11, consigliere_altrove=True, altri_comuni=2),
        "ineleggibile": cambia(lista_di(), 11, ineleggibilita="dipendente del comune"),
        "nome ripetuto": cambia(cambia(lista_di(), 3, **doppio), 7, **doppio),
        "numeri fuori ordine": cambia(lista_di(), 3, numero=9),
        "sesso mancante": cambia(lista_di(), 3, sesso=""),
        "quota: cadono gli ultimi": lista_di("MMMMMMMMMMMMFFFF"),
        "quota: sotto il minimo": lista_di("MMMMMMMMFFF"),
        "sotto il minimo": lista_di("MFMFMFMFMF"),
        "sopra il massimo": lista_di("MF" * 9),
        "sindaco con due mandati": lista_di(sindaco=replace(liste.SINDACO, mandati=2)),
    }
    pagine = {nome: _describe_lista(check_lista(lista, parametri=grande)) for nome, lista in casi.items()}
    for caso in liste.CASI["riduzioni"]:
        parametri = liste.case_parametri(caso)
        inizio, _ = termini_presentazione(parametri)
        lista = lista_di(caso["lista"], presentata_il=inizio, firme_valide=limiti_firme(parametri).minimo)
        pagine[caso["nome"]] = _describe_lista(check_lista(lista, parametri=parametri))
    prima = cambia(
        lista_di(id="A", contrassegno=Contrassegno("Alba", impronta="x", digitale=True)), 0, **doppio
    )
    dopo = lista_di(
        id="B",
        contrassegno=Contrassegno("Alba", impronta="x", digitale=True),
        presentata_il=liste.ora("2021-09-03T10:01"),
        sindaco=replace(liste.SINDACO, cognome="Altri"),
    )
    omonimo = replace(dopo, id="C", candidati=(Candidato(1, "Rossi", "Ugo", "M"), *dopo.candidati[1:]))
    for esito in check_liste([prima, cambia(dopo, 0, **doppio), omonimo], parametri=grande):
        pagine[f"tre liste, la {esito.lista}"] = _describe_lista(esito)
    pagine["Friuli-Venezia Giulia"] = _describe_lista(check_lista(lista_di("MFM" * 6), parametri=friuli))
    pagine["Sicilia"] = _describe_lista(check_lista(lista_di("MF" * 5), parametri=sicilia))
    return pagine


def _digest(valore: Any) -> str:
    return sha256(json.dumps(valore, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:16]


def _plain(confronto: Confronto) -> list[Any]:
    """A comparison as JSON, in one order only."""

    def forma(voci) -> list[str]:
        return sorted(f"{':'.join(str(x) for x in voce)}={peso}" for voce, peso in voci.items())

    altre = [_plain(altro) for altro in confronto.alternative]
    uguali = [forma(voci) for voci in confronto.uguali]
    return [
        confronto.livello,
        forma(confronto.forma),
        confronto.scarto,
        altre,
        confronto.parita,
        confronto.turno,
        uguali,
    ]


def describe_riparto(ingresso: dict[str, Any], sorti: list[Any]) -> str:
    """The sentences, the draws asked; then every figure of the steps and every comparison behind them."""
    esito, domande = run_with_draws(ingresso, sorti)
    righe = [f"{passo['tipo']} · {passo['articolo']} · {passo['testo']}" for passo in esito["passi"]]
    righe += [f"domanda: {json.dumps(domanda, ensure_ascii=False)}" for domanda in domande]
    sorteggi = [{"richiesta": d, "esito": e} for d, e in zip(domande, sorti, strict=False)]
    dati = read_dati({**ingresso, "sorteggi": sorteggi})
    confronti = Confronti(dati, calcola(dati)).tutti
    righe.append(f"impronta dell'esito: {_digest(esito)}")
    righe.append(f"{len(confronti)} confronti, impronta {_digest([_plain(c) for c in confronti])}")
    return "\n".join(righe)


def pages_riparto() -> dict[str, str]:
    """The sentences of every law case and of some real elections, with the draws asked."""
    pagine = {
        caso["nome"]: describe_riparto(build_ingresso(caso), caso.get("sorti", [])) for caso in read_casi()
    }
    return pagine | {nome: describe_riparto(read_ingresso(nome), []) for nome in REALI}


def casi_margini() -> dict[str, dict[str, Any]]:
    """Some law cases and two real elections, whose margins are read."""
    scelti = [caso for caso in read_casi() if crc32(caso["nome"].encode()) % 4 == 0]
    dati = {caso["nome"]: build_ingresso(caso) for caso in scelti}
    return dati | {nome: read_ingresso(nome) for nome in ("cardito-2026", "triora-2018")}


def describe_margini(ingresso: dict[str, Any]) -> str:
    """Every margin, one by line; then what the doubtful ballots can surely not change, round by round."""
    righe = [
        f"{parte}: {json.dumps(voce, ensure_ascii=False)}"
        for parte, voci in resist(ingresso)["margini"].items()
        for voce in (voci if isinstance(voci, list) else [voci])
    ]
    ammette = 2 if any(s.get("voti_ballottaggio") is not None for s in ingresso["sindaci"]) else 1
    for turno, genere, quante in product(range(1, ammette + 1), GENERI, (1, 900)):
        prova = {"turno": turno, genere: quante, "ricerca": quante == 1}
        for voce in resist(ingresso | {"margini": False, "prova": prova})["prova"]:
            righe.append(f"prova {turno} {genere} {quante}: {json.dumps(voce, ensure_ascii=False)}")
    return "\n".join(righe)


def pages_margini() -> dict[str, str]:
    return {nome: describe_margini(ingresso) for nome, ingresso in casi_margini().items()}


PAGINE: dict[str, Callable[[], dict[str, str]]] = {
    "scrutinio": pages_scrutinio,
    "liste": pages_liste,
    "riparto": pages_riparto,
    "margini": pages_margini,
}


def render(pagine: dict[str, str]) -> str:
    return "\n".join(f"## {nome}\n\n{testo}\n" for nome, testo in pagine.items())


def read(nome: str) -> dict[str, str]:
    """The pages as last read by a person."""
    pezzi = ("\n" + (CARTELLA / f"{nome}.txt").read_text("utf-8")).split("\n## ")[1:]
    return {titolo: testo.strip("\n") for titolo, _, testo in (pezzo.partition("\n") for pezzo in pezzi)}


if __name__ == "__main__":
    CARTELLA.mkdir(exist_ok=True)
    for nome, scrivi in PAGINE.items():
        (CARTELLA / f"{nome}.txt").write_text(render(scrivi()), "utf-8")
