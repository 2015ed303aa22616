"""The council above 15.000 inhabitants (TUEL 73), Sicilia and Friuli-Venezia Giulia included."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Literal

from norme.ingresso import Id
from norme.riparto.esauriti import redistribute, seat_late_losers
from norme.riparto.gruppi import Gruppo, cifre, seat_groups, write_groups
from norme.riparto.interno import Seggi, distribute_inside
from norme.riparto.passi import (
    RigaSbarramento,
    Sbarramento,
    SeggioSindacoNonEletto,
    TabellaQuozienti,
    VerificaPremio,
)
from norme.riparto.perdenti import best_loser, eligible_losers
from norme.riparto.premio import base_votes, chosen_base, verify_premio
from norme.riparto.verbale import Verbale, tabella


def assign_oltre_15000(verbale: Verbale, *, sindaco: Id, turno: int) -> tuple[Seggi, str]:
    """Seats by list and the outcome of the premio, for the elected ``sindaco``."""
    dati, regole = verbale.dati, verbale.regole
    consiglio = regole.seggi_consiglio()
    ammesse = admit_lists(verbale, sindaco)
    gruppi = seat_groups(verbale, ammesse, sindaco=sindaco, turno=turno)
    if sindaco not in gruppi:
        verbale.find("W506", "liste", sindaco=dati.sindaco_per_id[sindaco].nome)
    write_groups(verbale, gruppi, turno=turno)
    articolo = regole.articolo("seggi")
    prova = tabella(cifre(gruppi), consiglio, articolo=articolo, scopo="prova", fra="gruppi")
    verbale.write(prova)
    premio = verify_premio(verbale, prova, ammesse=ammesse, sindaco=sindaco, turno=turno)
    verbale.write(premio)
    perdente = best_loser(verbale, sindaco)
    perdenti: Collection[Id] = eligible_losers(verbale, sindaco)
    if regole.valore("sindaci_non_eletti") == "miglior_perdente":
        perdenti = () if perdente is None else (perdente,)
    riservato = None
    if perdente is not None and premio.esito != "negato":
        riservato = _divide_with_reserved_seat(verbale, gruppi, prova, premio, perdente)
    if perdente is not None and riservato is not None:
        seggi = distribute_inside(verbale, gruppi, riservato, perdenti=())
        seggi.sindaci.append(perdente)
    else:
        per_gruppo = _divide_among_groups(verbale, gruppi, prova, premio)
        seggi = distribute_inside(verbale, gruppi, per_gruppo, perdenti=perdenti)
    if perdente is not None and perdente not in seggi.sindaci:
        seggi = _seat_loser_without_lists(verbale, gruppi, consiglio, perdente)
    redistribute(verbale, gruppi, seggi)
    if regole.valore("sindaci_non_eletti") == "tutti_con_seggio":
        seat_late_losers(verbale, gruppi, seggi, perdenti=perdenti)
    seggi.per_lista = {lista.id: seggi.per_lista.get(lista.id, 0) for lista in dati.liste}
    return seggi, premio.esito


def admit_lists(verbale: Verbale, sindaco: Id) -> frozenset[Id]:
    """Lists that take part in the seats: by their own votes or by their first-round group (73.7)."""
    dati, regole = verbale.dati, verbale.regole
    base = chosen_base(verbale, "base_sbarramento")
    base_voti = base_votes(verbale, base, frozenset())
    soglia = regole.soglia("soglia_sbarramento")
    soglia_gruppo = regole.soglia_facoltativa("soglia_sbarramento_gruppo")
    if soglia_gruppo is not None and regole.opzioni.soglia_gruppo_stretta:
        soglia_gruppo = replace(soglia_gruppo, criterio="oltre")
    cifre_gruppo = {
        capo: sum(lista.voti for lista in liste) for capo, liste in dati.liste_per_sindaco.items()
    }
    salvi = {
        capo
        for capo, cifra in cifre_gruppo.items()
        if soglia_gruppo is not None and soglia_gruppo.is_met(cifra, base_voti)
    }
    # Sicilia: settled, the winner's lists below the threshold stay out (Messina 2018).
    ammesso = regole.opzioni.vincitore_sotto_soglia == "ammesso" and dati.ordinamento != "sicilia"
    comunque = sindaco if ammesso else None
    righe = []
    for lista in dati.liste:
        perche: Literal["lista", "gruppo", "vincitore", "sotto_soglia"] = "sotto_soglia"
        if soglia.is_met(lista.voti, base_voti):
            perche = "lista"
        elif lista.sindaco in salvi:
            perche = "gruppo"
        elif lista.sindaco == comunque:
            perche = "vincitore"
        gruppo = cifre_gruppo[lista.sindaco]
        righe.append(RigaSbarramento(lista.id, lista.voti, gruppo, perche != "sotto_soglia", perche))
    articolo = regole.articolo("sbarramento")
    verbale.write(Sbarramento(articolo, base, base_voti, soglia, soglia_gruppo, tuple(righe)))  # type: ignore[arg-type]
    return frozenset(riga.lista for riga in righe if riga.ammessa)


def _others(gruppi: Mapping[Id, Gruppo], sindaco: Id) -> dict[Id, int]:
    return {capo: gruppo.cifra for capo, gruppo in gruppi.items() if capo != sindaco}


def _divide_among_groups(
    verbale: Verbale, gruppi: Mapping[Id, Gruppo], prova: TabellaQuozienti, premio: VerificaPremio
) -> dict[Id, int]:
    """Seats by group: with the premio, the rest to the others; without it, the plain quotients."""
    if premio.esito != "assegnato":
        return dict(_settled(verbale, prova).seggi_per())
    resto = verbale.divide(
        _others(gruppi, premio.sindaco),
        premio.seggi_consiglio - premio.seggi_premio,
        articolo=premio.articolo,
        scopo="minoranza",
        fra="gruppi",
    )
    return {premio.sindaco: premio.seggi_premio, **resto.seggi_per()}


def _settled(verbale: Verbale, prova: TabellaQuozienti) -> TabellaQuozienti:
    """The trial table once its ties matter; written again only if a draw changed it."""
    if not prova.incerti:
        return prova
    definitiva = verbale.settle(replace(prova, scopo="consiglio"))
    verbale.write(definitiva)
    return definitiva


def _divide_with_reserved_seat(
    verbale: Verbale,
    gruppi: Mapping[Id, Gruppo],
    prova: TabellaQuozienti,
    premio: VerificaPremio,
    perdente: Id,
) -> dict[Id, int] | None:
    """Sicilia: one seat of the minority goes to the best losing sindaco before its d'Hondt.

    None when the majority takes the whole council by itself and there is no minority.
    """
    maggioranza = premio.seggi_premio
    if premio.esito == "non_necessario":
        contesi = premio.sindaco in prova.in_parita
        maggioranza = (_settled(verbale, prova) if contesi else prova).seggi_per()[premio.sindaco]
    minoranza = premio.seggi_consiglio - maggioranza
    if not minoranza:
        return None
    articolo = verbale.regole.articolo("sindaci_non_eletti")
    verbale.write(SeggioSindacoNonEletto(articolo, perdente, None, minoranza, minoranza - 1, "minoranza"))
    resto = verbale.divide(
        _others(gruppi, premio.sindaco),
        minoranza - 1,
        articolo=premio.articolo,
        scopo="minoranza",
        fra="gruppi",
    )
    return {premio.sindaco: maggioranza, **resto.seggi_per()}


def _seat_loser_without_lists(
    verbale: Verbale, gruppi: Mapping[Id, Gruppo], consiglio: int, perdente: Id
) -> Seggi:
    """Sicilia, no premio, and the best loser's lists have no seat: his comes off the council's total."""
    verbale.find("W508", "sindaci", sindaco=verbale.dati.sindaco_per_id[perdente].nome)
    articolo = verbale.regole.articolo("sindaci_non_eletti")
    verbale.write(SeggioSindacoNonEletto(articolo, perdente, None, consiglio, consiglio - 1, "minoranza"))
    tavola = verbale.divide(
        cifre(gruppi),
        consiglio - 1,
        articolo=verbale.regole.articolo("seggi"),
        scopo="consiglio",
        fra="gruppi",
    )
    seggi = distribute_inside(verbale, gruppi, tavola.seggi_per(), perdenti=())
    seggi.sindaci.append(perdente)
    return seggi
