"""The page of the call at the set-up: who is absent, who is in the room, in which order they are called."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from comuni.models import Elezione
from comuni.moduli import CampoData
from comuni.viste import pagina_elezione
from electoral.permessi import Azione
from norme.uffici import Momento, sostituzioni
from seggi import chiamata as regole
from seggi.insediamento import momento_insediamento
from seggi.models import Ufficio
from seggi.viste import briciole, try_domain
from seggi.viste_insediamento import OraForm

#: Rows offered for the electors present; the oldest and the youngest of the room are enough.
RIGHE = 10


class PresenteForm(forms.Form):
    """One elector present; an empty row is nobody."""

    cognome = forms.CharField(max_length=120, required=False)
    nome = forms.CharField(max_length=120, required=False)
    data_nascita = CampoData(label="Data di nascita", required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        riga = int(self.prefix.rpartition("-")[2]) + 1
        for campo in self.fields.values():
            campo.widget.attrs["aria-label"] = f"{campo.label or ''} dell'elettore {riga}".strip()

    def clean(self):
        dati = super().clean()
        scritti = [bool(dati.get(campo)) for campo in ("cognome", "nome", "data_nascita")]
        if not self.errors and any(scritti) and not all(scritti):
            raise forms.ValidationError("Servono cognome, nome e data di nascita: l'ordine è per età.")
        return dati

    @property
    def presente(self) -> regole.Presente | None:
        dati = self.cleaned_data
        if not dati.get("cognome"):
            return None
        return regole.Presente(dati["cognome"].upper(), dati["nome"].upper(), dati["data_nascita"])


class PresentiFormSet(forms.BaseFormSet):
    def clean(self):
        if any(self.errors):
            return
        presenti = self.presenti
        if not presenti:
            raise forms.ValidationError("Scrivere almeno un elettore presente.")
        if doppi := [p for p in presenti if presenti.count(p) > 1]:
            raise forms.ValidationError(f"{doppi[0]} è scritto due volte.")

    @property
    def presenti(self) -> list[regole.Presente]:
        return [p for modulo in self.forms if (p := modulo.presente)]


Presenti = forms.formset_factory(
    PresenteForm, formset=PresentiFormSet, extra=RIGHE, max_num=RIGHE, absolute_max=RIGHE
)


class ChiamataForm(OraForm):
    """When the call was made, and the scrutatori who did not come."""

    assenti = forms.ModelMultipleChoiceField(
        queryset=None, required=False, widget=forms.CheckboxSelectMultiple, label="Scrutatori assenti"
    )

    def __init__(self, *args, ufficio: Ufficio, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["quando"].label = "Chiamati il"
        self.fields["quando"].help_text = "Dal verbale: giorno e ora della chiamata."
        self.fields["assenti"].queryset = ufficio.nomine.attive().filter(ruolo=regole.RUOLO)
        if not self.fields["assenti"].queryset.exists():
            del self.fields["assenti"]


@pagina_elezione(Azione.NOMINARE)
def chiamata(request: HttpRequest, elezione: Elezione, numero: int) -> HttpResponse:
    """First the order of the call is shown; then, with a second button, whoever is called is recorded."""
    ufficio = get_object_or_404(
        Ufficio.objects.select_related("sezione__elezione"),
        sezione__elezione=elezione,
        sezione__numero=numero,
    )
    indietro = reverse("seggi:ufficio", args=[elezione.slug, numero])
    form = ChiamataForm(request.POST or None, ufficio=ufficio, initial={"quando": _ora(elezione)})
    righe = Presenti(request.POST or None, prefix="presenti")
    ordine, validi = None, request.method == "POST" and form.is_valid() and righe.is_valid()
    if validi:
        dati = {"presenti": righe.presenti, "assenti": list(form.cleaned_data.get("assenti", []))}
        if "registra" in request.POST:
            quando = form.cleaned_data["quando"]
            fatta = try_domain(
                request, regole.record_chiamata, ufficio, **dati, quando=quando, by=request.user
            )
            if fatta:
                nomi = ", ".join(str(c.presente) for c in fatta.chiamati)
                messages.success(request, f"Sezione {numero}: chiamati {nomi}.")
                return redirect(indietro)
        ordine = regole.order_chiamata(ufficio, **dati)
    (regola,) = sostituzioni(regole.RUOLO, momento=Momento.INSEDIAMENTO)
    contesto = {
        "titolo": f"Chiamata degli elettori presenti, sezione {numero}",
        "sottotitolo": f"Il {regola.chi} {regola.come} degli elettori presenti ({regola.articolo}).",
        "briciole": briciole(elezione, (f"Sezione {numero}", indietro), ("Chiamata", "")),
        "form": form,
        "righe": righe,
        "ordine": ordine,
        "articolo": regola.articolo,
        "scoperti": regole.posti_da_coprire(ufficio),
        "annulla": indietro,
    }
    return render(
        request,
        "seggi/chiamata.html",
        contesto,
        status=422 if request.method == "POST" and not validi else 200,
    )


def _ora(elezione: Elezione):
    """Now, on the day of the set-up; on another day the hour of the calendar."""
    momento, adesso = timezone.localtime(momento_insediamento(elezione)), timezone.localtime()
    return adesso if adesso.date() == momento.date() else momento
