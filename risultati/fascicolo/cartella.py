"""A fascicolo as it is handed over: a folder, a ZIP, or the single file of an election."""

import difflib
import re
import zipfile
from pathlib import Path, PurePosixPath

from comuni.fascicolo import files_fascicolo
from electoral.csv_fogli import MASSIMO_BYTE, check_archivio, normalize_nome
from electoral.csv_io import FileErrato, RigaErrata, errata

DESCRIZIONE = "elezione.toml"
IGNORATI = {
    "esito_ufficiale.json",
    "leggimi.md",
    "readme.md",
    "leggimi.txt",
    "readme.txt",
    "thumbs.db",
    "desktop.ini",
}
_COPIA = re.compile(r" ?\(\d+\)$")
"""What a browser adds to the name of a file downloaded again."""


class FascicoloErrato(Exception):
    """The fascicolo cannot be imported: every error found, each with where and how to mend it."""

    def __init__(self, errori: list[RigaErrata]) -> None:
        super().__init__("; ".join(errore.messaggio for errore in errori[:3]))
        self.errori = errori


def read_cartella(percorso: Path) -> dict[str, bytes]:
    """The files of a folder or of a ZIP, by name."""
    if percorso.is_dir():
        grandi = [f.name for f in percorso.iterdir() if f.is_file() and f.stat().st_size > MASSIMO_BYTE]
        if grandi:
            raise FascicoloErrato([errata("E917", file=nome, massimo="50 MB") for nome in grandi])
        return {f.name: f.read_bytes() for f in sorted(percorso.iterdir()) if f.is_file()}
    if not percorso.is_file():
        raise FascicoloErrato([errata("E918", file=str(percorso))])
    return read_zip(percorso.read_bytes(), nome=percorso.name)


def read_zip(contenuto: bytes, *, nome: str) -> dict[str, bytes]:
    """The files of a ZIP, at its root or all in one folder, however deep; only their names count."""
    try:
        with check_archivio(contenuto) as archivio:
            return _read_voci(archivio, nome)
    except FileErrato as errore:
        raise FascicoloErrato([errata(errore.codice, file=nome, **errore.contesto)]) from None


def _read_voci(archivio: zipfile.ZipFile, nome: str) -> dict[str, bytes]:
    voci = [
        (PurePosixPath(voce.filename.replace("\\", "/")), voce)
        for voce in archivio.infolist()
        if not voce.is_dir()
    ]
    voci = [
        (percorso, voce)
        for percorso, voce in voci
        if "__MACOSX" not in percorso.parts and not _is_ignorato(percorso.name)
    ]
    if any(".." in percorso.parts or percorso.is_absolute() for percorso, _ in voci):
        motivo = "ha file con un percorso che esce dalla cartella"
        raise FascicoloErrato([errata("E923", file=nome, motivo=motivo)])
    if len({percorso.parent for percorso, _ in voci}) > 1:
        motivo = "i file stanno in più cartelle: mettili tutti nella stessa"
        raise FascicoloErrato([errata("E923", file=nome, motivo=motivo)])
    nomi = [percorso.name for percorso, _ in voci]
    if doppi := sorted({n for n in nomi if nomi.count(n) > 1}):
        raise FascicoloErrato([errata("E923", file=nome, motivo=f"contiene due volte {doppi[0]}")])
    return {percorso.name: archivio.read(voce) for percorso, voce in voci}


def sort_files(contenuti: dict[str, bytes]) -> tuple[dict[str, tuple[str, bytes]], list[RigaErrata]]:
    """Known file name -> (name as handed over, content); and an error for every file nobody expects."""
    noti = {file.radice: file.nome for file in files_fascicolo()} | {"elezione": DESCRIZIONE}
    trovati: dict[str, tuple[str, bytes]] = {}
    errori = []
    for scritto, contenuto in contenuti.items():
        if _is_ignorato(scritto):
            continue
        radice, _, estensione = scritto.lower().rpartition(".")
        noto = noti.get(normalize_nome(_COPIA.sub("", radice)), "")
        ammesse = {"toml"} if noto == DESCRIZIONE else {"csv", "xlsx", "txt"}
        if not noto or estensione not in ammesse:
            errori.append(_unknown(scritto, radice, list(noti)))
        elif noto in trovati:
            errori.append(errata("E940", file=scritto, prima=trovati[noto][0]))
        else:
            trovati[noto] = (scritto, contenuto)
    obbligatori = [DESCRIZIONE, *(file.nome for file in files_fascicolo() if file.obbligatorio)]
    errori += [errata("E918", file=nome) for nome in obbligatori if nome not in trovati]
    return trovati, errori


def _is_ignorato(nome: str) -> bool:
    """What systems and people leave beside the files, and says nothing of the election."""
    return nome.startswith((".", "~$")) or nome.lower() in IGNORATI


def _unknown(scritto: str, radice: str, noti: list[str]) -> RigaErrata:
    ammessi = ", ".join([DESCRIZIONE, *(file.nome for file in files_fascicolo())])
    vicini = difflib.get_close_matches(normalize_nome(radice), noti, n=1, cutoff=0.6)
    suggerimento = f"Forse volevi «{vicini[0]}»." if vicini else ""
    return errata("E919", file=scritto, ammessi=ammessi, suggerimento=suggerimento)
