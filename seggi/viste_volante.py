"""The page of the draw of the scrutatore who goes with the seggio volante."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from comuni.models import Elezione
from comuni.viste import pagina_elezione
from electoral.permessi import Azione
from seggi import volante
from seggi.models import Ufficio
from seggi.viste import briciole, try_domain


class SorteggioVolanteForm(forms.Form):
    """Where the vote is collected, and what came out before those present."""

    dove = forms.CharField(
        max_length=200,
        label="Dove si raccoglie il voto",
        help_text="Il luogo di cura con meno di cento letti, o l'indirizzo di chi vota a casa.",
    )
    seme = forms.CharField(
        max_length=200, help_text="Ciò che è uscito davanti ai presenti, per esempio «dado 5»."
    )
    presenti = forms.CharField(widget=forms.Textarea(attrs={"rows": 2}), help_text="Nomi e qualità.")


@pagina_elezione(Azione.NOMINARE)
def sorteggio(request: HttpRequest, elezione: Elezione, numero: int) -> HttpResponse:
    """Draw one of the scrutatori of the section (art. 44 TU) and keep the record on its page."""
    ufficio = get_object_or_404(
        Ufficio.objects.select_related("sezione"), sezione__elezione=elezione, sezione__numero=numero
    )
    indietro = reverse("seggi:ufficio", args=[elezione.slug, numero])
    luoghi = volante.luoghi_di(ufficio)
    form = SorteggioVolanteForm(request.POST or None, initial={"dove": luoghi[0] if luoghi else ""})
    if request.method == "POST" and form.is_valid():
        esito = try_domain(request, volante.draw_volante, ufficio, by=request.user, **form.cleaned_data)
        if esito:
            return redirect(indietro + "#volante")
    nomi = ", ".join(str(nomina) for nomina in volante.scrutatori_di(ufficio))
    contesto = {
        "titolo": f"Scrutatore del seggio volante, sezione {numero}",
        "briciole": briciole(elezione, (f"Sezione {numero}", indietro), ("Seggio volante", "")),
        "che_cosa": [
            "Il voto è raccolto dal presidente con il segretario e uno scrutatore estratto a sorte "
            "(art. 44 TU).",
            f"Si estrae fra gli scrutatori in carica: {nomi or 'nessuno'}.",
            "Restano scritti l'elenco, il seme e chi era presente: con il programma del sorteggio chiunque "
            "ottiene lo stesso nome.",
        ],
        "form": form,
        "bottone": "Estrai lo scrutatore",
        "annulla": indietro,
    }
    return render(request, "componenti/conferma.html", contesto)
