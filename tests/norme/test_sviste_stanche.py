"""The slips of a tired typist on every real section, with the totals of the paper, the turnout and the lists.

The share caught is measured, by an error or at least by a warning. What no figure of the section can refute
(blank and null ballots swapped, a small list's preferences on the next list) is left to the second typist.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pytest

from norme.confronti import check_confronti
from norme.dati_scrutinio import DatiScrutinio
from norme.profilo import build_profilo
from norme.scrutinio import check_scrutinio
from tests.norme.sezioni import PARAMETRI, sezioni

PROFILO = build_profilo(sezioni())
INTERE = tuple(s for s in sezioni() if (s.votanti or 0) >= 50)


def pagina(dati: DatiScrutinio) -> DatiScrutinio:
    """The section as typed from the paper, with what the office already knows."""
    return replace(
        dati,
        ammessi=0,
        non_restituite=0,
        voti_lista_nulli=0,
        affluenze={"12": 1, "23": (dati.votanti or 0) // 2, "15": dati.votanti},
        chiusura=dati.votanti,
        chiusura_m=dati.votanti_m,
        chiusura_f=dati.votanti_f,
        iscritti_m=dati.elettori_m,
        iscritti_f=dati.elettori_f,
        totale_sindaci=sum(voti or 0 for voti in dati.voti_sindaci.values()),
        totale_solo_sindaco=sum(voti or 0 for voti in dati.solo_sindaco.values()),
        totale_liste=sum(voti or 0 for voti in dati.voti_liste.values()),
        totali_preferenze={lista: sum(celle.values()) for lista, celle in dati.preferenze.items()},
    )


def seguente(dati: DatiScrutinio) -> DatiScrutinio:
    return INTERE[(INTERE.index(dati) + 1) % len(INTERE)]


def strongest(celle) -> int:
    return max(celle, key=lambda chiave: celle[chiave] or 0)


def wrong_column(dati: DatiScrutinio) -> DatiScrutinio:
    k, p = strongest(dati.voti_sindaci), pagina(dati)
    return replace(
        p,
        voti_sindaci=p.voti_sindaci | {k: p.solo_sindaco[k]},
        solo_sindaco=p.solo_sindaco | {k: p.voti_sindaci[k]},
    )


def one_for_seven(dati: DatiScrutinio) -> DatiScrutinio:
    con_uno = {k: v for k, v in dati.voti_sindaci.items() if "1" in str(v)}
    return replace(
        pagina(dati),
        voti_sindaci=dati.voti_sindaci | {k: int(str(v).replace("1", "7", 1)) for k, v in con_uno.items()},
    )


def total_of_another(dati: DatiScrutinio) -> DatiScrutinio:
    return replace(pagina(dati), totale_sindaci=pagina(seguente(dati)).totale_sindaci)


def men_for_women(dati: DatiScrutinio) -> DatiScrutinio:
    return replace(pagina(dati), votanti_m=dati.votanti_f, votanti_f=dati.votanti_m)


def sheet_of_another(dati: DatiScrutinio) -> DatiScrutinio:
    """Typed whole under this number; what the office knew is of this section."""
    noti = ("sezione", "affluenze", "chiusura", "chiusura_m", "chiusura_f", "iscritti_m", "iscritti_f")
    mia = pagina(dati)
    return replace(pagina(seguente(dati)), **{nome: getattr(mia, nome) for nome in noti})


def doubled_digit(dati: DatiScrutinio) -> DatiScrutinio:
    k = strongest(dati.voti_liste)
    testo = str(dati.voti_liste[k])
    return replace(pagina(dati), voti_liste=dati.voti_liste | {k: int(testo[0] + testo)})


def contested_twice(dati: DatiScrutinio) -> DatiScrutinio:
    """Written among the valid ballots and again as not assigned."""
    contestate = (dati.contestate_non_attribuite or 0) + 2
    return replace(
        pagina(dati), voti_validi=(dati.voti_validi or 0) + 2, contestate_non_attribuite=contestate
    )


def blank_for_null(dati: DatiScrutinio) -> DatiScrutinio:
    return replace(pagina(dati), schede_bianche=dati.schede_nulle, schede_nulle=dati.schede_bianche)


def sheet_of_the_runoff(dati: DatiScrutinio) -> DatiScrutinio:
    """Two sindaci share all the votes, in the form of the first round."""
    primo, secondo = sorted(dati.voti_sindaci, key=lambda k: -(dati.voti_sindaci[k] or 0))[:2]
    valide = dati.voti_validi or 0
    voti = dict.fromkeys(dati.voti_sindaci, 0) | {primo: valide // 2, secondo: valide - valide // 2}
    liste = dict.fromkeys(dati.voti_liste, 0)
    return replace(pagina(dati), voti_sindaci=voti, voti_liste=liste, totale_liste=None, preferenze={})


def preferences_on_the_next_list(dati: DatiScrutinio) -> DatiScrutinio:
    p = pagina(dati)
    lista = strongest(p.totali_preferenze)
    altra = lista + 1 if lista + 1 in p.preferenze else lista - 1
    righe = dict(zip(p.preferenze[altra], p.preferenze[lista].values(), strict=False))
    return replace(
        p,
        preferenze=p.preferenze | {altra: dict.fromkeys(p.preferenze[altra], 0) | righe},
        totali_preferenze=p.totali_preferenze | {altra: sum(righe.values())},
    )


@cache
def findings(dati_numero: int) -> frozenset:
    return _findings(pagina(INTERE[dati_numero]))


def _findings(dati: DatiScrutinio) -> frozenset:
    trovati = [
        *check_scrutinio(dati, parametri=PARAMETRI),
        *check_confronti(dati, profilo=PROFILO, parametri=PARAMETRI),
    ]
    return frozenset((r.codice, r.campi) for r in trovati)


def test_the_sections_as_the_page_knows_them_have_no_error():
    assert {c for n in range(len(INTERE)) for c, _ in findings(n) if c.startswith("E")} == set()


@pytest.mark.parametrize(
    ("svista", "errori", "presi", "codici"),
    [
        (wrong_column, 1.0, 1.0, {"E422", "E424"}),
        (one_for_seven, 1.0, 1.0, {"E420", "E421"}),
        (total_of_another, 1.0, 1.0, {"E421"}),
        (men_for_women, 0.0, 1.0, {"W447"}),
        (sheet_of_another, 1.0, 1.0, {"E403", "E409", "W448"}),
        (doubled_digit, 1.0, 1.0, {"E432"}),
        (contested_twice, 1.0, 1.0, {"E410"}),
        (blank_for_null, 0.0, 0.3, {"W401"}),
        (sheet_of_the_runoff, 1.0, 1.0, {"E430", "W445"}),
        (preferences_on_the_next_list, 0.75, 0.9, {"E440", "E442"}),
    ],
    ids=lambda valore: getattr(valore, "__name__", None),
)
def test_a_slip_of_a_tired_typist_is_caught(svista: Callable, errori: float, presi: float, codici: set[str]):
    conto = {"E": 0, "W": 0, "-": 0}
    visti: set[str] = set()
    for numero, dati in enumerate(INTERE):
        sbagliata = svista(dati)
        if sbagliata == pagina(dati):
            continue
        nuovi = _findings(sbagliata) - findings(numero)
        visti |= {codice for codice, _ in nuovi}
        conto["E" if any(c[0] == "E" for c, _ in nuovi) else "W" if nuovi else "-"] += 1
    quante = sum(conto.values())
    assert conto["E"] >= errori * quante and conto["E"] + conto["W"] >= presi * quante, conto
    assert codici <= visti
