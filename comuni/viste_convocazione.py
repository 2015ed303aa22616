"""Pages of the convocation: its facts, its documents, changes of venue, cards for the electors abroad."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from comuni import convocazione as domain
from comuni.models import Atto, CambioSede, Convocazione, Elezione
from comuni.moduli import AireForm, CambioSedeForm, ConvocazioneForm
from comuni.viste import briciole, pagina_elezione
from electoral.csv_io import FileErrato, Lettura, read_table
from electoral.permessi import Azione

#: Documents produced by one button: kind, title, what it is for, function.
DOCUMENTI: dict[str, tuple[str, str, Callable[..., Atto]]] = {
    "manifesto_convocazione": (
        "Manifesto di convocazione (8/COM)",
        "Si pubblica il quarantacinquesimo giorno prima del voto: giorni, orari, sedi di tutte le sezioni.",
        domain.produce_manifesto_convocazione,
    ),
    "manifesto_cambio_sede": (
        "Manifesto del cambio di sede",
        "Per le sezioni che cambiano edificio: si affigge due giorni prima del voto.",
        domain.produce_manifesto_cambio_sede,
    ),
    "manifesto_rinvio": (
        "Manifesto di rinvio",
        "Solo se il Prefetto rinvia la votazione per forza maggiore.",
        domain.produce_manifesto_rinvio,
    ),
}


@pagina_elezione(Azione.PREPARARE_ELEZIONE)
def convocazione(request: HttpRequest, elezione: Elezione) -> HttpResponse:
    istanza = Convocazione.objects.filter(elezione=elezione).first() or Convocazione(elezione=elezione)
    form = ConvocazioneForm(request.POST or None, instance=istanza)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "Dati della convocazione salvati.")
        return redirect("comuni:convocazione", elezione.slug)
    contesto = {
        "titolo": "Convocazione dei comizi",
        "sottotitolo": "I dati del decreto e di chi firma, una volta sola: poi i documenti escono da qui.",
        "briciole": briciole(elezione, "Convocazione"),
        "form": form,
        "mancano": domain.manca_al_manifesto(elezione),
        "documenti": [
            {"tipo": tipo, "titolo": titolo, "a_che_serve": serve, "ultimo": _ultimo(elezione, tipo)}
            for tipo, (titolo, serve, _) in DOCUMENTI.items()
        ],
        "aire_form": AireForm(),
        "aire_ultimo": _ultimo(elezione, "cartolina_aire"),
        "cambi": CambioSede.objects.filter(sezione__elezione=elezione).select_related("sezione"),
    }
    return render(request, "comuni/convocazione.html", contesto)


def _ultimo(elezione: Elezione, tipo: str) -> Atto | None:
    return Atto.objects.di(elezione).ultimo(tipo)


@pagina_elezione(Azione.PREPARARE_ELEZIONE)
def documento(request: HttpRequest, elezione: Elezione, tipo: str) -> HttpResponse:
    """Produce one document of the convocation; what is missing is said, nothing is produced."""
    if tipo not in DOCUMENTI:
        raise Http404("Documento non previsto.")
    if request.method != "POST":
        return redirect("comuni:convocazione", elezione.slug)
    try:
        atto = DOCUMENTI[tipo][2](elezione, data=timezone.localdate(), by=request.user)
    except ValidationError as errore:
        messages.error(request, errore.message)
        return redirect("comuni:convocazione", elezione.slug)
    messages.success(request, f"{atto.titolo}: prodotto, n. {atto.numero}.")
    return redirect("comuni:convocazione", elezione.slug)


@pagina_elezione(Azione.PREPARARE_ELEZIONE)
def cartoline_aire(request: HttpRequest, elezione: Elezione) -> HttpResponse:
    """Cards from the uploaded CSV: with any wrong row nothing is printed, and each row is named."""
    form = AireForm(request.POST or None, request.FILES or None)
    lettura = None
    if request.method == "POST" and form.is_valid():
        lettura = _read_aire(form)
        if lettura is not None and not lettura.errori:
            try:
                domain.produce_cartoline_aire(
                    elezione, lettura=lettura, data=timezone.localdate(), by=request.user
                )
            except ValidationError as errore:
                form.add_error(None, errore.message)
            else:
                messages.success(request, f"Prodotte {len(lettura.righe)} cartoline-avviso.")
                return redirect("comuni:convocazione", elezione.slug)
    contesto = {
        "titolo": "Cartoline-avviso agli elettori all'estero",
        "briciole": briciole(elezione, ("Convocazione", "comuni:convocazione"), "Cartoline-avviso"),
        "form": form,
        "lettura": lettura,
    }
    return render(request, "comuni/cartoline_aire.html", contesto)


def _read_aire(form: AireForm) -> Lettura | None:
    file = form.cleaned_data["file"]
    try:
        return read_table(file.read(), file=file.name, colonne=domain.COLONNE_AIRE, chiave=())
    except FileErrato as errore:
        form.add_error("file", str(errore))
    return None


@pagina_elezione(Azione.PREPARARE_ELEZIONE)
def cambio_sede(request: HttpRequest, elezione: Elezione, pk: int | None = None) -> HttpResponse:
    istanza = get_object_or_404(CambioSede, pk=pk, sezione__elezione=elezione) if pk else None
    form = CambioSedeForm(request.POST or None, instance=istanza, elezione=elezione)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "Cambio di sede registrato.")
        return redirect("comuni:convocazione", elezione.slug)
    contesto = {
        "titolo": "Cambio di sede",
        "briciole": briciole(elezione, ("Convocazione", "comuni:convocazione"), "Cambio di sede"),
        "che_cosa": ["La proposta va fatta entro il decimo giorno prima del voto e decisa entro il quinto."],
        "form": form,
        "bottone": "Registra il cambio di sede",
        "annulla": reverse("comuni:convocazione", args=[elezione.slug]),
    }
    return render(request, "componenti/conferma.html", contesto)


@pagina_elezione(Azione.PREPARARE_ELEZIONE)
def togli_cambio_sede(request: HttpRequest, elezione: Elezione, pk: int) -> HttpResponse:
    cambio = get_object_or_404(CambioSede, pk=pk, sezione__elezione=elezione)
    if request.method == "POST":
        cambio.delete()
        messages.success(request, f"Tolto il {cambio}.")
        return redirect("comuni:convocazione", elezione.slug)
    contesto = {
        "titolo": f"Togliere il {cambio}?",
        "briciole": briciole(elezione, ("Convocazione", "comuni:convocazione"), "Togli il cambio di sede"),
        "che_cosa": ["La sezione resta dov'è; il manifesto già prodotto resta fra gli atti."],
        "bottone": "Togli",
        "pericolo": True,
        "annulla": reverse("comuni:convocazione", args=[elezione.slug]),
    }
    return render(request, "componenti/conferma.html", contesto)
