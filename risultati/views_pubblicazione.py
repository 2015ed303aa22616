"""What the public sees: publish, embargo, correct, withdraw with the reason."""

from datetime import datetime

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from comuni.models import Elezione
from comuni.viste import pagina_elezione
from electoral.permessi import Azione, puo
from risultati.forms_esito import GIORNO, ORA
from risultati.models import Erratum, Pubblicazione
from risultati.stato import is_anticipata


class PubblicaForm(forms.Form):
    giorno = forms.DateField(label="Non prima del giorno", required=False, widget=GIORNO)
    ora = forms.TimeField(label="Ora", required=False, widget=ORA)

    def embargo(self) -> datetime | None:
        giorno, ora = self.cleaned_data["giorno"], self.cleaned_data["ora"]
        if giorno is None:
            return None
        return timezone.make_aware(datetime.combine(giorno, ora or datetime.min.time()))


class RitiroForm(forms.Form):
    motivo = forms.CharField(
        label="Motivo, che il pubblico leggerà", widget=forms.Textarea(attrs={"rows": 2})
    )


class ErratumForm(forms.Form):
    testo = forms.CharField(label="Che cosa era sbagliato", widget=forms.Textarea(attrs={"rows": 2}))


@pagina_elezione(Azione.VEDERE_RISULTATI)
def pubblicazione(request: HttpRequest, elezione: Elezione) -> HttpResponse:
    scelte = Pubblicazione.objects.filter(elezione=elezione).first() or Pubblicazione(elezione=elezione)
    puo_chiudere = puo(request.user, Azione.CHIUDERE, elezione.comune_id)
    azione = request.POST.get("azione", "")
    moduli = {
        "pubblica": PubblicaForm(request.POST if azione == "pubblica" else None),
        "ritira": RitiroForm(request.POST if azione == "ritira" else None),
        "correggi": ErratumForm(request.POST if azione == "correggi" else None),
    }
    if request.method == "POST" and puo_chiudere and azione in moduli and moduli[azione].is_valid():
        _do(elezione, scelte, azione, moduli[azione], request)
        return redirect("esito:pubblicazione", elezione.slug)
    contesto = {
        "titolo": "Pubblicazione",
        "sottotitolo": "Risultati sul portale e dati aperti.",
        "elezione": elezione,
        "scelte": scelte,
        "puo_chiudere": puo_chiudere,
        "errata": elezione.errata.all(),
        "anticipata": is_anticipata(elezione),
        "moduli": moduli,
    }
    return render(request, "esito/pubblicazione.html", contesto)


def _do(elezione: Elezione, scelte: Pubblicazione, azione: str, modulo, request: HttpRequest) -> None:
    """Change what the public sees; the files follow by a job of the portal."""
    if azione == "correggi":
        Erratum.objects.create(elezione=elezione, testo=modulo.cleaned_data["testo"], scritto_da=request.user)
        messages.success(request, "Correzione pubblicata.")
        return
    if azione == "pubblica" and elezione.prova:
        messages.error(request, "Una prova generale non si pubblica mai.")
        return
    ritira = azione == "ritira"
    elezione.pubblicata = not ritira
    elezione.save(update_fields=["pubblicata"])
    scelte.ritirata_il = timezone.now() if ritira else None
    scelte.ritirata_da = request.user if ritira else None
    scelte.motivo_ritiro = modulo.cleaned_data["motivo"] if ritira else ""
    if not ritira:
        scelte.embargo_fino = modulo.embargo()
    scelte.save()
    messages.success(request, "Pubblicazione ritirata." if ritira else "Risultati pubblici.")
