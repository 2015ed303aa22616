"""The candidates sindaco not elected: which of them may enter the council (TUEL 71.9, 73.11; Sicilia)."""

from collections.abc import Collection
from dataclasses import dataclass

from norme.ingresso import Id
from norme.riparto.passi import MigliorPerdente, SindacoFuori
from norme.riparto.sorteggi import in_order
from norme.riparto.verbale import Verbale


@dataclass(frozen=True, slots=True)
class Perdente:
    """Sicilia: who has the votes for the seat of the best losing sindaco, and whether he can take it."""

    sindaco: Id
    entra: bool


def eligible_losers(verbale: Verbale, sindaco: Id) -> frozenset[Id]:
    """Every losing sindaco who can be proclaimed, where the law seats all whose lists have a seat."""
    if verbale.regole.valore("sindaci_non_eletti") != "tutti_con_seggio":
        return frozenset()
    return frozenset(
        s.id for s in verbale.dati.sindaci if s.id != sindaco and s.proclamabile and s.is_disponibile
    )


def best_loser(verbale: Verbale, sindaco: Id) -> Id | None:
    """Sicilia: the losing sindaco who enters the council, if there is one."""
    perdente = find_best_loser(verbale, sindaco)
    if perdente is None:
        return None
    if perdente.entra:
        return perdente.sindaco
    articolo = verbale.regole.articolo("sindaci_non_eletti")
    verbale.write(SindacoFuori(articolo, perdente.sindaco, "non_proclamabile"))
    return None


def find_best_loser(verbale: Verbale, sindaco: Id) -> Perdente | None:
    """Sicilia: the most voted losing sindaco, if his first-round votes suffice (l.r. 17/2016 art. 3)."""
    regole = verbale.regole
    if regole.valore("sindaci_non_eletti") != "miglior_perdente":
        return None
    altri = [s for s in verbale.dati.sindaci if s.id != sindaco]
    if not altri:
        return None
    soglia, totale = regole.soglia("soglia_miglior_perdente"), verbale.dati.totale_sindaci
    voti = max(s.voti for s in altri)
    primi = in_order([s.id for s in altri if s.voti == voti])
    articolo = regole.articolo("sindaci_non_eletti")
    ottiene = soglia.is_met(voti, totale)
    scelto = primi[0]
    if ottiene and len(primi) > 1:
        scelto = verbale.draw(
            "miglior_perdente",
            primi,
            articolo=articolo,
            fra="sindaci",
            ambito="consiglio",
            posto=1,
            cifra=voti,
        )
    prescelto = verbale.dati.sindaco_per_id[scelto]
    proclamabile = prescelto.proclamabile and prescelto.is_disponibile
    verbale.write(MigliorPerdente(articolo, scelto, voti, totale, soglia, ottiene and proclamabile))
    return Perdente(scelto, proclamabile) if ottiene else None


def write_losers_left_out(verbale: Verbale, sindaco: Id, entrati: Collection[Id]) -> None:
    """Write why each of the other losing sindaci does not enter the council."""
    if verbale.regole.valore("sindaci_non_eletti") != "tutti_con_seggio":
        return
    articolo = verbale.regole.articolo("sindaci_non_eletti")
    for altro in verbale.dati.sindaci:
        if altro.id == sindaco or altro.id in entrati:
            continue
        fuori = not altro.proclamabile or not altro.is_disponibile
        verbale.write(SindacoFuori(articolo, altro.id, "non_proclamabile" if fuori else "senza_seggi"))
