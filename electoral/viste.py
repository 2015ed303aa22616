"""Pages of the foundation: the state of a long job, the living page of the components."""

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone

from electoral.models import Lavoro
from electoral.permessi import Azione, puo


def _lavoro_visibile(request: HttpRequest, pk: int) -> Lavoro:
    """For who asked it, who prepares elections in that comune, the amministratore; else it is not there."""
    riga = Lavoro.objects.filter(pk=pk).first()
    utente = request.user
    if riga is None or not (
        utente.is_superuser
        or riga.richiesto_da_id == utente.pk
        or (riga.comune_pk and puo(utente, Azione.PREPARARE_ELEZIONE, riga.comune_pk))
    ):
        raise Http404("Lavoro non trovato.")
    return riga


@login_required
def lavoro_stato(request: HttpRequest, pk: int) -> JsonResponse:
    """What the page polls while a job is open."""
    riga = _lavoro_visibile(request, pk)
    return JsonResponse(
        {
            "stato": riga.stato,
            "aperto": riga.is_aperto,
            "avanzamento": riga.avanzamento,
            "testo": riga.errore or riga.messaggio or riga.get_stato_display().capitalize(),
        },
        headers={"Cache-Control": "no-store"},
    )


@login_required
def lavoro(request: HttpRequest, pk: int) -> HttpResponse:
    return render(request, "ufficio/lavoro.html", {"lavoro": _lavoro_visibile(request, pk)})


class _ModuloDiEsempio(forms.Form):
    nome = forms.CharField(label="Denominazione della lista", help_text="Come si legge nel contrassegno.")
    seggi = forms.IntegerField(label="Consiglieri assegnati", min_value=1, max_value=60)
    sistema = forms.ChoiceField(label="Sistema", choices=[("a", "fino a 15.000"), ("b", "oltre 15.000")])
    turno = forms.ChoiceField(
        label="Turno", choices=[("1", "primo turno"), ("2", "ballottaggio")], widget=forms.RadioSelect
    )
    prova = forms.BooleanField(label="È una prova generale", required=False)
    nota = forms.CharField(label="Nota", widget=forms.Textarea(attrs={"rows": 2}), required=False)


@login_required
def componenti(request: HttpRequest) -> HttpResponse:
    """Every component with its markup: for who builds pages."""
    if not request.user.is_superuser:
        raise PermissionDenied("Pagina riservata agli amministratori.")
    modulo = _ModuloDiEsempio({"nome": "Lista di prova", "seggi": "99", "sistema": "b", "turno": "1"})
    contesto = {
        "titolo": "Componenti",
        "modulo": modulo,
        "page_obj": Paginator(range(1, 1192), 50).get_page(request.GET.get("page", 3)),
        "adesso": timezone.now(),
        "lavoro": Lavoro(pk=0, tipo="esempio", stato=Lavoro.Stato.IN_CORSO, avanzamento=40),
        "tessere": [(n, ("ok", "ok", "avviso", "info", "neutro", "errore")[n * 7 % 6]) for n in range(1, 44)],
    }
    return render(request, "ufficio/componenti.html", contesto)
