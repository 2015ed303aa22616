"""A whole fascicolo from the office: the upload waits, a job tries it, a person confirms, a job saves it."""

from dataclasses import asdict

from django.db import transaction

from comuni import caricamenti
from comuni.fascicolo import Importazione, files_fascicolo
from comuni.models import Comune, Elezione
from electoral.csv_io import errata
from electoral.lavori import ErroreLavoro, lavoro, request_lavoro, set_avanzamento
from electoral.models import Lavoro
from electoral.permessi import Azione, puo
from risultati.fascicolo.cartella import FascicoloErrato, read_zip
from risultati.fascicolo.importazione import import_fascicolo

FASCICOLO = "fascicolo"
MASSIMO_DETTI = 200


def request_prova(contenuto: bytes, *, nome: str, by, solo: Elezione | None = None) -> Lavoro:
    """Keep the upload and try it: nothing stays saved."""
    parametri = {"file": caricamenti.keep(contenuto), "nome": nome[:120], "prova": True}
    if solo:
        parametri["solo"] = solo.pk
    return request_lavoro(FASCICOLO, parametri=parametri, by=by, comune_pk=solo.comune_id if solo else None)


def can_confirm(riga: Lavoro) -> bool:
    """A trial that ended well, would change something, and has not been confirmed yet."""
    return (
        riga.stato == Lavoro.Stato.RIUSCITO
        and riga.parametri.get("prova", False)
        and not riga.esito.get("quanti_errori")
        and bool(riga.esito.get("cambiati"))
        and "confermato_con" not in riga.esito
    )


@transaction.atomic
def confirm(riga: Lavoro, *, by) -> Lavoro:
    """Save what the trial showed; asked twice, it is the same job."""
    riga = Lavoro.objects.select_for_update().get(pk=riga.pk)
    if "confermato_con" in riga.esito:
        return Lavoro.objects.get(pk=riga.esito["confermato_con"])
    if not can_confirm(riga):
        raise ErroreLavoro("Questo fascicolo non si può confermare: carica di nuovo il file.")
    parametri = {**riga.parametri, "prova": False}
    nuovo = request_lavoro(FASCICOLO, parametri=parametri, by=by, comune_pk=riga.comune_pk)
    riga.esito = {**riga.esito, "confermato_con": nuovo.pk}
    riga.save(update_fields=["esito"])
    return nuovo


@lavoro(FASCICOLO)
def run_job_fascicolo(riga: Lavoro) -> dict:
    parametri, utente = riga.parametri, riga.richiesto_da
    set_avanzamento(riga, 5, "Apro l'archivio")
    solo = Elezione.objects.filter(pk=parametri.get("solo")).first()
    try:
        contenuti = read_zip(caricamenti.read(parametri["file"]), nome=parametri["nome"])
        _refuse_riservati(contenuti)
        importazione = import_fascicolo(
            contenuti,
            prova=parametri["prova"],
            by=utente,
            puo_scrivere=lambda comune, azione: _may(utente, comune, azione),
            solo=solo,
            progresso=lambda per_cento, testo: set_avanzamento(riga, per_cento, testo),
        )
    except FileNotFoundError:
        raise ErroreLavoro("Il file caricato è scaduto: caricalo di nuovo.") from None
    except FascicoloErrato as errore:
        importazione = Importazione(errori=errore.errori)
    if importazione.errori and not parametri["prova"]:
        primo = importazione.errori[0].messaggio
        raise ErroreLavoro(f"Dall'anteprima a ora qualcosa è cambiato: non è stato salvato nulla. {primo}")
    if not parametri["prova"]:
        caricamenti.forget(parametri["file"])
    return _describe(importazione)


def _refuse_riservati(contenuti: dict[str, bytes]) -> None:
    """The outcome of a job is kept and read: the names of who signed must not end there."""
    motivo = "contiene dati particolari, che hanno una pagina propria fra le candidature"
    errori = [
        errata("E939", file=file.nome, motivo=motivo)
        for file in files_fascicolo()
        if file.riservato and any(nome.lower().startswith(f"{file.radice}.") for nome in contenuti)
    ]
    if errori:
        raise FascicoloErrato(errori)


def _may(utente, comune: Comune | None, azione: Azione) -> bool:
    """A comune that does not exist yet is created only by the amministratore."""
    return utente.is_superuser if comune is None else puo(utente, azione, comune)


def _describe(importazione: Importazione) -> dict:
    """What the page shows, as plain values."""
    return {
        "elezione": importazione.elezione.slug if importazione.elezione else "",
        "titolo": str(importazione.elezione) if importazione.elezione else "",
        "cambiati": importazione.cambiati,
        "conteggi": {nome: asdict(conteggio) for nome, conteggio in importazione.conteggi.items()},
        "quanti_errori": len(importazione.errori),
        "errori": [errore.as_dict() for errore in importazione.errori[:MASSIMO_DETTI]],
        "avvisi": [avviso.as_dict() for avviso in importazione.avvisi[:MASSIMO_DETTI]],
        "differenze": [asdict(differenza) for differenza in importazione.differenze],
    }
