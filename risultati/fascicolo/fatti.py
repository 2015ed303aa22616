"""Draws and events of the candidates: what the allocation must know besides the votes."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils import timezone

from candidature.models import Sopravvenienza
from candidature.sopravvenienze import decessi_prima_del_voto
from comuni.fascicolo import FileFascicolo, Importazione, Voluto, fields_of
from comuni.models import Elezione
from electoral.csv_io import Colonna, Lettura, RigaLetta, ValoreErrato, data, intero, istante, scelta, testo
from electoral.documenti import impronta
from electoral.permessi import Azione
from norme.riparto.sorteggi import is_richiesta
from risultati.fascicolo.anagrafiche import candidati_per_numero, guard_proclamata, sindaci_per_numero
from risultati.models import Sorteggio, Vicenda

MASSIMO_RICHIESTA = 20_000


def richiesta(cella: str) -> dict[str, Any]:
    """The question of the engine, as it was printed: a JSON object."""
    try:
        letta = json.loads(cella) if len(cella) <= MASSIMO_RICHIESTA else None
    except (ValueError, RecursionError):
        letta = None
    if not is_richiesta(letta):
        raise ValoreErrato("E933", motivo="non è la richiesta di un sorteggio scritta dal riparto")
    return letta


# --- Draws ---------------------------------------------------------------------------------------------


def _load_sorteggi(importazione: Importazione, lettura: Lettura) -> None:
    presenti = {
        (s.impronta_richiesta, s.eseguito_il, s.annullato): s for s in importazione.elezione.sorteggi.all()
    }
    voluti = [v for riga in lettura.righe if (v := _want_sorteggio(importazione, riga))]
    validi: dict[str, int] = {}
    for voluto in voluti:
        if voluto.campi["annullato"]:
            continue
        prima = validi.setdefault(voluto.chiave[0], voluto.riga.numero)
        if prima != voluto.riga.numero:
            motivo = f"la riga {prima} risponde già alla stessa richiesta"
            importazione.fail(voluto.riga.errore("E933", "richiesta", motivo=motivo))
    if importazione.is_guasto(lettura.file):
        return
    importazione.upsert(
        lettura.file,
        Sorteggio,
        esistenti=presenti,
        voluti=sorted(voluti, key=lambda voluto: not voluto.campi["annullato"]),
        guardia=guard_proclamata(importazione),
        alla_creazione={"elezione": importazione.elezione, "registrato_da": importazione.by},
    )


def _want_sorteggio(importazione: Importazione, riga: RigaLetta) -> Voluto | None:
    chiesta = riga["richiesta"]
    if riga["esito"] not in {str(ident) for ident in chiesta["contendenti"]}:
        importazione.fail(riga.errore("E933", "esito", motivo="non è fra chi era in parità"))
        return None
    annullato = riga["annullato_il"] is not None
    if annullato and not riga["annullato_motivo"]:
        importazione.fail(riga.errore("E907", "annullato_motivo"))
        return None
    semplici = ("esito", "modalita", "seme", "presenti", "eseguito_il", "annullato_il", "annullato_motivo")
    campi = fields_of(riga, Sorteggio, *semplici) | {
        "richiesta": chiesta,
        "impronta_richiesta": impronta(chiesta),
        "annullato": annullato,
    }
    return Voluto((campi["impronta_richiesta"], riga["eseguito_il"], annullato), campi, riga)


def _rows_sorteggi(elezione: Elezione) -> Iterable[Mapping[str, Any]]:
    for sorteggio in elezione.sorteggi.order_by("pk"):
        scritta = json.dumps(sorteggio.richiesta, ensure_ascii=False, sort_keys=True)
        yield {**vars(sorteggio), "richiesta": scritta}


SORTEGGI = FileFascicolo(
    nome="sorteggi.csv",
    ordine=100,
    titolo="Sorteggi delle parità",
    colonne=(
        Colonna("richiesta", richiesta, obbligatoria=True, aiuto="Come la scrive il riparto (JSON)."),
        Colonna("esito", testo(60), obbligatoria=True, aiuto="Il numero di chi è stato sorteggiato."),
        Colonna("modalita", scelta(Sorteggio.Modalita.values), aiuto="urna, ripetibile."),
        Colonna("seme", testo(200)),
        Colonna("presenti", testo(2000), obbligatoria=True),
        Colonna("eseguito_il", istante(), obbligatoria=True),
        Colonna("annullato_il", istante()),
        Colonna("annullato_motivo", testo(2000)),
    ),
    chiave=(),
    azione=Azione.CHIUDERE,
    load=_load_sorteggi,
    rows=_rows_sorteggi,
    sottintesi={"seme": "", "annullato_il": None, "annullato_motivo": ""},
)


# --- Events of the candidates --------------------------------------------------------------------------


def _load_vicende(importazione: Importazione, lettura: Lettura) -> None:
    presenti = {
        (v.tipo, v.sindaco_id, v.candidato_id, v.data): v for v in importazione.elezione.vicende.all()
    }
    gia_note = {
        (Vicenda.Tipo.MORTE, decesso.sindaco, None, decesso.giorno)
        for decesso in decessi_prima_del_voto(importazione.elezione)
    }
    voluti = [v for riga in lettura.righe if (v := _want_vicenda(importazione, riga))]
    importazione.upsert(
        lettura.file,
        Vicenda,
        esistenti=presenti,
        voluti=[v for v in voluti if v.chiave not in gia_note],
        guardia=guard_proclamata(importazione),
        alla_creazione={"elezione": importazione.elezione, "registrata_da": importazione.by},
    )


def _want_vicenda(importazione: Importazione, riga: RigaLetta) -> Voluto | None:
    del_sindaco, della_lista = riga["sindaco"] is not None, riga["lista"] is not None
    if del_sindaco == della_lista or della_lista != (riga["candidato"] is not None):
        motivo = "scrivi il numero del sindaco, oppure lista e candidato: uno dei due"
        importazione.fail(riga.errore("E933", "sindaco", motivo=motivo))
        return None
    if della_lista and riga["tipo"] in (Vicenda.Tipo.MORTE, Vicenda.Tipo.IMPEDIMENTO):
        importazione.fail(riga.errore("E933", "tipo", motivo="riguarda soltanto un candidato sindaco"))
        return None
    sindaco = sindaci_per_numero(importazione).get(riga["sindaco"])
    candidato = candidati_per_numero(importazione).get((riga["lista"], riga["candidato"]))
    if sindaco is None and candidato is None:
        colonna, file = ("sindaco", "sindaci.csv") if del_sindaco else ("candidato", "candidati.csv")
        importazione.fail_riferimento(riga, colonna, file=file)
        return None
    campi = fields_of(riga, Vicenda, "tipo", "data", "atto") | {"sindaco": sindaco, "candidato": candidato}
    chiave = (riga["tipo"], getattr(sindaco, "pk", None), getattr(candidato, "pk", None), riga["data"])
    return Voluto(chiave, campi, riga)


def _rows_vicende(elezione: Elezione) -> Iterable[Mapping[str, Any]]:
    """A death recorded with the candidature leaves here too: the allocation depends on it."""
    decessi = Sopravvenienza.objects.di(elezione).decessi_di_sindaci()
    for decesso in decessi.select_related("sindaco").order_by("avvenuta_il", "pk"):
        yield {
            "tipo": Vicenda.Tipo.MORTE,
            "sindaco": decesso.sindaco.numero,
            "lista": None,
            "candidato": None,
            "data": timezone.localtime(decesso.avvenuta_il).date(),
            "atto": decesso.atto,
        }
    vicende = elezione.vicende.select_related("sindaco", "candidato__lista").order_by("data", "pk")
    for vicenda in vicende:
        sindaco, candidato = vicenda.sindaco, vicenda.candidato
        yield {
            **vars(vicenda),
            "sindaco": sindaco.numero if sindaco else None,
            "lista": candidato.lista.numero if candidato else None,
            "candidato": candidato.numero if candidato else None,
        }


VICENDE = FileFascicolo(
    nome="vicende.csv",
    ordine=45,
    titolo="Vicende dei candidati",
    colonne=(
        Colonna("tipo", scelta(Vicenda.Tipo.values), obbligatoria=True, aiuto=", ".join(Vicenda.Tipo.values)),
        Colonna("sindaco", intero(1, 999), aiuto="Numero del candidato sindaco."),
        Colonna("lista", intero(1, 999), aiuto="Numero della lista, con il candidato."),
        Colonna("candidato", intero(1, 999), aiuto="Posizione nella lista."),
        Colonna("data", data(), obbligatoria=True),
        Colonna("atto", testo(300), obbligatoria=True, aiuto="Il documento che lo prova."),
    ),
    chiave=("tipo", "sindaco", "lista", "candidato", "data"),
    azione=Azione.CHIUDERE,
    load=_load_vicende,
    rows=_rows_vicende,
)
