"""What a browser, or anybody with a keyboard, can send: made harmless before it is used."""

from collections.abc import Mapping

TESTO_MASSIMO = 5_000


def read_testo(dati: Mapping[str, str], nome: str, *, massimo: int = TESTO_MASSIMO) -> str:
    """A text without the NUL that PostgreSQL refuses, and not longer than a person writes."""
    return dati.get(nome, "").replace("\x00", "").strip()[:massimo]


def read_numero(testo: str) -> int | None:
    """A whole number of nine plain digits at most: "²" is a digit for Python, and no number."""
    return int(testo) if testo.isascii() and testo.isdigit() and len(testo) <= 9 else None
