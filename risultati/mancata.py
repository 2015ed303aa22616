"""When nobody can be proclaimed: a void election, or no sindaco. Verbale and notice to the prefetto."""

from datetime import datetime

from comuni.atti import produce_atto
from comuni.models import Atto, Elezione
from electoral.documenti import impronta
from electoral.permessi import Azione
from risultati.contesti import contesto_verbale
from risultati.models import Proclamazione, Riparto
from risultati.proclamazione import build_istantanea

#: Findings that leave the seat of sindaco without anybody (art. 12 c. 4 d.lgs. 235/2012).
SENZA_SINDACO = "E507"

ATTI_MANCATA = {
    "verbale_esito": "Verbale delle operazioni, senza proclamazione",
    "comunicazione_prefetto": "Comunicazione al prefetto: nessuna proclamazione",
}


def motivo_mancata(riparto: Riparto | None) -> str:
    """Why nobody is proclaimed, as the verbale says it; empty when somebody is, or when it is too early."""
    if riparto is None or riparto.parziale:
        return ""
    if riparto.tipo_esito == "nulla":
        return next(p["testo"] for p in reversed(riparto.esito["passi"]) if p["tipo"] == "elezione_nulla")
    return next((r["testo"] for r in riparto.esito["rilievi"] if r["codice"] == SENZA_SINDACO), "")


def produce_atti_mancata(
    elezione: Elezione,
    riparto: Riparto,
    *,
    presidente: str,
    at: datetime,
    seduta: dict,
    motivi_avvisi: dict[str, str],
    motivo_errori: str = "",
    by=None,
) -> list[Atto]:
    """The verbale and the communication to the prefetto. Nothing is frozen: nobody has been elected."""
    istantanea = build_istantanea(riparto, motivi_avvisi=motivi_avvisi, motivo_errori=motivo_errori)
    chiusura = Proclamazione(  # never saved: the acts only read it
        elezione=elezione,
        riparto=riparto,
        proclamata_il=at,
        presidente=presidente,
        seduta=seduta,
        impronta=impronta(istantanea),
        istantanea=istantanea,
    )
    contesto = contesto_verbale(chiusura) | {"motivo_mancata": motivo_mancata(riparto).rstrip(".")}
    return [
        produce_atto(
            elezione,
            tipo=tipo,
            titolo=titolo,
            modello=tipo,
            contesto=contesto,
            oggetto=f"mancata-{riparto.pk}",
            azione=Azione.VEDERE_RISULTATI,
            by=by,
        )
        for tipo, titolo in ATTI_MANCATA.items()
    ]


def atti_mancata(elezione: Elezione, riparto: Riparto) -> list[Atto]:
    """Those already produced for this outcome, the last version of each."""
    righe = Atto.objects.di(elezione).filter(oggetto=f"mancata-{riparto.pk}").order_by("numero")
    return list({atto.tipo: atto for atto in righe}.values())
