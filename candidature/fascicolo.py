"""``sottoscrittori.csv`` of the fascicolo: special-category data, never in what the office downloads."""

from collections.abc import Iterable, Mapping
from typing import Any

from candidature.colonne import COLONNE, ISCRIZIONI
from candidature.importazione import keep_cancellate, stored, want_righe
from candidature.istruttoria import refresh_rilievi
from candidature.models import CaricamentoCsv, Lista, Sottoscrizione
from comuni.fascicolo import FileFascicolo, Importazione
from comuni.models import Elezione
from electoral.csv_io import Lettura
from electoral.permessi import Azione

_TIPO = CaricamentoCsv.Tipo.SOTTOSCRITTORI
_COLONNE = COLONNE[_TIPO]
_PAROLE = {valore: parola for parola, valore in reversed(ISCRIZIONI.items())}


def refresh_at_end(importazione: Importazione) -> None:
    """When the files are saved the findings of the lists follow; lists already decided keep theirs.

    A single file always speaks of lists being prepared or examined; a whole fascicolo may be an election of
    years ago, which nobody examines.
    """
    if "rilievi" not in importazione.memoria:
        importazione.memoria["rilievi"] = True
        importazione.alla_fine.append(lambda: _refresh(importazione))


def _refresh(importazione: Importazione) -> None:
    da_esaminare = Lista.objects.di(importazione.elezione).filter(stato=Lista.Stato.PRESENTATA)
    if importazione.cambiati and (not importazione.completo or da_esaminare.exists()):
        refresh_rilievi(importazione.elezione)


def _load(importazione: Importazione, lettura: Lettura) -> None:
    refresh_at_end(importazione)
    importazione.upsert(
        lettura.file,
        Sottoscrizione,
        esistenti=stored(_TIPO, importazione.elezione),
        voluti=want_righe(importazione, lettura, tipo=_TIPO),
        guardia=keep_cancellate,
    )


def _rows(elezione: Elezione) -> Iterable[Mapping[str, Any]]:
    firme = Sottoscrizione.objects.filter(lista__elezione=elezione).con_nomi().select_related("lista")
    for firma in firme.order_by("lista__numero", "riga"):
        yield {**vars(firma), "lista": firma.lista.numero, "iscrizione": _PAROLE[firma.iscrizione]}


SOTTOSCRITTORI = FileFascicolo(
    nome="sottoscrittori.csv",
    ordine=48,
    titolo="Sottoscrittori",
    colonne=_COLONNE,
    chiave=(),
    azione=Azione.INSERIRE_CANDIDATURE,
    load=_load,
    rows=_rows,
    riservato=True,
)
