"""The council above 15.000 inhabitants (TUEL 73), Sicilia and Friuli-Venezia Giulia included."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Literal

from norme.ingresso import Id
from norme.riparto.esauriti import redistribute
from norme.riparto.gruppi import Gruppo, cifre, first_round_groups, seat_groups, write_groups
from norme.riparto.interno import Seggi, distribute_inside
from norme.riparto.passi import (
    RigaSbarramento,
    Sbarramento,
    SeggioSindacoNonEletto,
    TabellaQuozienti,
    VerificaPremio,
)
from norme.riparto.perdenti import best_loser, eligible_losers
from norme.riparto.tipi import Lista, Soglia
from norme.riparto.verbale import Verbale, tabella

Base = Literal["sindaci", "liste", "liste_ammesse"]


def assign_oltre_15000(verbale: Verbale, *, sindaco: Id, turno: int) -> tuple[Seggi, str]:
    """Seats by list and the outcome of the premio, for the elected ``sindaco``."""
    dati, regole = verbale.dati, verbale.regole
    consiglio = regole.seggi_consiglio()
    ammesse = admit_lists(verbale, sindaco)
    gruppi = seat_groups(verbale, ammesse, sindaco=sindaco, turno=turno)
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
    if perdente is not None and premio.esito != "negato":
        per_gruppo = _divide_with_reserved_seat(verbale, gruppi, prova, premio, perdente)
        seggi = distribute_inside(verbale, gruppi, per_gruppo, perdenti=())
        seggi.sindaci.append(perdente)
    else:
        per_gruppo = _divide_among_groups(verbale, gruppi, prova, premio)
        seggi = distribute_inside(verbale, gruppi, per_gruppo, perdenti=perdenti)
        if perdente is not None and perdente not in seggi.sindaci:
            seggi = _seat_loser_without_lists(verbale, gruppi, consiglio, perdente)
    redistribute(verbale, gruppi, seggi)
    seggi.per_lista = {lista.id: seggi.per_lista.get(lista.id, 0) for lista in dati.liste}
    return seggi, premio.esito


def admit_lists(verbale: Verbale, sindaco: Id) -> frozenset[Id]:
    """Lists that take part in the seats: by their own votes or by their first-round group (73.7)."""
    dati, regole = verbale.dati, verbale.regole
    base = _base(verbale, "base_sbarramento")
    base_voti = _base_votes(verbale, base, frozenset())
    soglia = regole.soglia("soglia_sbarramento")
    soglia_gruppo = regole.soglia_facoltativa("soglia_sbarramento_gruppo")
    if soglia_gruppo is not None and regole.opzioni.soglia_gruppo_stretta:
        soglia_gruppo = replace(soglia_gruppo, criterio="oltre")
    righe = tuple(_admit(verbale, lista, sindaco, base_voti, soglia, soglia_gruppo) for lista in dati.liste)
    verbale.write(
        Sbarramento(regole.articolo("sbarramento"), base, base_voti, soglia, soglia_gruppo, righe)  # type: ignore[arg-type]
    )
    ammesse = frozenset(riga.lista for riga in righe if riga.ammessa)
    if not any(lista.id in ammesse for lista in dati.liste_per_sindaco[sindaco]):
        verbale.find("W506", "liste", sindaco=dati.sindaco_per_id[sindaco].nome)
    return ammesse


def _admit(
    verbale: Verbale,
    lista: Lista,
    sindaco: Id,
    base_voti: int,
    soglia: Soglia,
    soglia_gruppo: Soglia | None,
) -> RigaSbarramento:
    gruppo = sum(altra.voti for altra in verbale.dati.liste_per_sindaco[lista.sindaco])
    perche: Literal["lista", "gruppo", "vincitore", "sotto_soglia", "senza_voti"] = "sotto_soglia"
    if soglia.is_met(lista.voti, base_voti):
        perche = "lista"
    elif soglia_gruppo is not None and soglia_gruppo.is_met(gruppo, base_voti):
        perche = "gruppo"
    elif lista.sindaco == sindaco and verbale.regole.opzioni.vincitore_sotto_soglia == "ammesso":
        perche = "vincitore"
    return RigaSbarramento(lista.id, lista.voti, gruppo, perche != "sotto_soglia", perche)


def _base(verbale: Verbale, parametro: str) -> Base:
    """The votes on which a share is measured: as the law reads, or as the ente chose."""
    base: Base = verbale.regole.valore(parametro)
    if base == "sindaci" and verbale.regole.opzioni.denominatore_soglie == "liste":
        return "liste"
    return base


def _base_votes(verbale: Verbale, base: Base, ammesse: Collection[Id]) -> int:
    if base == "sindaci":
        return verbale.dati.totale_sindaci
    if base == "liste":
        return verbale.dati.totale_liste
    return sum(lista.voti for lista in verbale.dati.liste if lista.id in ammesse)


def round_share(quota: Fraction, seggi: int, *, arrotondamento: str) -> int:
    """A share of the seats as whole seats: "eccesso" always up, "aritmetico" up only beyond the half."""
    interi, resto = divmod(seggi * quota.numerator, quota.denominator)
    if arrotondamento == "eccesso":
        return interi + (resto > 0)
    return interi + (2 * resto > quota.denominator)


def _rounding(verbale: Verbale) -> str:
    scelto = verbale.regole.opzioni.arrotondamento_premio
    di_legge: str = verbale.regole.valore("arrotondamento_premio")
    return di_legge if scelto == "di_legge" else scelto


def _block(verbale: Verbale) -> Soglia:
    soglia = verbale.regole.soglia("soglia_blocco_premio")
    if verbale.dati.ordinamento == "sicilia":
        scelto = verbale.regole.opzioni.sicilia_blocco_premio
        return replace(soglia, criterio=scelto)  # type: ignore[arg-type]
    return soglia


def verify_premio(
    verbale: Verbale, prova: TabellaQuozienti, *, ammesse: Collection[Id], sindaco: Id, turno: int
) -> VerificaPremio:
    """Whether the group of the elected sindaco takes the premio (73.10), on first-round votes and groups."""
    regole, dati = verbale.regole, verbale.dati
    consiglio = regole.seggi_consiglio()
    quota, arrotondamento = regole.quota("quota_premio"), _rounding(verbale)
    da_premio = round_share(quota, consiglio, arrotondamento=arrotondamento)
    base = _base(verbale, "base_premio")
    base_voti = _base_votes(verbale, base, ammesse)
    contano = ammesse if base == "liste_ammesse" else frozenset(lista.id for lista in dati.liste)
    voti = cifre(first_round_groups(dati, contano))
    cifra = voti.pop(sindaco, 0)
    altro = max(voti, key=lambda nome: voti[nome], default=None)
    soglia, blocco = regole.soglia("soglia_premio_primo_turno"), _block(verbale)
    certi = prova.seggi_per().get(sindaco, 0)
    perche: Literal["spetta", "gia_raggiunto", "sotto_soglia", "bloccato", "senza_liste"] = "spetta"
    if not dict(prova.cifre).get(sindaco):
        perche = "senza_liste"
    elif certi >= da_premio:
        perche = "gia_raggiunto"
    elif altro is not None and blocco.is_met(voti[altro], base_voti):
        perche = "bloccato"
    elif turno == 1 and not soglia.is_met(cifra, base_voti):
        perche = "sotto_soglia"
    esiti: dict[str, Literal["assegnato", "non_necessario"]] = {
        "spetta": "assegnato",
        "gia_raggiunto": "non_necessario",
    }
    return VerificaPremio(
        articolo=regole.articolo("premio"),
        sindaco=sindaco,
        turno=turno,
        esito=esiti.get(perche, "negato"),
        perche=perche,
        quota=quota,
        arrotondamento=arrotondamento,
        seggi_consiglio=consiglio,
        seggi_premio=da_premio,
        seggi_ottenuti=certi,
        cifra=cifra,
        base=base,
        base_voti=base_voti,
        soglia=soglia,
        blocco=blocco,
        altro=altro,
        cifra_altro=voti[altro] if altro is not None else 0,
    )


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
) -> dict[Id, int]:
    """Sicilia: one seat of the minority goes to the best losing sindaco before its d'Hondt."""
    maggioranza = premio.seggi_premio
    if premio.esito == "non_necessario":
        contesi = premio.sindaco in prova.in_parita
        maggioranza = (_settled(verbale, prova) if contesi else prova).seggi_per()[premio.sindaco]
    minoranza = premio.seggi_consiglio - maggioranza
    resto: Mapping[Id, int] = {}
    if minoranza:
        articolo = verbale.regole.articolo("sindaci_non_eletti")
        verbale.write(SeggioSindacoNonEletto(articolo, perdente, None, minoranza, minoranza - 1, "minoranza"))
        resto = verbale.divide(
            _others(gruppi, premio.sindaco),
            minoranza - 1,
            articolo=premio.articolo,
            scopo="minoranza",
            fra="gruppi",
        ).seggi_per()
    return {premio.sindaco: maggioranza, **resto}


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
