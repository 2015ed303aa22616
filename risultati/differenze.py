"""Two readings of the same verbale, box by box."""

from dataclasses import dataclass

from risultati.caselle import Modulo, Passo
from risultati.digitazione import Celle, celle_di
from risultati.models import Digitazione, Scrutinio

Ordine = Digitazione.Ordine


@dataclass(frozen=True, slots=True)
class Differenza:
    """A box where the readings differ; ``rilettura`` is the third figure, when it was asked."""

    campo: str
    passo: Passo
    prima: int | None
    seconda: int | None
    rilettura: int | None = None
    is_riletta: bool = False
    sospetto: str = ""


def find_differenze(scrutinio: Scrutinio, modulo: Modulo) -> list[Differenza]:
    """The boxes that differ between first and second reading, in the order of the form."""
    letture = {d.ordine: celle_di(d) for d in scrutinio.digitazioni.prefetch_related("passi")}
    prima, seconda = letture.get(Ordine.PRIMA), letture.get(Ordine.SECONDA)
    if prima is None or seconda is None:
        return []
    terza = letture.get(Ordine.RILETTURA, {})
    differenze = []
    for passo in modulo.passi:
        diverse = [campo for campo in passo.campi if prima.get(campo) != seconda.get(campo)]
        sospetto = _sospetto(diverse, prima, seconda)
        differenze += [
            Differenza(c, passo, prima.get(c), seconda.get(c), terza.get(c), c in terza, sospetto)
            for c in diverse
        ]
    return differenze


def _sospetto(campi: list[str], prima: Celle, seconda: Celle) -> str:
    """The likely slip behind the differences of one step, in words."""
    a, b = [prima.get(campo) for campo in campi], [seconda.get(campo) for campo in campi]
    if len(campi) == 2 and a == b[::-1]:
        return "due righe scambiate?"
    if len(campi) > 2 and (a[1:] == b[:-1] or a[:-1] == b[1:]):
        return "una riga slittata?"
    if any(_is_permutation(x, y) for x, y in zip(a, b, strict=True)):
        return "cifre invertite?"
    return ""


def _is_permutation(x: int | None, y: int | None) -> bool:
    return x is not None and y is not None and x != y and sorted(str(x)) == sorted(str(y))
