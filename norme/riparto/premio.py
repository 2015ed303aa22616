"""The majority premio above 15.000 inhabitants (TUEL 73.10): when it is due, and on which votes."""

from collections.abc import Collection
from dataclasses import replace
from fractions import Fraction
from typing import Literal

from norme.ingresso import Id
from norme.riparto.gruppi import cifre, first_round_groups
from norme.riparto.passi import TabellaQuozienti, VerificaPremio
from norme.riparto.tipi import Soglia
from norme.riparto.verbale import Verbale

Base = Literal["sindaci", "liste", "liste_ammesse"]


def chosen_base(verbale: Verbale, parametro: str) -> Base:
    """The votes on which a share is measured: as the law reads, or as the ente chose."""
    base: Base = verbale.regole.valore(parametro)
    if base == "sindaci" and verbale.regole.opzioni.denominatore_soglie == "liste":
        return "liste"
    return base


def base_votes(verbale: Verbale, base: Base, ammesse: Collection[Id]) -> int:
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
    base = chosen_base(verbale, "base_premio")
    base_voti = base_votes(verbale, base, ammesse)
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
