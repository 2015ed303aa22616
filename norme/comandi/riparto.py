"""``python -m norme riparto``: one election in, its outcome with every step out (DESIGN §5.1)."""

from typing import Any

from norme.riparto.calcolo import calcola
from norme.riparto.lettura import read_dati


def run(dati: dict[str, Any]) -> dict[str, Any]:
    """The outcome of the election described by ``dati``."""
    return calcola(read_dati(dati)).as_dict()
