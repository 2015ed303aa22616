"""What the pages share: the list of this election or 404, refusals said as messages, pdf answers."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from candidature.models import Lista
from candidature.presentazione import NonConsentito
from comuni.models import Atto, Elezione
from electoral.permessi import Azione, puo


def lista_di(elezione: Elezione, pk: int) -> Lista:
    """A list of another election does not exist here."""
    return get_object_or_404(
        Lista.objects.select_related("sindaco", "elezione__comune"), pk=pk, elezione=elezione
    )


def url(nome: str, elezione: Elezione, *altro) -> str:
    return reverse(f"candidature:{nome}", args=[elezione.slug, *altro])


def briciole(elezione: Elezione, *passi: tuple[str, str]) -> list[tuple[str, str]]:
    return [("Liste e candidati", url("quadro", elezione)), *passi]


def require_accertare(request: HttpRequest, elezione: Elezione) -> None:
    """Papers are ascertained by the office that receives them and by the commissione that examines them."""
    if not puo_accertare(request, elezione):
        raise PermissionDenied("Il suo ruolo non comprende questa pagina.")


def puo_accertare(request: HttpRequest, elezione: Elezione) -> bool:
    azioni = (Azione.INSERIRE_CANDIDATURE, Azione.DECIDERE_LISTE)
    return any(puo(request.user, azione, elezione.comune_id) for azione in azioni)


def azione_post(destinazione: Callable[..., str]) -> Callable:
    """A POST that does one thing: a refusal becomes a message, then the page ``destinazione`` names."""

    def decorate(vista: Callable[..., str | HttpResponse | None]) -> Callable[..., HttpResponse]:
        @wraps(vista)
        def wrapped(request: HttpRequest, elezione: Elezione, *args, **kwargs) -> HttpResponse:
            if request.method != "POST":
                return redirect(destinazione(elezione, *args, **kwargs))
            try:
                refuse_nul(request)
                esito = vista(request, elezione, *args, **kwargs)
            except NonConsentito as errore:
                messages.error(request, str(errore))
                esito = None
            if isinstance(esito, HttpResponse):
                return esito
            if isinstance(esito, str):
                messages.success(request, esito)
            return redirect(destinazione(elezione, *args, **kwargs))

        return wrapped

    return decorate


def refuse_nul(request: HttpRequest) -> None:
    """A NUL cannot be stored in a text; no keyboard writes one."""
    if any("\x00" in valore for valori in request.POST.lists() for valore in valori[1]):
        raise NonConsentito("Il testo contiene caratteri non ammessi: riscrivilo.")


def say_errors(request: HttpRequest, form) -> None:
    """The errors of a form as one message each, with the name of the field."""
    for nome, errori in form.errors.items():
        campo = form.fields[nome].label if nome in form.fields else ""
        for errore in errori:
            messages.error(request, f"{campo}: {errore}" if campo else errore)


def pdf_response(atto: Atto) -> HttpResponse:
    try:
        with atto.file.open("rb") as file:
            contenuto = file.read()
    except FileNotFoundError as errore:
        raise Http404("Documento non trovato.") from errore
    nome = atto.file.name.rsplit("/", 1)[-1]
    return HttpResponse(
        contenuto,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{nome}"'},
    )
