"""Pages that start an election: create it, its data, its sections."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import ProtectedError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from comuni import avvio
from comuni.legge import parametri_di
from comuni.models import Comune, Elezione, Sezione
from comuni.moduli import CreaSezioniForm, DatiElezioneForm, NuovaElezioneForm, SediFormSet, SezioneForm
from comuni.ricerca import nome_completo, suggerimenti
from comuni.viste import briciole, pagina_elezione
from electoral.ingressi import read_chiave
from electoral.permessi import Azione, comuni_dove, puo

SEZIONI = ("Sezioni", "comuni:sezioni")


@login_required
def nuova(request: HttpRequest) -> HttpResponse:
    """One page: the few facts, what the law derives from them, and the button that creates."""
    comuni = comuni_dove(request.user, Azione.PREPARARE_ELEZIONE)
    if comuni is not None and not comuni:
        raise PermissionDenied("Il suo ruolo non comprende la preparazione di un'elezione.")
    visibili = Comune.objects.visibili_a(request.user, Azione.PREPARARE_ELEZIONE)
    form = NuovaElezioneForm(request.POST or None, comuni=visibili, initial=_initial(visibili))
    derivato = None
    if request.method == "POST" and form.is_valid():
        derivato = _try_avvio(form)
        if derivato is not None and "crea" in request.POST and (creata := _try_create(form)):
            messages.success(request, f"Elezione di {creata.comune} creata: ecco che cosa manca.")
            return redirect("comuni:elezione", creata.slug)
    contesto = {
        "titolo": "Nuova elezione",
        "sottotitolo": "Pochi dati: il resto lo dice la legge.",
        "briciole": [("Elezioni", reverse("comuni:home")), ("Nuova elezione", "")],
        "form": form,
        "derivato": derivato,
        "usati": form.cleaned_data if derivato else None,
        "suggerimenti": suggerimenti(visibili),
    }
    return render(request, "comuni/nuova.html", contesto)


def _initial(visibili) -> dict[str, object]:
    comuni = list(visibili[:2])
    if len(comuni) != 1:
        return {}
    comune = comuni[0]
    return {
        "comune": nome_completo(comune),
        "popolazione": comune.popolazione_legale,
        "capoluogo": comune.capoluogo,
        "copia_da": comune.elezioni.filter(prova=False).order_by("-data").first(),
    }


def _try_avvio(form: NuovaElezioneForm):
    dati = form.cleaned_data
    try:
        return avvio.derive_avvio(
            dati["comune"],
            data=dati["data"],
            popolazione=dati["popolazione"],
            capoluogo=dati["capoluogo"],
            giorni=dati["giorni"],
        )
    except ValidationError as errore:
        form.add_error("giorni" if errore.code == "giorni_ignoti" else "data", errore)
    return None


def _try_create(form: NuovaElezioneForm) -> Elezione | None:
    dati = dict(form.cleaned_data)
    try:
        return avvio.create_elezione(dati.pop("comune"), **dati)
    except ValidationError as errore:
        form.add_error(None, errore.messages)
    return None


@pagina_elezione(Azione.PREPARARE_ELEZIONE)
def dati(request: HttpRequest, elezione: Elezione) -> HttpResponse:
    # a form that fails must not leave its values on the election of the frame
    form = DatiElezioneForm(request.POST or None, instance=Elezione.objects.get(pk=elezione.pk))
    if request.method == "POST" and form.is_valid():
        salvata = form.save()
        for frase in avvio.check_derivati(salvata):
            messages.warning(request, frase)
        messages.success(request, "Dati dell'elezione salvati.")
        return redirect("comuni:elezione", elezione.slug)
    contesto = {
        "titolo": "Dati dell'elezione",
        "che_cosa": avvio.check_derivati(elezione),
        "briciole": briciole(elezione, "Dati"),
        "form": form,
        "bottone": "Salva i dati",
        "annulla": reverse("comuni:elezione", args=[elezione.slug]),
    }
    return render(request, "componenti/conferma.html", contesto)


@pagina_elezione(Azione.VEDERE_ELEZIONE)
def sezioni(request: HttpRequest, elezione: Elezione) -> HttpResponse:
    """The sections of the election, with warnings of size and place."""
    elenco = list(Sezione.objects.di(elezione).select_related("sezione_madre").order_by("numero"))
    contesto = {
        "titolo": "Sezioni",
        "briciole": briciole(elezione, "Sezioni"),
        "elenco": elenco,
        "limiti": parametri_di(elezione).valore("sezione_iscritti"),
        "puo_preparare": puo(request.user, Azione.PREPARARE_ELEZIONE, elezione.comune_id),
        "crea_form": CreaSezioniForm(),
        "precedenti": Elezione.objects.filter(comune=elezione.comune).exclude(pk=elezione.pk),
    }
    return render(request, "comuni/sezioni.html", contesto)


@pagina_elezione(Azione.PREPARARE_ELEZIONE)
def crea_sezioni(request: HttpRequest, elezione: Elezione) -> HttpResponse:
    form = CreaSezioniForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        create = avvio.create_sezioni(elezione, fino_a=form.cleaned_data["quante"])
        messages.success(request, f"Create {create} sezioni.")
    elif request.method == "POST":
        messages.error(request, "Indicare quante sezioni, da 1 a 3.000.")
    return redirect("comuni:sezioni", elezione.slug)


@pagina_elezione(Azione.PREPARARE_ELEZIONE)
def copia_sezioni(request: HttpRequest, elezione: Elezione) -> HttpResponse:
    if request.method == "POST":
        chiave = read_chiave(request.POST.get("da"))
        precedenti = Elezione.objects.filter(comune=elezione.comune).exclude(pk=elezione.pk)
        precedente = get_object_or_404(precedenti, pk=chiave)
        try:
            copiate = avvio.copy_sezioni(precedente, a=elezione)
        except ValidationError as errore:
            messages.error(request, errore.message)
        else:
            messages.success(request, f"Copiate {copiate} sezioni: restano da scrivere gli elettori.")
    return redirect("comuni:sezioni", elezione.slug)


@pagina_elezione(Azione.PREPARARE_ELEZIONE)
def sedi(request: HttpRequest, elezione: Elezione) -> HttpResponse:
    """Places and electors of all sections in one table."""
    queryset = Sezione.objects.di(elezione).order_by("numero")
    formset = SediFormSet(request.POST or None, queryset=queryset)
    if request.method == "POST" and formset.is_valid():
        formset.save()
        messages.success(request, "Sedi ed elettori salvati.")
        return redirect("comuni:sezioni", elezione.slug)
    contesto = {
        "titolo": "Sedi ed elettori delle sezioni",
        "briciole": briciole(elezione, SEZIONI, "Sedi ed elettori"),
        "formset": formset,
    }
    return render(request, "comuni/sedi.html", contesto)


@pagina_elezione(Azione.PREPARARE_ELEZIONE)
def sezione(request: HttpRequest, elezione: Elezione, numero: int | None = None) -> HttpResponse:
    """One section, new or to be changed."""
    istanza = get_object_or_404(Sezione, elezione=elezione, numero=numero) if numero else None
    form = SezioneForm(request.POST or None, instance=istanza, elezione=elezione)
    if request.method == "POST" and form.is_valid():
        salvata = form.save()
        messages.success(request, f"Salvata la {salvata}.")
        return redirect("comuni:sezioni", elezione.slug)
    titolo = f"Sezione {numero}" if numero else "Nuova sezione"
    contesto = {
        "titolo": titolo,
        "briciole": briciole(elezione, SEZIONI, titolo),
        "form": form,
        "bottone": "Salva la sezione",
        "annulla": reverse("comuni:sezioni", args=[elezione.slug]),
    }
    return render(request, "componenti/conferma.html", contesto)


@pagina_elezione(Azione.PREPARARE_ELEZIONE)
def elimina_sezione(request: HttpRequest, elezione: Elezione, numero: int) -> HttpResponse:
    istanza = get_object_or_404(Sezione, elezione=elezione, numero=numero)
    if request.method == "POST":
        try:
            istanza.delete()
        except ProtectedError:
            messages.error(
                request, f"La {istanza} ha già uffici, affluenze o scrutini: non si può eliminare."
            )
        else:
            messages.success(request, f"Eliminata la sezione {numero}.")
        return redirect("comuni:sezioni", elezione.slug)
    contesto = {
        "titolo": f"Eliminare la sezione {numero}?",
        "briciole": briciole(elezione, SEZIONI, f"Sezione {numero}"),
        "che_cosa": [f"La {istanza} sparisce dall'elezione; la cronologia la ricorda."],
        "bottone": "Elimina la sezione",
        "pericolo": True,
        "annulla": reverse("comuni:sezioni", args=[elezione.slug]),
    }
    return render(request, "componenti/conferma.html", contesto)
