"""Turnout, counts and votes: the figures of the sections, or of the whole comune where only that is known."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Exists, F, OuterRef

from candidature.models import CandidatoSindaco, Lista
from comuni.fascicolo import FileFascicolo, Importazione, Voluto, fields_of
from comuni.models import Elezione
from electoral.csv_io import Colonna, Lettura, RigaErrata, RigaLetta, intero, scelta, testo
from risultati.fascicolo.anagrafiche import (
    candidati_per_numero,
    ensure_sezioni,
    guard_proclamata,
    liste_per_numero,
    sezioni_per_numero,
    sindaci_per_numero,
)
from risultati.models import (
    Affluenza,
    Digitazione,
    Passaggio,
    Scrutinio,
    Turno,
    VotiLista,
    VotiPreferenza,
    VotiSindaco,
)

SEZIONE = Colonna("sezione", intero(1, 9999), aiuto="Vuota: totale del comune.")
TURNO = Colonna("turno", intero(1, 2), obbligatoria=True, aiuto="1 o 2 (ballottaggio).")

Chiave = tuple[int, int | None]
"""Turno and section number (None: the whole comune)."""


def check_totali(
    importazione: Importazione, righe: list[RigaLetta], presenti: Iterable[Chiave]
) -> list[RigaLetta]:
    """In one turno either the sections or the total of the comune, never both: the rows that agree."""
    con_sezioni, con_totale = set(), set()
    for turno, numero in presenti:
        (con_totale if numero is None else con_sezioni).add(turno)
    con_sezioni |= {riga["turno"] or 1 for riga in righe if riga["sezione"] is not None}
    buone = []
    for riga in righe:
        turno = riga["turno"] or 1
        if riga["sezione"] is None and turno in con_sezioni:
            importazione.fail(riga.errore("E915", "sezione"))
        elif riga["sezione"] is not None and turno in con_totale:
            importazione.fail(riga.errore("E938", "sezione"))
        else:
            buone.append(riga)
    return buone


def check_sezioni(importazione: Importazione, righe: Iterable[RigaLetta]) -> list[RigaLetta]:
    """The rows whose section exists; the others become errors."""
    sezioni = sezioni_per_numero(importazione)
    buone = []
    for riga in righe:
        if riga["sezione"] is None or riga["sezione"] in sezioni:
            buone.append(riga)
        else:
            importazione.fail_riferimento(riga, "sezione", file="sezioni.csv")
    return buone


# --- Turnout -------------------------------------------------------------------------------------------


def _load_affluenza(importazione: Importazione, lettura: Lettura) -> None:
    ensure_sezioni(importazione, lettura.righe)
    sezioni = sezioni_per_numero(importazione)
    presenti = {
        (a.turno, a.rilevazione, a.sezione.numero if a.sezione else None): a
        for a in Affluenza.objects.di(importazione.elezione).select_related("sezione")
    }
    chiavi = [(turno, numero) for turno, _, numero in presenti]
    voluti = []
    for riga in check_sezioni(importazione, check_totali(importazione, lettura.righe, chiavi)):
        campi = fields_of(riga, Affluenza, "turno", "rilevazione", "votanti_m", "votanti_f", "votanti")
        campi["sezione"] = sezioni.get(riga["sezione"])
        voluti.append(Voluto((riga["turno"], riga["rilevazione"], riga["sezione"]), campi, riga))
    importazione.upsert(
        lettura.file,
        Affluenza,
        esistenti=presenti,
        voluti=voluti,
        guardia=guard_proclamata(importazione),
        alla_creazione={
            "elezione": importazione.elezione,
            "aggiornata_da": importazione.by,
            "aggiornata_il": importazione.adesso,
        },
    )


def _rows_affluenza(elezione: Elezione) -> Iterable[Mapping[str, Any]]:
    for riga in Affluenza.objects.di(elezione).select_related("sezione"):
        yield {**vars(riga), "sezione": _numero(riga.sezione)}


def _numero(sezione) -> int | None:
    return sezione.numero if sezione else None


AFFLUENZA = FileFascicolo(
    nome="affluenza.csv",
    ordine=50,
    titolo="Affluenza",
    colonne=(
        TURNO,
        Colonna("rilevazione", testo(20), obbligatoria=True, aiuto="Ora: 12, 19, 23, 15."),
        SEZIONE,
        Colonna("votanti_m", intero()),
        Colonna("votanti_f", intero()),
        Colonna("votanti", intero()),
    ),
    chiave=("turno", "rilevazione", "sezione"),
    load=_load_affluenza,
    rows=_rows_affluenza,
)


# --- Counts --------------------------------------------------------------------------------------------


class Scrutini:
    """The counts of the election during an import: found, created when votes speak of them, protected."""

    def __init__(self, importazione: Importazione) -> None:
        self.importazione = importazione
        elezione = importazione.elezione
        scrutini = Scrutinio.objects.di(elezione).select_related("sezione")
        self.per_chiave: dict[Chiave, Scrutinio] = {(s.turno, _numero(s.sezione)): s for s in scrutini}
        self.gia_presenti = {s.pk for s in self.per_chiave.values()}
        self.digitati = set(
            Digitazione.objects.filter(scrutinio__elezione=elezione).values_list("scrutinio_id", flat=True)
        )
        self.modificati: set[int] = set()
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
            importazione.memoria["scrutini"] = cls(importazione)
        return importazione.memoria["scrutini"]

    def ensure(self, righe: Iterable[RigaLetta]) -> None:
        """Votes of a section without its row in ``scrutinio.csv``: a count with no other figure."""
        mancanti = {}
        for riga in righe:
            chiave = chiave_scrutinio(riga)
            if chiave not in self.per_chiave:
                campi = {"turno": chiave[0], "sezione": self._sezione(chiave)}
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

    def _sezione(self, chiave: Chiave):
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


def chiave_scrutinio(riga: RigaLetta) -> Chiave:
    """Files without a turno speak of the first."""
    return (riga["turno"] or Turno.PRIMO.value, riga["sezione"])


def _load_scrutinio(importazione: Importazione, lettura: Lettura) -> None:
    scrutini = Scrutini.of(importazione)
    voluti = []
    for riga in _prepare(importazione, lettura):
        campi = fields_of(riga, Scrutinio, "turno", *Scrutinio.CIFRE)
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


def _prepare(importazione: Importazione, lettura: Lettura) -> list[RigaLetta]:
    """Rows of a file of counts, with their sections created (whole fascicolo) or checked."""
    ensure_sezioni(importazione, lettura.righe)
    coerenti = check_totali(importazione, lettura.righe, Scrutini.of(importazione).per_chiave)
    return check_sezioni(importazione, coerenti)


def _rows_scrutinio(elezione: Elezione) -> Iterable[Mapping[str, Any]]:
    """All counts, save those without a figure that the votes alone bring back."""
    con_voti = Exists(VotiSindaco.objects.filter(scrutinio=OuterRef("pk")))
    for scrutinio in Scrutinio.objects.di(elezione).select_related("sezione").annotate(con_voti=con_voti):
        muto = all(getattr(scrutinio, campo) is None for campo in Scrutinio.CIFRE)
        if not (muto and scrutinio.con_voti and scrutinio.stato == Scrutinio.Stato.DEFINITIVO):
            yield {**vars(scrutinio), "sezione": _numero(scrutinio.sezione)}


SCRUTINIO = FileFascicolo(
    nome="scrutinio.csv",
    ordine=60,
    titolo="Scrutinio",
    colonne=(
        TURNO,
        SEZIONE,
        *(Colonna(campo, intero()) for campo in Scrutinio.CIFRE),
        Colonna("stato", scelta(Scrutinio.Stato.values), aiuto="Vuoto: definitivo."),
    ),
    sottintesi={"stato": Scrutinio.Stato.DEFINITIVO},
    chiave=("turno", "sezione"),
    load=_load_scrutinio,
    rows=_rows_scrutinio,
)


# --- Votes ---------------------------------------------------------------------------------------------


def _load_voti(
    importazione: Importazione, lettura: Lettura, *, modello, campo: str, file: str, noti, colonne
) -> set:
    """Votes of one kind. ``noti``: from the row to who gets them, field ``campo``, listed in ``file``."""
    scrutini = Scrutini.of(importazione)
    righe = _prepare(importazione, lettura)
    scrutini.ensure(righe)
    voluti = []
    for riga in righe:
        chi = noti(riga)
        scrutinio = scrutini.per_chiave.get(chiave_scrutinio(riga))
        if chi is None:
            importazione.fail_riferimento(riga, campo, file=file)
        if chi is None or scrutinio is None:
            continue
        campi = {"scrutinio": scrutinio, campo: chi, **fields_of(riga, modello, *colonne)}
        voluti.append(Voluto((scrutinio.pk, chi.pk), campi, riga))
    presenti = modello.objects.filter(scrutinio__elezione=importazione.elezione)
    esistenti = {(voti.scrutinio_id, getattr(voti, f"{campo}_id")): voti for voti in presenti}
    importazione.upsert(
        lettura.file,
        modello,
        esistenti=esistenti,
        voluti=voluti,
        guardia=lambda _, voluto: scrutini.guard(voluto.campi["scrutinio"], voluto.riga),
    )
    return {voluto.chiave for voluto in voluti}


def _load_voti_sindaci(importazione: Importazione, lettura: Lettura) -> None:
    sindaci = sindaci_per_numero(importazione)
    _load_voti(
        importazione,
        lettura,
        modello=VotiSindaco,
        campo="sindaco",
        file="sindaci.csv",
        noti=lambda riga: sindaci.get(riga["sindaco"]),
        colonne=("voti", "solo_sindaco"),
    )
    sindaci_csv = importazione.letture.get("sindaci.csv")
    if importazione.completo and sindaci_csv and "stato" not in sindaci_csv.colonne:
        _admit(importazione, {sindaci[r["sindaco"]].pk for r in lettura.righe if r["sindaco"] in sindaci})


def _admit(importazione: Importazione, votati: set[int]) -> None:
    """Who got votes was on the ballot, with his lists: filed papers become admitted ones."""
    CandidatoSindaco.objects.filter(pk__in=votati, stato=CandidatoSindaco.Stato.PRESENTATO).update(
        stato=CandidatoSindaco.Stato.AMMESSO
    )
    Lista.objects.filter(sindaco__in=votati, stato=Lista.Stato.PRESENTATA).update(stato=Lista.Stato.AMMESSA)


def _load_voti_liste(importazione: Importazione, lettura: Lettura) -> None:
    liste = liste_per_numero(importazione)
    _load_voti(
        importazione,
        lettura,
        modello=VotiLista,
        campo="lista",
        file="liste.csv",
        noti=lambda riga: liste.get(riga["lista"]),
        colonne=("voti",),
    )


def _load_voti_preferenze(importazione: Importazione, lettura: Lettura) -> None:
    candidati = candidati_per_numero(importazione)
    scritte = _load_voti(
        importazione,
        lettura,
        modello=VotiPreferenza,
        campo="candidato",
        file="candidati.csv",
        noti=lambda riga: candidati.get((riga["lista"], riga["candidato"])),
        colonne=("preferenze",),
    )
    if not importazione.errori:
        _zero_missing(importazione, lettura, scritte)


def _zero_missing(importazione: Importazione, lettura: Lettura, scritte: set) -> None:
    """A missing preference is zero: in the sections of a whole fascicolo, in the list of a single file."""
    scrutini = Scrutini.of(importazione)
    liste = liste_per_numero(importazione)
    liste_di: dict[int, set[int]] = defaultdict(set)
    dove: dict[int, tuple[Scrutinio, RigaLetta]] = {}
    for riga in lettura.righe:
        scrutinio = scrutini.per_chiave[chiave_scrutinio(riga)]
        liste_di[scrutinio.pk].add(liste[riga["lista"]].pk)
        dove.setdefault(scrutinio.pk, (scrutinio, riga))
    presenti = VotiPreferenza.objects.filter(scrutinio__in=liste_di, preferenze__gt=0)
    sparite = [
        (pk, scrutinio)
        for pk, scrutinio, candidato, lista in presenti.order_by("pk").values_list(
            "pk", "scrutinio", "candidato", "candidato__lista"
        )
        if (scrutinio, candidato) not in scritte and (importazione.completo or lista in liste_di[scrutinio])
    ]
    for scrutinio in {scrutinio for _, scrutinio in sparite}:
        if errore := scrutini.guard(*dove[scrutinio]):
            importazione.fail(errore)
            return
    VotiPreferenza.objects.filter(pk__in=[pk for pk, _ in sparite]).update(preferenze=0)
    importazione.conteggio(lettura.file).azzerati += len(sparite)


def _rows_voti(modello, **numeri: str):
    """Rows of votes: ``numeri`` says where the numbers of the row are."""
    campi = [campo.name for campo in modello._meta.fields if not campo.is_relation and campo.name != "id"]
    percorsi = {"turno": "scrutinio__turno", "sezione": "scrutinio__sezione__numero", **numeri}

    def rows(elezione: Elezione) -> Iterable[Mapping[str, Any]]:
        voti = modello.objects.filter(scrutinio__elezione=elezione).order_by(*percorsi.values())
        nomi = [*percorsi, *campi]
        for valori in voti.values_list(*percorsi.values(), *campi):
            yield dict(zip(nomi, valori, strict=True))

    return rows


VOTI_SINDACI = FileFascicolo(
    nome="voti_sindaci.csv",
    ordine=70,
    titolo="Voti ai candidati sindaco",
    colonne=(
        TURNO,
        SEZIONE,
        Colonna("sindaco", intero(1, 999), obbligatoria=True, aiuto="Numero del candidato sindaco."),
        Colonna("voti", intero(), obbligatoria=True),
        Colonna("solo_sindaco", intero(), aiuto="Di cui senza voto di lista."),
    ),
    chiave=("turno", "sezione", "sindaco"),
    load=_load_voti_sindaci,
    rows=_rows_voti(VotiSindaco, sindaco="sindaco__numero"),
)
VOTI_LISTE = FileFascicolo(
    nome="voti_liste.csv",
    ordine=80,
    titolo="Voti di lista",
    colonne=(
        SEZIONE,
        Colonna("lista", intero(1, 999), obbligatoria=True, aiuto="Numero della lista."),
        Colonna("voti", intero(), obbligatoria=True),
    ),
    chiave=("sezione", "lista"),
    load=_load_voti_liste,
    rows=_rows_voti(VotiLista, lista="lista__numero"),
)
VOTI_PREFERENZE = FileFascicolo(
    nome="voti_preferenze.csv",
    ordine=90,
    titolo="Preferenze",
    colonne=(
        SEZIONE,
        Colonna("lista", intero(1, 999), obbligatoria=True, aiuto="Numero della lista."),
        Colonna("candidato", intero(1, 999), obbligatoria=True, aiuto="Posizione nella lista."),
        Colonna("preferenze", intero(), obbligatoria=True),
    ),
    chiave=("sezione", "lista", "candidato"),
    load=_load_voti_preferenze,
    rows=_rows_voti(VotiPreferenza, lista="candidato__lista__numero", candidato="candidato__numero"),
)
