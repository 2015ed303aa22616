"""Lists in order with the law, built in one line, and what is asked of their examination."""

import tomllib
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from norme.liste import (
    Candidato,
    Contrassegno,
    Lista,
    Stato,
)
from norme.parametri import parametri_at

CASI = tomllib.loads((Path(__file__).parents[1] / "casi" / "liste.toml").read_text("utf-8"))
TURNO = date(2021, 10, 3)
GRANDE = parametri_at(TURNO, popolazione=20_000)
SINDACO = Candidato(
    "s",
    "Neri",
    "Ada",
    "F",
    data_nascita=date(1970, 1, 1),
    accettazione=True,
    certificato=True,
    candidatura_unica=True,
)
MARCHIO = Contrassegno("Lista", impronta="aa", digitale=True)


def ora(testo: str) -> datetime:
    return datetime.fromisoformat(testo)


def candidato(numero: int, sesso: str = "M", **altro) -> Candidato:
    dati = {
        "cognome": f"Cognome{numero}",
        "nome": f"Nome{sesso}",
        "sesso": sesso,
        "numero": numero,
        "data_nascita": date(1980, 1, 1),
        "accettazione": True,
        "certificato": True,
    }
    return Candidato(id=numero, **{**dati, **altro})


def lista_di(sessi: str = "MFMFMFMFMFMF", *, id: str = "A", **altro) -> Lista:
    """A list in order with the law, but for what the test changes."""
    dati = {
        "denominazione": f"Lista {id}",
        "candidati": tuple(
            candidato(numero, sesso, cognome=id + "x" * numero) for numero, sesso in enumerate(sessi, 1)
        ),
        "sindaco": replace(SINDACO, id=f"s{id}", cognome=f"Sindaco{id}"),
        "presentata_il": ora("2021-09-03T10:00"),
        "firme_valide": 100,
        "contrassegno": replace(MARCHIO, denominazione=f"Lista {id * 20}", impronta=id),
        "collegamento": True,
        "programma": True,
        "delegati": True,
        "bilancio": True,
    }
    return Lista(id=id, **{**dati, **altro})


def codici(esito) -> list[str]:
    return [rilievo.codice for rilievo in esito.rilievi]


def stato(esito, lettera: str) -> Stato:
    return next(verifica.stato for verifica in esito.verifiche if verifica.lettera == lettera)


def change(lista: Lista, posizione: int, **campi) -> Lista:
    candidati = list(lista.candidati)
    candidati[posizione] = replace(candidati[posizione], **campi)
    return replace(lista, candidati=tuple(candidati))


def case_parametri(caso):
    return parametri_at(
        caso.get("data", TURNO),
        popolazione=caso["popolazione"],
        ordinamento=caso.get("ordinamento", "ordinario"),
        capoluogo=caso.get("capoluogo", False),
    )
