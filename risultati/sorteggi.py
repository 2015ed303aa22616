"""Draws: the engine asks, the office draws in public, here it is recorded and the allocation runs again."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from comuni.models import Elezione
from electoral.documenti import impronta
from risultati.models import Riparto, Sorteggio
from risultati.proclamazione import is_proclamata


class SorteggioRifiutato(Exception):
    """Why a draw cannot be recorded, in words for the office."""


def richiesta_corrente(riparto: Riparto | None) -> dict | None:
    """The draw the last allocation asks for; none on a projection, where a tie may still vanish."""
    if riparto is None or riparto.tipo_esito != "sorteggio" or riparto.parziale:
        return None
    return riparto.esito["richiesta"]


def register_sorteggio(
    elezione: Elezione,
    *,
    richiesta: dict,
    esito: str,
    presenti: str,
    eseguito_il: datetime,
    modalita: str = Sorteggio.Modalita.URNA,
    seme: str = "",
    by=None,
) -> Sorteggio:
    """Record the outcome of the draw that the current allocation asks for."""
    if is_proclamata(elezione):
        raise SorteggioRifiutato("Gli eletti sono già proclamati.")
    if richiesta != richiesta_corrente(Riparto.objects.corrente(elezione)):
        raise SorteggioRifiutato("I dati sono cambiati: il riparto non chiede più questo sorteggio.")
    if esito not in {str(ident) for ident in richiesta["contendenti"]}:
        raise SorteggioRifiutato("Il sorteggiato non è fra quelli in parità.")
    if eseguito_il > timezone.now():
        raise SorteggioRifiutato("L'ora del sorteggio non può essere futura.")
    try:
        with transaction.atomic():
            return Sorteggio.objects.create(
                elezione=elezione,
                richiesta=richiesta,
                impronta_richiesta=impronta(richiesta),
                esito=esito,
                modalita=modalita,
                seme=seme,
                presenti=presenti,
                eseguito_il=eseguito_il,
                registrato_da=by,
            )
    except IntegrityError as errore:
        raise SorteggioRifiutato("Questo sorteggio è già stato registrato.") from errore


def annul_sorteggio(sorteggio: Sorteggio, *, motivo: str, by=None) -> None:
    """Void a draw recorded by mistake: it stays visible, with the reason."""
    if is_proclamata(sorteggio.elezione):
        raise SorteggioRifiutato("Gli eletti sono già proclamati.")
    if not motivo.strip():
        raise SorteggioRifiutato("Serve il motivo dell'annullamento.")
    sorteggio.annullato, sorteggio.annullato_motivo = True, motivo.strip()
    sorteggio.annullato_da, sorteggio.annullato_il = by, timezone.now()
    sorteggio.save()
