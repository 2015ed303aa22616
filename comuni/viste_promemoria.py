"""Pages of the reminders and of the feeds for other agendas."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from comuni.calendari import close_calendario, open_calendario, read_calendario
from comuni.ics import render_ics
from comuni.models import CalendarioPersonale, Elezione, PreferenzaPromemoria
from comuni.moduli_promemoria import PreferenzaForm
from comuni.promemoria import build_promemoria, frequenza_di
from comuni.scadenzario import sync_scadenze
from comuni.viste import pagina_elezione
from electoral.permessi import Azione


@login_required
def promemoria(request: HttpRequest) -> HttpResponse:
    """What one is reminded of, how often, and the addresses given to one's agendas."""
    scelta = frequenza_di(request.user)
    form = PreferenzaForm(request.POST or None, initial={"frequenza": scelta})
    if request.method == "POST" and form.is_valid():
        PreferenzaPromemoria.objects.update_or_create(
            utente=request.user, defaults={"frequenza": form.cleaned_data["frequenza"]}
        )
        messages.success(request, "Preferenza salvata.")
        return redirect("comuni:promemoria")
    calendari = CalendarioPersonale.objects.filter(utente=request.user).select_related("elezione__comune")
    contesto = {
        "titolo": "Promemoria e agende",
        "sottotitolo": "Le scadenze che arrivano da sole: per posta elettronica e nell'agenda.",
        "briciole": [("Elezioni", reverse("comuni:home")), ("Promemoria e agende", "")],
        "form": form,
        "cose": build_promemoria(request.user, adesso=timezone.now()),
        "calendari": [(c, _indirizzo(request, c)) for c in calendari],
    }
    return render(request, "comuni/promemoria.html", contesto)


def _indirizzo(request: HttpRequest, calendario: CalendarioPersonale) -> str:
    return request.build_absolute_uri(reverse("comuni:calendario_ics", args=[calendario.token]))


@pagina_elezione(Azione.VEDERE_ELEZIONE)
def apri_calendario(request: HttpRequest, elezione: Elezione) -> HttpResponse:
    if request.method == "POST":
        open_calendario(request.user, elezione)
        messages.success(request, "Indirizzo creato: lo copi nella sua agenda.")
        return redirect("comuni:promemoria")
    return redirect("comuni:scadenzario", elezione.slug)


@login_required
@require_POST
def chiudi_calendario(request: HttpRequest, pk: int) -> HttpResponse:
    close_calendario(get_object_or_404(CalendarioPersonale, pk=pk, utente=request.user))
    messages.success(request, "Indirizzo revocato: da adesso non risponde più.")
    return redirect("comuni:promemoria")


@never_cache
def calendario_ics(request: HttpRequest, token: str) -> HttpResponse:
    """The feed: duties and what was done, no personal data; the address is the key, and it may be revoked."""
    calendario = read_calendario(token)
    if calendario is None:
        raise Http404("Indirizzo del calendario non valido o revocato.")
    testo = render_ics(
        calendario.elezione,
        sync_scadenze(calendario.elezione),
        adesso=timezone.now(),
        base=request.build_absolute_uri(reverse("comuni:scadenzario", args=[calendario.elezione.slug])),
    )
    return HttpResponse(testo, content_type="text/calendar; charset=utf-8")
