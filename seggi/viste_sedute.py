"""The sitting of the commissione: who sits, one name for each member, the verbale with every vote."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from comuni.models import Atto, Elezione
from comuni.viste import pagina_elezione
from electoral.permessi import Azione, puo
from seggi import documenti_sedute
from seggi import sedute as regole
from seggi.models import Iscritto, Nomina, RuoloUfficio, SedutaNomina, Ufficio, VotoNomina
from seggi.moduli_nomine import CampoAlbo
from seggi.nomine import posti_scoperti
from seggi.viste import briciole, open_atto, try_domain


class SedutaForm(forms.Form):
    quando = forms.DateTimeField(
        label="Giorno e ora",
        input_formats=["%Y-%m-%dT%H:%M"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    luogo = forms.CharField(max_length=200, help_text="Sala e indirizzo.")
    membri = forms.CharField(
        label="Componenti presenti",
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Uno per riga, con la qualità: «Rossi Maria, sindaco».",
    )
    segretario = forms.CharField(max_length=120, required=False)
    note = forms.CharField(
        label="Dichiarazioni e osservazioni",
        max_length=4_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean_membri(self) -> list[str]:
        membri = [" ".join(riga.split()) for riga in self.cleaned_data["membri"].splitlines() if riga.strip()]
        if doppi := sorted({m for m in membri if membri.count(m) > 1}):
            raise forms.ValidationError(f"«{doppi[0]}» è scritto due volte.")
        if lunghi := [m for m in membri if len(m) > 120]:
            raise forms.ValidationError(f"«{lunghi[0][:40]}…» è troppo lungo: al più 120 caratteri.")
        return membri


class VotiForm(forms.Form):
    """One number of the register for each member who votes."""

    def __init__(self, *args, seduta: SedutaNomina, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.membri = seduta.membri
        for n, membro in enumerate(self.membri):
            self.fields[f"voto_{n}"] = CampoAlbo(
                elezione=seduta.elezione,
                albo=Iscritto.Albo.SCRUTATORI,
                required=False,
                label=membro,
                help_text="Numero nell'albo della persona che vota; vuoto se si astiene.",
            )

    def clean(self):
        dati = super().clean()
        if not self.errors and not any(dati.values()):
            raise forms.ValidationError("Nessun voto: scrivere almeno un numero dell'albo.")
        return dati

    @property
    def voti(self) -> dict[str, Iscritto]:
        return {
            membro: self.cleaned_data[f"voto_{n}"]
            for n, membro in enumerate(self.membri)
            if self.cleaned_data[f"voto_{n}"]
        }


def _indietro(elezione: Elezione) -> str:
    return reverse("seggi:sedute", args=[elezione.slug])


@pagina_elezione(Azione.VEDERE_UFFICI)
def sedute(request: HttpRequest, elezione: Elezione) -> HttpResponse:
    contesto = {
        "titolo": "Sedute della commissione",
        "sottotitolo": "Nomina all'unanimità o con il voto: ogni componente un nome (art. 6 l. 95/1989).",
        "briciole": briciole(elezione, ("Sedute", "")),
        "sedute": SedutaNomina.objects.di(elezione),
        "puo_nominare": puo(request.user, Azione.NOMINARE, elezione.comune_id),
    }
    return render(request, "seggi/sedute.html", contesto)


@pagina_elezione(Azione.NOMINARE)
def nuova(request: HttpRequest, elezione: Elezione) -> HttpResponse:
    """A sitting, with those who sit in it."""
    form = SedutaForm(request.POST or None, initial={"quando": timezone.localtime()})
    if request.method == "POST" and form.is_valid():
        seduta = SedutaNomina.objects.create(elezione=elezione, **form.cleaned_data)
        return redirect("seggi:seduta", elezione.slug, seduta.pk)
    contesto = {
        "titolo": "Nuova seduta",
        "briciole": briciole(elezione, ("Sedute", _indietro(elezione)), ("Nuova", "")),
        "form": form,
        "bottone": "Apri la seduta",
        "annulla": _indietro(elezione),
    }
    return render(request, "componenti/conferma.html", contesto)


@pagina_elezione(Azione.VEDERE_UFFICI)
def seduta(request: HttpRequest, elezione: Elezione, pk: int) -> HttpResponse:
    """The posts still to be voted on, the votes cast by name, the verbale."""
    trovata = get_object_or_404(SedutaNomina.objects.di(elezione), pk=pk)
    scoperti: dict[int, int] = {}
    for ufficio, _, _ in posti_scoperti(elezione, ruolo=RuoloUfficio.SCRUTATORE):
        scoperti[ufficio.sezione.numero] = scoperti.get(ufficio.sezione.numero, 0) + 1
    unanimi = Nomina.objects.di(elezione).filter(metodo=Nomina.Metodo.UNANIMITA)
    contesto = {
        "titolo": str(trovata).capitalize(),
        "sottotitolo": trovata.luogo,
        "briciole": briciole(elezione, ("Sedute", _indietro(elezione)), (str(trovata), "")),
        "seduta": trovata,
        "scoperti": list(scoperti.items())[:SEZIONI_MOSTRATE],
        "altri_scoperti": max(0, len(scoperti) - SEZIONI_MOSTRATE),
        "voti": VotoNomina.objects.filter(seduta=trovata).select_related("ufficio__sezione", "iscritto"),
        "unanimi": unanimi.count(),
        "verbale": Atto.objects.di(elezione).ultimo("verbale_seduta_scrutatori", str(pk)),
        "puo_nominare": puo(request.user, Azione.NOMINARE, elezione.comune_id),
    }
    return render(request, "seggi/seduta.html", contesto)


SEZIONI_MOSTRATE = 60


@pagina_elezione(Azione.NOMINARE)
def vota(request: HttpRequest, elezione: Elezione, pk: int, numero: int) -> HttpResponse:
    """One ballot on the uncovered posts of one section."""
    trovata = get_object_or_404(SedutaNomina.objects.di(elezione).select_related("elezione__comune"), pk=pk)
    ufficio = get_object_or_404(
        Ufficio.objects.select_related("sezione"), sezione__elezione=elezione, sezione__numero=numero
    )
    form = VotiForm(request.POST or None, seduta=trovata)
    indietro = reverse("seggi:seduta", args=[elezione.slug, pk])
    if request.method == "POST" and form.is_valid():
        nuove = try_domain(
            request, regole.record_votazione, trovata, ufficio, voti=form.voti, by=request.user
        )
        if nuove is not None:
            nomi = ", ".join(str(n) for n in nuove)
            messages.success(request, f"Sezione {numero}: nominati {nomi}.")
            return redirect(indietro)
    contesto = {
        "titolo": f"Votazione per la sezione {numero}",
        "briciole": briciole(elezione, (str(trovata), indietro), (f"Sezione {numero}", "")),
        "che_cosa": [
            "Ogni componente vota per un solo nome; prendono i posti scoperti i più votati.",
            "A parità di voti il più anziano. Se restano posti scoperti si rivota.",
        ],
        "form": form,
        "bottone": "Registra la votazione",
        "annulla": indietro,
    }
    return render(request, "componenti/conferma.html", contesto)


@pagina_elezione(Azione.NOMINARE)
def verbale(request: HttpRequest, elezione: Elezione, pk: int) -> HttpResponse:
    indietro = reverse("seggi:seduta", args=[elezione.slug, pk])
    if request.method != "POST":
        return redirect(indietro)
    trovata = get_object_or_404(SedutaNomina.objects.di(elezione), pk=pk)
    atto = try_domain(request, documenti_sedute.produce_verbale_seduta, trovata, by=request.user)
    return open_atto(elezione, atto, altrimenti=indietro)
