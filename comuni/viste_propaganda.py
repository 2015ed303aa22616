"""Page of the spaces for electoral posters."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from comuni import propaganda as domain
from comuni.fonti import liste_in_corsa
from comuni.legge import parametri_di
from comuni.models import Atto, Elezione, SpazioPropaganda
from comuni.moduli import SpazioForm
from comuni.scelte import say_alternativa
from comuni.viste import briciole, pagina_elezione
from electoral.permessi import Azione

#: Texts produced by one button: kind, what it is, function.
TESTI = {
    "delibera_spazi": ("Schema di delibera: individuazione degli spazi", domain.produce_spazi),
    "regole_propaganda": ("Regole della propaganda, per liste e candidati", domain.produce_regole),
}


@pagina_elezione(Azione.PREPARARE_ELEZIONE)
def propaganda(request: HttpRequest, elezione: Elezione) -> HttpResponse:
    form = SpazioForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        spazio = domain.add_spazio(elezione, **form.cleaned_data)
        messages.success(request, f"Aggiunto lo spazio n. {spazio.numero}.")
        return redirect("comuni:propaganda", elezione.slug)
    parametri = parametri_di(elezione)
    contesto = {
        "titolo": "Spazi di propaganda",
        "briciole": briciole(elezione, "Propaganda"),
        "form": form,
        "regola": domain.spazi_di_legge(elezione),
        "residenti": parametri.get("centro_abitato_residenti"),
        "quando": say_alternativa(parametri.valore("adempimento_spazi_propaganda")),
        "spazi": SpazioPropaganda.objects.di(elezione),
        "fuori_misura": domain.check_spazi(elezione),
        "liste": liste_in_corsa(elezione),
        "ultimo": Atto.objects.di(elezione).ultimo("assegnazione_spazi"),
        "testi": [
            (tipo, titolo, Atto.objects.di(elezione).ultimo(tipo)) for tipo, (titolo, _) in TESTI.items()
        ],
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
    return _produce(request, elezione, domain.produce_assegnazione)


@pagina_elezione(Azione.PREPARARE_ELEZIONE)
def documento(request: HttpRequest, elezione: Elezione, tipo: str) -> HttpResponse:
    if tipo not in TESTI:
        raise Http404("Documento non previsto.")
    return _produce(request, elezione, TESTI[tipo][1])


def _produce(request: HttpRequest, elezione: Elezione, funzione) -> HttpResponse:
    """What is missing is said and nothing is produced."""
    if request.method == "POST":
        try:
            atto = funzione(elezione, data=timezone.localdate(), by=request.user)
        except ValidationError as errore:
            messages.error(request, errore.message)
        else:
            messages.success(request, f"{atto.titolo}: prodotto, n. {atto.numero}.")
    return redirect("comuni:propaganda", elezione.slug)
