"""Sections counted ballot by ballot, lawful however odd: nothing in them is ever an error.

The figures of a verbale come from ballots, so the checks are tried on ballots: every voter, enrolled or
added, does what the law lets him do (artt. 39-44, 49, 53, 63 TU; 71-73 TUEL), and the section is summed up.
"""

from collections import Counter
from dataclasses import replace
from datetime import date
from random import Random

import pytest

from norme.dati_scrutinio import DatiScrutinio
from norme.parametri import Parametri, parametri_at
from norme.scrutinio import PASSI, check_scrutinio

GIORNO = date(2024, 6, 8)
SISTEMI = {
    "fino a 5.000": parametri_at(GIORNO, popolazione=2_900),
    "fino a 15.000": parametri_at(GIORNO, popolazione=12_000),
    "oltre 15.000": parametri_at(GIORNO, popolazione=80_000),
    "capoluogo piccolo": parametri_at(GIORNO, popolazione=12_000, capoluogo=True),
    "Sicilia piccolo": parametri_at(GIORNO, popolazione=9_000, ordinamento="sicilia"),
    "Sicilia grande": parametri_at(GIORNO, popolazione=60_000, ordinamento="sicilia"),
}
ABITUDINI = {
    "qualunque sezione": {},
    "nessuno ha votato": {"affluenza": 0},
    "hanno votato tutti": {"affluenza": 1},
    "ospedale di 20 elettori": {"elettori": 20},
    "ospedale senza iscritti, tutti aggiunti": {"elettori": 0, "ammessi": 20, "speciale": True},
    "sezione con pochi iscritti e molti aggiunti": {"elettori": 12, "ammessi": 40},
    "molti ammessi in una sezione intera": {"affluenza": 1, "ammessi": 60},
    "una lista prende tutti i voti": {"preferita": 1},
    "nessuna preferenza": {"con_preferenze": 0},
    "tutti danno due preferenze": {"con_preferenze": 1, "doppia": 1},
    "tutte le schede bianche": {"bianche": 1},
    "tutte le schede nulle": {"nulle": 1},
    "molte contestate non attribuite": {"contestate": 0.1},
    "molti voti al solo sindaco": {"solo": 0.9},
    "molti voti di lista nulli o contestati": {"lista_nulla": 0.2},
    "molto voto disgiunto": {"disgiunto": 0.8},
    "schede non restituite o annullate": {"perse": 0.02},
    "schede deteriorate e sostituite": {"sostituite": 8},
}
SOLITE = {
    **{"elettori": 700, "affluenza": 0.6, "ammessi": 3, "bianche": 0.02, "nulle": 0.03, "contestate": 0.002},
    **{"perse": 0.001, "solo": 0.15, "disgiunto": 0.1, "lista_nulla": 0.005, "con_preferenze": 0.6},
    **{"doppia": 0.4, "preferita": 0, "sostituite": 0, "speciale": False},
}
SINDACI, LISTE_PER_SINDACO, NOMI = 4, 3, 8


def scrutina(parametri: Parametri, caso: Random, turno: int = 1, **abitudini) -> DatiScrutinio:
    """Vote and count one section."""
    modi = {**SOLITE, **abitudini}
    unico = bool(parametri.valore("sindaco_vale_per_lista"))
    sindaci = range(1, (2 if turno == 2 else SINDACI) + 1)
    liste = {n: (n if unico else 1 + (n - 1) % SINDACI) for n in range(1, SINDACI * (1 if unico else 3) + 1)}
    sessi = {lista: {n: "MF"[n % 2] for n in range(1, NOMI + 1)} for lista in liste}
    iscritti = sum(caso.random() < modi["affluenza"] for _ in range(modi["elettori"]))
    votanti = iscritti + modi["ammessi"]
    uomini = sum(caso.random() < 0.48 for _ in range(modi["elettori"]))
    urna = Counter(_scheda(caso, modi) for _ in range(votanti))
    voti, soli, di_lista, nulli = Counter(), Counter(), Counter(), 0
    preferenze = {lista: Counter() for lista in liste}
    for _ in range(urna["valida"]):
        sindaco = 1 if modi["preferita"] else caso.choice(sindaci)
        voti[sindaco] += 1
        if turno == 2 or (unico and not preferenze):
            continue
        lista = _lista(caso, modi, sindaco, liste, unico)
        if lista is None:
            soli[sindaco] += 1
        elif lista == 0:
            nulli += 1
        else:
            di_lista[lista] += 1
            preferenze[lista].update(_preferite(caso, modi, parametri, sessi[lista]))
    ha_liste = turno == 1 and not unico
    votanti_m = min(votanti, sum(caso.random() < 0.48 for _ in range(votanti)))
    uomini = max(uomini, votanti_m - modi["ammessi"])
    donne = max(modi["elettori"] - uomini, votanti - votanti_m - modi["ammessi"], 0)
    return DatiScrutinio(
        turno=turno,
        speciale=modi["speciale"],
        elettori_m=uomini if uomini + donne == modi["elettori"] else None,
        elettori_f=donne if uomini + donne == modi["elettori"] else None,
        elettori=modi["elettori"],
        ammessi=modi["ammessi"],
        votanti_m=votanti_m,
        votanti_f=votanti - votanti_m,
        votanti=votanti,
        affluenze={"12": votanti // 5, "19": votanti // 2, "23": votanti},
        autenticate=modi["elettori"] + modi["ammessi"] + modi["sostituite"],
        residue=modi["elettori"] - iscritti,
        voti_validi=urna["valida"],
        schede_bianche=urna["bianca"],
        schede_nulle=urna["nulla"],
        contestate_non_attribuite=urna["contestata"],
        non_restituite=urna["persa"],
        voti_sindaci={s: voti[s] for s in sindaci},
        solo_sindaco={s: soli[s] for s in sindaci} if ha_liste else {},
        totale_sindaci=voti.total(),
        totale_solo_sindaco=soli.total() if ha_liste else None,
        voti_liste={n: di_lista[n] for n in liste} if ha_liste else {},
        voti_lista_nulli=nulli if ha_liste else None,
        totale_liste=di_lista.total() if ha_liste else None,
        preferenze={n: {c: preferenze[n][c] for c in sessi[n]} for n in liste} if turno == 1 else {},
        totali_preferenze={n: preferenze[n].total() for n in liste} if turno == 1 else {},
        collegamenti=liste if turno == 1 else {},
        sessi=sessi,
    )


def _scheda(caso: Random, modi) -> str:
    for nome, cosa in (("perse", "persa"), ("bianche", "bianca"), ("nulle", "nulla")):
        if caso.random() < modi[nome]:
            return cosa
    return "contestata" if caso.random() < modi["contestate"] else "valida"


def _lista(caso: Random, modi, sindaco: int, liste, unico: bool) -> int | None:
    """The list voted; None with the sindaco alone, 0 when the mark on the list is null or contested."""
    sue = [lista for lista, collegato in liste.items() if collegato == sindaco]
    if unico:
        return sue[0]
    if caso.random() < modi["solo"]:
        return None
    if caso.random() < modi["lista_nulla"]:
        return 0
    if modi["preferita"]:
        return sue[0]
    return caso.choice(list(liste) if caso.random() < modi["disgiunto"] else sue)


def _preferite(caso: Random, modi, parametri: Parametri, sessi) -> list[int]:
    """One name, or two of different sex where the law allows two."""
    if caso.random() >= modi["con_preferenze"]:
        return []
    primo = caso.choice(list(sessi))
    if parametri.valore("preferenze_massime") == 1 or caso.random() >= modi["doppia"]:
        return [primo]
    return [primo, caso.choice([n for n in sessi if sessi[n] != sessi[primo]])]


def errori(dati: DatiScrutinio, parametri: Parametri) -> list[tuple[str, dict]]:
    """Of the whole section, and of each step taken as finished."""
    passi = (None, *PASSI)
    trovati = [r for passo in passi for r in check_scrutinio(dati, parametri=parametri, passo=passo)]
    return [(r.codice, dict(r.contesto)) for r in trovati if r.codice.startswith("E")]


@pytest.mark.parametrize("abitudini", ABITUDINI.values(), ids=ABITUDINI)
@pytest.mark.parametrize("parametri", SISTEMI.values(), ids=SISTEMI)
def test_no_lawful_section_has_an_error(parametri, abitudini):
    for seme in range(6):
        for turno in (1, 2):
            dati = scrutina(parametri, Random(seme), turno, **abitudini)
            assert errori(dati, parametri) == [], seme


NON_SCRITTE = (
    {"ammessi": None},
    {"non_restituite": None},
    {"voti_lista_nulli": None},
    {"autenticate": None},
    {"residue": None},
    {"contestate_non_attribuite": None},
    {"ammessi": None, "non_restituite": None, "voti_lista_nulli": None, "contestate_non_attribuite": None},
    {"elettori_m": None, "elettori_f": None, "votanti_m": None, "votanti_f": None},
    {"totale_sindaci": None, "totale_liste": None, "totale_solo_sindaco": None, "totali_preferenze": {}},
    {"sessi": {}},
)


@pytest.mark.parametrize("assenti", NON_SCRITTE, ids=lambda assenti: ", ".join(assenti))
@pytest.mark.parametrize("parametri", SISTEMI.values(), ids=SISTEMI)
def test_a_section_that_leaves_out_what_it_may_leave_out_has_no_error(parametri, assenti):
    for seme in range(6):
        dati = replace(scrutina(parametri, Random(seme)), **assenti)
        assert errori(dati, parametri) == [], seme


@pytest.mark.parametrize("parametri", SISTEMI.values(), ids=SISTEMI)
def test_rows_of_nobody_left_out_of_a_file_are_not_an_error(parametri):
    """Files of the results often skip the rows at zero: lists, candidates, sindaci nobody voted."""
    for seme in range(6):
        dati = scrutina(parametri, Random(seme), elettori=150, preferita=1, lista_nulla=0.01)
        scarne = {
            campo: {n: voti or None for n, voti in getattr(dati, campo).items()}
            for campo in ("voti_sindaci", "voti_liste")
        }
        scarne |= dict.fromkeys(("totale_sindaci", "totale_liste", "totale_solo_sindaco", "voti_lista_nulli"))
        trovati = check_scrutinio(replace(dati, **scarne), parametri=parametri)
        assert [r.codice for r in trovati if r.codice.startswith("E")] == [], seme
