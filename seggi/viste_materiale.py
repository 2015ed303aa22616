"""The material of the sections: the list of the comune, labels, delivery, forms of the section."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from comuni.legge import parametri_di
from comuni.models import Atto, Elezione
from comuni.viste import pagina_elezione
from electoral.permessi import Azione, puo
from seggi import documenti, documenti_sezione
from seggi import materiale as regole
from seggi.models import Consegna, Ufficio
from seggi.viste import PER_PAGINA, briciole, open_atto, try_domain


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
        "atti": [Atto.objects.di(elezione).ultimo(tipo) for tipo in TIPI],
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


def _pagina_ufficio(request: HttpRequest, elezione: Elezione) -> Callable[[int], str]:
    return lambda numero: request.build_absolute_uri(reverse("seggi:ufficio", args=[elezione.slug, numero]))


def _pagina_scrutinio(request: HttpRequest, elezione: Elezione) -> Callable[[int], str]:
    turno = 1  # the forms carry the names of the first round
    return lambda numero: request.build_absolute_uri(
        reverse("giornata:sezione", args=[elezione.slug, turno, numero])
    )


DOCUMENTI: dict[str, tuple[Callable, Callable]] = {
    "etichette": (documenti.produce_etichette, _pagina_ufficio),
    "tabelle": (documenti_sezione.produce_tabelle, _pagina_scrutinio),
    "comunicazioni": (documenti_sezione.produce_comunicazioni, _pagina_scrutinio),
}
TIPI = ("etichette_materiale", "tabelle_scrutinio", "comunicazioni_sezione")


@pagina_elezione(Azione.NOMINARE)
def documento_materiale(request: HttpRequest, elezione: Elezione, tipo: str) -> HttpResponse:
    """Labels, or the forms of every section, each with the code that opens its record."""
    if tipo not in DOCUMENTI:
        raise Http404("Documento non previsto.")
    indietro = reverse("seggi:materiale", args=[elezione.slug])
    if request.method != "POST":
        return redirect(indietro)
    produce, pagina_di = DOCUMENTI[tipo]
    sezione = request.POST.get("sezione", "")
    opzioni = {}
    if sezione and tipo != "etichette":
        if not (sezione.isascii() and sezione.isdecimal() and len(sezione) < 6):
            messages.error(request, "Il numero della sezione si scrive in cifre.")
            return redirect(indietro)
        opzioni["sola"] = int(sezione)
    atto = try_domain(
        request, produce, elezione, pagina_di=pagina_di(request, elezione), by=request.user, **opzioni
    )
    return open_atto(elezione, atto, altrimenti=indietro)
