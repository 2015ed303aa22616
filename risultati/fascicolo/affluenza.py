"""``affluenza.csv``: voters at each hour, by section or for the whole comune."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from comuni.fascicolo import FileFascicolo, Importazione, Voluto, fields_of
from comuni.models import Elezione
from electoral.csv_io import Colonna, Lettura, RigaLetta, intero, testo, without_doppie
from electoral.permessi import Azione
from risultati.fascicolo.anagrafiche import ensure_sezioni, sezioni_per_numero
from risultati.fascicolo.livelli import SEZIONE, TURNO, check_sezioni, check_totali, numero_di
from risultati.fascicolo.scrutini import Scrutini
from risultati.models import Affluenza, Turno
from risultati.rilevazioni import ammesse, read_rilevazione, rilevazioni


def _load_affluenza(importazione: Importazione, lettura: Lettura) -> None:
    ensure_sezioni(importazione, lettura.righe)
    sezioni = sezioni_per_numero(importazione)
    presenti = {
        (a.turno, a.rilevazione, a.sezione.numero if a.sezione else None): a
        for a in Affluenza.objects.di(importazione.elezione).select_related("sezione")
    }
    chiavi = [(turno, numero) for turno, _, numero in presenti]
    voluti = []
    righe = _with_rilevazioni(importazione, lettura)
    for riga in check_sezioni(importazione, check_totali(importazione, righe, chiavi)):
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


def _with_rilevazioni(importazione: Importazione, lettura: Lettura) -> list[RigaLetta]:
    """Each row with the code of the hour it names; rows that name no hour of the election are errors."""
    elezione = importazione.elezione
    codici: dict[tuple[int, str], str | None] = {}
    lette = Lettura(lettura.file)
    for riga in lettura.righe:
        turno, scritta = riga["turno"], riga["rilevazione"]
        if (turno, scritta) not in codici:
            codici[turno, scritta] = read_rilevazione(scritta, elezione, turno)
        codice = codici[turno, scritta]
        if codice is None:
            importazione.fail(riga.errore("E911", "rilevazione", ammessi=ammesse(elezione, turno)))
        else:
            lette.righe.append(replace(riga, valori={**riga.valori, "rilevazione": codice}))
    righe = list(without_doppie(lette, AFFLUENZA.chiave))  # «12» and «ore 12» are the same hour
    importazione.errori += lette.errori
    importazione.avvisi += lette.avvisi
    return righe


def _rows_affluenza(elezione: Elezione) -> Iterable[Mapping[str, Any]]:
    scritture = {(t, v.codice): v.scrittura for t in Turno.values for v in rilevazioni(elezione, t)}
    for riga in Affluenza.objects.di(elezione).select_related("sezione"):
        ora = scritture.get((riga.turno, riga.rilevazione), riga.rilevazione)
        yield {**vars(riga), "rilevazione": ora, "sezione": numero_di(riga.sezione)}


AFFLUENZA = FileFascicolo(
    nome="affluenza.csv",
    ordine=50,
    titolo="Affluenza",
    colonne=(
        TURNO,
        Colonna("rilevazione", testo(40), obbligatoria=True, aiuto="L'ora: 12, 19, 23, 15."),
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
