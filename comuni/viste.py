"""What every page of an election starts from: the election, scoped by role."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from comuni.models import Elezione
from electoral.permessi import Azione, puo
from norme.parametri import ParametroIgnoto


def pagina_elezione(azione: Azione) -> Callable:
    """A view ``(request, elezione, ...)`` reached by slug, for those who may do ``azione`` in its comune.

    Somebody without any role in the comune gets 404, as if the election did not exist; a role that
    may not do this gets 403. The view says its action in ``azioni``: the test of the doors reads it.
    """

    def decorate(vista: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(vista)
        @login_required
        def wrapped(request: HttpRequest, slug: str, *args, **kwargs) -> HttpResponse:
            elezione = _elezione_di_chi_ha_un_ruolo(request, slug)
            if not puo(request.user, azione, elezione.comune_id):
                raise PermissionDenied("Il suo ruolo non comprende questa pagina.")
            request.elezione = elezione
            return _open(vista, request, elezione, *args, **kwargs)

        wrapped.azioni = (azione,)
        return wrapped

    return decorate


def pagina_di_chi_ha_un_ruolo(vista: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page of the election that every role in its comune may open; nobody else (404)."""

    @wraps(vista)
    @login_required
    def wrapped(request: HttpRequest, slug: str, *args, **kwargs) -> HttpResponse:
        request.elezione = _elezione_di_chi_ha_un_ruolo(request, slug)
        return _open(vista, request, request.elezione, *args, **kwargs)

    wrapped.azioni = tuple(Azione)
    return wrapped


def _open(vista, request: HttpRequest, elezione: Elezione, *args, **kwargs) -> HttpResponse:
    """The page; where the law of that day, Region or population is not known, a page that says what to do."""
    try:
        return vista(request, elezione, *args, **kwargs)
    except ParametroIgnoto as ignoto:
        contesto = {
            "titolo": "La legge di questa elezione non è nota a Urna",
            "briciole": briciole(elezione, "Legge non nota"),
            "che_cosa_manca": str(ignoto),
        }
        return render(request, "comuni/legge_ignota.html", contesto, status=409)


def briciole(elezione: Elezione, *passi: tuple[str, str] | str) -> list[tuple[str, str]]:
    """The trail of a page: office, election, each step as (text, url name), last the page's own title."""
    trail = [
        ("Elezioni", reverse("comuni:home")),
        (str(elezione.comune), reverse("comuni:elezione", args=[elezione.slug])),
    ]
    for passo in passi:
        testo, url_name = (passo, "") if isinstance(passo, str) else passo
        trail.append((testo, reverse(url_name, args=[elezione.slug]) if url_name else ""))
    return trail


def _elezione_di_chi_ha_un_ruolo(request: HttpRequest, slug: str) -> Elezione:
    elezione = Elezione.objects.select_related("comune").filter(slug=slug).first()
    if elezione is None or not _ha_un_ruolo(request.user, elezione):
        raise Http404("Elezione non trovata.")
    return elezione


def _ha_un_ruolo(utente, elezione: Elezione) -> bool:
    return utente.is_superuser or bool(utente.ruoli_in(elezione.comune_id))
