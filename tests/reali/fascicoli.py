"""Reads a fascicolo (DESIGN §5.2) straight into the input of the engine: no Django, no importer."""

import csv
import json
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

CARTELLA = Path(__file__).parents[2] / "dati" / "fascicoli"
NOMI = sorted(percorso.name for percorso in CARTELLA.iterdir() if percorso.is_dir())
ORDINAMENTI = {"Sicilia": "sicilia", "Friuli-Venezia Giulia": "friuli-venezia-giulia"}


def _rows(nome: str, file: str) -> list[dict[str, str]]:
    percorso = CARTELLA / nome / file
    if not percorso.exists():
        return []
    with percorso.open(encoding="utf-8", newline="") as aperto:
        return list(csv.DictReader(aperto))


def _sums(righe: list[dict[str, str]], *chiavi: str, valore: str) -> Counter[tuple[int, ...]]:
    somme: Counter[tuple[int, ...]] = Counter()
    for riga in righe:
        somme[tuple(int(riga[chiave]) for chiave in chiavi)] += int(riga[valore] or 0)
    return somme


def read_ingresso(nome: str) -> dict[str, Any]:
    """The JSON input of ``norme riparto`` for a fascicolo."""
    elezione = tomllib.loads((CARTELLA / nome / "elezione.toml").read_text("utf-8"))["elezione"]
    voti_sindaci = _sums(_rows(nome, "voti_sindaci.csv"), "turno", "sindaco", valore="voti")
    voti_liste = _sums(_rows(nome, "voti_liste.csv"), "lista", valore="voti")
    preferenze = _sums(_rows(nome, "voti_preferenze.csv"), "lista", "candidato", valore="preferenze")
    candidati = _rows(nome, "candidati.csv")
    liste = []
    for riga in _rows(nome, "liste.csv"):
        numero = int(riga["numero"])
        lista = {"id": numero, "nome": riga["denominazione"], "sindaco": int(riga["sindaco"])}
        if riga.get("apparentata_con"):
            lista["apparentata_con"] = int(riga["apparentata_con"])
        if (numero,) in voti_liste:
            lista["voti"] = voti_liste[numero,]
        if candidati:
            lista["candidati"] = [
                {
                    "id": int(voce["numero"]),
                    "nome": f"{voce['cognome']} {voce['nome']}",
                    "preferenze": preferenze[numero, int(voce["numero"])],
                }
                for voce in candidati
                if int(voce["lista"]) == numero
            ]
        liste.append(lista)
    campi = ("capoluogo", "sistema", "seggi_consiglio")
    return {
        "ordinamento": ORDINAMENTI.get(elezione["regione"], "ordinario"),
        "data": elezione["data"].isoformat(),
        **({"popolazione": elezione["popolazione_legale"]} if "popolazione_legale" in elezione else {}),
        **{campo: elezione[campo] for campo in campi},
        "sindaci": [
            {
                "id": int(riga["numero"]),
                "nome": f"{riga['cognome']} {riga['nome']}",
                "voti": voti_sindaci[1, int(riga["numero"])],
                "voti_ballottaggio": voti_sindaci.get((2, int(riga["numero"]))),
            }
            for riga in _rows(nome, "sindaci.csv")
        ],
        "liste": liste,
    }


def read_esito_ufficiale(nome: str) -> dict[str, Any]:
    """What really happened."""
    esito: dict[str, Any] = json.loads((CARTELLA / nome / "esito_ufficiale.json").read_text("utf-8"))
    return esito
