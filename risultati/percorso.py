"""The whole road on a real election: import, allocation, proclamation, acts, official outcome beside."""

import json
from pathlib import Path

from comuni.models import Atto, Elezione
from electoral.lavori import ErroreLavoro, lavoro, request_lavoro, set_avanzamento
from electoral.models import Lavoro
from risultati.atti_esito import produce_atti_esito
from risultati.fascicolo.cartella import read_cartella
from risultati.fascicolo.importazione import import_fascicolo
from risultati.models import Proclamazione
from risultati.proclamazione import ProclamazioneNonPossibile, proclaim
from risultati.riparto import RipartoImpossibile, run_riparto_elezione

PERCORSO = "percorso"
MOTIVO = "Elezione del passato: le cifre sono quelle della fonte."
MOTIVO_ERRORI = (
    "Elezione del passato, già proclamata dal suo ufficio su queste cifre: sono quelle della fonte e qui "
    "non si possono riscontrare sui verbali delle sezioni."
)
PRESIDENTE = "non indicato dalla fonte"


def request_percorso(cartella: Path) -> Lavoro:
    return request_lavoro(
        PERCORSO, parametri={"cartella": str(cartella)}, chiave=f"{PERCORSO}:{cartella.name}"
    )


@lavoro(PERCORSO)
def run_job_percorso(riga: Lavoro) -> dict:
    """One fascicolo from the folder to the acts. Every stage finds what an interrupted run left done."""
    cartella = Path(riga.parametri["cartella"])
    set_avanzamento(riga, 5, "Importazione")
    importazione = import_fascicolo(read_cartella(cartella))
    if importazione.errori:
        raise ErroreLavoro("; ".join(str(errore) for errore in importazione.errori[:5]))
    set_avanzamento(riga, 30, "Riparto e proclamazione")
    proclamazione = conclude(importazione.elezione)
    set_avanzamento(riga, 50, "Atti")
    atti = produce_atti_esito(proclamazione)
    return {
        "elezione": importazione.elezione.slug,
        "impronta": proclamazione.impronta,
        "differenze": compare_ufficiale(proclamazione, cartella),
        "atti": describe_atti(atti),
    }


def conclude(elezione: Elezione) -> Proclamazione:
    """Allocate and proclaim, unless it is done."""
    if in_vigore := Proclamazione.objects.dell_elezione(elezione):
        return in_vigore
    try:
        riparto = run_riparto_elezione(elezione)
        avvisi = {r["codice"]: MOTIVO for r in riparto.esito["rilievi"] if r["gravita"] == "W"}
        return proclaim(
            elezione,
            riparto=riparto,
            presidente=PRESIDENTE,
            motivi_avvisi=avvisi,
            motivo_errori=MOTIVO_ERRORI,
        )
    except (RipartoImpossibile, ProclamazioneNonPossibile) as errore:
        raise ErroreLavoro(str(errore)) from errore


def describe_atti(atti: list[Atto]) -> dict[str, str]:
    return {atto.tipo: atto.sha256 for atto in atti}


def compare_ufficiale(proclamazione: Proclamazione, cartella: Path) -> list[str]:
    """Where the outcome differs from the official one, as far as that one says."""
    file = cartella / "esito_ufficiale.json"
    if not file.exists():
        return []
    ufficiale, esito = json.loads(file.read_text("utf-8")), proclamazione.istantanea["esito"]
    differenze = [campo for campo in ("sindaco", "turno") if ufficiale[campo] != esito[campo]]
    differenze += [
        f"seggi della lista {lista}"
        for lista, seggi in ufficiale["seggi_per_lista"].items()
        if esito["seggi_per_lista"][lista] != seggi
    ]
    if _is_completo(ufficiale, esito) and ufficiale["consiglieri_sindaci"] != esito["consiglieri_sindaci"]:
        differenze.append("sindaci non eletti in consiglio")
    differenze += [
        f"eletti della lista {lista}"
        for lista, eletti in ufficiale.get("eletti", {}).items()
        if sorted(esito["eletti"][lista]) != sorted(eletti)
    ]
    return differenze


def _is_completo(ufficiale: dict, esito: dict) -> bool:
    """Whether the source tells the whole council: some tell only the majority."""
    return set(ufficiale["seggi_per_lista"]) == set(esito["seggi_per_lista"])
