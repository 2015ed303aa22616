"""Errors of the sections that nobody has decided: what the office answers for before it proclaims.

The adunanza dei presidenti and the Ufficio centrale add up the votes of the sections and cannot change them
(artt. 67 and 72 d.P.R. 570/1960): an open error never forbids the proclamation, it asks for one reason.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from comuni.models import Elezione
from electoral.documenti import impronta
from norme.parole import join
from norme.rilievi import Rilievo
from risultati.models import RilievoSezione, Turno

#: Consecutive sections written one by one; more are written as an interval.
PER_ESTESO = 2


@dataclass(frozen=True, slots=True)
class ErroreAperto:
    """One undecided error of one section."""

    turno: Turno
    sezione: int
    rilievo: Rilievo


@dataclass(frozen=True)
class ErroriAperti:
    """All those of an election, by round, section and code."""

    righe: tuple[ErroreAperto, ...]

    def __bool__(self) -> bool:
        return bool(self.righe)

    @cached_property
    def per_sezione(self) -> list[tuple[Turno, int, list[Rilievo]]]:
        """As one reads them beside the verbali of the sections."""
        gruppi = groupby(self.righe, key=lambda riga: (riga.turno, riga.sezione))
        return [(turno, sezione, [riga.rilievo for riga in sue]) for (turno, sezione), sue in gruppi]

    @cached_property
    def per_codice(self) -> list[dict]:
        """As the verbale tells them: each code once for each round, with its sections."""
        numeri: dict[tuple[Turno, str], list[int]] = defaultdict(list)
        for riga in self.righe:
            trovati = numeri[riga.turno, riga.rilievo.codice]
            if riga.sezione not in trovati[-1:]:
                trovati.append(riga.sezione)
        titoli = {riga.rilievo.codice: riga.rilievo.voce.titolo for riga in self.righe}
        return [
            {
                "turno": int(turno),
                "codice": codice,
                "titolo": titoli[codice],
                "sezioni": sezioni,
                "dove": f"{turno.label.lower()}, {elenca_sezioni(sezioni)}",
            }
            for (turno, codice), sezioni in sorted(numeri.items())
        ]

    @cached_property
    def frase(self) -> str:
        """What is missing, with codes and sections; empty when nothing is."""
        if not self:
            return ""
        dove = "; ".join(f"{voce['codice']} ({voce['dove']})" for voce in self.per_codice)
        return (
            f"Errori aperti nelle sezioni: {dove}. Si decidono nella loro sezione, "
            "oppure va scritto il motivo per cui si procede lo stesso."
        )

    @cached_property
    def impronta(self) -> str:
        """What the office has read: a reason written for other errors does not count for these."""
        return impronta([[riga.turno, riga.sezione, riga.rilievo.as_dict()] for riga in self.righe])

    def con_motivo(self, motivo: str) -> dict:
        """For the snapshot: the errors and the reason of who proclaimed; empty when there was none."""
        return {"motivo": motivo.strip(), "voci": self.per_codice} if self else {}


def errori_aperti(elezione: Elezione) -> ErroriAperti:
    """The undecided errors of the definitive sections of both rounds, in one query."""
    campi = ("scrutinio__turno", "scrutinio__sezione__numero", "codice", "campi", "contesto")
    righe = RilievoSezione.objects.aperti().errori().filter(scrutinio__elezione=elezione)
    return ErroriAperti(
        tuple(
            ErroreAperto(Turno(turno), sezione, Rilievo(codice, tuple(caselle), contesto))
            for turno, sezione, codice, caselle, contesto in righe.order_by(*campi[:3], "pk").values_list(
                *campi
            )
        )
    )


def elenca_sezioni(numeri: Sequence[int]) -> str:
    """Growing numbers in words: "sezione 3", "sezioni 3, 7 e da 12 a 15"."""
    tratti: list[list[int]] = []
    for numero in numeri:
        if tratti and numero == tratti[-1][-1] + 1:
            tratti[-1].append(numero)
        else:
            tratti.append([numero])
    pezzi = []
    for tratto in tratti:
        lungo = len(tratto) > PER_ESTESO
        pezzi += [f"da {tratto[0]} a {tratto[-1]}"] if lungo else [str(numero) for numero in tratto]
    return f"{'sezione' if len(numeri) == 1 else 'sezioni'} {join(pezzi)}"
