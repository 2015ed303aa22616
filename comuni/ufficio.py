"""Home of the office, the page of an election, the coat of arms of its comune."""

import mimetypes

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from comuni.legge import puo_avere_circoscrizioni
from comuni.models import Elezione
from comuni.pannelli import pannelli_di
from comuni.viste import pagina_di_chi_ha_un_ruolo
from electoral.ordine import chiave_ordine
from electoral.permessi import Azione, comuni_dove, puo

PER_PAGINA = 50
IMMAGINI = {"image/png", "image/jpeg", "image/svg+xml", "image/webp"}


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """The elections one may open; who has only one goes straight to it."""
    elezioni = Elezione.objects.apribili_da(request.user).select_related("comune")
    cerca, anno = request.GET.get("q", "").strip(), request.GET.get("anno", "")
    if not request.GET and len(prime := list(elezioni[:2])) == 1:
        return redirect("comuni:elezione", prime[0].slug)
    anni = [giorno.year for giorno in elezioni.order_by().dates("data", "year", order="DESC")]
    trovate = elezioni
    if cerca:
        trovate = trovate.filter(
            Q(comune__chiave__contains=chiave_ordine(cerca)) | Q(comune__provincia__icontains=cerca)
        )
    if anno in map(str, anni):
        trovate = trovate.filter(data__year=int(anno))
    page_obj = Paginator(trovate, PER_PAGINA).get_page(request.GET.get("page"))
    preparabili = comuni_dove(request.user, Azione.PREPARARE_ELEZIONE)
    contesto = {
        "titolo": "Elezioni",
        "page_obj": page_obj,
        "anni": anni,
        "cerca": cerca,
        "anno": anno,
        "puo_creare": preparabili is None or bool(preparabili),
    }
    return render(request, "ufficio/home.html", contesto)


@pagina_di_chi_ha_un_ruolo
def elezione(request: HttpRequest, elezione: Elezione) -> HttpResponse:
    """The dashboard: the panels of every room that this role may see."""
    contesto = {
        "elezione": elezione,
        "pannelli": pannelli_di(elezione, utente=request.user),
        "prepara": puo(request.user, Azione.PREPARARE_ELEZIONE, elezione.comune_id),
        "circoscrizioni": puo_avere_circoscrizioni(elezione),
    }
    return render(request, "ufficio/elezione.html", contesto)


@pagina_di_chi_ha_un_ruolo
def stemma(request: HttpRequest, elezione: Elezione) -> HttpResponse:
    file = elezione.comune.stemma
    tipo = mimetypes.guess_type(file.name)[0] if file else None
    if tipo not in IMMAGINI:
        raise Http404("Stemma non caricato.")
    try:
        return FileResponse(
            file.open("rb"), content_type=tipo, headers={"Cache-Control": "private, max-age=3600"}
        )
    except FileNotFoundError as errore:
        raise Http404("Stemma non trovato.") from errore
