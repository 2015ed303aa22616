"""Pages of withdrawals, renunciations and deaths: what was declared, what follows, who recorded it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from candidature import allegati
from candidature import sopravvenienze as dominio
from candidature.models import Sopravvenienza
from candidature.moduli_fatti import SopravvenienzaForm
from candidature.pagine.aiuti import (
    azione_post,
    briciole,
    puo_accertare,
    refuse_nul,
    require_accertare,
    url,
)
from candidature.presentazione import NonConsentito
from comuni.models import Elezione
from comuni.viste import pagina_elezione
from electoral.permessi import Azione


@pagina_elezione(Azione.VEDERE_CANDIDATURE)
def sopravvenienze(request: HttpRequest, elezione: Elezione) -> HttpResponse:
    """The facts recorded and the form; the effect is shown before it is confirmed."""
    form, effetto = None, None
    if request.method == "POST":
        require_accertare(request, elezione)
        form = SopravvenienzaForm(request.POST, request.FILES, elezione=elezione)
        effetto, fatto = _send(request, elezione, form)
        if fatto:
            return redirect(url("sopravvenienze", elezione))
    fatti = Sopravvenienza.objects.di(elezione).select_related(
        "lista", "candidato__lista", "sindaco", "registrata_da", "annullata_da", "prefetto_da"
    )
    contesto = {
        "titolo": "Ritiri, rinunce e decessi",
        "sottotitolo": "Ciò che accade dopo la presentazione e prima del voto.",
        "fatti": [
            {"fatto": f, "di_chi": dominio.say_di_chi(f), "allegati": f.allegati.presenti()}
            for f in fatti.prefetch_related("allegati").order_by("-pk")
        ],
        "form": form
        or SopravvenienzaForm(
            elezione=elezione,
            initial={"avvenuta_il": timezone.localtime(), "chi": request.GET.get("chi", "")},
        ),
        "effetto": effetto,
        "esiti_prefetto": Sopravvenienza.Prefetto.choices,
        "puo_accertare": puo_accertare(request, elezione),
        "briciole": briciole(elezione, ("Ritiri, rinunce e decessi", "")),
    }
    rifiutata = form is not None and bool(form.errors)
    return render(request, "candidature/sopravvenienze.html", contesto, status=422 if rifiutata else 200)


def _send(request: HttpRequest, elezione: Elezione, form: SopravvenienzaForm):
    """(effect to confirm, fact recorded): the first sending only shows what follows."""
    try:
        refuse_nul(request)
        if not form.is_valid():
            return None, None
        dati = form.fatto()
        if "conferma" not in request.POST:
            return dominio.check_sopravvenienza(elezione, **dati), None
        fatto = dominio.record_sopravvenienza(elezione, by=request.user, **dati)
    except NonConsentito as errore:
        form.add_error(None, str(errore))
        return None, None
    _attach(request, elezione, fatto)
    messages.success(request, f"Registrato: {fatto}. {fatto.spiegazione}")
    return None, fatto


def _attach(request: HttpRequest, elezione: Elezione, fatto: Sopravvenienza) -> None:
    """The scan of the paper: a file refused does not undo what was recorded."""
    for file in request.FILES.getlist("file"):
        try:
            allegati.attach(elezione, soggetto=fatto, file=file, by=request.user)
        except NonConsentito as errore:
            messages.warning(request, f"La carta non è stata allegata. {errore}")


def _alla_pagina(elezione: Elezione, **altro) -> str:
    return url("sopravvenienze", elezione)


def _fatto(elezione: Elezione, pk: int) -> Sopravvenienza:
    return get_object_or_404(Sopravvenienza, pk=pk, elezione=elezione)


@pagina_elezione(Azione.VEDERE_CANDIDATURE)
@azione_post(_alla_pagina)
def annulla(request: HttpRequest, elezione: Elezione, pk: int) -> str:
    require_accertare(request, elezione)
    fatto = _fatto(elezione, pk)
    dominio.annul_sopravvenienza(fatto, motivo=request.POST.get("motivo", ""), by=request.user)
    return f"Registrazione annullata: {fatto}."


@pagina_elezione(Azione.VEDERE_CANDIDATURE)
@azione_post(_alla_pagina)
def prefetto(request: HttpRequest, elezione: Elezione, pk: int) -> str:
    require_accertare(request, elezione)
    fatto = dominio.record_prefetto(
        _fatto(elezione, pk),
        esito=request.POST.get("prefetto", ""),
        atto=request.POST.get("prefetto_atto", ""),
        by=request.user,
    )
    return f"Decisione del Prefetto registrata: {fatto.get_prefetto_display()}."


@pagina_elezione(Azione.VEDERE_CANDIDATURE)
@azione_post(_alla_pagina)
def allega(request: HttpRequest, elezione: Elezione, pk: int) -> str:
    require_accertare(request, elezione)
    file = request.FILES.get("file")
    if file is None:
        raise NonConsentito("Scegli il file della carta.")
    allegati.attach(elezione, soggetto=_fatto(elezione, pk), file=file, by=request.user)
    return "Carta allegata."
