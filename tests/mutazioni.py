"""Mutation score of the rules (``make mutation``): mutmut on a sample of the mutants, the same for one seed.

``python tests/mutazioni.py [--quota 10] [--seme 2021] [--solo 'norme.riparto.*'] [--elenca]``. The first step
lets mutmut write every mutant and time the tests on the smallest module; the second runs a sample of each
module, drawn module by module. The mutants and their outcome stay in ``mutants/`` (``mutmut show NOME``).
A survivor that no test could kill is named in ``mutanti_equivalenti.toml``, with its reason.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tomllib
from collections import Counter
from fnmatch import fnmatch
from pathlib import Path

MUTANTI = Path("mutants/norme")
EQUIVALENTI = Path(__file__).with_name("mutanti_equivalenti.toml")
PICCOLO = "norme.riparto.interpretazioni.*"
SCRUTINIO = {"scrutinio", "conteggio", "votanti", "dati_scrutinio"}
SOPRAVVISSUTO = {0, 33}  # no test failed, or no test reaches the function
PROGRAMMA = Path(sys.executable).parent / "mutmut"


def mutmut(*argomenti: str) -> None:
    """Run mutmut with the small Hypothesis profile, one process, quiet."""
    ambiente = os.environ | {"HYPOTHESIS_PROFILE": "mutazioni"}
    comando = [str(PROGRAMMA), "run", "--max-children", "1", *argomenti]
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
    """A share of the mutants of every module, drawn with the seed and the name of the module."""
    per_modulo: dict[str, list[str]] = {}
    for mutante in sorted(mutanti):
        per_modulo.setdefault(mutante.rsplit(".", 1)[0], []).append(mutante)
    scelti: list[str] = []
    for modulo, voci in per_modulo.items():
        scelti += random.Random(f"{seme} {modulo}").sample(voci, -(-len(voci) * quota // 100))
    return scelti


def change_of(mutante: str) -> str:
    """The lines a mutant takes away and puts in, as mutmut shows them."""
    mostrato = subprocess.run([str(PROGRAMMA), "show", mutante], capture_output=True, text=True, check=True)
    righe = mostrato.stdout.splitlines()
    return "\n".join(
        r[0] + " " + r[1:].strip() for r in righe if r[:1] in "+-" and r[:3] not in ("+++", "---")
    )


def is_equivalent(mutante: str, noti: list[dict[str, str]]) -> bool:
    """Whether a survivor is among those that change nothing: same function, same changed lines."""
    funzione = mutante.rsplit("__mutmut_", 1)[0]
    candidati = [voce for voce in noti if voce["funzione"] == funzione]
    return bool(candidati) and change_of(mutante) in {voce["modifica"].strip() for voce in candidati}


def report(esiti: dict[str, int | None], scelti: list[str]) -> None:
    """Killed over run, by area, with and without the equivalent ones; then the survivors."""
    noti = tomllib.loads(EQUIVALENTI.read_text("utf-8"))["mutante"]
    conti: dict[str, Counter[str]] = {}
    vivi = []
    for mutante in scelti:
        codice = esiti[mutante]
        if codice is None:
            continue
        stato = "uccisi" if codice not in SOPRAVVISSUTO else "vivi"
        if stato == "vivi" and is_equivalent(mutante, noti):
            stato = "equivalenti"
        conti.setdefault(area_of(mutante), Counter())[stato] += 1
        if stato == "vivi":
            vivi.append(mutante)
    for area, conto in sorted(conti.items()):
        tutti, veri = conto.total(), conto["uccisi"] + conto["vivi"]
        print(
            f"{area}: {conto['uccisi']} uccisi su {tutti} ({100 * conto['uccisi'] / tutti:.1f} per cento); "
            f"tolti {conto['equivalenti']} equivalenti, {100 * conto['uccisi'] / veri:.1f} per cento"
        )
    print("\n".join(["Sopravvissuti:", *(f"  {mutante}" for mutante in sorted(vivi))]))


def main() -> None:
    """Generate, draw, run, report."""
    lettore = argparse.ArgumentParser(description=__doc__)
    lettore.add_argument("--quota", type=int, default=10, help="mutanti provati su cento")
    lettore.add_argument("--seme", type=int, default=2021)
    lettore.add_argument("--solo", default="*", help="solo i mutanti con questo nome")
    lettore.add_argument("--elenca", action="store_true", help="non esegue: stampa gli esiti che ci sono")
    scelte = lettore.parse_args()
    if not scelte.elenca:
        mutmut(PICCOLO)
    tutti = list(read_outcomes())
    scelti = [nome for nome in choose(tutti, scelte.quota, scelte.seme) if fnmatch(nome, scelte.solo)]
    if not scelte.elenca:
        mutmut(*scelti)
    print(f"{len(scelti)} mutanti su {len(tutti)}, seme {scelte.seme}")
    report(read_outcomes(), scelti)


if __name__ == "__main__":
    main()
