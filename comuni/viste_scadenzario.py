"""Pages of the calendar of duties."""

from itertools import groupby

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from comuni.models import Atto, Elezione, Scadenza
from comuni.moduli import ScadenzaForm
from comuni.scadenzario import VoceScadenzario, mark_scadenza, sync_scadenze
from comuni.schermate import collegamento_di
from comuni.viste import briciole, pagina_elezione
from electoral.cronologia import describe, eventi
from electoral.permessi import Azione, puo


@pagina_elezione(Azione.VEDERE_ELEZIONE)
def scadenzario(request: HttpRequest, elezione: Elezione) -> HttpResponse:
    """All duties by day; filters: whose, only open ones."""
    voci = sync_scadenze(elezione)
    chi, aperte = request.GET.get("chi", ""), "aperte" in request.GET
    mostrate = [v for v in voci if (not chi or v.adempimento.chi == chi) and not (aperte and v.is_chiusa)]
    contesto = {
        "titolo": "Scadenzario",
        "sottotitolo": "I termini corrono dalla domenica del voto e non slittano per i festivi.",
        "briciole": briciole(elezione, "Scadenzario"),
        "giorni": _by_day(mostrate, elezione=elezione, utente=request.user),
        "chi": chi,
        "aperte": aperte,
        "chi_possibili": sorted({v.adempimento.chi for v in voci}),
        "fatte": sum(v.is_chiusa for v in voci),
        "totale": len(voci),
    }
    return render(request, "comuni/scadenzario.html", contesto)


def _by_day(voci: list[VoceScadenzario], *, elezione: Elezione, utente) -> list[tuple]:
    """(day, days from today, [(duty, late, past, page that does it)])."""
    adesso = timezone.now()
    oggi = timezone.localtime(adesso).date()
    return [
        (
            giorno,
            (giorno - oggi).days,
            [
                (
                    v,
                    v.is_in_ritardo(adesso),
                    v.is_passata(adesso),
                    collegamento_di(v.adempimento.codice, elezione=elezione, utente=utente),
                )
                for v in gruppo
            ],
        )
        for giorno, gruppo in groupby(voci, key=lambda v: v.adempimento.data)
    ]


@pagina_elezione(Azione.VEDERE_ELEZIONE)
def scadenza(request: HttpRequest, elezione: Elezione, codice: str) -> HttpResponse:
    """One duty: what the law asks, where it is done, what was done, note, attachment, history."""
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
        "schermata": collegamento_di(codice, elezione=elezione, utente=request.user),
        "atti": _acts(voce, elezione=elezione, utente=request.user),
        "cronologia": describe(eventi(Scadenza, comuni=None).filter(pgh_obj_id=voce.scadenza.pk)[:20]),
        "form": form if puo_segnare else None,
    }
    return render(request, "comuni/scadenza.html", contesto)


def _acts(voce: VoceScadenzario, *, elezione: Elezione, utente) -> list[Atto]:
    """The documents already produced for this duty that this person may read."""
    if not voce.adempimento.documento:
        return []
    leggibili = Atto.objects.di(elezione).leggibili_da(utente)
    return list(leggibili.filter(tipo=voce.adempimento.documento).order_by("-pk")[:5])


@pagina_elezione(Azione.VEDERE_ELEZIONE)
def allegato(request: HttpRequest, elezione: Elezione, codice: str) -> HttpResponse:
    scadenza_ = get_object_or_404(Scadenza, elezione=elezione, codice=codice)
    if not scadenza_.allegato:
        raise Http404("Nessun allegato.")
    try:
        file = scadenza_.allegato.open("rb")
    except FileNotFoundError as errore:
        raise Http404("Il file non è più in archivio.") from errore
    return FileResponse(file, as_attachment=True)
