"""The fascicolo: one election as files. Here are its files' registry and the engine that saves their rows.

Each room registers the files it owns (``register_file`` in ``AppConfig.ready``); the import reads them in
``ordine`` and the export writes them back. A file is declared once, by its columns, for both directions.

    def load(importazione: Importazione, lettura: Lettura) -> None: …   # rows -> objects, through upsert
    def rows(elezione) -> Iterable[dict]: …                             # objects -> rows, by column name
    register_file(FileFascicolo("nomine.csv", ordine=140, colonne=…, azione=…, load=load, rows=rows, …))
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db import models
from django.utils import timezone

from comuni.models import Elezione
from electoral.csv_io import Colonna, Lettura, RigaErrata, RigaLetta
from electoral.permessi import Azione

LOTTO = 1000
CALCOLATI = {"set_chiave": ("chiave",), "set_impronte": ("impronta", "impronta_nome")}
"""What ``save`` would compute and a bulk write skips: the method of the model, the fields it fills."""
MASSIMO_DIFFERENZE = 200


@dataclass(frozen=True, slots=True)
class FileFascicolo:
    """One file: its columns, what must not repeat, how its rows are saved and written back.

    ``sottintesi``: columns written only when some row has a value other than the one understood.
    ``azione``: what one must be allowed to do to import it.
    ``riservato``: special-category data, left out of what the office downloads.
    """

    nome: str
    ordine: int
    titolo: str
    colonne: Sequence[Colonna]
    chiave: tuple[str, ...]
    load: Callable[["Importazione", Lettura], None]
    rows: Callable[[Elezione], Iterable[Mapping[str, Any]]]
    azione: Azione
    sottintesi: Mapping[str, Any] = field(default_factory=dict)
    obbligatorio: bool = False
    riservato: bool = False

    @property
    def radice(self) -> str:
        return self.nome.removesuffix(".csv")


_file: dict[str, FileFascicolo] = {}


def register_file(file: FileFascicolo) -> None:
    """To be called in ``AppConfig.ready``."""
    _file[file.nome] = file


def files_fascicolo() -> list[FileFascicolo]:
    """Every known file, in the order they must be read."""
    return sorted(_file.values(), key=lambda f: (f.ordine, f.nome))


def find_file(nome: str) -> FileFascicolo | None:
    return _file.get(nome)


@dataclass(slots=True)
class Conteggio:
    """What the import of one file did, or would do."""

    nuovi: int = 0
    modificati: int = 0
    invariati: int = 0
    azzerati: int = 0

    @property
    def cambiati(self) -> int:
        return self.nuovi + self.modificati + self.azzerati


@dataclass(frozen=True, slots=True)
class Voluto:
    """One object as the file wants it: its key among the existing ones, its fields, the row that says so."""

    chiave: Hashable
    campi: Mapping[str, Any]
    riga: RigaLetta


class EsitoRiga(StrEnum):
    """What becomes of a row of the file."""

    NUOVA = "nuova"
    MODIFICATA = "modificata"
    INVARIATA = "invariata"


@dataclass(frozen=True, slots=True)
class Differenza:
    """One value that changes, for the preview."""

    file: str
    riga: int
    chi: str
    campo: str
    prima: str
    dopo: str


@dataclass(frozen=True, slots=True)
class Modifica:
    """A row whose object is already there and would change: field -> (before, after)."""

    riga: int
    oggetto: models.Model
    campi: Mapping[str, tuple[Any, Any]]


@dataclass(slots=True)
class Piano:
    """What an import would write."""

    nuovi: list[Any] = field(default_factory=list)
    modifiche: list[Modifica] = field(default_factory=list)
    invariati: int = 0


Guardia = Callable[[models.Model | None, Voluto], RigaErrata | None]


@dataclass(slots=True)
class Importazione:
    """The import under way: the election, what was counted, what went wrong.

    ``completo``: a whole fascicolo (what it does not say is zero); otherwise one file of it.
    """

    elezione: Elezione | None = None
    completo: bool = True
    by: Any = None
    adesso: datetime = field(default_factory=timezone.now)
    letture: dict[str, Lettura] = field(default_factory=dict)
    conteggi: dict[str, Conteggio] = field(default_factory=dict)
    errori: list[RigaErrata] = field(default_factory=list)
    avvisi: list[RigaErrata] = field(default_factory=list)
    differenze: list[Differenza] = field(default_factory=list)
    righe: dict[tuple[str, int], EsitoRiga] = field(default_factory=dict)
    memoria: dict[str, Any] = field(default_factory=dict)
    guasti: set[str] = field(default_factory=set)
    alla_fine: list[Callable[[], None]] = field(default_factory=list)
    """Done after every file, in the same transaction, when nothing went wrong."""
    avanza: Callable[[str, int], None] = lambda file, righe: None
    """Told how many more rows of a file are done."""

    @property
    def cambiati(self) -> int:
        return sum(conteggio.cambiati for conteggio in self.conteggi.values())

    def conteggio(self, file: str) -> Conteggio:
        return self.conteggi.setdefault(file, Conteggio())

    def fail(self, errore: RigaErrata) -> None:
        self.errori.append(errore)

    def fail_riferimento(self, riga: RigaLetta, colonna: str, *, file: str) -> None:
        """The row names what does not exist; not said again when the file that lists it is itself wrong."""
        if self.is_guasto(file):
            self.guasti.add(riga.file)
        else:
            self.fail(riga.errore("E914", colonna))

    def is_guasto(self, file: str) -> bool:
        """Whether that file is missing, has errors, or lost rows because of the errors of another."""
        lettura = self.letture.get(file)
        nome = lettura.file if lettura else file
        return nome in self.guasti or any(errore.file == nome for errore in self.errori)

    def note(self, riga: RigaLetta, esito: EsitoRiga) -> None:
        """What became of the row; a row that touches two things counts for what it changed."""
        prima = self.righe.get((riga.file, riga.numero), EsitoRiga.INVARIATA)
        if prima is EsitoRiga.INVARIATA:
            self.righe[riga.file, riga.numero] = esito

    def upsert(
        self,
        file: str,
        modello: type[models.Model],
        *,
        esistenti: dict[Hashable, models.Model],
        voluti: Iterable[Voluto],
        guardia: Guardia | None = None,
        alla_creazione: Mapping[str, Any] | None = None,
    ) -> dict[Hashable, models.Model]:
        """Create what is missing and change what differs, in bulk; what is equal is not touched.

        Returns ``esistenti`` with the new objects added.
        """
        piano = self.plan(
            file, modello, esistenti=esistenti, voluti=voluti, guardia=guardia, alla_creazione=alla_creazione
        )
        self.write(file, modello, piano)
        return esistenti

    def plan(
        self,
        file: str,
        modello: type[models.Model],
        *,
        esistenti: dict[Hashable, models.Model],
        voluti: Iterable[Voluto],
        guardia: Guardia | None = None,
        alla_creazione: Mapping[str, Any] | None = None,
    ) -> Piano:
        """What ``upsert`` would write; nothing is touched yet, save ``esistenti`` that gets the new objects.

        ``guardia`` may refuse a change (never asked about a row that changes nothing).
        """
        piano = Piano()
        for voluto in voluti:
            oggetto = esistenti.get(voluto.chiave)
            diversi = _changed_fields(oggetto, voluto.campi) if oggetto else list(voluto.campi)
            if oggetto and not diversi:
                piano.invariati += 1
                self.conteggio(file).invariati += 1
                self.note(voluto.riga, EsitoRiga.INVARIATA)
                self.avanza(file, 1)
                continue
            if guardia and (errore := guardia(oggetto, voluto)):
                self.fail(errore)
                continue
            self.note(voluto.riga, EsitoRiga.MODIFICATA if oggetto else EsitoRiga.NUOVA)
            if oggetto is None:
                oggetto = modello(**{**(alla_creazione or {}), **voluto.campi})
                esistenti[voluto.chiave] = oggetto
                piano.nuovi.append(oggetto)
            else:
                campi = {campo: (getattr(oggetto, campo), voluto.campi[campo]) for campo in diversi}
                piano.modifiche.append(Modifica(voluto.riga.numero, oggetto, campi))
        return piano

    def write(self, file: str, modello: type[models.Model], piano: Piano) -> None:
        """Save a plan, in bulk."""
        toccati: set[str] = set()
        for modifica in piano.modifiche:
            self._note_differenze(file, modifica)
            for campo, (_, dopo) in modifica.campi.items():
                setattr(modifica.oggetto, campo, dopo)
            toccati.update(modifica.campi)
        cambiati = [modifica.oggetto for modifica in piano.modifiche]
        for calcola, campi in CALCOLATI.items():
            if hasattr(modello, calcola):
                for oggetto in (*piano.nuovi, *cambiati):
                    getattr(oggetto, calcola)()
                toccati.update(campi)
        for lotto in _lotti(piano.nuovi):
            modello._default_manager.bulk_create(lotto)
            self.avanza(file, len(lotto))
        for lotto in _lotti(cambiati):
            modello._default_manager.bulk_update(lotto, sorted(toccati))
            self.avanza(file, len(lotto))
        self.conteggio(file).nuovi += len(piano.nuovi)
        self.conteggio(file).modificati += len(cambiati)

    def _note_differenze(self, file: str, modifica: Modifica) -> None:
        for campo, valori in modifica.campi.items():
            if len(self.differenze) < MASSIMO_DIFFERENZE:
                prima, dopo = map(_said, valori)
                self.differenze.append(
                    Differenza(file, modifica.riga, str(modifica.oggetto), campo, prima=prima, dopo=dopo)
                )


def _lotti(oggetti: list) -> Iterable[list]:
    return (oggetti[inizio : inizio + LOTTO] for inizio in range(0, len(oggetti), LOTTO))


def _changed_fields(oggetto: models.Model, campi: Mapping[str, Any]) -> list[str]:
    """The fields that differ; foreign keys are compared by pk, without a query."""
    return [
        nome
        for nome, voluto in campi.items()
        if (
            getattr(oggetto, f"{nome}_id") != getattr(voluto, "pk", None)
            if isinstance(oggetto._meta.get_field(nome), models.ForeignKey)
            else getattr(oggetto, nome) != voluto
        )
    ]


def _said(valore: object) -> str:
    return "(vuoto)" if valore is None or valore == "" else str(valore)


def fields_of(riga: RigaLetta, modello: type[models.Model], *colonne: str) -> dict[str, Any]:
    """The plain fields the row speaks about: an absent column changes nothing, an empty cell empties.

    A column is named as its field. An empty cell on a field that cannot be null becomes "" or its default.
    """
    campi = {}
    for colonna in colonne:
        if not riga.ha(colonna):
            continue
        valore = riga[colonna]
        if valore is None:
            campo = modello._meta.get_field(colonna)
            valore = None if campo.null else campo.get_default()
        campi[colonna] = valore
    return campi
