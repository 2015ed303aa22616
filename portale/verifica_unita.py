"""The verifier as people download it: one file, standard library only."""

import re
from pathlib import Path

QUI = Path(__file__).parent
PARTI = ("verifica_regole", "verifica_gruppi", "verifica")
"""The program, last, and what it imports, each part after those it needs."""
_PROPRI = re.compile(r"^from portale\.\w+ import \(.*?^\)\n", re.MULTILINE | re.DOTALL)
_LIBRERIA = re.compile(r"^(?:import|from) [^\n]+\n", re.MULTILINE)


def build_verifica() -> str:
    """One file: what it says of itself, what it needs of the library, the parts one after the other."""
    testi = {nome: _PROPRI.sub("", (QUI / f"{nome}.py").read_text("utf-8")) for nome in PARTI}
    capo, fine, _ = re.split(r'(?<=[^"])("""\n)', testi["verifica"], maxsplit=1)
    corpi = [testo.split('"""', 2)[2] for testo in testi.values()]
    serve = sorted({riga for corpo in corpi for riga in _LIBRERIA.findall(corpo)})
    parti = [_LIBRERIA.sub("", corpo).strip("\n") for corpo in corpi]
    return f"{capo}{fine}\n{''.join(serve)}\n\n" + "\n\n\n".join(parti) + "\n"
