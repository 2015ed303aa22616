"""The prova di resistenza of a stored allocation: names beside the margins of the engine."""

from comuni.atti import produce_atto
from comuni.models import Atto
from electoral.permessi import Azione
from norme.ingresso import ErroreIngresso
from risultati.contesti import contesto_elezione
from risultati.models import Riparto
from risultati.motore import run_resistenza
from risultati.riparto import RipartoImpossibile

#: What the engine asks of the ballots in doubt.
CAMPI_PROVA = ("turno", "schede_contestate", "elettori_sezioni_aperte", "voti_dubbi")
LIVELLI = {"sindaco": "Il sindaco", "seggi": "I seggi delle liste", "eletti": "Gli eletti"}
#: Of those not elected only the nearest are shown: the others are too far to matter.
ESCLUSI_MOSTRATI = 30
RISPOSTE = {"no": "non può cambiare", "si": "può cambiare", "non_escluso": "non è escluso che cambi"}


def build_resistenza(riparto: Riparto, *, prova: dict | None = None) -> dict:
    """Margins with names, nearest first; with ``prova``, whether so many ballots could change something."""
    domanda = {"prova": {campo: prova[campo] for campo in CAMPI_PROVA if campo in prova}} if prova else {}
    try:
        esito = run_resistenza({**riparto.dati, **domanda})
    except ErroreIngresso as errore:
        raise RipartoImpossibile(errore.messaggio) from errore
    sindaci = {s["id"]: s["nome"] for s in riparto.dati["sindaci"]}
    liste = {x["id"]: x for x in riparto.dati["liste"]}
    margini = esito["margini"]
    return {
        "sindaci": [{**m, "nome": sindaci[m["id"]]} for m in margini["sindaci"]],
        "liste": [{**m, "nome": liste[m["lista"]]["nome"]} for m in margini["liste"]],
        "candidati": _candidati(margini["candidati"], liste, "per_perdere_il_seggio"),
        "esclusi": _candidati(margini["candidati"], liste, "per_essere_eletto")[:ESCLUSI_MOSTRATI],
        "prova": [
            {
                "livello": LIVELLI[voce["livello"]],
                "risposta": RISPOSTE[voce["puo_cambiare"]],
                "puo_cambiare": voce["puo_cambiare"],
                "certo_fino_a": voce["certo_fino_a"],
                "esempio": _esempio(voce["esempio"], sindaci, liste),
            }
            for voce in esito["prova"] or []
        ],
    }


def _candidati(margini: list[dict], liste: dict, campo: str) -> list[dict]:
    """The seats held (or missed) by the fewest votes first."""
    nomi = {(x["id"], c["id"]): c["nome"] for x in liste.values() for c in x.get("candidati", [])}
    righe = [
        {
            **m,
            "nome": nomi[m["lista"], m["candidato"]],
            "nome_lista": liste[m["lista"]]["nome"],
            "voti": m[campo],
        }
        for m in margini
        if m[campo] is not None
    ]
    return sorted(righe, key=lambda r: r["voti"])


def _esempio(esempio: dict | None, sindaci: dict, liste: dict) -> str:
    """One way in which it would change, in words."""
    if not esempio:
        return ""

    def scheda(voce: dict) -> str:
        lista = liste.get(voce["lista"])
        nomi = {c["id"]: c["nome"] for c in (lista or {}).get("candidati", [])}
        parti = [sindaci.get(voce["sindaco"]), lista and lista["nome"], nomi.get(voce["candidato"])]
        return " – ".join(parte for parte in parti if parte)

    frasi = [f"una scheda in più per {scheda(v)}" for v in esempio["aggiunte"]]
    frasi += [f"una scheda in meno per {scheda(v)}" for v in esempio["tolte"]]
    return "; ".join(frasi)


def produce_resistenza(riparto: Riparto, prova: dict | None, *, by=None) -> tuple[Atto, dict]:
    """The test as PDF, with what it found."""
    margini = build_resistenza(riparto, prova=prova)
    atto = produce_atto(
        riparto.elezione,
        tipo="resistenza",
        titolo="Prova di resistenza",
        modello="resistenza",
        contesto={
            **contesto_elezione(riparto.elezione),
            "margini": margini,
            "prova": prova,
            "impronta_dati": riparto.impronta,
            "parziale": riparto.parziale,
        },
        azione=Azione.VEDERE_RISULTATI,
        by=by,
    )
    return atto, margini
