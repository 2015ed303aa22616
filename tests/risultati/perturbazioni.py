"""Ways in which offices write the same files: some say the same, some say something wrong.

A change is a function from the files of a fascicolo to the same files written otherwise.
"""

import csv
import io
import re
import zipfile
from collections.abc import Callable

from electoral.csv_io import to_xlsx
from risultati.fascicolo.cartella import read_zip

Contenuti = dict[str, bytes]
Modo = Callable[[Contenuti], Contenuti]


def rows(contenuto: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(contenuto.decode("utf-8-sig"))))


def written(righe: list[list[str]], *, separatore: str = ",", fine: str = "\n") -> bytes:
    uscita = io.StringIO()
    csv.writer(uscita, delimiter=separatore, lineterminator=fine).writerows(righe)
    return uscita.getvalue().encode()


def ogni_csv(modo: Callable[[bytes], bytes]) -> Modo:
    return lambda file: {n: modo(b) if n.endswith(".csv") else b for n, b in file.items()}


def ogni_cella(modo: Callable[[str], str]) -> Modo:
    """The cells below the header."""
    return ogni_csv(lambda b: written([rows(b)[0], *([modo(v) for v in riga] for riga in rows(b)[1:])]))


def intestazioni(modo: Callable[[str], str]) -> Modo:
    return ogni_csv(lambda b: written([[modo(v) for v in rows(b)[0]], *rows(b)[1:]]))


def nomi(modo: Callable[[str], str]) -> Modo:
    return lambda file: {modo(nome): contenuto for nome, contenuto in file.items()}


def zip_di(cartella: str = "", *, in_piu: tuple[str, ...] = (), nome: Callable[[str], str] = str) -> Modo:
    def modo(file: Contenuti) -> Contenuti:
        uscita = io.BytesIO()
        with zipfile.ZipFile(uscita, "w") as archivio:
            for scritto, contenuto in file.items():
                archivio.writestr(cartella + nome(scritto), contenuto)
            for altro in in_piu:
                archivio.writestr(altro, b"x")
        return read_zip(uscita.getvalue(), nome="f.zip")

    return modo


def cella(file: str, riga: int, colonna: str, valore: str) -> Modo:
    """One cell rewritten; row 2 is the first below the header."""

    def modo(contenuti: Contenuti) -> Contenuti:
        righe = rows(contenuti[file])
        righe[riga - 1][righe[0].index(colonna)] = valore
        return {**contenuti, file: written(righe)}

    return modo


def senza_colonna(file: str, colonna: str) -> Modo:
    def modo(contenuti: Contenuti) -> Contenuti:
        righe = rows(contenuti[file])
        quale = righe[0].index(colonna)
        return {**contenuti, file: written([riga[:quale] + riga[quale + 1 :] for riga in righe])}

    return modo


def in_coda(file: str, testo: str) -> Modo:
    return lambda contenuti: {**contenuti, file: contenuti[file] + testo.encode()}


def senza(*file: str) -> Modo:
    return lambda contenuti: {n: b for n, b in contenuti.items() if n not in file}


def con(file: str, contenuto: bytes) -> Modo:
    return lambda contenuti: {**contenuti, file: contenuto}


def toml(prima: str, dopo: str) -> Modo:
    def modo(contenuti: Contenuti) -> Contenuti:
        testo = contenuti["elezione.toml"].decode()
        scritto = re.sub(prima, dopo, testo, count=1, flags=re.MULTILINE)
        assert scritto != testo
        return {**contenuti, "elezione.toml": scritto.encode()}

    return modo


def _quoted(contenuto: bytes) -> bytes:
    righe = (",".join('"' + v.replace('"', '""') + '"' for v in riga) for riga in rows(contenuto))
    return ("\n".join(righe) + "\n").encode()


def _xlsx(contenuto: bytes, modo: Callable[[str], object] = str) -> bytes:
    testa, *righe = rows(contenuto)
    return to_xlsx(testa, [[modo(valore) for valore in riga] for riga in righe])


def _numero(valore: str) -> object:
    return int(valore) if valore.isascii() and valore.isdigit() else valore


def _migliaia(valore: str) -> str:
    return f"{int(valore):,}".replace(",", ".") if valore.isdigit() and len(valore) > 3 else valore


def _decimale(coda: str) -> Callable[[str], str]:
    return lambda valore: valore + coda if valore.isdigit() else valore


INNOCUE: dict[str, Modo] = {
    "BOM": ogni_csv(lambda b: b"\xef\xbb\xbf" + b),
    "punto e virgola": ogni_csv(lambda b: written(rows(b), separatore=";")),
    "tabulazioni": ogni_csv(lambda b: written(rows(b), separatore="\t")),
    "barre": ogni_csv(lambda b: written(rows(b), separatore="|")),
    "sep= di Excel": ogni_csv(lambda b: b"sep=;\r\n" + written(rows(b), separatore=";")),
    "cp1252": ogni_csv(lambda b: b.decode().encode("cp1252")),
    "UTF-16": ogni_csv(lambda b: b.decode().encode("utf-16")),
    "a capo di Windows": ogni_csv(lambda b: written(rows(b), fine="\r\n")),
    "a capo del vecchio Mac": ogni_csv(lambda b: written(rows(b), fine="\r")),
    "senza l'ultimo a capo": ogni_csv(lambda b: b.rstrip(b"\n")),
    "righe vuote in fondo": ogni_csv(lambda b: b + b"\n\n\n"),
    "righe di soli separatori": ogni_csv(lambda b: b + (b"," * (len(rows(b)[0]) - 1) + b"\n") * 3),
    "colonne in altro ordine": ogni_csv(lambda b: written([riga[::-1] for riga in rows(b)])),
    "colonna vuota in coda": ogni_csv(lambda b: written([[*riga, ""] for riga in rows(b)])),
    "colonna vuota in testa": ogni_csv(lambda b: written([["", *riga] for riga in rows(b)])),
    "tutto fra virgolette": ogni_csv(_quoted),
    "intestazioni maiuscole": intestazioni(str.upper),
    "intestazioni con spazi": intestazioni(lambda nome: f" {nome.replace('_', ' ')} "),
    "spazi intorno": ogni_cella(lambda valore: f" {valore} "),
    "spazi che non si vedono": ogni_cella(lambda valore: f"\xa0{valore}"),
    "punti delle migliaia": ogni_cella(_migliaia),
    "decimali nulli con la virgola": ogni_cella(_decimale(",00")),
    "decimali nulli con il punto": ogni_cella(_decimale(".0")),
    "riga ripetuta uguale": ogni_csv(lambda b: written([*rows(b), rows(b)[1]])),
    "XLSX": lambda file: {
        n.replace(".csv", ".xlsx"): _xlsx(b, _numero) if n.endswith(".csv") else b for n, b in file.items()
    },
    "XLSX chiamato csv": ogni_csv(_xlsx),
    "toml con BOM": lambda file: {**file, "elezione.toml": b"\xef\xbb\xbf" + file["elezione.toml"]},
    "toml di Windows": lambda file: {**file, "elezione.toml": file["elezione.toml"].replace(b"\n", b"\r\n")},
    "toml senza giorni": toml(r"^giorni = .*\n", ""),
    "ZIP con una cartella": zip_di("prova-2021/"),
    "ZIP di un Mac": zip_di("c/", in_piu=("__MACOSX/c/._liste.csv", "c/.DS_Store", "c/__MACOSX/._x.csv")),
    "ZIP con un leggimi fuori": zip_di("c/", in_piu=("LEGGIMI.txt",)),
    "nomi maiuscoli": nomi(str.upper),
    "nomi con trattini": nomi(lambda nome: nome.replace("_", "-")),
    "nomi con spazi": nomi(lambda nome: nome.replace("_", " ")),
    "nomi di file scaricati due volte": nomi(lambda nome: nome.replace(".csv", " (1).csv")),
    "file di servizio": con("Thumbs.db", b"x"),
}
"""The same election, written otherwise."""
