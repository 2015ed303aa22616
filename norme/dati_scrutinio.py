"""The figures of one section in one turno, as copied from its verbale (artt. 53, 63, 68 TU)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from norme.parametri import Parametri

Id = int | str
Celle = Mapping[Id, int | None]


@dataclass(frozen=True, slots=True)
class DatiScrutinio:
    """One section. ``None`` = not written yet or not known, which is not zero.

    ``affluenze`` goes from the first hour to the last. ``non_restituite``: voters who took a ballot and did
    not return it, or whose ballot was annulled before the box (artt. 49 and 53 TU). ``chiusura*``: voters as
    told when the polls closed; ``iscritti_*``: electors of the list of the section, as the office has them.
    ``voti_lista_nulli``: ballots valid for the sindaco with a null list vote. ``collegamenti``: list ->
    sindaco; ``sessi``: list -> candidate -> "M" | "F". ``totale_*`` and ``totali_preferenze`` are the sums
    written on the paper. ``speciale``: hospital, seggio speciale, volante (electors all added).
    """

    turno: int = 1
    sezione: Id | None = None
    speciale: bool = False
    elettori_m: int | None = None
    elettori_f: int | None = None
    elettori: int | None = None
    ammessi: int | None = None
    votanti_m: int | None = None
    votanti_f: int | None = None
    votanti: int | None = None
    affluenze: Celle = field(default_factory=dict)
    chiusura: int | None = None
    chiusura_m: int | None = None
    chiusura_f: int | None = None
    iscritti_m: int | None = None
    iscritti_f: int | None = None
    autenticate: int | None = None
    residue: int | None = None
    voti_validi: int | None = None
    schede_bianche: int | None = None
    schede_nulle: int | None = None
    contestate_non_attribuite: int | None = None
    non_restituite: int | None = None
    voti_sindaci: Celle = field(default_factory=dict)
    solo_sindaco: Celle = field(default_factory=dict)
    totale_sindaci: int | None = None
    totale_solo_sindaco: int | None = None
    voti_liste: Celle = field(default_factory=dict)
    voti_lista_nulli: int | None = None
    totale_liste: int | None = None
    preferenze: Mapping[Id, Celle] = field(default_factory=dict)
    totali_preferenze: Celle = field(default_factory=dict)
    collegamenti: Mapping[Id, Id] = field(default_factory=dict)
    sessi: Mapping[Id, Mapping[Id, str]] = field(default_factory=dict)

    def elettori_totali(self) -> int | None:
        """Enrolled electors: the total, or men plus women."""
        return _total(self.elettori, self.elettori_m, self.elettori_f)

    def votanti_totali(self) -> int | None:
        """Voters: the total, or men plus women."""
        return _total(self.votanti, self.votanti_m, self.votanti_f)

    def lista_di(self, sindaco: Id) -> tuple[Id, ...]:
        """The lists linked to a sindaco."""
        return tuple(lista for lista, collegato in self.collegamenti.items() if collegato == sindaco)

    def numeri(self, campi: tuple[str, ...]) -> Iterator[tuple[str, int]]:
        """(path, figure) of every number written under the named fields."""
        for campo in campi:
            yield from _numbers(campo, getattr(self, campo))


def _total(totale: int | None, uomini: int | None, donne: int | None) -> int | None:
    if totale is None and uomini is not None and donne is not None:
        return uomini + donne
    return totale


def _numbers(campo: str, valore: object) -> Iterator[tuple[str, int]]:
    if isinstance(valore, Mapping):
        for chiave, voce in valore.items():
            yield from _numbers(f"{campo}.{chiave}", voce)
    elif isinstance(valore, int):
        yield campo, valore


@dataclass(frozen=True, slots=True)
class Somma:
    """The sum of the cells written so far, and which are still empty."""

    valore: int
    mancanti: tuple[Id, ...]
    celle: int

    @property
    def is_completa(self) -> bool:
        """Whether there are cells and none is empty."""
        return self.celle > 0 and not self.mancanti

    @property
    def is_parziale(self) -> bool:
        """Whether some cells are written and some are empty."""
        return 0 < len(self.mancanti) < self.celle


def add(celle: Celle) -> Somma:
    """Sum the written cells."""
    scritte = [voce for voce in celle.values() if voce is not None]
    return Somma(sum(scritte), tuple(chiave for chiave, voce in celle.items() if voce is None), len(celle))


def paths(campo: str, celle: Iterable[Id]) -> tuple[str, ...]:
    """The paths of some cells of a field."""
    return tuple(f"{campo}.{chiave}" for chiave in celle)


@dataclass(frozen=True)
class Quadro:
    """One section with the rules of its election. ``is_finito``: the clerk says the step is complete."""

    dati: DatiScrutinio
    parametri: Parametri
    is_finito: bool = False

    @property
    def soglie(self) -> Any:
        """Thresholds of the warnings."""
        return self.parametri.valore("avvisi_scrutinio")

    @property
    def is_ballottaggio(self) -> bool:
        """Whether only the two sindaci are voted."""
        return self.dati.turno == 2

    @property
    def is_unico(self) -> bool:
        """Whether sindaco and list are one vote (art. 71 c. 5 TUEL)."""
        return self._is_vero("sindaco_vale_per_lista", False)

    @property
    def is_lista_estesa(self) -> bool:
        """Whether a mark on the list alone also votes its sindaco."""
        return self._is_vero("lista_vale_per_sindaco", True)

    @property
    def is_sindaco_certo(self) -> bool:
        """Whether every valid ballot surely votes a sindaco: State law, and any runoff."""
        return self.is_ballottaggio or self.parametri.caso.ordinamento == "ordinario"

    @property
    def valide(self) -> int | None:
        """Valid ballots: as written, else the votes of the sindaci when they must be as many."""
        if self.dati.voti_validi is not None or not self.is_sindaco_certo:
            return self.dati.voti_validi
        somma = add(self.dati.voti_sindaci)
        return somma.valore if somma.is_completa else None

    @property
    def preferenze_massime(self) -> int:
        """How many a ballot may carry; the weaker bound when the population is not known."""
        massime = self.parametri.get("preferenze_massime")
        return 2 if massime is None else int(massime.valore)

    @property
    def is_sesso_diverso(self) -> bool:
        """Whether a second preference counts only for the other sex."""
        return self.preferenze_massime == 2 and self._is_vero("preferenze_di_sesso_diverso", False)

    def _is_vero(self, nome: str, ignoto: bool) -> bool:
        valore = self.parametri.get(nome)
        return ignoto if valore is None else bool(valore.valore)
