"""Columns and checks that every file of figures shares: the turno, the section or the whole comune."""

from collections.abc import Iterable

from comuni.fascicolo import Importazione
from electoral.csv_io import Colonna, RigaLetta, intero
from risultati.fascicolo.anagrafiche import sezioni_per_numero

SEZIONE = Colonna("sezione", intero(1, 9999), aiuto="Vuota: totale del comune.")
TURNO = Colonna("turno", intero(1, 2), obbligatoria=True, aiuto="1 o 2 (ballottaggio).")

Chiave = tuple[int, int | None]
"""Turno and section number (None: the whole comune)."""


def check_totali(
    importazione: Importazione, righe: list[RigaLetta], presenti: Iterable[Chiave]
) -> list[RigaLetta]:
    """In one turno either the sections or the total of the comune, never both: the rows that agree."""
    con_sezioni, con_totale = set(), set()
    for turno, numero in presenti:
        (con_totale if numero is None else con_sezioni).add(turno)
    con_sezioni |= {riga["turno"] or 1 for riga in righe if riga["sezione"] is not None}
    buone = []
    for riga in righe:
        turno = riga["turno"] or 1
        if riga["sezione"] is None and turno in con_sezioni:
            importazione.fail(riga.errore("E915", "sezione"))
        elif riga["sezione"] is not None and turno in con_totale:
            importazione.fail(riga.errore("E938", "sezione"))
        else:
            buone.append(riga)
    return buone


def check_sezioni(importazione: Importazione, righe: Iterable[RigaLetta]) -> list[RigaLetta]:
    """The rows whose section exists; the others become errors."""
    sezioni = sezioni_per_numero(importazione)
    buone = []
    for riga in righe:
        if riga["sezione"] is None or riga["sezione"] in sezioni:
            buone.append(riga)
        else:
            importazione.fail_riferimento(riga, "sezione", file="sezioni.csv")
    return buone


def numero_di(sezione) -> int | None:
    """The number of a section; None is the whole comune."""
    return sezione.numero if sezione else None
