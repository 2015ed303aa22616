"""``affluenza.csv``: voters at each hour, by section or for the whole comune."""

from collections.abc import Iterable, Mapping
from typing import Any

from comuni.fascicolo import FileFascicolo, Importazione, Voluto, fields_of
from comuni.models import Elezione
from electoral.csv_io import Colonna, Lettura, intero, testo
from electoral.permessi import Azione
from risultati.fascicolo.anagrafiche import ensure_sezioni, sezioni_per_numero
from risultati.fascicolo.livelli import SEZIONE, TURNO, check_sezioni, check_totali, numero_di
from risultati.fascicolo.scrutini import Scrutini
from risultati.models import Affluenza


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
        guardia=Scrutini.of(importazione).note_affluenza,
        alla_creazione={
            "elezione": importazione.elezione,
            "aggiornata_da": importazione.by,
            "aggiornata_il": importazione.adesso,
        },
    )


def _rows_affluenza(elezione: Elezione) -> Iterable[Mapping[str, Any]]:
    for riga in Affluenza.objects.di(elezione).select_related("sezione"):
        yield {**vars(riga), "sezione": numero_di(riga.sezione)}


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
    azione=Azione.PREPARARE_ELEZIONE,
    load=_load_affluenza,
    rows=_rows_affluenza,
)
