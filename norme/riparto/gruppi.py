"""Lists linked to one sindaco, as a group: at the first round and, with the new links, for the seats."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from norme.ingresso import Id
from norme.riparto.passi import Gruppi, RigaGruppo
from norme.riparto.tipi import DatiRiparto, Lista
from norme.riparto.verbale import Verbale


@dataclass(frozen=True, slots=True)
class Gruppo:
    """The lists linked to one sindaco (often one list alone)."""

    capo: Id
    liste: tuple[Lista, ...]

    @property
    def cifra(self) -> int:
        return sum(lista.voti for lista in self.liste)

    def per_primo_turno(self) -> Mapping[Id, Sequence[Lista]]:
        """Its lists by the sindaco they supported at the first round."""
        blocchi: dict[Id, list[Lista]] = {}
        for lista in self.liste:
            blocchi.setdefault(lista.sindaco, []).append(lista)
        return blocchi


def first_round_groups(dati: DatiRiparto, ammesse: Collection[Id]) -> dict[Id, Gruppo]:
    """Groups of the first round, with their admitted lists only; empty groups are left out."""
    gruppi = {
        capo: Gruppo(capo, tuple(lista for lista in liste if lista.id in ammesse))
        for capo, liste in dati.liste_per_sindaco.items()
    }
    return {capo: gruppo for capo, gruppo in gruppi.items() if gruppo.liste}


def seat_groups(verbale: Verbale, ammesse: Collection[Id], *, sindaco: Id, turno: int) -> dict[Id, Gruppo]:
    """The groups among which seats are divided: of the first round, or with the runoff links (TUEL 72.7)."""
    if turno == 1:
        return first_round_groups(verbale.dati, ammesse)
    liste: dict[Id, list[Lista]] = {s.id: [] for s in verbale.dati.sindaci}
    for lista in verbale.dati.liste:
        if lista.id in ammesse:
            liste[_leader(verbale, lista, sindaco)].append(lista)
    return {capo: Gruppo(capo, tuple(unite)) for capo, unite in liste.items() if unite}


def _leader(verbale: Verbale, lista: Lista, sindaco: Id) -> Id:
    """Whose group a list is in after the runoff links."""
    if lista.apparentata_con is None:
        return lista.sindaco
    if lista.apparentata_con != sindaco and not verbale.regole.opzioni.raggruppa_perdenti:
        return lista.sindaco
    return lista.apparentata_con


def write_groups(verbale: Verbale, gruppi: Mapping[Id, Gruppo], *, turno: int) -> None:
    """Write the groups with their cifra."""
    righe = tuple(
        RigaGruppo(capo, tuple(lista.id for lista in gruppo.liste), gruppo.cifra)
        for capo, gruppo in gruppi.items()
    )
    verbale.write(Gruppi(verbale.regole.articolo("gruppi"), turno, righe))


def cifre(gruppi: Mapping[Id, Gruppo]) -> dict[Id, int]:
    """The cifra of each group."""
    return {capo: gruppo.cifra for capo, gruppo in gruppi.items()}
