"""Ballots added to or taken from an election: what a contested or doubtful ballot could have said."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations_with_replacement, product
from math import comb

from norme.ingresso import ErroreIngresso, Id
from norme.riparto.calcolo import calcola
from norme.riparto.esito import Esito
from norme.riparto.forme import Confronto, Forma
from norme.riparto.tipi import FINO_15000, DatiRiparto


@dataclass(frozen=True, slots=True)
class Scheda:
    """One valid ballot: a sindaco and, at the first round, perhaps a list and a candidate of it."""

    sindaco: Id
    lista: Id | None = None
    candidato: Id | None = None


@dataclass(frozen=True, slots=True)
class Modello:
    """Which ballots are possible: ``turno``, and whether sindaco and list are voted apart (disgiunto)."""

    dati: DatiRiparto
    sistema: str
    turno: int

    @property
    def is_disgiunto(self) -> bool:
        return self.sistema != FINO_15000 or self.dati.ordinamento == "sicilia"

    def schede(self, *, con_preferenze: bool) -> Iterator[Scheda]:
        """Every ballot that can be."""
        if self.turno == 2:
            for sindaco in self.dati.sindaci:
                if sindaco.voti_ballottaggio is not None:
                    yield Scheda(sindaco.id)
            return
        for sindaco, lista in product(self.dati.sindaci, (None, *self.dati.liste)):
            sua = lista is not None and lista.sindaco == sindaco.id
            if self.is_disgiunto or sua:
                yield Scheda(sindaco.id, None if lista is None else lista.id)
            if con_preferenze and sua and lista is not None:
                for candidato in lista.candidati or ():
                    yield Scheda(sindaco.id, lista.id, candidato.id)

    def extreme(self, confronto: Confronto, verso: int) -> tuple[int, Scheda]:
        """The ballot that raises a comparison the most (``verso`` 1) or lowers it the most (-1)."""
        scelte = list(self._telling(confronto))
        return max(
            ((self.effect(scheda, confronto.forma), scheda) for scheda in scelte),
            key=lambda voce: voce[0] * verso,
        )

    def _telling(self, confronto: Confronto) -> Iterator[Scheda]:
        """Ballots among which the extremes of a comparison are: those it names, and one it does not."""
        voci = confronto.forma
        if self.turno == 2:
            yield from self.schede(con_preferenze=False)
            return
        for voce in voci:
            if voce[0] == "p":
                capo = self.dati.lista_per_id[voce[1]].sindaco
                yield Scheda(capo, voce[1], voce[2])
        if not self.is_disgiunto:
            yield from self.schede(con_preferenze=False)
            return
        segni = [s.id for s in self.dati.sindaci if ("s", s.id) in voci]
        segni += [s.id for s in self.dati.sindaci if ("s", s.id) not in voci][:1]
        liste = [lista.id for lista in self.dati.liste if ("l", lista.id) in voci]
        estreme = sorted(liste, key=lambda ident: voci["l", ident])
        sindaci = sorted(segni, key=lambda ident: voci.get(("s", ident), 0))
        for sindaco in {sindaci[0], sindaci[-1]}:
            for lista in (None, *estreme[:1], *estreme[-1:]):
                yield Scheda(sindaco, lista)

    def effect(self, scheda: Scheda, forma: Forma) -> int:
        """How much one more ballot raises the value of a form."""
        if self.turno == 2:
            return forma.get(("b", scheda.sindaco), 0)
        effetto = forma.get(("s", scheda.sindaco), 0)
        if scheda.lista is not None:
            effetto += forma.get(("l", scheda.lista), 0)
        if scheda.candidato is not None and scheda.lista is not None:
            effetto += forma.get(("p", scheda.lista, scheda.candidato), 0)
        return effetto

    def touches(self, scheda: Scheda, parita: Confronto) -> bool:
        """Whether one more ballot can break a tie."""
        if not parita.is_touched(self.turno):
            return False
        return not parita.uguali or any(self.effect(scheda, forma) for forma in parita.uguali)


def apply(
    dati: DatiRiparto, modello: Modello, schede: Iterable[Scheda] | Mapping[Scheda, int], segno: int
) -> DatiRiparto | None:
    """The election with these ballots more (``segno`` 1) or less (-1); None if the votes are not there.

    ``schede``: one by one, or how many of each.
    """
    sindaci: Counter[Id] = Counter()
    liste: Counter[Id] = Counter()
    preferenze: Counter[tuple[Id, Id]] = Counter()
    for scheda, quante in Counter(schede).items():
        sindaci[scheda.sindaco] += quante
        if scheda.lista is not None:
            liste[scheda.lista] += quante
            if scheda.candidato is not None:
                preferenze[scheda.lista, scheda.candidato] += quante
    nuovi = tuple(
        replace(s, voti_ballottaggio=(s.voti_ballottaggio or 0) + segno * sindaci[s.id])
        if modello.turno == 2 and s.id in sindaci
        else replace(s, voti=s.voti + segno * sindaci[s.id])
        if s.id in sindaci
        else s
        for s in dati.sindaci
    )
    nuove = []
    for lista in dati.liste:
        candidati = lista.candidati
        if candidati is not None and any(voce[0] == lista.id for voce in preferenze):
            candidati = tuple(
                replace(c, preferenze=c.preferenze + segno * preferenze[lista.id, c.id]) for c in candidati
            )
        nuove.append(replace(lista, voti=lista.voti + segno * liste[lista.id], candidati=candidati))
    cambiati = replace(dati, sindaci=nuovi, liste=tuple(nuove))
    return cambiati if _is_possible(cambiati) else None


def _is_possible(dati: DatiRiparto) -> bool:
    return (
        all(s.voti >= 0 and (s.voti_ballottaggio or 0) >= 0 for s in dati.sindaci)
        and all(lista.voti >= 0 for lista in dati.liste)
        and all(c.preferenze >= 0 for lista in dati.liste for c in lista.candidati or ())
    )


def outcome(dati: DatiRiparto) -> Esito:
    """The outcome of changed votes: a runoff already held does not count if others would be in it."""
    try:
        return calcola(dati)
    except ErroreIngresso as errore:
        if errore.codice == "dato_necessario":
            return Esito(esito="sorteggio", dati=dati)
        if not errore.codice.startswith(("ballottaggio", "apparentamento")):
            raise
    senza = replace(
        dati,
        sindaci=tuple(replace(s, voti_ballottaggio=None) for s in dati.sindaci),
        liste=tuple(replace(lista, apparentata_con=None) for lista in dati.liste),
    )
    return outcome(senza)


def count_combinations(tipi: int, quante: int) -> int:
    """In how many ways ``quante`` ballots or fewer can be chosen among ``tipi``."""
    return comb(tipi + quante, quante)


def all_combinations(schede: list[Scheda], quante: int) -> Iterator[tuple[Scheda, ...]]:
    """Every choice of at most ``quante`` ballots."""
    for numero in range(quante + 1):
        yield from combinations_with_replacement(schede, numero)
