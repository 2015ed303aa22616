"""Pages of the calendar of duties, and its feed for other agendas."""

from itertools import groupby

from django.contrib import messages
from django.core import signing
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from comuni.ics import render_ics
from comuni.models import Elezione, Scadenza
from comuni.moduli import ScadenzaForm
from comuni.scadenzario import VoceScadenzario, mark_scadenza, sync_scadenze
from comuni.viste import briciole, pagina_elezione
from electoral.permessi import Azione, puo

SALE_ICS = "comuni.scadenzario.ics"


@pagina_elezione(Azione.VEDERE_ELEZIONE)
def scadenzario(request: HttpRequest, elezione: Elezione) -> HttpResponse:
    """All duties by day; filters: whose, only open ones."""
    voci = sync_scadenze(elezione)
    chi, aperte = request.GET.get("chi", ""), "aperte" in request.GET
    mostrate = [v for v in voci if (not chi or v.adempimento.chi == chi) and not (aperte and v.is_chiusa)]
    adesso = timezone.now()
    firma = signing.dumps(elezione.slug, salt=SALE_ICS)
    contesto = {
        "titolo": "Scadenzario",
        "sottotitolo": "I termini corrono dalla domenica del voto e non slittano per i festivi.",
        "briciole": briciole(elezione, "Scadenzario"),
        "giorni": _by_day(mostrate, adesso),
        "chi": chi,
        "aperte": aperte,
        "chi_possibili": sorted({v.adempimento.chi for v in voci}),
        "fatte": sum(v.is_chiusa for v in voci),
        "totale": len(voci),
        "puo_segnare": puo(request.user, Azione.PREPARARE_ELEZIONE, elezione.comune_id),
        "url_ics": request.build_absolute_uri(reverse("comuni:scadenzario_ics", args=[elezione.slug, firma])),
    }
    return render(request, "comuni/scadenzario.html", contesto)


def _by_day(voci: list[VoceScadenzario], adesso) -> list[tuple]:
    oggi = timezone.localtime(adesso).date()
    return [
        (giorno, (giorno - oggi).days, [(v, v.is_in_ritardo(adesso)) for v in gruppo])
        for giorno, gruppo in groupby(voci, key=lambda v: v.adempimento.data)
    ]


@pagina_elezione(Azione.VEDERE_ELEZIONE)
def scadenza(request: HttpRequest, elezione: Elezione, codice: str) -> HttpResponse:
    """One duty: what the law asks, what was done, note and attachment."""
    voce = next((v for v in sync_scadenze(elezione) if v.adempimento.codice == codice), None)
    if voce is None:
        raise Http404("Adempimento non previsto per questa elezione.")
    puo_segnare = puo(request.user, Azione.PREPARARE_ELEZIONE, elezione.comune_id)
    form = ScadenzaForm(
        request.POST if puo_segnare and request.method == "POST" else None,
        request.FILES or None,
        instance=voce.scadenza,
    )
    if form.is_bound and form.is_valid():
        dati = form.cleaned_data
        mark_scadenza(voce.scadenza, stato=dati["stato"], by=request.user, nota=dati["nota"])
        messages.success(request, f"«{voce.adempimento.titolo}»: {voce.scadenza.get_stato_display()}.")
        return redirect("comuni:scadenzario", elezione.slug)
    contesto = {
        "titolo": voce.adempimento.titolo,
        "briciole": briciole(elezione, ("Scadenzario", "comuni:scadenzario"), voce.adempimento.titolo),
        "voce": voce,
        "form": form if puo_segnare else None,
    }
    return render(request, "comuni/scadenza.html", contesto)


@pagina_elezione(Azione.VEDERE_ELEZIONE)
def allegato(request: HttpRequest, elezione: Elezione, codice: str) -> HttpResponse:
    scadenza_ = get_object_or_404(Scadenza, elezione=elezione, codice=codice)
    if not scadenza_.allegato:
        raise Http404("Nessun allegato.")
    return FileResponse(scadenza_.allegato.open("rb"), as_attachment=True)


def ics(request: HttpRequest, slug: str, firma: str) -> HttpResponse:
    """The feed, reached by a signed address that an agenda can keep: it shows duties, no personal data."""
    try:
        firmato = signing.loads(firma, salt=SALE_ICS)
    except signing.BadSignature as errore:
        raise Http404("Indirizzo del calendario non valido.") from errore
    if firmato != slug:
        raise Http404("Indirizzo del calendario non valido.")
    elezione = get_object_or_404(Elezione.objects.select_related("comune"), slug=slug)
    testo = render_ics(elezione, sync_scadenze(elezione), adesso=timezone.now())
    return HttpResponse(testo, content_type="text/calendar; charset=utf-8")
