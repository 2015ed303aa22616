"""The giunta: who the sindaco appointed, what the law says of it, the notice for the albo."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from comuni.models import Atto, Elezione
from comuni.viste import pagina_elezione
from electoral.permessi import Azione, puo
from risultati.atto_giunta import TIPO, produce_atto_giunta
from risultati.forms_giunta import AssessoreForm, CessazioneForm
from risultati.giunta import Giunta, GiuntaRifiutata, giunta_di, save_assessore
from risultati.models import Assessore, Proclamazione, Surroga
from risultati.surroga import chiave_di


@pagina_elezione(Azione.VEDERE_RISULTATI)
def giunta(request: HttpRequest, elezione: Elezione) -> HttpResponse:
    """Who is in office, the findings, and the form of the next appointment."""
    proclamazione = Proclamazione.objects.dell_elezione(elezione)
    contesto = {"titolo": "Giunta", "elezione": elezione, "proclamazione": proclamazione}
    if proclamazione is None:
        return render(request, "esito/giunta.html", contesto)
    attuale = giunta_di(proclamazione)
    puo_chiudere = puo(request.user, Azione.CHIUDERE, elezione.comune_id)
    modulo = AssessoreForm(request.POST or None, giunta=attuale) if puo_chiudere else None
    if modulo and request.method == "POST" and modulo.is_valid():
        modulo.assessore.registrato_da = request.user
        if _save(request, modulo, "{} è nella giunta."):
            return redirect("esito:giunta", elezione.slug)
    contesto |= {
        "giunta": attuale,
        "esito": attuale.check(),
        "righe": [(assessore, _surroga(attuale, assessore)) for assessore in attuale.in_carica],
        "atto": Atto.objects.di(elezione).ultimo(TIPO, f"giunta-{proclamazione.pk}"),
        "modulo": modulo,
    }
    return render(request, "esito/giunta.html", contesto, status=422 if modulo and modulo.errors else 200)


def _surroga(attuale: Giunta, assessore: Assessore) -> str:
    """Where to record that the consigliere has left, already filled in; empty when there is nothing to do."""
    if not attuale.deve_lasciare(assessore):
        return ""
    proposta = {
        "chi": "/".join(map(str, chiave_di(assessore.persona))),
        "causa": Surroga.Causa.ASSESSORE.value,
        "data": assessore.dal.isoformat(),
    }
    return f"{reverse('esito:mandato', args=[attuale.proclamazione.elezione.slug])}?{urlencode(proposta)}"


def _save(request: HttpRequest, modulo: AssessoreForm | CessazioneForm, fatto: str) -> bool:
    """Whether it was saved; otherwise the form says why not."""
    try:
        assessore = save_assessore(modulo.filled())
    except GiuntaRifiutata as errore:
        modulo.add_error(errore.campo if errore.campo in modulo.fields else None, str(errore))
        return False
    messages.success(request, fatto.format(assessore))
    return True


@pagina_elezione(Azione.CHIUDERE)
def assessore(request: HttpRequest, elezione: Elezione, pk: int) -> HttpResponse:
    """One assessore: correct what was written, or record that he has left."""
    proclamazione = Proclamazione.objects.dell_elezione(elezione)
    attuale = giunta_di(proclamazione) if proclamazione else None
    uno = next((a for a in attuale.tutti if a.pk == pk), None) if attuale else None
    if uno is None:
        raise Http404("Assessore non trovato.")
    if request.POST.get("azione") == "riprendi":
        return _resume(request, uno)
    nome, ha_cessato = str(uno), uno.cessato_il is not None
    cessa = request.POST.get("azione") == "cessa"
    scritto = request.POST or None
    correzione = AssessoreForm(None if cessa else scritto, giunta=attuale, assessore=uno)
    cessazione = CessazioneForm(scritto if cessa else None, assessore=uno)
    modulo = cessazione if cessa else correzione
    fatto = "{} non è più nella giunta." if cessa else "Salvata la correzione di {}."
    if request.method == "POST" and modulo.is_valid() and _save(request, modulo, fatto):
        return redirect("esito:giunta", elezione.slug)
    contesto = {
        "titolo": nome,
        "elezione": elezione,
        "ha_cessato": ha_cessato,
        "correzione": correzione,
        "cessazione": cessazione,
        "briciole": [("Giunta", reverse("esito:giunta", args=[elezione.slug])), (nome, "")],
    }
    return render(request, "esito/assessore.html", contesto, status=422 if modulo.errors else 200)


def _resume(request: HttpRequest, uno: Assessore) -> HttpResponse:
    """Take away an end written by mistake; the history keeps it."""
    uno.cessazione, uno.cessato_il, uno.cessazione_atto = "", None, ""
    try:
        save_assessore(uno)
        messages.success(request, f"{uno} risulta di nuovo in carica.")
    except GiuntaRifiutata as errore:
        messages.error(request, str(errore))
    return redirect("esito:giunta", request.elezione.slug)


@require_POST
@pagina_elezione(Azione.CHIUDERE)
def atto_giunta(request: HttpRequest, elezione: Elezione) -> HttpResponse:
    """Prepare the notice for the albo."""
    proclamazione = Proclamazione.objects.dell_elezione(elezione)
    attuale = giunta_di(proclamazione) if proclamazione else None
    if attuale is None or not attuale.in_carica:
        messages.error(request, "Non c'è ancora nessun assessore: l'avviso si prepara dopo la nomina.")
    else:
        atto = produce_atto_giunta(attuale, by=request.user)
        messages.success(request, f"Avviso pronto: atto n. {atto.numero}.")
    return redirect("esito:giunta", elezione.slug)
