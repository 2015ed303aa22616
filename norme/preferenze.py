"""Preferences as written on the ballot: whose name it is, which of them count.

Art. 57 TU; art. 71 c. 5 and art. 73 c. 3 TUEL.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from norme.tavola_voto import tavola

Id = int | str
_DATA = re.compile(r"\d{1,2}[/.\- ]\d{1,2}[/.\- ]\d{4}|\d{4}-\d{2}-\d{2}|\b\d{4}\b")


class SessoIgnoto(ValueError):
    """The sex of a candidate decides whether the second preference counts, and it is not known."""

    def __init__(self, candidato: Id) -> None:
        super().__init__(f"Manca il sesso del candidato {candidato}: serve per la seconda preferenza.")
        self.candidato = candidato


@dataclass(frozen=True, slots=True)
class CandidatoVotabile:
    """A candidate consigliere: names, sex ("M" | "F" | ""), date of birth (ISO) when known."""

    id: Id
    cognome: str
    nome: str = ""
    sesso: str = ""
    nascita: str = ""


@dataclass(frozen=True, slots=True)
class ListaVotabile:
    """A list with the sindaco it is linked to and its candidates in order."""

    id: Id
    sindaco: Id
    candidati: tuple[CandidatoVotabile, ...] = ()


@dataclass(frozen=True, slots=True)
class Scritta:
    """One preference as the voter wrote it: the text, or directly list and candidate when already read."""

    testo: str = ""
    lista: Id | None = None
    candidato: Id | None = None

    def __str__(self) -> str:
        return self.testo or f"candidato {self.candidato} della lista {self.lista}"


@dataclass(frozen=True, slots=True)
class PreferenzaNulla:
    """A preference that does not count, with the row of the table that says why."""

    scritta: str
    riga: str

    def as_dict(self) -> dict[str, str]:
        voce = tavola()[self.riga]
        return {
            "scritta": self.scritta,
            "riga": self.riga,
            "motivo": voce.segni,
            "esito": voce.esito,
            "articolo": voce.articolo,
        }


@dataclass(frozen=True, slots=True)
class LimitiPreferenze:
    """How many preferences, and whether the second must be of the other sex."""

    massime: int
    sesso_diverso: bool
    terza_valida: bool = False
    ambigua_conta: bool = True


@dataclass(slots=True)
class _Conto:
    """The preferences of one ballot while they are read in order."""

    valide: list[CandidatoVotabile] = field(default_factory=list)
    nulle: list[PreferenzaNulla] = field(default_factory=list)
    ambigue: list[tuple[CandidatoVotabile, ...]] = field(default_factory=list)
    dello_stesso_sesso: int = 0

    def espresse(self, limiti: "LimitiPreferenze") -> int:
        """How many of those allowed are used up, valid or not."""
        ambigue = len(self.ambigue) if limiti.ambigua_conta else 0
        return len(self.valide) + ambigue + (0 if limiti.terza_valida else self.dello_stesso_sesso)

    def refuse(self, scritta: Scritta, riga: str) -> None:
        self.nulle.append(PreferenzaNulla(str(scritta), riga))


def find_candidati(scritta: Scritta, lista: ListaVotabile) -> tuple[CandidatoVotabile, ...]:
    """Candidates of ``lista`` the writing may mean; more than one = homonyms not told apart."""
    if scritta.candidato is not None:
        return tuple(c for c in lista.candidati if scritta.lista == lista.id and c.id == scritta.candidato)
    nascita = _DATA.search(scritta.testo)
    parole = _words(_DATA.sub(" ", scritta.testo))
    if not parole:
        return ()
    interi = [c for c in lista.candidati if _is_intero(parole, c)]
    trovati = interi or [c for c in lista.candidati if _is_uno_di_due_cognomi(parole, c)]
    if nascita and len(trovati) > 1:
        trovati = [c for c in trovati if _same_birth(nascita.group(), c.nascita)] or trovati
    return tuple(trovati)


def find_liste(scritta: Scritta, liste: Iterable[ListaVotabile]) -> frozenset[Id]:
    """The lists that have a candidate the writing may mean."""
    return frozenset(lista.id for lista in liste if find_candidati(scritta, lista))


def common_liste(scritte: Iterable[Scritta], liste: Sequence[ListaVotabile]) -> frozenset[Id] | None:
    """The lists all the readable preferences may belong to; None when no preference is readable."""
    insiemi = [trovate for scritta in scritte if (trovate := find_liste(scritta, liste))]
    return frozenset.intersection(*insiemi) if insiemi else None


def count_preferenze(
    scritte: Sequence[Scritta], *, lista: ListaVotabile | None, limiti: LimitiPreferenze
) -> tuple[tuple[Id, ...], tuple[PreferenzaNulla, ...]]:
    """Which preferences count for the voted list, in order of writing, and which do not and why.

    Only names of candidates of the voted list use up the number allowed, also when ambiguous: a number or
    a name of another list has no effect at all.
    """
    conto = _Conto()
    for scritta in scritte:
        if lista is None:
            conto.refuse(scritta, "P1" if _is_numero(scritta) else "P7")
        elif candidati := find_candidati(scritta, lista):
            _add(conto, scritta, candidati, limiti)
        else:
            conto.refuse(scritta, "P1" if _is_numero(scritta) else "P3")
    return tuple(c.id for c in conto.valide), tuple(conto.nulle)


def _add(
    conto: _Conto, scritta: Scritta, candidati: tuple[CandidatoVotabile, ...], limiti: LimitiPreferenze
) -> None:
    if len(candidati) > 1:
        if candidati not in conto.ambigue:  # the same name twice is one preference
            conto.ambigue.append(candidati)
        return conto.refuse(scritta, "P2")
    candidato = candidati[0]
    if candidato in conto.valide:
        return conto.refuse(scritta, "P6")
    if conto.espresse(limiti) >= limiti.massime:
        return conto.refuse(scritta, "P4")
    if limiti.sesso_diverso and conto.valide and _same_sex(candidato, conto.valide[0]):
        conto.dello_stesso_sesso += 1
        return conto.refuse(scritta, "P5")
    conto.valide.append(candidato)
    return None


def _same_sex(uno: CandidatoVotabile, altro: CandidatoVotabile) -> bool:
    for candidato in (uno, altro):
        if not candidato.sesso:
            raise SessoIgnoto(candidato.id)
    return uno.sesso == altro.sesso


def _is_numero(scritta: Scritta) -> bool:
    return scritta.candidato is None and scritta.testo.strip().isdigit()


def _words(testo: str) -> tuple[str, ...]:
    """Upper-case words without accents and apostrophes: "D'Aló" and "DALO" are the same name."""
    semplice = unicodedata.normalize("NFKD", testo).replace("'", "").replace("’", "").replace("`", "")
    lettere = (c if c.isalpha() else " " for c in semplice if not unicodedata.combining(c))
    return tuple("".join(lettere).upper().split())


def _is_intero(parole: tuple[str, ...], candidato: CandidatoVotabile) -> bool:
    cognome, nome = _words(candidato.cognome), _words(candidato.nome)
    return parole in (cognome, cognome + nome, nome + cognome)


def _is_uno_di_due_cognomi(parole: tuple[str, ...], candidato: CandidatoVotabile) -> bool:
    """Of two surnames one is enough (art. 57 TU); particles ("DE", "LO") are not a surname."""
    cognomi = [parola for parola in _words(candidato.cognome) if len(parola) > 3]
    nome = _words(candidato.nome)
    return len(cognomi) > 1 and any(
        parole in ((cognome,), (cognome, *nome), (*nome, cognome)) for cognome in cognomi
    )


def _same_birth(scritta: str, nascita: str) -> bool:
    cifre = [pezzo.zfill(2) for pezzo in re.split(r"\D", scritta)]
    attese: Mapping[int, list[str]] = {1: nascita.split("-")[:1], 3: nascita.split("-")}
    return sorted(cifre) == sorted(attese.get(len(cifre), []))
