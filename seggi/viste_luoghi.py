"""Places of care and prisons: which offices the law wants, which are there, the missing ones created."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from comuni.models import Elezione, Sezione
from comuni.viste import pagina_elezione
from electoral.permessi import Azione, puo
from seggi import luoghi as regole
from seggi.models import Luogo
from seggi.uffici import set_up_uffici
from seggi.viste import briciole


class LuogoForm(forms.ModelForm):
    class Meta:
        model = Luogo
        fields = ["nome", "genere", "posti_letto", "aventi_diritto", "covid", "sezione_madre", "uffici"]
        widgets = {"uffici": forms.CheckboxSelectMultiple}

    def __init__(self, *args, elezione: Elezione, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.instance.elezione = elezione
        sezioni = Sezione.objects.di(elezione).order_by("numero")
        self.fields["sezione_madre"].queryset = sezioni.filter(sezione_madre=None)
        particolari = sezioni.exclude(tipo=Sezione.Tipo.ORDINARIA)
        self.fields["uffici"].queryset = particolari
        self.fields["uffici"].label_from_instance = lambda s: f"sezione {s.numero}, {s.get_tipo_display()}"
        if not particolari.exists():
            del self.fields["uffici"]

    def clean(self):
        dati = super().clean()
        genere = dati.get("genere")
        if genere == Luogo.Genere.CURA and dati.get("posti_letto") is None:
            self.add_error("posti_letto", "Scrivere i posti letto: decidono quale ufficio serve.")
        if genere == Luogo.Genere.DETENZIONE and dati.get("aventi_diritto") is None:
            self.add_error("aventi_diritto", "Scrivere quanti detenuti possono votare: decidono i seggi.")
        gia = Luogo.objects.di(self.instance.elezione).filter(nome=dati.get("nome"))
        if gia.exclude(pk=self.instance.pk).exists():
            self.add_error("nome", "C'è già un luogo con questo nome.")
        return dati


@pagina_elezione(Azione.VEDERE_UFFICI)
def luoghi(request: HttpRequest, elezione: Elezione) -> HttpResponse:
    """Every place with what the law wants there and what is missing."""
    contesto = {
        "titolo": "Luoghi di cura e di detenzione",
        "sottotitolo": "Ospedaliera, speciale o volante: lo decidono i posti letto e i detenuti.",
        "briciole": briciole(elezione, ("Luoghi", "")),
        "esami": regole.check_luoghi(elezione),
        "puo_preparare": puo(request.user, Azione.PREPARARE_ELEZIONE, elezione.comune_id),
    }
    return render(request, "seggi/luoghi.html", contesto)


@pagina_elezione(Azione.PREPARARE_ELEZIONE)
def luogo(request: HttpRequest, elezione: Elezione, pk: int | None = None) -> HttpResponse:
    istanza = get_object_or_404(Luogo.objects.di(elezione), pk=pk) if pk else None
    form = LuogoForm(request.POST or None, instance=istanza, elezione=elezione)
    indietro = reverse("seggi:luoghi", args=[elezione.slug])
    if request.method == "POST" and form.is_valid():
        messages.success(request, f"Salvato: {form.save()}.")
        return redirect(indietro)
    titolo = str(istanza) if istanza else "Nuovo luogo"
    contesto = {
        "titolo": titolo,
        "briciole": briciole(elezione, ("Luoghi", indietro), (titolo, "")),
        "form": form,
        "bottone": "Salva",
        "annulla": indietro,
    }
    return render(request, "componenti/conferma.html", contesto)


@pagina_elezione(Azione.PREPARARE_ELEZIONE)
def crea_uffici(request: HttpRequest, elezione: Elezione, pk: int) -> HttpResponse:
    """Add the missing seggi, attached to the mother section, with their posts."""
    trovato = get_object_or_404(Luogo.objects.di(elezione).select_related("elezione", "sezione_madre"), pk=pk)
    if request.method == "POST":
        nuove = regole.create_uffici(trovato)
        set_up_uffici(elezione)
        if nuove:
            numeri = ", ".join(str(s.numero) for s in nuove)
            messages.success(request, f"Creati i seggi n. {numeri}, collegati alla {trovato.sezione_madre}.")
        else:
            messages.warning(
                request, "Niente da creare qui: la sezione ospedaliera si aggiunge nella pagina Sezioni."
            )
    return redirect("seggi:luoghi", elezione.slug)


@pagina_elezione(Azione.PREPARARE_ELEZIONE)
def togli(request: HttpRequest, elezione: Elezione, pk: int) -> HttpResponse:
    trovato = get_object_or_404(Luogo.objects.di(elezione), pk=pk)
    if request.method == "POST":
        messages.success(request, f"Tolto: {trovato}. I seggi creati restano.")
        trovato.delete()
    return redirect("seggi:luoghi", elezione.slug)
