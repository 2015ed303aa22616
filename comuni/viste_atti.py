"""Pages of the produced acts: list, download."""

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from comuni.models import Atto, Elezione
from comuni.viste import briciole, pagina_elezione
from electoral.permessi import Azione

PER_PAGINA = 50


@pagina_elezione(Azione.VEDERE_ELEZIONE)
def atti(request: HttpRequest, elezione: Elezione) -> HttpResponse:
    elenco = (
        Atto.objects.di(elezione).leggibili_da(request.user).select_related("prodotto_da").order_by("-numero")
    )
    contesto = {
        "titolo": "Atti prodotti",
        "sottotitolo": "Ogni atto è numerato e ha un'impronta; una nuova versione è un nuovo atto.",
        "briciole": briciole(elezione, "Atti"),
        "page_obj": Paginator(elenco, PER_PAGINA).get_page(request.GET.get("page")),
    }
    return render(request, "comuni/atti.html", contesto)


@pagina_elezione(Azione.VEDERE_ELEZIONE)
def atto(request: HttpRequest, elezione: Elezione, numero: int) -> HttpResponse:
    """The PDF of an act, in the browser; ``?scarica`` to save it."""
    trovato = get_object_or_404(Atto.objects.leggibili_da(request.user), elezione=elezione, numero=numero)
    try:
        file = trovato.file.open("rb")
    except FileNotFoundError as errore:
        raise Http404("Il file dell'atto non è nell'archivio.") from errore
    nome = trovato.file.name.rsplit("/", 1)[-1]
    return FileResponse(
        file, filename=nome, as_attachment="scarica" in request.GET, content_type="application/pdf"
    )
