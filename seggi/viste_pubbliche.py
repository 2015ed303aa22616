"""The draw in public: roll, impronta, seed, outcome, and the page that repeats it without trusting us.

Only what the sitting makes public is here: the lines of the roll as published, and nothing else of a person.
"""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import cache_control

from norme.sorteggio import script_verifica
from seggi import sorteggi
from seggi.models import SorteggioScrutatori

SECONDI = 60
PER_PAGINA = 300


def _sorteggio(slug: str) -> SorteggioScrutatori:
    pubblici = SorteggioScrutatori.objects.filter(
        in_rete=True, annullato_il__isnull=True, elezione__prova=False
    ).select_related("elezione__comune")
    return get_object_or_404(pubblici.defer("elenco"), elezione__slug=slug)


@cache_control(public=True, max_age=SECONDI)
def pagina(request: HttpRequest, slug: str) -> HttpResponse:
    """What was frozen before the sitting, what came out of it, how anyone does it again."""
    sorteggio = _sorteggio(slug)
    esito = sorteggi.esito_pubblico(sorteggio) if sorteggio.eseguito_il else []
    contesto = {
        "titolo": f"Sorteggio degli scrutatori, {sorteggio.elezione.comune}",
        "sorteggio": sorteggio,
        "elezione": sorteggio.elezione,
        "elenchi": sorteggi.elenchi_da_spiegare(sorteggio),
        "page_obj": Paginator(esito, PER_PAGINA).get_page(request.GET.get("page")),
        "script": script_verifica(),
    }
    return render(request, "seggi/pubblico/sorteggio.html", contesto)


@cache_control(public=True, max_age=SECONDI)
def elenco(request: HttpRequest, slug: str) -> HttpResponse:
    """The published roll, one line per name; ``?strato=`` where the commissione wanted categories."""
    elenchi = sorteggi.elenchi_pubblicati(_sorteggio(slug))
    strato = request.GET.get("strato", next(iter(elenchi)))
    if strato not in elenchi:
        raise Http404("Nessun elenco con questa categoria.")
    return _testo(elenchi[strato].as_testo(), "elenco.txt")


@cache_control(public=True, max_age=SECONDI)
def esito(request: HttpRequest, slug: str) -> HttpResponse:
    """The lines drawn and the reserves, in order: what whoever repeats the draw must find."""
    sorteggio = _sorteggio(slug)
    if sorteggio.eseguito_il is None:
        raise Http404("Il sorteggio non è ancora avvenuto.")
    righe = sorteggi.ordered_righe(sorteggio)[: sorteggio.posti + sorteggio.riserve]
    return _testo("".join(riga + "\n" for riga in righe), "esito.txt")


@cache_control(public=True, max_age=SECONDI)
def verifica(request: HttpRequest, slug: str) -> HttpResponse:
    _sorteggio(slug)
    return _testo(script_verifica(), "verifica.py", tipo="text/x-python")


def _testo(contenuto: str, nome: str, *, tipo: str = "text/plain") -> HttpResponse:
    risposta = HttpResponse(contenuto, content_type=f"{tipo}; charset=utf-8")
    risposta["Content-Disposition"] = f'attachment; filename="{nome}"'
    return risposta
