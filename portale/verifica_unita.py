"""The verifier as people download it: one file, standard library only."""

import re
from pathlib import Path

PROGRAMMA = Path(__file__).with_name("verifica.py")
REGOLE = Path(__file__).with_name("verifica_regole.py")
_IMPORT = re.compile(r"^from portale\.verifica_regole import \(.*?^\)\n", re.MULTILINE | re.DOTALL)


def build_verifica() -> str:
    """The program with its rules in the place of their import."""
    regole = REGOLE.read_text("utf-8").split('"""', 2)[2].strip("\n")
    testo, volte = _IMPORT.subn(lambda _: f"{regole}\n", PROGRAMMA.read_text("utf-8"))
    assert volte == 1
    return testo
