"""Findings of the counts that came from a file: all the sections of a round in one pass."""

from collections.abc import Collection, Iterator, Sequence

from comuni.models import Elezione
from norme.confronti import check_confronti
from norme.rilievi import Rilievo
from norme.scrutinio import check_scrutinio, hide_covered
from risultati.affluenza import affluenze_per_sezione
from risultati.caselle import Modulo, build_modulo
from risultati.controlli import store_rilievi
from risultati.models import Scrutinio, Turno
from risultati.precedente import load_passato
from risultati.profili import dati_di, profilo_di

LOTTO = 200
"""Sections read at once: 40 lists of 48 names are 2,000 figures each."""


def sync_importati(elezione: Elezione, *, soli: Collection[int] | None = None) -> None:
    """Store what the figures of the imported sections would have asked whoever types them.

    Only counts that nobody typed; ``soli``: among these. A decision taken on the same figures stays.
    """
    for turno in Turno:
        importati = Scrutinio.objects.di(elezione).importati().filter(turno=turno)
        if soli is not None:
            importati = importati.filter(pk__in=soli)
        if scrutini := list(importati.select_related("sezione")):
            store_rilievi(dict(check_importati(build_modulo(elezione, turno), scrutini)))


def check_importati(modulo: Modulo, scrutini: Sequence[Scrutinio]) -> Iterator[tuple[int, list[Rilievo]]]:
    """The findings of each count by pk. What the file does not say is not known: no empty box is named."""
    detti = affluenze_per_sezione(modulo.elezione, modulo.turno)
    passato, profilo = load_passato(modulo.elezione, modulo.turno), profilo_di(modulo)
    parametri = modulo.parametri
    for da in range(0, len(scrutini), LOTTO):
        for pk, dati in dati_di(scrutini[da : da + LOTTO], modulo, comunicati=detti).items():
            yield (
                pk,
                hide_covered(
                    [
                        *check_scrutinio(dati, parametri=parametri),
                        *check_confronti(dati, profilo=profilo, parametri=parametri),
                        *passato.check(dati, parametri=parametri),
                    ]
                ),
            )
