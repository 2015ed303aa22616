"""Pages of the board: for the office, and for the wall."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from comuni.models import Elezione
from electoral.permessi import Azione, puo
from risultati.accesso_sezioni import pagina_giornata
from risultati.models import IndirizzoSchermo
from risultati.schermo import create_indirizzo, find_indirizzo, revoke_indirizzo, url_schermo
from risultati.tabellone import FILTRI, build_tabellone, firma_tabellone

FITTE_OLTRE = 150
PUNTI_OLTRE = 900
"""On the wall nobody clicks: so many tiles stay on one screen only without their numbers."""


@pagina_giornata(Azione.VEDERE_RISULTATI)
def tabellone(request: HttpRequest, elezione: Elezione, turno: int) -> HttpResponse:
    """The board; with ``?frammento`` only the part that refreshes itself."""
    if (uguale := _unchanged(request, elezione, turno)) is not None:
        return uguale
    contesto = _contesto(request, elezione, turno, collegate=True) | {
        "titolo": "Tabellone",
        "indirizzi": [(i, url_schermo(i)) for i in _indirizzi(elezione, turno)],
        "puo_condividere": puo(request.user, Azione.DIRIMERE, elezione.comune_id),
    }
    modello = "giornata/_tabellone.html" if "frammento" in request.GET else "giornata/tabellone.html"
    return _con_firma(render(request, modello, contesto), contesto)


@never_cache
def schermo(request: HttpRequest, slug: str, firma: str) -> HttpResponse:
    """The wall: whoever has the signed address, nothing to click."""
    indirizzo = find_indirizzo(firma, slug)
    if indirizzo is None:
        raise Http404("Questo indirizzo non c'è, o è stato revocato.")
    elezione, turno = indirizzo.elezione, indirizzo.turno
    if (uguale := _unchanged(request, elezione, turno)) is not None:
        return uguale
    contesto = _contesto(request, elezione, turno, collegate=False) | {"titolo": "Scrutinio"}
    modello = "giornata/_tabellone.html" if "frammento" in request.GET else "giornata/schermo.html"
    return _con_firma(render(request, modello, contesto), contesto)


def _unchanged(request: HttpRequest, elezione: Elezione, turno: int) -> HttpResponse | None:
    if "frammento" in request.GET and request.GET.get("firma") == firma_tabellone(elezione, turno):
        return HttpResponseNotModified()
    return None


def _con_firma(risposta: HttpResponse, contesto) -> HttpResponse:
    risposta["X-Firma"] = contesto["firma"]
    return risposta


def _contesto(request: HttpRequest, elezione: Elezione, turno: int, *, collegate: bool) -> dict[str, object]:
    quadro = build_tabellone(elezione, turno)
    filtro, plesso = request.GET.get("filtro", ""), request.GET.get("plesso", "")
    return {
        "elezione": elezione,
        "turno": turno,
        "collegate": collegate,
        "quadro": quadro,
        "tessere": [t for t in quadro.tessere if t.passes(filtro, plesso)],
        "fitte": len(quadro.tessere) > FITTE_OLTRE,
        "punti": not collegate and len(quadro.tessere) > PUNTI_OLTRE,
        "filtri": [(nome, testo, quadro.quante[nome]) for nome, testo in FILTRI.items()],
        "filtro": filtro,
        "plesso": plesso,
        "firma": firma_tabellone(elezione, turno),
    }


def _indirizzi(elezione: Elezione, turno: int):
    return (
        IndirizzoSchermo.objects.filter(elezione=elezione, turno=turno, revocato_il=None)
        .select_related("elezione", "creato_da")
    )  # fmt: skip


@require_POST
@pagina_giornata(Azione.DIRIMERE)
def crea_schermo(request: HttpRequest, elezione: Elezione, turno: int) -> HttpResponse:
    create_indirizzo(elezione, turno, by=request.user)
    messages.success(
        request, "Indirizzo per lo schermo creato: chi lo apre vede il tabellone, e nient'altro."
    )
    return redirect("giornata:tabellone_turno", elezione.slug, turno)


@require_POST
@pagina_giornata(Azione.DIRIMERE)
def revoca_schermo(request: HttpRequest, elezione: Elezione, turno: int, pk: int) -> HttpResponse:
    indirizzo = IndirizzoSchermo.objects.filter(elezione=elezione, pk=pk, revocato_il=None).first()
    if indirizzo is None:
        raise Http404("L'indirizzo non c'è.")
    revoke_indirizzo(indirizzo)
    messages.success(request, "Indirizzo revocato: lo schermo smette di aggiornarsi.")
    return redirect("giornata:tabellone_turno", elezione.slug, turno)
