"""Numbers, shares and lists of names as Italian writes them."""

from collections.abc import Sequence
from fractions import Fraction

from norme.registro import migliaia
from norme.riparto.tipi import Soglia

MESI = (
    "gennaio",
    "febbraio",
    "marzo",
    "aprile",
    "maggio",
    "giugno",
    "luglio",
    "agosto",
    "settembre",
    "ottobre",
    "novembre",
    "dicembre",
)


def quota_percentuale(parte: int, tutto: int, *, decimali: int = 2) -> str:
    """A share of 100 in Italian form: "41,56".

    Rounded half up, as official results are; cut instead where rounding would show a whole per cent that is
    not reached, because every threshold of the law is one (49,996 is "49,99", never "50,00").
    """
    if tutto == 0:
        return "0"
    scala = 10**decimali
    valore = (200 * scala * parte + tutto) // (2 * tutto)
    if valore % scala == 0 and valore * tutto > 100 * scala * parte:
        valore -= 1
    return f"{migliaia(valore // scala)},{valore % scala:0{decimali}d}"


def percento(parte: int, tutto: int) -> str:
    """The same with its sign: "50,40%"."""
    return f"{quota_percentuale(parte, tutto)}%"


def quota(valore: Fraction) -> str:
    """A share in words: 2/3 → "due terzi", else as a percentage."""
    if valore == Fraction(2, 3):
        return "due terzi"
    cento = valore * 100
    if cento.denominator == 1:
        return f"il {cento.numerator} per cento"
    return f"{valore.numerator}/{valore.denominator}"


def soglia(valore: Soglia) -> str:
    return f"{'più del' if valore.criterio == 'oltre' else 'almeno il'} {quota(valore.quota)[3:]}"


def quanti(valore: int, uno: str, molti: str) -> str:
    return f"1 {uno}" if valore == 1 else f"{migliaia(valore)} {molti}"


def seggi(valore: int) -> str:
    return "nessun seggio" if valore == 0 else quanti(valore, "seggio", "seggi")


def voti(valore: int) -> str:
    return quanti(valore, "voto", "voti")


def join(parole: Sequence[str]) -> str:
    """Words in a row: a; a e b; a, b e c."""
    if len(parole) < 2:
        return "".join(parole)
    congiunzione = "ed" if parole[-1][:1] in "eE" else "e"
    return f"{', '.join(parole[:-1])} {congiunzione} {parole[-1]}"
