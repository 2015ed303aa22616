"""A file of the fascicolo as django-import-export sees it: a format, a resource, a result."""

from dataclasses import dataclass

from import_export.formats.base_formats import Format
from import_export.resources import Resource
from import_export.results import Result, RowResult

from comuni.fascicolo import EsitoRiga, FileFascicolo, Importazione, find_file
from comuni.importazione import import_file
from comuni.models import Elezione
from electoral.csv_io import RigaErrata

_TIPI = {
    EsitoRiga.NUOVA: RowResult.IMPORT_TYPE_NEW,
    EsitoRiga.MODIFICATA: RowResult.IMPORT_TYPE_UPDATE,
    EsitoRiga.INVARIATA: RowResult.IMPORT_TYPE_SKIP,
}


@dataclass(frozen=True, slots=True)
class Contenuto:
    """The bytes of the file: our own reader makes rows of them, so that no cell changes on the way."""

    byte: bytes


class CsvOXlsx(Format):
    """CSV or XLSX, told apart by their content: the encoding too is our reader's business."""

    def __init__(self, encoding: str | None = None) -> None:
        pass

    def get_title(self) -> str:
        return "CSV o XLSX"

    def get_read_mode(self) -> str:
        return "rb"

    def is_binary(self) -> bool:
        return True

    def can_import(self) -> bool:
        return True

    def create_dataset(self, in_stream: bytes, **kwargs) -> Contenuto:
        return Contenuto(in_stream)


class RisultatoFile(Result):
    """The answer of the library, with the whole ``Importazione`` for the preview."""

    def __init__(self, importazione: Importazione, nome: str) -> None:
        super().__init__()
        self.importazione = importazione
        self.nome = nome
        conteggio = importazione.conteggio(nome)
        self.totals[RowResult.IMPORT_TYPE_NEW] = conteggio.nuovi
        self.totals[RowResult.IMPORT_TYPE_UPDATE] = conteggio.modificati + conteggio.azzerati
        self.totals[RowResult.IMPORT_TYPE_SKIP] = conteggio.invariati
        self.totals[RowResult.IMPORT_TYPE_INVALID] = len({e.riga for e in importazione.errori if e.riga})
        for (_, numero), esito in sorted(importazione.righe.items()):
            riga = RowResult()
            riga.import_type = _TIPI[esito]
            riga.number = numero
            self.append_row_result(riga)

    @property
    def errori(self) -> list[RigaErrata]:
        return self.importazione.errori

    def has_validation_errors(self) -> bool:
        return bool(self.errori)

    @property
    def cambia(self) -> bool:
        return self.importazione.cambiati > 0


class RisorsaFile(Resource):
    """A file of the fascicolo as a resource: the rows are saved in bulk, all or none."""

    nome_file = ""

    def __init__(self, *, elezione: Elezione | None = None, by=None, **kwargs) -> None:
        super().__init__(**kwargs)
        self.elezione, self.by = elezione, by

    @classmethod
    def file(cls) -> FileFascicolo:
        return find_file(cls.nome_file)

    @classmethod
    def get_display_name(cls) -> str:
        return cls.file().titolo

    def import_data(self, dataset: Contenuto, dry_run=False, file_name="", **kwargs) -> RisultatoFile:
        nome = file_name or self.nome_file
        importazione = import_file(
            self.elezione, self.file(), dataset.byte, nome=nome, prova=dry_run, by=self.by
        )
        return RisultatoFile(importazione, nome)


def risorsa_di(nome_file: str) -> type[RisorsaFile]:
    """The resource of one file of the fascicolo."""
    return type("Risorsa", (RisorsaFile,), {"nome_file": nome_file})
