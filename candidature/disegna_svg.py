"""Draw the SVG of a folder to pixels: run as a program of its own, so that a drawing made to grow without end
ends with it (see :mod:`candidature.contrassegni`)."""

import resource
import sys
from pathlib import Path

import typst

SECONDI_CPU = 10
MEMORIA = 2 * 1024**3
NON_SI_LEGGE = 3


def main(cartella: Path) -> int:
    """Write ``segno.png`` beside ``segno.svg``."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDI_CPU, SECONDI_CPU))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORIA, MEMORIA))
    try:
        pagina = typst.compile(cartella / "pagina.typ", root=cartella, format="png", ppi=300)
    except typst.TypstError:
        return NON_SI_LEGGE
    (cartella / "segno.png").write_bytes(pagina[0] if isinstance(pagina, list) else pagina)
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
