"""Which sections a person may open: a digitatore only those assigned; any other is not found."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from comuni.models import Elezione, Sezione
from comuni.viste import pagina_di_chi_ha_un_ruolo
from electoral.permessi import PERMESSI, Azione, Ruolo, puo
from risultati.models import Turno
from risultati.rilevazioni import giorno_del_turno
from risultati.stati import PassaggioVietato
from risultati.stato import stato_turni


def sezioni_di(utente, elezione: Elezione):
    """The sections with results of the election that this person may open, in order."""
    sezioni = Sezione.objects.di(elezione).con_risultati().order_by("numero")
    if not is_solo_digitatore(utente, elezione):
        return sezioni
    return sezioni.filter(digitatori__utente=utente, digitatori__comune=elezione.comune_id).distinct()


def is_solo_digitatore(utente, elezione: Elezione) -> bool:
    """Whether every role that lets her see figures is that of digitatore."""
    if utente.is_superuser:
        return False
    ruoli = utente.ruoli_in(elezione.comune_id)
    return not any(
        PERMESSI[Ruolo(ruolo)] & {Azione.DIGITARE, Azione.VEDERE_RISULTATI}
        for ruolo in ruoli
        if ruolo != Ruolo.DIGITATORE
    )


def puo_una(utente, azioni: tuple[Azione, ...], elezione: Elezione) -> bool:
    return any(puo(utente, azione, elezione.comune_id) for azione in azioni)


def pagina_giornata(*azioni: Azione) -> Callable:
    """A view ``(request, elezione, turno, ...)`` for those who may do at least one of the actions."""

    def decorate(vista: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(vista)
        @pagina_di_chi_ha_un_ruolo
        def wrapped(request: HttpRequest, elezione: Elezione, *args, turno: int | None = None, **kwargs):
            if not puo_una(request.user, azioni, elezione):
                raise PermissionDenied("Il suo ruolo non comprende questa pagina.")
            if turno is not None and turno not in Turno.values:
                raise Http404("I turni sono due.")
            return vista(request, elezione, turno or turno_corrente(elezione), *args, **kwargs)

        wrapped.azioni = azioni
        return wrapped

    return decorate


def pagina_sezione(*azioni: Azione) -> Callable:
    """A view ``(request, sezione, turno, ...)``; a section of others does not exist."""

    def decorate(vista: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(vista)
        @pagina_giornata(*azioni)
        def wrapped(request: HttpRequest, elezione: Elezione, turno: int, numero: int, *args, **kwargs):
            sezione = sezioni_di(request.user, elezione).filter(numero=numero).first()
            if sezione is None:
                raise Http404(f"La sezione {numero} non c'è, o non è fra le sue.")
            sezione.elezione = elezione
            try:
                return vista(request, sezione, turno, *args, **kwargs)
            except PassaggioVietato as vietato:
                messages.error(request, str(vietato))
                return redirect("giornata:sezioni_turno", elezione.slug, turno)

        return wrapped

    return decorate


def turno_corrente(elezione: Elezione) -> int:
    """The second turno from its first voting day on, else the first.

    In a rehearsal the days are those of the election it copies: there the first count must be complete.
    """
    if elezione.data_ballottaggio is None:
        return Turno.PRIMO
    if timezone.localdate() < giorno_del_turno(elezione, Turno.BALLOTTAGGIO):
        return Turno.PRIMO
    if elezione.prova and not stato_turni(elezione)[Turno.PRIMO].is_completo:
        return Turno.PRIMO
    return Turno.BALLOTTAGGIO
