"""The page of the law of an election: what is applied, and the doubtful points the responsabile chooses."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from comuni.models import Elezione
from comuni.scelte import Punto, choose_punti, legge_applicata, punti_dubbi
from comuni.viste import briciole, pagina_elezione
from electoral.permessi import Azione, puo


class ScelteForm(forms.Form):
    """One list of alternatives for each point."""

    def __init__(self, *args, punti: list[Punto], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for punto in punti:
            voci = [
                (str(posto), f"{testo} (senza scelte)" if posto == punto.predefinita else testo)
                for posto, testo in enumerate(punto.alternative)
            ]
            self.fields[punto.nome] = forms.ChoiceField(
                label=punto.titolo,
                choices=voci,
                initial=str(punto.scelta),
                help_text=f"{punto.articolo}. {punto.nota}".strip(),
            )

    def scelte(self) -> dict[str, int]:
        return {nome: int(posto) for nome, posto in self.cleaned_data.items()}


@pagina_elezione(Azione.PREPARARE_ELEZIONE)
def scelte(request: HttpRequest, elezione: Elezione) -> HttpResponse:
    """What is applied, and for who closes the alternatives."""
    punti = punti_dubbi(elezione)
    return _mostra(request, elezione, punti, ScelteForm(punti=punti))


@pagina_elezione(Azione.CHIUDERE)
def scegli(request: HttpRequest, elezione: Elezione) -> HttpResponse:
    punti = punti_dubbi(elezione)
    modulo = ScelteForm(request.POST or None, punti=punti)
    if request.method == "POST" and not modulo.is_valid():
        return _mostra(request, elezione, punti, modulo)
    if request.method == "POST":
        choose_punti(elezione, modulo.scelte())
        messages.success(request, "Scelte salvate: valgono da adesso, gli atti già prodotti non cambiano.")
    return redirect("comuni:scelte", elezione.slug)


def _mostra(request: HttpRequest, elezione: Elezione, punti: list[Punto], modulo: ScelteForm) -> HttpResponse:
    contesto = {
        "titolo": "La legge di questa elezione",
        "sottotitolo": "I punti dubbi, dove si può scegliere, e ogni numero che Urna applica.",
        "briciole": briciole(elezione, "La legge"),
        "legge": legge_applicata(elezione),
        "punti": [(punto, punto.alternative[punto.scelta]) for punto in punti],
        "modulo": modulo,
        "sceglie": puo(request.user, Azione.CHIUDERE, elezione.comune_id),
    }
    return render(request, "comuni/scelte.html", contesto)
