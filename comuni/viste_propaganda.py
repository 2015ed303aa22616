"""Page of the spaces for electoral posters."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from comuni import propaganda as domain
from comuni.fonti import liste_in_corsa
from comuni.models import Atto, Elezione, SpazioPropaganda
from comuni.moduli import SpazioForm
from comuni.viste import briciole, pagina_elezione
from electoral.permessi import Azione


@pagina_elezione(Azione.PREPARARE_ELEZIONE)
def propaganda(request: HttpRequest, elezione: Elezione) -> HttpResponse:
    form = SpazioForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        spazio = domain.add_spazio(elezione, **form.cleaned_data)
        messages.success(request, f"Aggiunto lo spazio n. {spazio.numero}.")
        return redirect("comuni:propaganda", elezione.slug)
    contesto = {
        "titolo": "Spazi di propaganda",
        "briciole": briciole(elezione, "Propaganda"),
        "form": form,
        "regola": domain.spazi_di_legge(elezione),
        "spazi": SpazioPropaganda.objects.di(elezione),
        "fuori_misura": domain.check_spazi(elezione),
        "liste": liste_in_corsa(elezione),
        "ultimo": Atto.objects.di(elezione).ultimo("assegnazione_spazi"),
    }
    return render(request, "comuni/propaganda.html", contesto)


@pagina_elezione(Azione.PREPARARE_ELEZIONE)
def elimina_spazio(request: HttpRequest, elezione: Elezione, numero: int) -> HttpResponse:
    spazio = get_object_or_404(SpazioPropaganda, elezione=elezione, numero=numero)
    if request.method == "POST":
        spazio.delete()
        messages.success(request, f"Tolto lo spazio n. {numero}.")
    return redirect("comuni:propaganda", elezione.slug)


@pagina_elezione(Azione.PREPARARE_ELEZIONE)
def assegna(request: HttpRequest, elezione: Elezione) -> HttpResponse:
    if request.method == "POST":
        try:
            atto = domain.produce_assegnazione(elezione, data=timezone.localdate(), by=request.user)
        except ValidationError as errore:
            messages.error(request, errore.message)
        else:
            messages.success(request, f"{atto.titolo}: prodotto, n. {atto.numero}.")
    return redirect("comuni:propaganda", elezione.slug)
