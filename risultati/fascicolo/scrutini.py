"""``scrutinio.csv``: the figures of the counts; and the counts that the files of votes need."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Exists, F, OuterRef

from comuni.fascicolo import FileFascicolo, Importazione, Voluto, fields_of
from comuni.models import Elezione
from electoral.csv_io import Colonna, Lettura, RigaErrata, RigaLetta, intero, scelta
from electoral.permessi import Azione
from risultati.controlli_importati import sync_importati
from risultati.fascicolo.anagrafiche import ensure_sezioni, guard_proclamata, sezioni_per_numero
from risultati.fascicolo.livelli import SEZIONE, TURNO, Chiave, check_sezioni, check_totali, numero_di
from risultati.models import Digitazione, Passaggio, Scrutinio, Turno, VotiSindaco


class Scrutini:
    """The counts of the election during an import: found, created when votes speak of them, protected."""

    def __init__(self, importazione: Importazione) -> None:
        self.importazione = importazione
        elezione = importazione.elezione
        scrutini = Scrutinio.objects.di(elezione).select_related("sezione")
        self.per_chiave: dict[Chiave, Scrutinio] = {(s.turno, numero_di(s.sezione)): s for s in scrutini}
        self.gia_presenti = {s.pk for s in self.per_chiave.values()}
        self.digitati = set(
            Digitazione.objects.filter(scrutinio__elezione=elezione).values_list("scrutinio_id", flat=True)
        )
        self.modificati: set[int] = set()
        self.affluenza_cambiata: set[Chiave] = set()
        self.resi_definitivi: dict[int, str] = {}
        self.alla_creazione = {
            "elezione": elezione,
            "stato": Scrutinio.Stato.DEFINITIVO,
            "definitivo_da": importazione.by,
            "definitivo_il": importazione.adesso,
        }

    @classmethod
    def of(cls, importazione: Importazione) -> "Scrutini":
        if "scrutini" not in importazione.memoria:
            scrutini = importazione.memoria["scrutini"] = cls(importazione)
            importazione.alla_fine.append(scrutini.close)
        return importazione.memoria["scrutini"]

    def ensure(self, righe: Iterable[RigaLetta]) -> None:
        """Votes of a section without its row in ``scrutinio.csv``: a count with no other figure."""
        mancanti = {}
        for riga in righe:
            chiave = chiave_scrutinio(riga)
            if chiave not in self.per_chiave:
                campi = {"turno": chiave[0], "sezione": self.find_sezione(chiave)}
                mancanti[chiave] = Voluto(chiave, campi, riga)
        self.save("scrutinio.csv", list(mancanti.values()))

    def save(self, file: str, voluti: list[Voluto]) -> None:
        self.importazione.upsert(
            file,
            Scrutinio,
            esistenti=self.per_chiave,
            voluti=voluti,
            guardia=lambda oggetto, voluto: self.guard(oggetto, voluto.riga),
            alla_creazione=self.alla_creazione,
        )

    def find_sezione(self, chiave: Chiave):
        return sezioni_per_numero(self.importazione).get(chiave[1])

    def guard(self, scrutinio: Scrutinio | None, riga: RigaLetta) -> RigaErrata | None:
        """What people typed is theirs: an import never covers it. What was imported may be corrected."""
        if errore := guard_proclamata(self.importazione)(None, Voluto("", {}, riga)):
            return errore
        if scrutinio is None:
            return None
        if scrutinio.pk in self.digitati:
            definitivo = scrutinio.stato == Scrutinio.Stato.DEFINITIVO
            return riga.errore("E926" if definitivo else "E936", "sezione", chiave=str(scrutinio))
        if scrutinio.pk in self.gia_presenti:
            self.modificati.add(scrutinio.pk)
        return None

    def note_affluenza(self, _: Any, voluto: Voluto) -> RigaErrata | None:
        """Voters at an hour are compared with those of the count: its findings may change."""
        self.affluenza_cambiata.add((voluto.campi["turno"], voluto.riga["sezione"]))
        return guard_proclamata(self.importazione)(None, voluto)

    def close(self) -> None:
        """Changed counts get a new version, so that an open page notices; who became definitive is noted."""
        if self.modificati:
            Scrutinio.objects.filter(pk__in=self.modificati).update(
                versione=F("versione") + 1, aggiornato_il=self.importazione.adesso
            )
        nati = {
            s.pk: Scrutinio.Stato.ATTESA
            for s in self.per_chiave.values()
            if s.pk not in self.gia_presenti and s.stato == Scrutinio.Stato.DEFINITIVO
        }
        Passaggio.objects.bulk_create(
            Passaggio(
                scrutinio_id=pk,
                da=da,
                a=Scrutinio.Stato.DEFINITIVO,
                motivo="Cifre importate da un file.",
                fatto_da=self.importazione.by,
                fatto_il=self.importazione.adesso,
            )
            for pk, da in (nati | self.resi_definitivi).items()
        )
        confrontati = {s.pk for k, s in self.per_chiave.items() if k in self.affluenza_cambiata}
        sync_importati(self.importazione.elezione, soli={*nati, *self.modificati, *confrontati})


def chiave_scrutinio(riga: RigaLetta) -> Chiave:
    """Files without a turno speak of the first."""
    return (riga["turno"] or Turno.PRIMO.value, riga["sezione"])


def _load_scrutinio(importazione: Importazione, lettura: Lettura) -> None:
    scrutini = Scrutini.of(importazione)
    voluti = []
    for riga in prepare(importazione, lettura):
        campi = fields_of(riga, Scrutinio, "turno", *Scrutinio.CIFRE, *Scrutinio.CIFRE_IN_PIU)
        chiave = chiave_scrutinio(riga)
        campi["sezione"] = sezioni_per_numero(importazione).get(riga["sezione"])
        campi |= _stato(riga, scrutini.per_chiave.get(chiave), scrutini)
        voluti.append(Voluto(chiave, campi, riga))
    scrutini.save(lettura.file, voluti)


def _stato(riga: RigaLetta, presente: Scrutinio | None, scrutini: Scrutini) -> dict[str, Any]:
    """The state the row gives; without one, what is imported is definitive."""
    stato = riga["stato"] or Scrutinio.Stato.DEFINITIVO
    if stato != Scrutinio.Stato.DEFINITIVO:
        return {"stato": stato, "definitivo_da": None, "definitivo_il": None}
    if presente and presente.stato != stato and presente.pk not in scrutini.digitati:
        scrutini.resi_definitivi[presente.pk] = presente.stato
        return {
            chiave: scrutini.alla_creazione[chiave] for chiave in ("stato", "definitivo_da", "definitivo_il")
        }
    return {}


def prepare(importazione: Importazione, lettura: Lettura) -> list[RigaLetta]:
    """Rows of a file of counts, with their sections created (whole fascicolo) or checked."""
    ensure_sezioni(importazione, lettura.righe)
    coerenti = check_totali(importazione, lettura.righe, Scrutini.of(importazione).per_chiave)
    return check_sezioni(importazione, coerenti)


def _rows_scrutinio(elezione: Elezione) -> Iterable[Mapping[str, Any]]:
    """All counts, save those without a figure that the votes alone bring back."""
    con_voti = Exists(VotiSindaco.objects.filter(scrutinio=OuterRef("pk")))
    for scrutinio in Scrutinio.objects.di(elezione).select_related("sezione").annotate(con_voti=con_voti):
        muto = all(getattr(scrutinio, campo) is None for campo in (*Scrutinio.CIFRE, *Scrutinio.CIFRE_IN_PIU))
        if not (muto and scrutinio.con_voti and scrutinio.stato == Scrutinio.Stato.DEFINITIVO):
            yield {**vars(scrutinio), "sezione": numero_di(scrutinio.sezione)}


SCRUTINIO = FileFascicolo(
    nome="scrutinio.csv",
    ordine=60,
    titolo="Scrutinio",
    colonne=(
        TURNO,
        SEZIONE,
        *(Colonna(campo, intero()) for campo in Scrutinio.CIFRE),
        Colonna("stato", scelta(Scrutinio.Stato.values), aiuto="Vuoto: definitivo."),
        *(Colonna(campo, intero()) for campo in Scrutinio.CIFRE_IN_PIU),
    ),
    sottintesi={"stato": Scrutinio.Stato.DEFINITIVO, **dict.fromkeys(Scrutinio.CIFRE_IN_PIU)},
    chiave=("turno", "sezione"),
    azione=Azione.CHIUDERE,
    load=_load_scrutinio,
    rows=_rows_scrutinio,
)
