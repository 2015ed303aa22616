"""Mutation score of the rules (``make mutation``): mutmut on a sample of the mutants, the same for one seed.

``python tests/mutazioni.py [--quota 10] [--seme 2021] [--elenca]``. The first step lets mutmut write every
mutant and time the tests on the smallest module; the second runs a sample of each module. The mutants
and their outcome stay in ``mutants/`` (``mutmut show NOME``).
"""

import argparse
import json
import os
import random
import subprocess
import sys
from collections import Counter
from pathlib import Path

MUTANTI = Path("mutants/norme")
PICCOLO = "norme.scrutinio.*"
SCRUTINIO = {"scrutinio", "conteggio", "votanti", "dati_scrutinio"}
SOPRAVVISSUTO = {0, 33}  # no test failed, or no test reaches the function


def mutmut(*argomenti: str) -> None:
    """Run mutmut with the small Hypothesis profile, one process, quiet."""
    ambiente = os.environ | {"HYPOTHESIS_PROFILE": "mutazioni"}
    comando = [str(Path(sys.executable).parent / "mutmut"), "run", "--max-children", "1", *argomenti]
    subprocess.run(comando, env=ambiente, check=False, stdout=subprocess.DEVNULL)


def read_outcomes() -> dict[str, int | None]:
    """Exit code of every mutant that mutmut wrote; None when it has not been run."""
    esiti: dict[str, int | None] = {}
    for file in MUTANTI.rglob("*.meta"):
        esiti |= json.loads(file.read_text("utf-8"))["exit_code_by_key"]
    return esiti


def area_of(mutante: str) -> str:
    """riparto, liste or scrutinio: the three the score is asked for."""
    modulo = mutante.split(".")[1]
    return "riparto" if modulo == "riparto" else "scrutinio" if modulo in SCRUTINIO else "liste"


def choose(mutanti: list[str], quota: int, seme: int) -> list[str]:
    """A share of the mutants of every module, drawn with the seed."""
    per_modulo: dict[str, list[str]] = {}
    for mutante in sorted(mutanti):
        per_modulo.setdefault(mutante.rsplit(".", 1)[0], []).append(mutante)
    sorte = random.Random(seme)
    scelti: list[str] = []
    for voci in per_modulo.values():
        scelti += sorte.sample(voci, -(-len(voci) * quota // 100))
    return scelti


def report(esiti: dict[str, int | None], scelti: list[str]) -> None:
    """Killed over run, by area; then the survivors."""
    conti: dict[str, Counter[str]] = {}
    vivi = []
    for mutante in scelti:
        codice = esiti[mutante]
        if codice is None:
            continue
        morto = codice not in SOPRAVVISSUTO
        conti.setdefault(area_of(mutante), Counter())["uccisi" if morto else "vivi"] += 1
        if not morto:
            vivi.append(mutante)
    for area, conto in sorted(conti.items()):
        tutti = conto.total()
        print(f"{area}: {conto['uccisi']} uccisi su {tutti}, {100 * conto['uccisi'] / tutti:.1f} per cento")
    print("\n".join(["Sopravvissuti:", *(f"  {mutante}" for mutante in sorted(vivi))]))


def main() -> None:
    """Generate, draw, run, report."""
    lettore = argparse.ArgumentParser(description=__doc__)
    lettore.add_argument("--quota", type=int, default=10, help="mutanti provati su cento")
    lettore.add_argument("--seme", type=int, default=2021)
    lettore.add_argument("--elenca", action="store_true", help="non esegue: stampa gli esiti che ci sono")
    scelte = lettore.parse_args()
    if not scelte.elenca:
        mutmut(PICCOLO)
    scelti = choose(list(read_outcomes()), scelte.quota, scelte.seme)
    if not scelte.elenca:
        mutmut(*scelti)
    print(f"{len(scelti)} mutanti su {len(read_outcomes())}, seme {scelte.seme}")
    report(read_outcomes(), scelti)


if __name__ == "__main__":
    main()
