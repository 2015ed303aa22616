"""Public pages: the published elections, the results of one, its files."""

import mimetypes

from django.core.cache import cache
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import cache_control

from candidature.models import PubblicazioneTrasparenza
from candidature.trasparenza import pubblicazione_visibile
from comuni.models import Elezione
from electoral.ordine import chiave_ordine
from portale.dati import build_risultati
from portale.pagina import contesto_risultati
from portale.pubblicazione import build_file, is_visibile
from portale.risposte import risposte

SECONDI = 15


@cache_control(public=True, max_age=SECONDI)
def elenco(request: HttpRequest) -> HttpResponse:
    """The published elections, the latest first; searched by comune or provincia."""
    elezioni = Elezione.objects.pubbliche().select_related("comune", "pubblicazione")
    cerca = request.GET.get("q", "").strip()
    if cerca:
        elezioni = elezioni.filter(
            Q(comune__chiave__contains=chiave_ordine(cerca)) | Q(comune__provincia__icontains=cerca)
        )
    visibili = [e for e in elezioni if is_visibile(e)]
    pagina = Paginator(visibili, 60).get_page(request.GET.get("page"))
    dette = risposte(pagina.object_list)
    contesto = {
        "titolo": "Risultati delle elezioni comunali",
        "page_obj": pagina,
        "righe": [(elezione, dette[elezione.pk]) for elezione in pagina],
        "trasparenti": _trasparenti(),
        "cerca": cerca,
    }
    return render(request, "portale/elenco.html", contesto)


def _trasparenti():
    """Elections in Elezioni trasparenti and still to be voted: before the vote nothing else is public."""
    oggi = timezone.localdate()
    visibili = PubblicazioneTrasparenza.objects.all().visibili(oggi).filter(elezione__data__gte=oggi)
    return visibili.select_related("elezione__comune").order_by("elezione__comune__chiave")


def _elezione_pubblica(slug: str) -> Elezione:
    elezione = get_object_or_404(
        Elezione.objects.filter(prova=False).select_related("comune", "pubblicazione"), slug=slug
    )
    scelte = getattr(elezione, "pubblicazione", None)
    if not is_visibile(elezione) and not (scelte and (scelte.ritirata_il or scelte.is_in_embargo)):
        raise Http404("Elezione non pubblicata.")
    return elezione


@cache_control(public=True, max_age=SECONDI)
def risultati(request: HttpRequest, slug: str) -> HttpResponse:
    """The results; or why they are not there (embargo, withdrawal)."""
    elezione = _elezione_pubblica(slug)
    if not is_visibile(elezione):
        contesto = {"titolo": f"{elezione.comune}: risultati", "pubblicazione": elezione.pubblicazione}
        return render(request, "portale/sospesa.html", contesto)
    chiave = f"portale:{elezione.pk}"
    dati = cache.get(chiave)
    if dati is None:
        dati = build_risultati(elezione)
        cache.set(chiave, dati, SECONDI if not dati["stato"]["proclamata"] else 4 * SECONDI)
    trasparente = pubblicazione_visibile(elezione) is not None
    return render(request, "portale/elezione.html", {**contesto_risultati(dati), "trasparente": trasparente})


@cache_control(public=True, max_age=SECONDI)
def file_pubblico(request: HttpRequest, slug: str, nome: str) -> HttpResponse:
    """One open-data file, the same bytes as the static copy."""
    elezione = _elezione_pubblica(slug)
    file = build_file(elezione) if is_visibile(elezione) else {}
    if nome not in file:
        raise Http404("File non pubblicato.")
    tipo = "text/x-python" if nome.endswith(".py") else mimetypes.guess_type(nome)[0] or "text/plain"
    return HttpResponse(
        file[nome], content_type=f"{tipo}; charset=utf-8", headers={"Access-Control-Allow-Origin": "*"}
    )
