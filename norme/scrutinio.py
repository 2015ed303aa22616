"""The identities of the count of one section, as findings (artt. 53, 63, 68 TU; 71-73 TUEL).

``E`` is kept for what is arithmetically impossible whatever happened in the section; what may have an
explanation that nobody wrote down is ``W``. A box left empty (None) is not zero: checks that need it
stay silent, unless the clerk says that the step is finished.
"""

from collections.abc import Iterable

from norme.conteggio import check_liste, check_preferenze, check_sindaci
from norme.dati_scrutinio import DatiScrutinio, Quadro
from norme.parametri import Parametri
from norme.rilievi import Gravita, Rilievo
from norme.votanti import check_schede

__all__ = ["PASSI", "DatiScrutinio", "check_scrutinio", "hide_covered"]

PASSI = ("schede", "sindaco", "liste", "preferenze")


def check_scrutinio(dati: DatiScrutinio, *, parametri: Parametri, passo: str | None = None) -> list[Rilievo]:
    """Findings of one section: of every step reached, or only of ``passo``.

    ``passo`` is one of ``PASSI``, or "preferenze.<lista>" for one list; when given, that step is taken as
    finished and its empty boxes are named. A warning about a box that already has an error is left out.
    """
    nome, _, lista = (passo or "").partition(".")
    if passo is not None and nome not in PASSI:
        raise ValueError(f"passo «{passo}» sconosciuto: usare {', '.join(PASSI)}")
    quadro = Quadro(dati, parametri, is_finito=passo is not None)
    rilievi: list[Rilievo] = []
    if nome in ("", "schede"):
        rilievi += check_schede(quadro)
    if nome in ("", "sindaco"):
        rilievi += check_sindaci(quadro)
    if nome in ("", "liste"):
        rilievi += check_liste(quadro)
    if nome in ("", "preferenze"):
        for chiave in dati.preferenze:
            if not lista or str(chiave) == lista:
                rilievi += check_preferenze(quadro, chiave)
    return hide_covered(rilievi)


def hide_covered(rilievi: Iterable[Rilievo]) -> list[Rilievo]:
    """Drop the warnings about boxes that already have an error, and the same finding said twice."""
    unici: dict[tuple[str, tuple[str, ...]], Rilievo] = {}
    for rilievo in rilievi:
        unici.setdefault((rilievo.codice, rilievo.campi), rilievo)
    errati = {campo for r in unici.values() if r.gravita is Gravita.ERRORE for campo in r.campi}
    return [r for r in unici.values() if r.gravita is Gravita.ERRORE or errati.isdisjoint(r.campi)]
