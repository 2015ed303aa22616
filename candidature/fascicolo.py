"""``sottoscrittori.csv`` of the fascicolo: special-category data, never in what the office downloads."""

from collections.abc import Iterable, Mapping
from typing import Any

from candidature.colonne import COLONNE, ISCRIZIONI
from candidature.identita import impronta_persona
from candidature.istruttoria import refresh_rilievi
from candidature.models import CaricamentoCsv, Lista, Sottoscrizione
from comuni.fascicolo import FileFascicolo, Importazione, Voluto, fields_of
from comuni.models import Elezione
from electoral.csv_io import Lettura, RigaLetta
from electoral.permessi import Azione

_COLONNE = COLONNE[CaricamentoCsv.Tipo.SOTTOSCRITTORI]
_CAMPI = tuple(colonna.nome for colonna in _COLONNE if colonna.nome not in ("lista", "riga"))
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
    liste = {str(lista.numero): lista for lista in Lista.objects.di(importazione.elezione)}
    firme = Sottoscrizione.objects.filter(lista__elezione=importazione.elezione)
    presenti = {(firma.lista_id, firma.riga): firma for firma in firme}
    posti: dict[int, int] = {}
    voluti = []
    for riga in lettura.righe:
        lista = liste.get(riga["lista"] or "")
        if lista is None:
            importazione.fail_riferimento(riga, "lista", file="liste.csv")
            continue
        posto = riga["riga"] or posti.get(lista.pk, 0) + 1
        posti[lista.pk] = max(posto, posti.get(lista.pk, 0))
        voluti.append(Voluto((lista.pk, posto), {"lista": lista, "riga": posto, **_campi(riga)}, riga))
    importazione.upsert(
        lettura.file, Sottoscrizione, esistenti=presenti, voluti=voluti, guardia=_keep_cancellate
    )


def _campi(riga: RigaLetta) -> dict[str, Any]:
    """The fields of the row, and the two keyed hashes that a bulk write would skip."""
    campi = fields_of(riga, Sottoscrizione, *_CAMPI)
    return campi | {
        "impronta": impronta_persona(codice_fiscale=riga["codice_fiscale"] or ""),
        "impronta_nome": impronta_persona(
            cognome=riga["cognome"], nome=riga["nome"], data_nascita=riga["data_nascita"]
        ),
    }


def _keep_cancellate(firma, voluto: Voluto):
    """Names deleted at their term do not come back from a file."""
    if firma is not None and firma.cancellata_il:
        motivo = "i dati personali di questa firma sono già stati cancellati"
        return voluto.riga.errore("E933", "riga", motivo=motivo)
    return None


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
