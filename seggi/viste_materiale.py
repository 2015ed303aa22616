"""The material of the sections: the list of the comune, labels, delivery, forms of the section."""

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from comuni.legge import parametri_di
from comuni.models import Atto, Elezione, Sezione
from comuni.viste import pagina_elezione
from electoral.models import Lavoro
from electoral.permessi import Azione, puo
from seggi import materiale as regole
from seggi import tasks
from seggi.models import Consegna, Ufficio
from seggi.viste import PER_PAGINA, briciole, follow_lavoro, open_atto, try_domain

#: Acts listed on the page: those of single sections may be hundreds.
MOSTRATI = 60


class ElencoMaterialeForm(forms.Form):
    """The list of the comune, one item per line with its quantity before."""

    voci = forms.CharField(
        label="Voci",
        max_length=8_000,
        widget=forms.Textarea(attrs={"rows": 20}),
        help_text="Una per riga, con la quantità davanti: «6 Matite copiative».",
    )

    def clean_voci(self) -> list[tuple[str, int]]:
        return regole.read_elenco(self.cleaned_data["voci"])


@pagina_elezione(Azione.VEDERE_UFFICI)
def materiale(request: HttpRequest, elezione: Elezione) -> HttpResponse:
    """What has been handed to each presidente (art. 27 TU)."""
    uffici = Ufficio.objects.di(elezione).select_related("sezione").order_by("sezione__numero")
    pagina = Paginator(uffici, PER_PAGINA).get_page(request.GET.get("page"))
    fatte: dict[int, list[int]] = {}
    for pk, consegnata in Consegna.objects.filter(ufficio__in=list(pagina)).values_list(
        "ufficio_id", "consegnata_il"
    ):
        conto = fatte.setdefault(pk, [0, 0])
        conto[0] += consegnata is not None
        conto[1] += 1
    for u in pagina:
        u.fatte, u.voci = fatte.get(u.pk, (0, 0))
    contesto = {
        "titolo": "Materiale delle sezioni",
        "sottotitolo": "Le liste di consegna ai presidenti (art. 27 TU), le etichette, i moduli di sezione.",
        "briciole": briciole(elezione, ("Materiale", "")),
        "page_obj": pagina,
        "preparate": Consegna.objects.filter(ufficio__sezione__elezione=elezione).exists(),
        "atti": Atto.objects.di(elezione).ultime_versioni(TIPI)[:MOSTRATI],
        "lavori": [
            riga for che in SUBITO if (riga := Lavoro.objects.da_mostrare(tasks.chiave_carte(elezione, che)))
        ],
        "turni": CarteForm.base_fields["turno"].choices if elezione.data_ballottaggio else [],
        "tante": Sezione.objects.di(elezione).count() > SUBITO["tabelle"],
        "puo_nominare": puo(request.user, Azione.NOMINARE, elezione.comune_id),
    }
    return render(request, "seggi/materiale.html", contesto)


@pagina_elezione(Azione.NOMINARE)
def elenco_materiale(request: HttpRequest, elezione: Elezione) -> HttpResponse:
    """The list the comune hands over: it begins as that of the law and is corrected here."""
    voci = regole.voci_materiale(elezione)
    iniziale = "\n".join(f"{quantita} {voce}" for voce, quantita in voci)
    form = ElencoMaterialeForm(request.POST or None, initial={"voci": iniziale})
    indietro = reverse("seggi:materiale", args=[elezione.slug])
    if request.method == "POST" and form.is_valid():
        regole.save_elenco(elezione, form.cleaned_data["voci"])
        cambiate = regole.prepare_consegne(elezione)
        messages.success(request, f"Elenco salvato: {cambiate} righe cambiate nelle liste delle sezioni.")
        return redirect(indietro)
    valore = parametri_di(elezione)["materiale_seggio"]
    contesto = {
        "titolo": "Elenco del materiale",
        "briciole": briciole(elezione, ("Materiale", indietro), ("Elenco", "")),
        "che_cosa": [
            f"Le voci di partenza sono dell'{valore.riferimento}: {valore.nota}",
            "Le voci già consegnate restano come sono state consegnate.",
        ],
        "form": form,
        "bottone": "Salva l'elenco",
        "annulla": indietro,
    }
    return render(request, "componenti/conferma.html", contesto)


@pagina_elezione(Azione.NOMINARE)
def prepara_materiale(request: HttpRequest, elezione: Elezione) -> HttpResponse:
    if request.method == "POST":
        quante = regole.prepare_consegne(elezione)
        messages.success(request, f"Liste di consegna pronte: {quante} voci nuove o cambiate.")
    return redirect("seggi:materiale", elezione.slug)


@pagina_elezione(Azione.NOMINARE)
def consegna(request: HttpRequest, elezione: Elezione, pk: int) -> HttpResponse:
    """Tick one item of the list of a section, or take the tick away."""
    voce = get_object_or_404(Consegna.objects.select_related("ufficio__sezione"), pk=pk)
    if voce.ufficio.sezione.elezione_id != elezione.pk:
        raise Http404("Materiale di un'altra elezione.")
    if request.method == "POST":
        regole.toggle_consegna(voce, by=request.user, quando=timezone.now())
    return redirect(
        reverse("seggi:ufficio", args=[elezione.slug, voce.ufficio.sezione.numero]) + "#materiale"
    )


@pagina_elezione(Azione.NOMINARE)
def consegna_tutto(request: HttpRequest, elezione: Elezione, numero: int) -> HttpResponse:
    """The presidente signs for the whole list at once."""
    ufficio = get_object_or_404(Ufficio, sezione__elezione=elezione, sezione__numero=numero)
    if request.method == "POST":
        quante = regole.hand_over_all(ufficio, by=request.user, quando=timezone.now())
        messages.success(request, f"Sezione {numero}: consegnate {quante} voci.")
    return redirect(reverse("seggi:ufficio", args=[elezione.slug, numero]) + "#materiale")


#: Kinds of papers, and up to how many sections the page makes them at once: more are a job.
SUBITO = {"etichette": 100, "tabelle": 5, "comunicazioni": 60}
#: One paper for all the sections: always made at once.
UNICI = ("casi",)
TIPI = ("etichette_materiale", "tabelle_scrutinio", "comunicazioni_sezione", "casi_validita")


class CarteForm(forms.Form):
    """For which section (all of them when empty) and which turno."""

    sezione = forms.IntegerField(required=False, min_value=1, max_value=99_999)
    turno = forms.TypedChoiceField(
        choices=[("1", "primo turno"), ("2", "ballottaggio")], coerce=int, empty_value=1, required=False
    )


@pagina_elezione(Azione.NOMINARE)
def documento_materiale(request: HttpRequest, elezione: Elezione, tipo: str) -> HttpResponse:
    """Labels, or the forms of every section, each with the code that opens its record."""
    if tipo not in (*SUBITO, *UNICI):
        raise Http404("Documento non previsto.")
    indietro = reverse("seggi:materiale", args=[elezione.slug])
    if request.method != "POST":
        return redirect(indietro)
    form = CarteForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Il numero della sezione si scrive in cifre.")
        return redirect(indietro)
    sola = None if tipo in ("etichette", *UNICI) else form.cleaned_data["sezione"]
    dati = {"che": tipo, "turno": form.cleaned_data["turno"], "sito": request.build_absolute_uri("/")}
    if tipo in SUBITO and sola is None and Sezione.objects.di(elezione).count() > SUBITO[tipo]:
        riga = tasks.request_carte(elezione, by=request.user, **dati)
        return follow_lavoro(request, elezione, riga, altrimenti=indietro)
    fra = None if sola is None else (sola, sola)
    atto = try_domain(request, tasks.produce_moduli, elezione, fra=fra, by=request.user, **dati)
    return open_atto(elezione, atto, altrimenti=indietro)
