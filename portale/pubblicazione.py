"""Publishing: the open data and the page as static files, written atomically, served also without Django."""

import json
import os
import shutil
import tempfile
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string

from comuni.models import Elezione
from electoral.csv_io import to_csv
from electoral.documenti import impronta
from portale import dati as portale_dati
from portale.pagina import contesto_risultati
from portale.sezioni import righe_candidati, righe_liste
from portale.verifica_unita import build_verifica
from risultati.models import VotiLista, VotiPreferenza, VotiSindaco
from risultati.stato import is_anticipata


def publish(elezione: Elezione) -> list[str]:
    """Write every file of the election, then the index; a rehearsal or an embargo writes nothing.

    The folder is prepared aside and swapped in, so that nobody reads half of it.
    """
    cartella = Path(settings.PUBBLICAZIONE_DIR)
    cartella.mkdir(parents=True, exist_ok=True)
    if not is_visibile(elezione):
        unpublish(elezione)
        return []
    file = build_file(elezione)
    nuova = Path(tempfile.mkdtemp(prefix=f".{elezione.slug}-", dir=cartella))
    try:
        for nome, contenuto in file.items():
            (nuova / nome).write_bytes(contenuto)
        nuova.chmod(0o755)
        _swap(nuova, cartella / elezione.slug)
    finally:
        shutil.rmtree(nuova, ignore_errors=True)
    write_indice()
    return sorted(file)


def is_visibile(elezione: Elezione) -> bool:
    """Published, not a rehearsal, not under embargo, without votes that came before the polls closed."""
    scelte = getattr(elezione, "pubblicazione", None)
    if not elezione.pubblicata or elezione.prova or (scelte and scelte.is_in_embargo):
        return False
    return not is_anticipata(elezione)


def unpublish(elezione: Elezione) -> None:
    """Remove the files; a withdrawn election leaves only the notice that says why."""
    destinazione = Path(settings.PUBBLICAZIONE_DIR) / elezione.slug
    if not destinazione.exists():
        return
    shutil.rmtree(destinazione)
    scelte = getattr(elezione, "pubblicazione", None)
    if scelte and scelte.ritirata_il:
        destinazione.mkdir()
        avviso = {"ritirata_il": scelte.ritirata_il.isoformat(), "motivo": scelte.motivo_ritiro}
        write_atomic(destinazione / "ritirata.json", _json(avviso))
    write_indice()


def build_file(elezione: Elezione) -> dict[str, bytes]:
    """Name -> content of every public file of an election."""
    risultati = portale_dati.build_risultati(elezione)
    file = {
        "risultati.json": _json(risultati),
        "liste.csv": _csv(righe_liste(elezione)),
        "candidati.csv": _csv(righe_candidati(elezione)),
        "sezioni.csv": _csv(portale_dati.righe_sezioni(elezione)),
        "voti_sindaci.csv": _csv(portale_dati.righe_voti(elezione, VotiSindaco)),
        "voti_liste.csv": _csv(portale_dati.righe_voti(elezione, VotiLista)),
        "voti_preferenze.csv": _csv(portale_dati.righe_voti(elezione, VotiPreferenza)),
        "verifica.py": build_verifica().encode(),
    }
    if riparto := portale_dati.build_dati_riparto(elezione):
        file["riparto.json"] = _json(riparto)
    file = {nome: contenuto for nome, contenuto in file.items() if contenuto}
    contesto = contesto_risultati(risultati, statica=True)
    file["index.html"] = render_to_string("portale/elezione.html", contesto).encode()
    return file


def write_indice() -> None:
    """The list of the published elections, as JSON beside their folders."""
    elezioni = Elezione.objects.pubbliche().select_related("comune", "pubblicazione")
    visibili = [portale_dati.describe_elezione(e) for e in elezioni if is_visibile(e)]
    cartella = Path(settings.PUBBLICAZIONE_DIR)
    cartella.mkdir(parents=True, exist_ok=True)
    write_atomic(cartella / "elezioni.json", _json({"elezioni": visibili, "impronta": impronta(visibili)}))


def write_atomic(percorso: Path, contenuto: bytes) -> None:
    """Write aside in the same folder, then rename: a reader sees the old file or the new one."""
    with tempfile.NamedTemporaryFile(dir=percorso.parent, prefix=".", delete=False) as provvisorio:
        provvisorio.write(contenuto)
        provvisorio.flush()
        os.fsync(provvisorio.fileno())
    os.chmod(provvisorio.name, 0o644)
    os.replace(provvisorio.name, percorso)


def _swap(nuova: Path, destinazione: Path) -> None:
    """Put the new files in place one by one, then drop those no longer published."""
    destinazione.mkdir(exist_ok=True)
    nomi = {file.name for file in nuova.iterdir()}
    for nome in sorted(nomi, key=lambda n: n == "index.html"):  # the page last: what it links is there
        os.replace(nuova / nome, destinazione / nome)
    for vecchio in destinazione.iterdir():
        if vecchio.name not in nomi:
            vecchio.unlink()


def _json(valore: object) -> bytes:
    return (json.dumps(valore, ensure_ascii=False, indent=1, default=str) + "\n").encode()


def _csv(righe: list[dict]) -> bytes:
    """UTF-8 CSV with a header; empty when there is no row. No name can come out as a formula."""
    return to_csv(list(righe[0]), (riga.values() for riga in righe)) if righe else b""
