"""The council up to 15.000 inhabitants (TUEL 71.7-71.10), Sicilia and Friuli-Venezia Giulia included."""

from collections.abc import Mapping
from typing import Literal

from norme.ingresso import Id
from norme.riparto.esauriti import leave_vacant
from norme.riparto.gruppi import Gruppo, cifre, first_round_groups, write_groups
from norme.riparto.interno import Seggi, distribute_inside
from norme.riparto.passi import SecondaLista, SeggiMaggioranza, SeggioSindacoNonEletto, SindacoFuori
from norme.riparto.perdenti import eligible_losers, find_best_loser
from norme.riparto.premio import round_share
from norme.riparto.sorteggi import in_order
from norme.riparto.verbale import Verbale, tabella


def assign_fino_15000(verbale: Verbale, *, sindaco: Id) -> Seggi:
    """Two thirds to the list of the elected sindaco, the rest to the others."""
    dati, regole = verbale.dati, verbale.regole
    consiglio = regole.seggi_consiglio()
    gruppi = first_round_groups(dati, {lista.id for lista in dati.liste})
    if any(len(gruppo.liste) > 1 for gruppo in gruppi.values()):
        write_groups(verbale, gruppi, turno=1)
    maggioranza = _majority_seats(verbale, gruppi, sindaco, consiglio)
    per_gruppo = {sindaco: maggioranza}
    altri = {capo: gruppo.cifra for capo, gruppo in gruppi.items() if capo != sindaco}
    if regole.valore("distribuzione_minoranza") == "seconda_lista":
        seggi = _give_to_second_list(verbale, gruppi, altri, per_gruppo, consiglio - maggioranza)
    else:
        fra: Literal["liste", "gruppi"] = "liste"
        if any(len(gruppo.liste) > 1 for gruppo in gruppi.values()):
            fra = "gruppi"
        nomi = {capo: gruppo.liste[0].id if fra == "liste" else capo for capo, gruppo in gruppi.items()}
        tavola = verbale.divide(
            {nomi[capo]: cifra for capo, cifra in altri.items()},
            consiglio - maggioranza,
            articolo=regole.articolo("seggi"),
            scopo="minoranza",
            fra=fra,
        )
        ottenuti = tavola.seggi_per()
        per_gruppo |= {capo: ottenuti[nomi[capo]] for capo in altri}
        seggi = distribute_inside(verbale, gruppi, per_gruppo, perdenti=eligible_losers(verbale, sindaco))
    leave_vacant(verbale, seggi)
    return seggi


def _majority_seats(verbale: Verbale, gruppi: Mapping[Id, Gruppo], sindaco: Id, consiglio: int) -> int:
    """The share of the winner, rounded up only beyond the half (71.8): 10 → 7, 12 → 8, 16 → 11."""
    regole = verbale.regole
    quota = regole.quota("quota_maggioranza")
    seggi = round_share(quota, consiglio, arrotondamento="aritmetico")
    naturale = False
    if verbale.dati.ordinamento == "friuli-venezia-giulia" and regole.opzioni.fvg_maggioranza_naturale:
        articolo = regole.articolo("seggi")
        prova = tabella(cifre(gruppi), consiglio, articolo=articolo, scopo="prova", fra="gruppi")
        if prova.seggi_per()[sindaco] + prova.incerti > seggi:
            prova = verbale.settle(prova)
        verbale.write(prova)
        naturale = prova.seggi_per()[sindaco] > seggi
        seggi = max(seggi, prova.seggi_per()[sindaco])
    verbale.write(SeggiMaggioranza(regole.articolo("seggi"), sindaco, quota, consiglio, seggi, naturale))
    return seggi


def _give_to_second_list(
    verbale: Verbale,
    gruppi: Mapping[Id, Gruppo],
    altri: Mapping[Id, int],
    per_gruppo: dict[Id, int],
    minoranza: int,
) -> Seggi:
    """Sicilia: the whole minority to the second list, one seat of it to the best losing sindaco."""
    regole = verbale.regole
    articolo = regole.articolo("seggi")
    (sindaco,) = per_gruppo
    trovato = find_best_loser(verbale, sindaco)
    perdente = trovato.sindaco if trovato is not None and trovato.entra else None
    voti = max(altri.values(), default=0)
    if voti == 0:
        if trovato is not None and not trovato.entra:
            _give_to_his_list(verbale, altri, per_gruppo, trovato.sindaco, secondo=None)
        seggi = distribute_inside(verbale, gruppi, per_gruppo, perdenti=())
        return _seat_best_loser(verbale, seggi, perdente, None, minoranza)
    pari = in_order([capo for capo, cifra in altri.items() if cifra == voti])
    secondo = pari[0]
    if len(pari) > 1:
        capi = {gruppi[capo].liste[0].id: capo for capo in pari}
        scelta = verbale.draw(
            "seconda_lista", capi, articolo=articolo, fra="liste", ambito="minoranza", posto=1, cifra=voti
        )
        secondo = capi[scelta]
    verbale.write(SecondaLista(articolo, gruppi[secondo].liste[0].id, voti, minoranza))
    riservato = int(perdente is not None)
    if trovato is not None and not trovato.entra:
        riservato = _give_to_his_list(verbale, altri, per_gruppo, trovato.sindaco, secondo=secondo)
    per_gruppo[secondo] = minoranza - riservato
    seggi = distribute_inside(verbale, gruppi, per_gruppo, perdenti=())
    return _seat_best_loser(verbale, seggi, perdente, secondo, minoranza)


def _give_to_his_list(
    verbale: Verbale, altri: Mapping[Id, int], per_gruppo: dict[Id, int], perdente: Id, *, secondo: Id | None
) -> int:
    """The best losing sindaco cannot be proclaimed: his seat goes by surrogation to his list.

    How many seats that takes from the second list, none if his is the second or has no votes: CGARS 530/2023.
    """
    passa = perdente != secondo and altri.get(perdente, 0) > 0
    motivo: Literal["seggio_alla_lista", "non_proclamabile"] = (
        "seggio_alla_lista" if passa or perdente == secondo else "non_proclamabile"
    )
    verbale.write(SindacoFuori(verbale.regole.articolo("sindaci_non_eletti"), perdente, motivo))
    if passa:
        per_gruppo[perdente] = 1
    return int(passa)


def _seat_best_loser(
    verbale: Verbale, seggi: Seggi, perdente: Id | None, gruppo: Id | None, minoranza: int
) -> Seggi:
    """Sicilia: the seat of the best losing sindaco comes off the minority."""
    if perdente is not None:
        articolo = verbale.regole.articolo("sindaci_non_eletti")
        verbale.write(
            SeggioSindacoNonEletto(articolo, perdente, gruppo, minoranza, minoranza - 1, "seconda_lista")
        )
        seggi.sindaci.append(perdente)
    return seggi
