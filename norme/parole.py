"""Numbers, shares and lists of names as Italian writes them."""

from collections.abc import Sequence
from fractions import Fraction

from norme.riparto.tipi import Soglia


def numero(valore: int) -> str:
    """1234567 → "1.234.567"."""
    return f"{valore:,}".replace(",", ".")


def percento(parte: int, tutto: int) -> str:
    """Cut to two decimals: "50,40%". Never shows a threshold as reached when it is not."""
    if tutto == 0:
        return "0%"
    centesimi = parte * 10_000 // tutto
    return f"{centesimi // 100},{centesimi % 100:02d}%"


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
    return f"1 {uno}" if valore == 1 else f"{numero(valore)} {molti}"


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
