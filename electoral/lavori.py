"""Long jobs: ask, execute under a lease, requeue when the executor died.

The row ``Lavoro`` is the truth, Celery only executes. A job function takes the ``Lavoro`` and returns its
``esito`` (a JSON object); it opens its own transactions and must be safe to run twice.
An ``ErroreLavoro`` carries a sentence for the person who asked; any other exception is a bug and is logged.
"""

import logging
import socket
import threading
import time
import uuid
from collections.abc import Callable
from contextlib import contextmanager
from datetime import timedelta
from urllib.parse import urlsplit

import pghistory
from django.conf import settings
from django.db import DatabaseError, IntegrityError, close_old_connections, connection, transaction
from django.db.models import F
from django.utils import timezone

from electoral.models import Lavoro

log = logging.getLogger(__name__)

#: A killed executor is noticed after at most ``PRESA_IN_CARICO`` + ``settings.PASSATA_LAVORI``: half of the
#: minute we promise; the rest is for the restart and the job. Three renewals may fail before the lease ends.
PRESA_IN_CARICO = timedelta(seconds=20)
RINNOVO = timedelta(seconds=5)
SGUARDO = 1.0  # seconds: how often the heartbeat looks for progress to show
TENTATIVI_MASSIMI = 5
ATTESA_BROKER = 0.4  # seconds

_registro: dict[str, Callable[[Lavoro], dict]] = {}


class ErroreLavoro(Exception):
    """The job cannot be done, for a reason that the person who asked can understand and mend."""


def lavoro(tipo: str) -> Callable:
    """Register the function that executes jobs of this kind."""

    def register(funzione: Callable[[Lavoro], dict]) -> Callable[[Lavoro], dict]:
        if _registro.setdefault(tipo, funzione) is not funzione:
            raise ValueError(f"tipo di lavoro già registrato: {tipo}")
        return funzione

    return register


def request_lavoro(
    tipo: str, *, parametri: dict, by=None, chiave: str = "", comune_pk: int | None = None
) -> Lavoro:
    """Queue a job on commit and return its row; an open job with the same ``chiave`` is returned instead."""
    if tipo not in _registro:
        raise ValueError(f"tipo di lavoro sconosciuto: {tipo}")
    try:
        with transaction.atomic():
            nuovo = Lavoro.objects.create(
                tipo=tipo, parametri=parametri, chiave=chiave, comune_pk=comune_pk, richiesto_da=by
            )
    except IntegrityError:
        return _find_aperto(chiave)
    transaction.on_commit(lambda: publish_lavoro(nuovo.pk))
    return nuovo


def _find_aperto(chiave: str) -> Lavoro:
    """The open job of the key; one whose executor is dead starts again (without Redis nobody sweeps)."""
    aperto = Lavoro.objects.aperti().get(chiave=chiave)
    suo = Lavoro.objects.filter(pk=aperto.pk)
    if suo.scaduti().exists() or suo.in_coda_da_troppo().exists():
        transaction.on_commit(requeue_scaduti)
    return aperto


def publish_lavoro(pk: int) -> None:
    """Hand the job to Celery; when the broker is away the job stays queued and the sweeper tries again."""
    from electoral.tasks import run_lavoro  # the task module imports this one

    try:
        _reach_broker(run_lavoro.app.conf)
        run_lavoro.apply_async(args=[pk], ignore_result=True)
    except (ConnectionError, OSError) as errore:
        _note_broker_assente(pk, errore)
    except Exception as errore:  # kombu wraps the socket error in its own class
        if not type(errore).__module__.startswith(("kombu", "redis")):
            raise
        _note_broker_assente(pk, errore)


def _reach_broker(conf) -> None:
    """A bare connection first: the clients' own retries would keep the page waiting for seconds."""
    indirizzo = urlsplit(conf.broker_url)
    if conf.task_always_eager or not indirizzo.hostname:
        return
    socket.create_connection((indirizzo.hostname, indirizzo.port or 6379), timeout=ATTESA_BROKER).close()


def _note_broker_assente(pk: int, errore: Exception) -> None:
    log.warning("lavoro %s resta in coda, broker assente: %s", pk, errore)
    Lavoro.objects.filter(pk=pk, stato=Lavoro.Stato.IN_CODA).update(
        messaggio="In coda: il servizio dei lavori non risponde, si riprova da solo."
    )


def execute_lavoro(pk: int) -> None:
    """Take the job under a lease and run it; a job already taken or finished is left alone."""
    esecutore = uuid.uuid4().hex
    preso = Lavoro.objects.filter(pk=pk, stato=Lavoro.Stato.IN_CODA).update(
        stato=Lavoro.Stato.IN_CORSO,
        esecutore=esecutore,
        scade_il=timezone.now() + PRESA_IN_CARICO,
        tentativi=F("tentativi") + 1,
        messaggio="",
        aggiornato_il=timezone.now(),
    )
    if not preso:
        return
    riga = Lavoro.objects.get(pk=pk)
    with _heartbeat(riga):
        stato, esito, errore = _run(riga)
    Lavoro.objects.filter(pk=pk, esecutore=esecutore, stato=Lavoro.Stato.IN_CORSO).update(
        stato=stato,
        esito=esito,
        errore=errore,
        avanzamento=100 if stato == Lavoro.Stato.RIUSCITO else F("avanzamento"),
        messaggio="" if stato == Lavoro.Stato.RIUSCITO else F("messaggio"),
        finito_il=timezone.now(),
        scade_il=None,
        aggiornato_il=timezone.now(),
    )


def _run(riga: Lavoro) -> tuple[str, dict, str]:
    try:
        with pghistory.context(user=riga.richiesto_da_id, lavoro=riga.pk):
            return Lavoro.Stato.RIUSCITO, _registro[riga.tipo](riga) or {}, ""
    except ErroreLavoro as errore:
        return Lavoro.Stato.FALLITO, {}, str(errore)
    except Exception:
        log.exception("lavoro %s (%s) interrotto da un errore", riga.pk, riga.tipo)
        return Lavoro.Stato.FALLITO, {}, f"Errore interno: comunicare all'assistenza il lavoro n. {riga.pk}."


@contextmanager
def _heartbeat(riga: Lavoro):
    """Renew the lease and show the progress from a thread, while the job runs outside the request."""
    if settings.CELERY_TASK_ALWAYS_EAGER:
        yield
        return
    fermo = threading.Event()

    def beat() -> None:
        detto, rinnovata = (riga.avanzamento, riga.messaggio), time.monotonic()
        while not fermo.wait(SGUARDO):
            adesso, campi = (riga.avanzamento, riga.messaggio), {}
            if adesso != detto:
                campi |= {"avanzamento": adesso[0], "messaggio": adesso[1]}
            if time.monotonic() - rinnovata >= RINNOVO.total_seconds():
                campi["scade_il"] = timezone.now() + PRESA_IN_CARICO
            if not campi:
                continue
            try:
                Lavoro.objects.filter(pk=riga.pk, esecutore=riga.esecutore).update(**campi)
                detto = adesso
                rinnovata = time.monotonic() if "scade_il" in campi else rinnovata
            except DatabaseError:  # a restart of the database must not end the renewals
                log.warning("lavoro %s: presa in carico non rinnovata, si riprova", riga.pk)
                connection.close()
        connection.close()

    filo = threading.Thread(target=beat, daemon=True)
    filo.start()
    try:
        yield
    finally:
        fermo.set()
        filo.join()
        close_old_connections()


def set_avanzamento(riga: Lavoro, per_cento: int, messaggio: str = "") -> None:
    """Show progress. Within a transaction the heartbeat shows it, from a connection of its own."""
    riga.avanzamento, riga.messaggio = per_cento, messaggio[:300]
    if settings.CELERY_TASK_ALWAYS_EAGER or not connection.in_atomic_block:
        Lavoro.objects.filter(pk=riga.pk).update(avanzamento=riga.avanzamento, messaggio=riga.messaggio)


def requeue_scaduti() -> int:
    """Requeue jobs whose lease expired or that nobody took; give up after ``TENTATIVI_MASSIMI``."""
    Lavoro.objects.scaduti().filter(tentativi__gte=TENTATIVI_MASSIMI).update(
        stato=Lavoro.Stato.FALLITO,
        errore="Il lavoro si è interrotto troppe volte: comunicare all'assistenza.",
        finito_il=timezone.now(),
        scade_il=None,
    )
    ripresi = list(Lavoro.objects.scaduti().values_list("pk", flat=True))
    Lavoro.objects.filter(pk__in=ripresi, stato=Lavoro.Stato.IN_CORSO).update(
        stato=Lavoro.Stato.IN_CODA, esecutore="", scade_il=None
    )
    fermi = list(Lavoro.objects.in_coda_da_troppo().values_list("pk", flat=True))
    # asked again now: the next passage leaves them alone, else a long queue would be published over and over
    Lavoro.objects.filter(pk__in=fermi).update(aggiornato_il=timezone.now())
    for pk in {*ripresi, *fermi}:
        publish_lavoro(pk)
    return len({*ripresi, *fermi})
