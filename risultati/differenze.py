"""Two readings of the same verbale, box by box."""

from dataclasses import dataclass

from risultati.caselle import Modulo, Passo
from risultati.digitazione import Celle, celle_di, letture_di
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
    letture = {d.ordine: celle_di(d) for d in letture_di(scrutinio).prefetch_related("passi")}
    prima, seconda = letture.get(Ordine.PRIMA), letture.get(Ordine.SECONDA)
    if prima is None or seconda is None:
        return []
    terza = letture.get(Ordine.RILETTURA, {})
    differenze = []
    for passo in modulo.passi:
        diverse = [campo for campo in passo.campi if prima.get(campo) != seconda.get(campo)]
        sospetti = find_sospetti(diverse, prima, seconda)
        differenze += [
            Differenza(c, passo, prima.get(c), seconda.get(c), terza.get(c), c in terza, sospetti.get(c, ""))
            for c in diverse
        ]
    return differenze


SCAMBIATE = "due righe scambiate?"
SLITTATA = "una riga slittata?"
INVERTITE = "cifre invertite?"
IN_PIU = "una cifra in più o in meno?"
VUOTA = "una riga saltata?"


def find_sospetti(campi: list[str], prima: Celle, seconda: Celle) -> dict[str, str]:
    """The likely slip behind each differing box of one step, in words; none where nothing is recognised."""
    a, b = [prima.get(campo) for campo in campi], [seconda.get(campo) for campo in campi]
    detti = [_of_one(x, y) for x, y in zip(a, b, strict=True)]
    for i in range(len(campi)):
        for j in range(i + 1, len(campi)):
            if a[i] == b[j] and a[j] == b[i]:
                detti[i] = detti[j] = SCAMBIATE
    for inizio, fine in (*_runs(a, b), *_runs(b, a)):
        detti[inizio:fine] = [SLITTATA] * (fine - inizio)
    return {campo: detto for campo, detto in zip(campi, detti, strict=True) if detto}


def _runs(a: list[int | None], b: list[int | None]) -> list[tuple[int, int]]:
    """Stretches of three boxes or more where ``b`` is ``a`` one row further down."""
    trovate, inizio = [], 0
    for i in range(1, len(a) + 1):
        if i < len(a) and b[i] == a[i - 1] and a[i - 1] is not None:
            continue
        if i - inizio >= 3:
            trovate.append((inizio, i))
        inizio = i
    return trovate


def _of_one(x: int | None, y: int | None) -> str:
    """What one box alone tells."""
    if x is None or y is None:
        return ""
    corta, lunga = sorted((str(x), str(y)), key=len)
    if sorted(corta) == sorted(lunga):
        return INVERTITE
    if "0" in (str(x), str(y)):
        return VUOTA
    tolte = {lunga[:i] + lunga[i + 1 :] for i in range(len(lunga))}
    return IN_PIU if len(lunga) == len(corta) + 1 and corta in tolte else ""
