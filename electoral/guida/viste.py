"""Pages of the guide, of the codes and of the first steps: for anybody who has entered."""

from itertools import groupby

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from electoral.guida import pagine, passi
from norme.rilievi import Gravita, catalogo
from norme.rilievi_md import AREE


@login_required
def guida(request: HttpRequest, nome: str = pagine.INDICE) -> HttpResponse:
    """A page of the guide; without a name, the index."""
    pagina = pagine.leggi(nome)
    if pagina is None:
        raise Http404("Pagina della guida non trovata.")
    contesto = {"titolo": pagina.titolo, "pagina": pagina, "indice": _indice(nome)}
    if nome != pagine.INDICE:
        contesto["briciole"] = [("Guida", reverse("guida")), (pagina.titolo, "")]
    return render(request, "ufficio/guida/pagina.html", contesto)


def _indice(corrente: str) -> list[tuple[str, str, bool]]:
    """(title, address, whether it is the page shown) of every page."""
    voci = [("Guida", reverse("guida"), corrente == pagine.INDICE)]
    for nome in pagine.nomi():
        pagina = pagine.leggi(nome)
        if pagina:
            voci.append((pagina.titolo, reverse("guida_pagina", args=[nome]), nome == corrente))
    return voci


@login_required
def codici(request: HttpRequest) -> HttpResponse:
    """Every code of the findings: what it means, what to do, which article."""
    cerca, gravita = request.GET.get("q", "").strip(), request.GET.get("tipo", "")
    trovati = [
        voce
        for voce in catalogo().values()
        if (not gravita or voce.gravita == gravita)
        and cerca.lower() in f"{voce.codice} {voce.titolo} {voce.diagnosi} {voce.articolo}".lower()
    ]
    contesto = {
        "titolo": "Codici dei rilievi",
        "sottotitolo": "Che cosa vuol dire ogni codice e che cosa si fa.",
        "briciole": [("Guida", reverse("guida")), ("Codici dei rilievi", "")],
        "aree": [
            (AREE[numero], list(voci)) for numero, voci in groupby(trovati, key=lambda voce: voce.codice[1])
        ],
        "cerca": cerca,
        "gravita": gravita,
        "tipi": [(Gravita.ERRORE.value, "solo errori"), (Gravita.AVVISO.value, "solo avvisi")],
    }
    return render(request, "ufficio/guida/codici.html", contesto)


@login_required
def primi_passi(request: HttpRequest) -> HttpResponse:
    """The guided first entry as a page: the same steps, without JavaScript too."""
    contesto = {
        "titolo": "Primi passi",
        "sottotitolo": "Un minuto per sapere dove si trova ogni cosa.",
        "briciole": [("Guida", reverse("guida")), ("Primi passi", "")],
        "passi": passi.passi_di(request.user),
    }
    return render(request, "ufficio/guida/primi_passi.html", contesto)


@login_required
@require_POST
def chiudi_primi_passi(request: HttpRequest) -> HttpResponse:
    """Seen: they are not offered again, unless the person asks for them again."""
    utente = request.user
    utente.primi_passi_il = None if "ricomincia" in request.POST else timezone.now()
    utente.save(update_fields=["primi_passi_il"])
    poi = request.POST.get("poi", "")
    if "ricomincia" in request.POST or not url_has_allowed_host_and_scheme(poi, {request.get_host()}):
        poi = reverse("comuni:home")
    return HttpResponseRedirect(poi)  # ``redirect`` would look for a page of that name
