"""Pages of the commissione elettorale comunale: members, sittings, their documents."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from comuni import commissione as domain
from comuni.models import Atto, ComponenteCommissione, Elezione, SedutaCommissione
from comuni.moduli_commissione import ComponenteForm, EsitoSedutaForm, SedutaForm
from comuni.schermate import collegamento_di
from comuni.viste import briciole, pagina_elezione
from electoral.permessi import Azione

PAGINA = ("Commissione comunale", "comuni:commissione_comunale")
DOCUMENTI = {
    "convocazione": domain.produce_convocazione_seduta,
    "verbale": domain.produce_verbale_seduta,
}


@pagina_elezione(Azione.PREPARARE_ELEZIONE)
def commissione(request: HttpRequest, elezione: Elezione) -> HttpResponse:
    sedute = list(SedutaCommissione.objects.di(elezione).prefetch_related("presenti"))
    for seduta in sedute:
        seduta.elezione = elezione
    contesto = {
        "titolo": "Commissione elettorale comunale",
        "sottotitolo": "Chi ne fa parte, le sedute che il calendario chiede, i loro verbali.",
        "briciole": briciole(elezione, "Commissione comunale"),
        "legge": domain.composizione_di_legge(elezione),
        "componenti": domain.in_carica(elezione),
        "cessati": ComponenteCommissione.objects.filter(
            comune=elezione.comune, cessato_il__lte=timezone.localdate()
        ),
        "problemi": domain.check_composizione(elezione),
        "scrutatori": collegamento_di("nomina_scrutatori", elezione=elezione, utente=request.user),
        "sedute": [(s, domain.count_presenti(s), domain.is_valida(s), _acts(s)) for s in sedute],
    }
    return render(request, "comuni/commissione.html", contesto)


def _acts(seduta: SedutaCommissione) -> list[Atto]:
    tipi = ("convocazione_commissione", "verbale_commissione_comunale")
    return [
        atto
        for tipo in tipi
        if (atto := Atto.objects.di(seduta.elezione).ultimo(tipo, str(seduta.pk))) is not None
    ]


@pagina_elezione(Azione.PREPARARE_ELEZIONE)
def componente(request: HttpRequest, elezione: Elezione, pk: int | None = None) -> HttpResponse:
    istanza = (
        get_object_or_404(ComponenteCommissione, pk=pk, comune=elezione.comune)
        if pk
        else ComponenteCommissione(comune=elezione.comune)
    )
    form = ComponenteForm(request.POST or None, instance=istanza)
    if request.method == "POST" and form.is_valid():
        salvato = form.save()
        messages.success(request, f"{salvato}, {salvato.get_ruolo_display()}: registrato.")
        return redirect("comuni:commissione_comunale", elezione.slug)
    return _form(request, elezione, form, titolo="Componente della commissione", bottone="Registra")


@pagina_elezione(Azione.PREPARARE_ELEZIONE)
def seduta(request: HttpRequest, elezione: Elezione, pk: int | None = None) -> HttpResponse:
    istanza = (
        get_object_or_404(SedutaCommissione, pk=pk, elezione=elezione)
        if pk
        else SedutaCommissione(elezione=elezione)
    )
    form = SedutaForm(request.POST or None, instance=istanza)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "Seduta registrata: ora si può produrre la convocazione.")
        return redirect("comuni:commissione_comunale", elezione.slug)
    return _form(request, elezione, form, titolo="Seduta della commissione", bottone="Registra la seduta")


@pagina_elezione(Azione.PREPARARE_ELEZIONE)
def esito_seduta(request: HttpRequest, elezione: Elezione, pk: int) -> HttpResponse:
    istanza = get_object_or_404(SedutaCommissione, pk=pk, elezione=elezione)
    giorno = timezone.localtime(istanza.convocata_per).date()
    form = EsitoSedutaForm(
        request.POST or None, instance=istanza, componenti=domain.in_carica(elezione, giorno=giorno)
    )
    if request.method == "POST" and form.is_valid():
        salvata = form.save()
        if salvata.tenuta and domain.is_valida(salvata) is False:
            messages.warning(request, "Registrata, ma i presenti non bastano: la seduta non è valida.")
        else:
            messages.success(request, "Esito della seduta registrato.")
        return redirect("comuni:commissione_comunale", elezione.slug)
    return _form(request, elezione, form, titolo=f"Esito: {istanza}", bottone="Registra l'esito")


def _form(request: HttpRequest, elezione: Elezione, form, *, titolo: str, bottone: str) -> HttpResponse:
    contesto = {
        "titolo": titolo,
        "briciole": briciole(elezione, PAGINA, titolo),
        "form": form,
        "bottone": bottone,
        "annulla": reverse("comuni:commissione_comunale", args=[elezione.slug]),
    }
    return render(request, "componenti/conferma.html", contesto)


@pagina_elezione(Azione.PREPARARE_ELEZIONE)
def documento_seduta(request: HttpRequest, elezione: Elezione, pk: int, tipo: str) -> HttpResponse:
    if tipo not in DOCUMENTI:
        raise Http404("Documento non previsto.")
    istanza = get_object_or_404(SedutaCommissione, pk=pk, elezione=elezione)
    if request.method == "POST":
        try:
            atto = DOCUMENTI[tipo](istanza, data=timezone.localdate(), by=request.user)
        except ValidationError as errore:
            messages.error(request, errore.message)
        else:
            messages.success(request, f"{atto.titolo}: prodotto, n. {atto.numero}.")
    return redirect("comuni:commissione_comunale", elezione.slug)
