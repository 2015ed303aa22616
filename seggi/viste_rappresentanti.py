"""Representatives of the lists: designations received, until when, the sheets for the presidenti."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from comuni.fonti import liste_in_corsa
from comuni.legge import parametri_di
from comuni.models import Elezione
from comuni.viste import pagina_elezione
from electoral.ordine import chiave_ordine
from electoral.permessi import Azione, puo
from norme.uffici import PersonaUfficio, check_rappresentante
from seggi.models import Rappresentante
from seggi.moduli import RappresentanteForm
from seggi.rappresentanti import is_tardiva, termine_designazione
from seggi.viste import PER_PAGINA, briciole


@pagina_elezione(Azione.VEDERE_UFFICI)
def rappresentanti(request: HttpRequest, elezione: Elezione) -> HttpResponse:
    """Designations received, and the form to record one."""
    puo_nominare = puo(request.user, Azione.NOMINARE, elezione.comune_id)
    form = RappresentanteForm(request.POST or None, elezione=elezione)
    termine = termine_designazione(elezione)
    if request.method == "POST" and puo_nominare and form.is_valid():
        _say(request, elezione, form.save(), termine)
        return redirect("seggi:rappresentanti", elezione.slug)
    cerca = request.GET.get("q", "").strip()
    trovati = Rappresentante.objects.di(elezione).select_related("sezione")
    if cerca:
        numero = int(cerca) if cerca.isascii() and cerca.isdecimal() and len(cerca) < 6 else -1
        trovati = trovati.filter(
            Q(chiave__contains=chiave_ordine(cerca)) | Q(lista__icontains=cerca) | Q(sezione__numero=numero)
        )
    pagina = Paginator(trovati.order_by("sezione__numero", "lista", "qualita"), PER_PAGINA).get_page(
        request.GET.get("page")
    )
    for r in pagina:
        r.tardiva = is_tardiva(r, termine)
    contesto = {
        "titolo": "Rappresentanti di lista",
        "sottotitolo": "Designati dai delegati alla segreteria, oppure su carta al presidente di seggio.",
        "briciole": briciole(elezione, ("Rappresentanti", "")),
        "form": form if puo_nominare else None,
        "page_obj": pagina,
        "cerca": cerca,
        "termine": termine,
        "liste": liste_in_corsa(elezione),
        "puo_nominare": puo_nominare,
    }
    return render(request, "seggi/rappresentanti.html", contesto)


def _say(request: HttpRequest, elezione: Elezione, nuovo: Rappresentante, termine) -> None:
    persona = PersonaUfficio(id=nuovo.pk, nome=str(nuovo), elettore_del_comune=nuovo.elettore)
    for rilievo in check_rappresentante(persona, parametri=parametri_di(elezione)):
        messages.warning(request, f"{rilievo.testo} ({rilievo.voce.articolo})")
    if is_tardiva(nuovo, termine):
        messages.warning(
            request,
            "La designazione è arrivata dopo il termine: i delegati possono ancora consegnarla su carta al "
            "presidente, il pomeriggio della vigilia o prima che si apra la votazione (art. 35 TU).",
        )
    messages.success(request, f"Designazione registrata: {nuovo}.")


@pagina_elezione(Azione.NOMINARE)
def togli_rappresentante(request: HttpRequest, elezione: Elezione, pk: int) -> HttpResponse:
    trovato = get_object_or_404(Rappresentante.objects.di(elezione), pk=pk)
    if request.method == "POST":
        messages.success(request, f"Designazione tolta: {trovato}.")
        trovato.delete()
    return redirect("seggi:rappresentanti", elezione.slug)
