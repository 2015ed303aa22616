"""Representatives of the lists: by when they are designated, of which list, all of them in one file."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from comuni.fascicolo import FileFascicolo, Importazione, Voluto, fields_of
from comuni.fonti import liste_in_corsa
from comuni.models import Elezione, Sezione
from comuni.scadenzario import adempimenti_di, termine_di
from electoral.csv_io import Colonna, Lettura, RigaLetta, booleano, data, intero, istante, scelta, testo
from electoral.ordine import chiave_ordine
from electoral.permessi import Azione
from seggi.models import Rappresentante

TERMINE = "designazione_rappresentanti"
MODI = ("pec", "carta", "seggio")
CENTRALE = "Ufficio centrale o adunanza dei presidenti"


def termine_designazione(elezione: Elezione) -> datetime | None:
    """Until when the delegates designate to the segretario comunale; later, on paper to the presidente."""
    return next((termine_di(a) for a in adempimenti_di(elezione) if a.codice == TERMINE), None)


def is_tardiva(rappresentante: Rappresentante, termine: datetime | None) -> bool:
    """Whether it reached the segreteria after the term: it must be shown to the presidente instead."""
    return (
        termine is not None
        and rappresentante.modo in ("pec", "carta")
        and rappresentante.designato_il >= termine
    )


def find_lista(scritta: str, liste: list[str]) -> str | None:
    """The list on the ballot meant by its number, its name, or both; any list before the ballot exists."""
    if not liste:
        return scritta
    chiave = chiave_ordine(scritta)
    for lista in liste:
        numero, _, nome = lista.partition(". ")
        if scritta == numero or chiave in (chiave_ordine(nome), chiave_ordine(lista)):
            return lista
    return None


def _load(importazione: Importazione, lettura: Lettura) -> None:
    elezione = importazione.elezione
    sezioni = {s.numero: s for s in Sezione.objects.di(elezione)}
    liste = liste_in_corsa(elezione)
    esistenti = {(r.sezione_id, r.lista, r.qualita): r for r in Rappresentante.objects.di(elezione)}
    voluti: dict[tuple, Voluto] = {}
    for riga in lettura.righe:
        voluto = _want(importazione, riga, sezioni, liste)
        if voluto is None:
            continue
        if prima := voluti.get(voluto.chiave):
            chiave = f"{riga['lista']}, {riga['qualita']}"
            importazione.fail(riga.errore("E913", "lista", chiave=chiave, prima=prima.riga.numero))
        else:
            voluti[voluto.chiave] = voluto
    importazione.upsert(
        lettura.file,
        Rappresentante,
        esistenti=esistenti,
        voluti=voluti.values(),
        alla_creazione={"elezione": elezione, "designato_il": importazione.adesso},
    )


def _want(
    importazione: Importazione, riga: RigaLetta, sezioni: Mapping[int, Sezione], liste: list[str]
) -> Voluto | None:
    sezione = sezioni.get(riga["sezione"]) if riga["sezione"] else None
    if riga["sezione"] and sezione is None:
        importazione.fail_riferimento(riga, "sezione", file="sezioni.csv")
        return None
    lista = find_lista(riga["lista"], liste)
    if lista is None:
        importazione.fail_riferimento(riga, "lista", file="liste.csv")
        return None
    campi = fields_of(riga, Rappresentante, "cognome", "nome", "data_nascita", "elettore", "modo")
    if riga["designato_il"]:
        campi["designato_il"] = riga["designato_il"]
    campi |= {"sezione": sezione, "lista": lista, "qualita": riga["qualita"]}
    return Voluto((sezione and sezione.pk, lista, riga["qualita"]), campi, riga)


def _rows(elezione: Elezione) -> Iterable[Mapping[str, Any]]:
    for r in Rappresentante.objects.di(elezione).select_related("sezione").order_by("pk"):
        yield {**vars(r), "sezione": r.sezione.numero if r.sezione else None}


RAPPRESENTANTI = FileFascicolo(
    nome="rappresentanti.csv",
    ordine=145,
    titolo="Rappresentanti di lista",
    colonne=(
        Colonna("sezione", intero(1, 9999), aiuto="Vuota: presso l'ufficio centrale o l'adunanza."),
        Colonna("lista", testo(210), obbligatoria=True, aiuto="Numero o denominazione della lista."),
        Colonna("qualita", scelta(Rappresentante.Qualita.values), obbligatoria=True),
        Colonna("cognome", testo(120), obbligatoria=True),
        Colonna("nome", testo(120), obbligatoria=True),
        Colonna("data_nascita", data()),
        Colonna("elettore", booleano(), aiuto="Elettore del comune: sì o no."),
        Colonna("designato_il", istante(), aiuto="Quando è arrivata la designazione; se manca, adesso."),
        Colonna("modo", scelta(MODI), obbligatoria=True, aiuto="pec, carta, seggio (al presidente)."),
    ),
    chiave=(),
    azione=Azione.NOMINARE,
    load=_load,
    rows=_rows,
    sottintesi={"elettore": True, "data_nascita": None},
)
