"""CSV of the sections: out at any moment, in as if somebody had typed them (with the same checks)."""

import io
import zipfile
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from electoral.csv_io import Colonna, RigaErrata, intero, read_table, to_csv
from risultati.caselle import Modulo
from risultati.consolidamento import celle_da_tabelle
from risultati.digitazione import celle_di, get_scrutinio, open_digitazione, save_passo
from risultati.models import Digitazione, PassoDigitato, Scrutinio

TURNO = Colonna("turno", intero(1, 2))
SEZIONE = Colonna("sezione", intero(1, 9999), obbligatoria=True)
COLONNE = {
    "scrutinio.csv": (
        TURNO,
        SEZIONE,
        *(Colonna(campo, intero()) for campo in (*Scrutinio.CIFRE, *Scrutinio.CIFRE_IN_PIU)),
    ),
    "voti_sindaci.csv": (
        TURNO,
        SEZIONE,
        Colonna("sindaco", intero(1, 999), obbligatoria=True),
        Colonna("voti", intero(), obbligatoria=True),
        Colonna("solo_sindaco", intero()),
    ),
    "voti_liste.csv": (
        SEZIONE,
        Colonna("lista", intero(1, 999), obbligatoria=True),
        Colonna("voti", intero(), obbligatoria=True),
    ),
    "voti_preferenze.csv": (
        SEZIONE,
        Colonna("lista", intero(1, 999), obbligatoria=True),
        Colonna("candidato", intero(1, 999), obbligatoria=True),
        Colonna("preferenze", intero(), obbligatoria=True),
    ),
}
CHIAVI = {
    "scrutinio.csv": ("sezione",),
    "voti_sindaci.csv": ("sezione", "sindaco"),
    "voti_liste.csv": ("sezione", "lista"),
    "voti_preferenze.csv": ("sezione", "lista", "candidato"),
}


class FileRifiutati(Exception):
    """Files that cannot be read in: every error with file, row, column and remedy. Nothing was saved."""

    def __init__(self, errori: Iterable[RigaErrata]) -> None:
        self.errori = list(errori)
        super().__init__("; ".join(errore.messaggio for errore in self.errori[:3]))


def read_files(
    file: Mapping[str, bytes], modulo: Modulo, *, ammesse: set[int]
) -> dict[int, dict[str, int | None]]:
    """The boxes of each section named in the files of this turno."""
    errori: list[RigaErrata] = []
    celle: dict[int, dict[str, int | None]] = {}
    for nome in COLONNE:
        if nome not in file or (nome == "voti_liste.csv" and modulo.is_voto_unico):
            continue
        chiave = ("turno", *CHIAVI[nome]) if TURNO in COLONNE[nome] else CHIAVI[nome]
        lettura = read_table(file[nome], file=nome, colonne=COLONNE[nome], chiave=chiave)
        errori += lettura.errori
        for riga in lettura.righe:
            if (riga["turno"] or 1) != modulo.turno:
                continue
            nuove = dict(_boxes(nome, riga))
            if riga["sezione"] not in ammesse:
                errori.append(riga.errore("E930", "sezione"))
            elif ignote := [campo for campo in nuove if campo not in modulo.campi and nuove[campo]]:
                motivo = f"il modulo di questo turno non ha la casella {modulo.etichetta(ignote[0])}"
                errori.append(riga.errore("E925", riga.celle and _colonna(nome), motivo=motivo))
            else:
                celle.setdefault(riga["sezione"], {}).update(nuove)
    if errori:
        raise FileRifiutati(errori)
    return celle


def _colonna(nome: str) -> str:
    return CHIAVI[nome][-1]


def _boxes(nome: str, riga) -> Iterable[tuple[str, int | None]]:
    if nome == "scrutinio.csv":
        for campo in (*Scrutinio.CIFRE, *Scrutinio.CIFRE_IN_PIU):
            if riga.ha(campo):
                yield campo, riga[campo]
    elif nome == "voti_sindaci.csv":
        yield f"voti_sindaci.{riga['sindaco']}", riga["voti"]
        yield f"solo_sindaco.{riga['sindaco']}", riga["solo_sindaco"]
    elif nome == "voti_liste.csv":
        yield f"voti_liste.{riga['lista']}", riga["voti"]
    else:
        yield f"preferenze.{riga['lista']}.{riga['candidato']}", riga["preferenze"]


@transaction.atomic
def import_sezioni(file: Mapping[str, bytes], modulo: Modulo, *, sezioni: Mapping[int, Any], by) -> list[int]:
    """Confirm the steps that the files fill, as a first reading by who imports. All or nothing.

    A section that somebody has typed, or that is definitive, is never covered.
    """
    celle = read_files(file, modulo, ammesse=set(sezioni))
    errori: list[RigaErrata] = []
    for numero, sue in sorted(celle.items()):
        scrutinio = get_scrutinio(sezioni[numero], modulo.turno)
        if (
            PassoDigitato.objects.filter(digitazione__scrutinio=scrutinio).exists()
            or scrutinio.stato != "attesa"
        ):
            errori.append(_gia_scritta(numero, scrutinio))
            continue
        digitazione = open_digitazione(scrutinio, by=by)
        con_preferenze = any(campo.startswith("preferenze.") for campo in sue)
        for passo in modulo.passi:
            if any(campo in sue for campo in passo.campi) or (passo.is_preferenze and con_preferenze):
                save_passo(digitazione, passo, _riempi(passo, sue), versione=0, by=by)
    if errori:
        raise FileRifiutati(errori)
    return sorted(celle)


def _gia_scritta(numero: int, scrutinio: Scrutinio) -> RigaErrata:
    return RigaErrata(
        file="scrutinio.csv",
        riga=None,
        colonna="sezione",
        valore=str(numero),
        codice="E926",
        testo=f"La sezione {numero} è già «{scrutinio.get_stato_display()}»: il file non la sovrascrive.",
        rimedio="Tolga le sue righe dal file, o scarti prima quello che è stato digitato (con un motivo).",
    )


def _riempi(passo, sue: Mapping[str, int | None]) -> dict[str, int | None]:
    """The boxes of a step: a preference that the file does not name is zero, the rest is not known."""
    return {campo: sue.get(campo, 0 if campo.startswith("preferenze.") else None) for campo in passo.campi}


def export_sezioni(modulo: Modulo, sezioni: Iterable[Any], *, bozze: bool = False) -> dict[str, bytes]:
    """The four files with the sections given: definitive figures; with ``bozze`` also those being typed."""
    righe: dict[str, list[list[object]]] = {nome: [] for nome in COLONNE}
    scrutini = {
        s.sezione_id: s
        for s in Scrutinio.objects.di(modulo.elezione).filter(turno=modulo.turno).select_related("sezione")
    }
    for sezione in sezioni:
        scrutinio = scrutini.get(sezione.pk)
        if scrutinio is None:
            continue
        celle = _celle_da_esportare(scrutinio, modulo, bozze=bozze)
        if celle:
            _add_righe(righe, modulo, sezione.numero, celle)
    return {
        nome: to_csv([colonna.nome for colonna in COLONNE[nome]], voci)
        for nome, voci in righe.items()
        if voci
    }


def _celle_da_esportare(scrutinio: Scrutinio, modulo: Modulo, *, bozze: bool):
    if scrutinio.stato == Scrutinio.Stato.DEFINITIVO:
        return celle_da_tabelle(scrutinio, modulo)
    prima = scrutinio.digitazioni.filter(ordine=Digitazione.Ordine.PRIMA).first() if bozze else None
    return celle_di(prima) if prima else None


def _add_righe(righe, modulo: Modulo, numero: int, celle) -> None:
    cifre = (*Scrutinio.CIFRE, *Scrutinio.CIFRE_IN_PIU)
    righe["scrutinio.csv"].append([modulo.turno, numero, *(celle.get(campo) for campo in cifre)])
    for campo, valore in celle.items():
        tipo, *chiavi = campo.split(".")
        if valore is None or tipo not in ("voti_sindaci", "voti_liste", "preferenze"):
            continue
        if tipo == "voti_sindaci":
            solo = celle.get(f"solo_sindaco.{chiavi[0]}")
            righe["voti_sindaci.csv"].append([modulo.turno, numero, int(chiavi[0]), valore, solo])
        elif tipo == "voti_liste":
            righe["voti_liste.csv"].append([numero, int(chiavi[0]), valore])
        elif valore:
            righe["voti_preferenze.csv"].append([numero, int(chiavi[0]), int(chiavi[1]), valore])


def write_zip(file: Mapping[str, bytes]) -> bytes:
    uscita = io.BytesIO()
    with zipfile.ZipFile(uscita, "w", zipfile.ZIP_DEFLATED) as archivio:
        for nome, contenuto in file.items():
            archivio.writestr(nome, contenuto)
    return uscita.getvalue()
