"""The mark of a list: what a machine can see of it (TU 28, 30 b), 32, 33 b); d.P.R. 132/1993).

Whether two marks are confusable is decided by people: here are the identical ones and the ones to look at.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from norme.candidati import normalize_nome
from norme.parametri import Parametri
from norme.rilievi import Rilievo


@dataclass(frozen=True, slots=True)
class Contrassegno:
    """``impronta``: hash of the file; ``impronta_visiva``: 64-bit perceptual hash, if the caller has one.

    ``religioso``: a person flagged religious images; ``simbolo_partito``: it holds a party's symbol, whose
    use ``autorizzato`` allows.
    """

    denominazione: str = ""
    presente: bool = True
    impronta: str = ""
    impronta_visiva: int | None = None
    esemplari: int = 0
    digitale: bool = False
    simbolo_partito: bool = False
    autorizzato: bool | None = None
    religioso: bool = False


def check_contrassegno(
    contrassegno: Contrassegno, *, precedenti: Sequence[Contrassegno], parametri: Parametri
) -> tuple[Rilievo, ...]:
    """Findings on a mark against those presented earlier."""
    if not contrassegno.presente:
        return (Rilievo("E103", ("contrassegno",), {"lista": contrassegno.denominazione}),)
    trovati = _copie(contrassegno, parametri)
    if contrassegno.religioso:
        trovati.append(Rilievo("E114", ("contrassegno",)))
    if contrassegno.simbolo_partito and contrassegno.autorizzato is False:
        trovati.append(Rilievo("E113", ("contrassegno",)))
    for altro in precedenti:
        if contrassegno.impronta and contrassegno.impronta == altro.impronta:
            trovati.append(Rilievo("E105", ("contrassegno",), {"altra": altro.denominazione}))
        elif motivo := _resemblance(contrassegno, altro, parametri):
            contesto = {"lista": contrassegno.denominazione, "altra": altro.denominazione, "motivo": motivo}
            trovati.append(Rilievo("W104", ("contrassegno",), contesto))
    return tuple(trovati)


def _copie(contrassegno: Contrassegno, parametri: Parametri) -> list[Rilievo]:
    """Three paper copies, or a digital support (TU 28 and 32 after d.l. 77/2021)."""
    regola = parametri.get("contrassegno")
    if regola is None or contrassegno.digitale or contrassegno.esemplari >= regola.valore["esemplari"]:
        return []
    contesto = {"esemplari": contrassegno.esemplari, "richiesti": regola.valore["esemplari"]}
    return [Rilievo("W108", ("contrassegno",), contesto)]


def _resemblance(uno: Contrassegno, altro: Contrassegno, parametri: Parametri) -> str:
    """Why two marks deserve a look, or ""."""
    nomi = normalize_nome(uno.denominazione), normalize_nome(altro.denominazione)
    if all(nomi) and nomi[0] == nomi[1]:
        return "stessa denominazione"
    if uno.impronta_visiva is not None and altro.impronta_visiva is not None:
        diversi = (uno.impronta_visiva ^ altro.impronta_visiva).bit_count()
        if diversi <= parametri.intero("somiglianza_contrassegni"):
            return "immagine simile"
    confronto = SequenceMatcher(None, *nomi, autojunk=False)
    soglia = float(parametri.valore("somiglianza_denominazioni"))
    # the two quick ratios are upper bounds: most pairs stop there
    if all(nomi) and all(
        misura() >= soglia for misura in (confronto.real_quick_ratio, confronto.quick_ratio)
    ):
        return "denominazione simile" if confronto.ratio() >= soglia else ""
    return ""
