"""Elezioni trasparenti on the public site: who runs, with curriculum and casellario, until its last day.

The files stay in the private archive and pass through here: past the day, or taken off, they answer 404.
"""

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from candidature.trasparenza import build_trasparenza, find_carta, pubblicazione_visibile
from comuni.models import Elezione
from electoral.ordine import chiave_ordine

PER_PAGINA = 200


def _elezione(slug: str) -> Elezione:
    elezione = get_object_or_404(Elezione.objects.filter(prova=False).select_related("comune"), slug=slug)
    if pubblicazione_visibile(elezione) is None:
        raise Http404("Non pubblicata, o tolta alla fine del termine.")
    return elezione


def trasparenza(request: HttpRequest, slug: str) -> HttpResponse:
    """By list and by name, as the law asks (l. 3/2019 art. 1 c. 15)."""
    elezione = _elezione(slug)
    dati = build_trasparenza(elezione)
    cerca, lista = request.GET.get("q", "").strip(), request.GET.get("lista", "")
    voci = [
        voce
        for voce in dati.voci
        if (not cerca or chiave_ordine(cerca) in chiave_ordine(voce.nome)) and lista in ("", voce.lista)
    ]
    contesto = {
        "titolo": f"{elezione.comune}: Elezioni trasparenti",
        "elezione": elezione,
        "fino_al": dati.pubblicazione.fino_al,
        "liste": list(dict.fromkeys(voce.lista for voce in dati.voci)),
        "lista": lista,
        "cerca": cerca,
        "page_obj": Paginator(voci, PER_PAGINA).get_page(request.GET.get("page")),
    }
    return _senza_copia(render(request, "portale/trasparenza.html", contesto))


def carta(request: HttpRequest, slug: str, chi: str, nome: str) -> HttpResponse:
    """One PDF; never kept by a proxy nor indexed, so that after its last day no copy stays around."""
    elezione = _elezione(slug)
    trovata = find_carta(elezione, chi=chi, carta=nome)
    try:
        file = trovata.open("rb") if trovata else None
    except FileNotFoundError:
        file = None
    if file is None:
        raise Http404("Documento non pubblicato.")
    return _senza_copia(FileResponse(file, filename=f"{chi}-{nome}.pdf", content_type="application/pdf"))


def _senza_copia(risposta: HttpResponse) -> HttpResponse:
    risposta["Cache-Control"] = "no-store"
    risposta["X-Robots-Tag"] = "noindex, noarchive"
    return risposta
