"""Long jobs of the outcome: fetch, delegate, report. Each is safe to run twice."""

from comuni.models import Elezione
from electoral.lavori import ErroreLavoro, lavoro, request_lavoro, set_avanzamento
from electoral.models import Lavoro
from risultati.margini_seggi import save_margini
from risultati.models import Riparto
from risultati.riparto import RipartoImpossibile, run_riparto_elezione

RIPARTO = "riparto"
ATTI = "atti_esito"
RESISTENZA = "resistenza"


def request_riparto(elezione: Elezione, *, by=None) -> Lavoro:
    """Queue the allocation; one open job per election."""
    return request_lavoro(
        RIPARTO,
        parametri={"elezione": elezione.pk},
        by=by,
        chiave=f"{RIPARTO}:{elezione.pk}",
        comune_pk=elezione.comune_id,
    )


@lavoro(RIPARTO)
def run_job_riparto(riga: Lavoro) -> dict:
    elezione = Elezione.objects.select_related("comune").get(pk=riga.parametri["elezione"])
    set_avanzamento(riga, 10, "Somma delle sezioni definitive")
    try:
        riparto = run_riparto_elezione(elezione, by=riga.richiesto_da)
    except RipartoImpossibile as errore:
        raise ErroreLavoro(str(errore)) from errore
    set_avanzamento(riga, 60, "Margini di ogni seggio")
    save_margini(riparto)
    return {"riparto": riparto.pk, "impronta": riparto.impronta, "tipo_esito": riparto.tipo_esito}


def request_atti(elezione: Elezione, *, by=None) -> Lavoro:
    """Queue the acts of the outcome of a proclaimed election."""
    return request_lavoro(
        ATTI,
        parametri={"elezione": elezione.pk},
        by=by,
        chiave=f"{ATTI}:{elezione.pk}",
        comune_pk=elezione.comune_id,
    )


@lavoro(ATTI)
def run_job_atti(riga: Lavoro) -> dict:
    from risultati.atti_esito import produce_atti_esito  # heavy: the typesetter

    elezione = Elezione.objects.select_related("comune").get(pk=riga.parametri["elezione"])
    proclamazione = elezione.proclamazioni.dell_elezione(elezione)
    if proclamazione is None:
        raise ErroreLavoro("Gli eletti non sono ancora proclamati: gli atti si producono dopo.")
    atti = produce_atti_esito(
        proclamazione,
        by=riga.richiesto_da,
        on_progress=lambda per_cento, testo: set_avanzamento(riga, per_cento, testo),
    )
    return {"atti": [atto.pk for atto in atti], "impronte": [atto.sha256 for atto in atti]}


def request_resistenza(elezione: Elezione, prova: dict, *, by=None) -> Lavoro:
    """Queue the prova di resistenza on the last allocation."""
    return request_lavoro(
        RESISTENZA,
        parametri={"elezione": elezione.pk, "prova": prova},
        by=by,
        chiave=f"{RESISTENZA}:{elezione.pk}",
        comune_pk=elezione.comune_id,
    )


@lavoro(RESISTENZA)
def run_job_resistenza(riga: Lavoro) -> dict:
    from risultati.resistenza import produce_resistenza  # heavy: the typesetter

    elezione = Elezione.objects.select_related("comune").get(pk=riga.parametri["elezione"])
    riparto = Riparto.objects.corrente(elezione)
    if riparto is None or riparto.tipo_esito != "riparto":
        raise ErroreLavoro("La prova si fa su un riparto calcolato, anche parziale.")
    set_avanzamento(riga, 10, "Ricerca di quello che potrebbe cambiare")
    try:
        atto, margini = produce_resistenza(riparto, riga.parametri["prova"], by=riga.richiesto_da)
    except RipartoImpossibile as errore:
        raise ErroreLavoro(str(errore)) from errore
    return {"atto": atto.numero, "margini": margini, "impronta": riparto.impronta}
