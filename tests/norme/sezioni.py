"""The 43 real sections of San Benedetto del Tronto 2021, as figures for the checks; and slips of typing."""

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from random import Random

from norme.dati_scrutinio import DatiScrutinio
from norme.parametri import parametri_at

CARTELLA = Path(__file__).parents[2] / "dati" / "fascicoli" / "san-benedetto-del-tronto-2021"
PARAMETRI = parametri_at(date(2021, 10, 3), popolazione=46_963)
# Given names on which the rule "ends in A, a woman" fails; sexes were not published.
UOMINI_IN_A = {"ANDREA", "GIANLUCA", "LUCA", "MATTIA", "NICOLA"}
DONNE = {
    *("ALICE", "CESILDE", "DE", "DOVILE", "ERVEHE", "HILLI", "KITTY", "MARIADELE", "MARIELE", "MARILYN"),
    *("MERCENESE", "MIRIAM", "NICOLE", "RACHELE", "TRESY"),
}


def rows(nome: str, cartella: Path = CARTELLA) -> list[dict[str, str]]:
    if not (cartella / nome).exists():
        return []
    with (cartella / nome).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def number(testo: str) -> int | None:
    return int(testo) if testo else None


def sesso(nome: str) -> str:
    primo = nome.split()[0]
    return "F" if primo in DONNE or (primo.endswith("A") and primo not in UOMINI_IN_A) else "M"


@cache
def sezioni() -> tuple[DatiScrutinio, ...]:
    """Every section with all it has, sexes guessed from the given names."""
    collegamenti = {int(r["numero"]): int(r["sindaco"]) for r in rows("liste.csv")}
    sessi: dict[int, dict[int, str]] = {lista: {} for lista in collegamenti}
    for r in rows("candidati.csv"):
        sessi[int(r["lista"])][int(r["numero"])] = sesso(r["nome"])
    voti, soli, liste = defaultdict(dict), defaultdict(dict), defaultdict(dict)
    preferenze = defaultdict(lambda: {lista: dict.fromkeys(suoi, 0) for lista, suoi in sessi.items()})
    for r in rows("voti_sindaci.csv"):
        if r["turno"] == "1":
            voti[r["sezione"]][int(r["sindaco"])] = number(r["voti"])
            soli[r["sezione"]][int(r["sindaco"])] = number(r["solo_sindaco"])
    for r in rows("voti_liste.csv"):
        liste[r["sezione"]][int(r["lista"])] = number(r["voti"])
    for r in rows("voti_preferenze.csv"):
        preferenze[r["sezione"]][int(r["lista"])][int(r["candidato"])] = number(r["preferenze"])
    return tuple(
        DatiScrutinio(
            sezione=int(r["sezione"]),
            voti_sindaci=voti[r["sezione"]],
            solo_sindaco=soli[r["sezione"]],
            voti_liste=liste[r["sezione"]],
            preferenze=preferenze[r["sezione"]],
            collegamenti=collegamenti,
            sessi=sessi,
            **{nome: number(r[nome]) for nome in r if nome not in ("turno", "sezione")},
        )
        for r in rows("scrutinio.csv")
    )


def sezione(numero: int) -> DatiScrutinio:
    return sezioni()[numero - 1]


def change(dati: DatiScrutinio, campo: str, **celle) -> DatiScrutinio:
    """The section with some cells of a column changed: ``change(s, "voti_liste", _7=3)``."""
    nuove = {int(nome[1:]): valore for nome, valore in celle.items()}
    return replace(dati, **{campo: {**getattr(dati, campo), **nuove}})


def change_preferenze(dati: DatiScrutinio, lista: int, celle: Mapping[int, int]) -> DatiScrutinio:
    nuove = {**dati.preferenze, lista: {**dati.preferenze[lista], **celle}}
    return replace(dati, preferenze=nuove)


# --- slips: each takes the figures of a column and gives back what a tired hand may write


def swap_digits(valori: list[int], caso: Random) -> list[int]:
    """Two neighbouring different digits of one figure change places."""
    adatti = [i for i, valore in enumerate(valori) if len(set(str(valore))) > 1]
    if not adatti:
        return valori
    dove = caso.choice(adatti)
    cifre = list(str(valori[dove]))
    coppie = [i for i in range(len(cifre) - 1) if cifre[i] != cifre[i + 1]]
    i = caso.choice(coppie)
    cifre[i], cifre[i + 1] = cifre[i + 1], cifre[i]
    return [*valori[:dove], int("".join(cifre)), *valori[dove + 1 :]]


def wrong_digit(valori: list[int], caso: Random) -> list[int]:
    """One digit of one figure is another one."""
    dove = caso.randrange(len(valori))
    cifre = list(str(valori[dove]))
    i = caso.randrange(len(cifre))
    cifre[i] = caso.choice([c for c in "0123456789" if c != cifre[i]])
    return [*valori[:dove], int("".join(cifre)), *valori[dove + 1 :]]


def slide_down(valori: list[int], caso: Random) -> list[int]:
    """A box is left empty and what follows goes one row down; the last figure is lost."""
    dove = caso.randrange(len(valori) - 1)
    return [*valori[:dove], 0, *valori[dove:-1]]


def skip_row(valori: list[int], caso: Random) -> list[int]:
    """A row is skipped and what follows goes one row up; the last box stays empty."""
    dove = caso.randrange(len(valori) - 1)
    return [*valori[:dove], *valori[dove + 1 :], 0]


def swap_rows(valori: list[int], caso: Random) -> list[int]:
    """Two neighbouring rows change places."""
    dove = caso.randrange(len(valori) - 1)
    return [*valori[:dove], valori[dove + 1], valori[dove], *valori[dove + 2 :]]


def leave_zero(valori: list[int], caso: Random) -> list[int]:
    """One row is left at zero."""
    dove = caso.randrange(len(valori))
    return [*valori[:dove], 0, *valori[dove + 1 :]]


SVISTE = (swap_digits, wrong_digit, slide_down, skip_row, swap_rows, leave_zero)
COLONNE = ("voti_sindaci", "solo_sindaco", "voti_liste", "preferenze")
TESTATA = (
    *("votanti_m", "votanti_f", "votanti", "voti_validi", "schede_bianche", "schede_nulle"),
    "contestate_non_attribuite",
)


def slips(svista, colonna: str, quante: int, seme: int) -> Iterator[DatiScrutinio]:
    """Real sections with one slip in a column of the page."""
    caso = Random(seme)
    fatte = 0
    while fatte < quante:
        dati = caso.choice(sezioni())
        lista = caso.choice(list(dati.preferenze))
        if colonna == "testata":
            celle = {nome: getattr(dati, nome) for nome in TESTATA}
        else:
            celle = dati.preferenze[lista] if colonna == "preferenze" else getattr(dati, colonna)
        nuovi = svista(list(celle.values()), caso)
        if nuovi == list(celle.values()):
            continue
        nuove = dict(zip(celle, nuovi, strict=True))
        fatte += 1
        if colonna == "testata":
            yield replace(dati, **nuove)
        elif colonna == "preferenze":
            yield change_preferenze(dati, lista, nuove)
        else:
            yield replace(dati, **{colonna: nuove})
