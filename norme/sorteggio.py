"""A draw anyone can repeat (scrutatori, order of the lists, seats between equals).

1. The elenco is published before the draw: one name per line, each line different (``Elenco``).
2. Its impronta is published with it: sha256 of the lines, sorted, each ended by a newline, in UTF-8.
3. The seme is made in public: dice, lottery numbers, what the citizens say. It is text; runs of
   spaces count as one space.
4. The number of a name is sha256 of seme, newline, impronta, newline, name, read as hexadecimal.
5. The smallest number comes first. The first ``posti`` are drawn, the others are reserves in order.

Nobody who does not know the seme can tell the order, and once it is known nobody can change it: any
change to the elenco changes the impronta, hence every number. The order of the lines does not matter.
Every order is equally likely, since the numbers behave as independent and uniform.
"""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256


class ElencoErrato(ValueError):
    """The roll cannot be drawn from: the message says which line is wrong."""


def canonical(testo: str) -> str:
    """Unicode NFC, runs of white space as one space: what is hashed."""
    return " ".join(unicodedata.normalize("NFC", testo).split())


@dataclass(frozen=True)
class Elenco:
    """A frozen roll: canonical lines, sorted. Build it with ``freeze_elenco``."""

    righe: tuple[str, ...]

    @cached_property
    def impronta(self) -> str:
        """sha256 of the lines, as published with the roll."""
        return sha256("".join(riga + "\n" for riga in self.righe).encode()).hexdigest()

    def as_testo(self) -> str:
        """The file to publish: one line per name, in UTF-8."""
        return "".join(riga + "\n" for riga in self.righe)


def freeze_elenco(nomi: Iterable[str]) -> Elenco:
    """A roll from names in any order; an empty or repeated line is an ``ElencoErrato``."""
    righe = sorted(canonical(nome) for nome in nomi)
    for riga, successiva in zip(righe, [*righe[1:], None], strict=True):
        if not riga:
            raise ElencoErrato("L'elenco contiene una riga vuota: toglierla.")
        if riga == successiva:
            raise ElencoErrato(
                f"«{riga}» compare due volte nell'elenco: aggiungere ciò che distingue le due righe."
            )
    return Elenco(tuple(righe))


@dataclass(frozen=True, slots=True)
class EsitoSorteggio:
    """The outcome: all the names in order; the first ``posti`` are drawn, the others are reserves."""

    seme: str
    impronta: str
    posti: int
    ordine: tuple[str, ...]

    @property
    def sorteggiati(self) -> tuple[str, ...]:
        return self.ordine[: self.posti]

    @property
    def riserve(self) -> tuple[str, ...]:
        """Those not drawn, in the order in which they replace who renounces."""
        return self.ordine[self.posti :]


def sorteggia(elenco: Elenco, *, seme: str, posti: int) -> EsitoSorteggio:
    """Rank the roll by the public seme; the same roll and seme always give the same order."""
    seme = canonical(seme)
    if not seme:
        raise ValueError("Il seme del sorteggio è vuoto: scrivere i numeri estratti in pubblico.")
    if not 0 <= posti <= len(elenco.righe):
        raise ValueError(f"I posti sono {posti}, ma l'elenco ha {len(elenco.righe)} righe.")
    inizio = sha256(f"{seme}\n{elenco.impronta}\n".encode())

    def number(riga: str) -> bytes:
        conto = inizio.copy()
        conto.update(riga.encode())
        return conto.digest()

    return EsitoSorteggio(seme, elenco.impronta, posti, tuple(sorted(elenco.righe, key=number)))


def sorteggia_per_gruppi(
    gruppi: Mapping[str, Elenco], *, seme: str, posti: Mapping[str, int]
) -> dict[str, EsitoSorteggio]:
    """One draw per group (sections, plessi), all from one seme: the group's name is added after it.

    A group that ``posti`` does not name draws nobody and only ranks its reserves.
    """
    if ignoti := sorted(set(posti) - set(gruppi)):
        raise ValueError(f"Posti indicati per gruppi che non ci sono: {', '.join(ignoti)}.")
    return {
        gruppo: sorteggia(elenco, seme=f"{canonical(seme)} / {gruppo}", posti=posti.get(gruppo, 0))
        for gruppo, elenco in gruppi.items()
    }


def script_verifica() -> str:
    """Ten lines that repeat the draw with bare Python: ``python verifica.py elenco.csv "seme"``.

    ``elenco.csv`` is the published roll, one line per name, no heading.
    """
    return """\
# Ripete il sorteggio: python verifica.py elenco.csv "dadi 4 2 6 1"
import hashlib, sys, unicodedata
def pulisci(testo): return " ".join(unicodedata.normalize("NFC", testo).split())
def impronta(testo): return hashlib.sha256(testo.encode()).hexdigest()
nomi = sorted(pulisci(riga) for riga in open(sys.argv[1], encoding="utf-8-sig") if riga.strip())
elenco = impronta("".join(nome + "\\n" for nome in nomi))
seme = pulisci(sys.argv[2])
print("impronta", elenco)
for posto, nome in enumerate(sorted(nomi, key=lambda nome: impronta(f"{seme}\\n{elenco}\\n{nome}")), 1):
    print(posto, nome)
"""
