"""Who takes a free post: a person named, the next reserve, whoever replaces the absent."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from comuni.models import Elezione
from comuni.viste import pagina_elezione
from electoral.permessi import Azione, puo
from norme.uffici import Momento, sostituzioni
from seggi import nomine, riserve
from seggi.models import Nomina, PostoGraduatoria, RuoloUfficio, Ufficio
from seggi.moduli_nomine import METODI_COMMISSIONE, MotivoForm, PersonaForm, SoloMotivoForm
from seggi.viste import briciole, try_domain
from seggi.viste_nomine import PER_PAGINA, find_nomina

METODI_NOMINA = {
    RuoloUfficio.PRESIDENTE: METODI_COMMISSIONE[2:],
    RuoloUfficio.SCRUTATORE: (
        *METODI_COMMISSIONE[:2],
        (Nomina.Metodo.INSEDIAMENTO, "presidente del seggio all'insediamento (verbale)"),
    ),
    RuoloUfficio.SEGRETARIO: ((Nomina.Metodo.PRESIDENTE, "scelto dal presidente"),),
}
METODI_SOSTITUZIONE = {
    RuoloUfficio.PRESIDENTE: METODI_COMMISSIONE[2:],
    RuoloUfficio.SCRUTATORE: (
        (Nomina.Metodo.INSEDIAMENTO, "presidente del seggio all'insediamento (art. 47 TU)"),
    ),
    RuoloUfficio.SEGRETARIO: ((Nomina.Metodo.PRESIDENTE, "scelto dal presidente"),),
}


@pagina_elezione(Azione.NOMINARE)
def nomina_posto(
    request: HttpRequest, elezione: Elezione, numero: int, ruolo: str, posizione: int
) -> HttpResponse:
    """Give one uncovered post to a person."""
    if ruolo not in RuoloUfficio.values:
        raise Http404("Ruolo non previsto.")
    ufficio = get_object_or_404(Ufficio, sezione__elezione=elezione, sezione__numero=numero)
    indietro = reverse("seggi:ufficio", args=[elezione.slug, numero])
    form = PersonaForm(request.POST or None, elezione=elezione, ruolo=ruolo, metodi=METODI_NOMINA[ruolo])
    if request.method == "POST" and form.is_valid():
        fatta = try_domain(
            request,
            nomine.nominate,
            ufficio,
            ruolo=ruolo,
            posizione=posizione,
            metodo=form.cleaned_data["metodo"],
            by=request.user,
            **form.chi,
        )
        if fatta:
            messages.success(request, f"{fatta} è {fatta.get_ruolo_display()} della sezione {numero}.")
            return redirect(indietro)
    contesto = {
        "titolo": f"Nomina: {ruolo} della sezione {numero}",
        "briciole": briciole(elezione, (f"Sezione {numero}", indietro), ("Nomina", "")),
        "form": form,
        "bottone": "Nomina",
        "annulla": indietro,
    }
    return render(request, "componenti/conferma.html", contesto)


@pagina_elezione(Azione.NOMINARE)
def chiama_riserva(request: HttpRequest, elezione: Elezione, numero: int, posizione: int) -> HttpResponse:
    """The next reserve takes an uncovered post of scrutatore."""
    ufficio = get_object_or_404(Ufficio, sezione__elezione=elezione, sezione__numero=numero)
    if request.method == "POST":
        try:
            chiamata = riserve.call_riserva(
                ufficio, ruolo=RuoloUfficio.SCRUTATORE, posizione=posizione, by=request.user
            )
        except ValidationError as errore:
            messages.error(request, errore.message)
        else:
            if chiamata is None:
                messages.error(request, "La graduatoria è esaurita.")
            else:
                messages.success(request, f"Chiamato dalla graduatoria: {chiamata}. Ora serve la lettera.")
    return redirect("seggi:ufficio", elezione.slug, numero)


@pagina_elezione(Azione.NOMINARE)
def rinuncia(request: HttpRequest, elezione: Elezione, pk: int) -> HttpResponse:
    """A renunciation: the next reserve takes the post at once, and its letter is the next click."""
    nomina = find_nomina(elezione, pk)
    numero = nomina.ufficio.sezione.numero
    indietro = reverse("seggi:ufficio", args=[elezione.slug, numero])
    if nomina.ruolo != RuoloUfficio.SCRUTATORE:
        return redirect("seggi:sostituisci", elezione.slug, pk)
    form = MotivoForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        prima = Nomina.objects.filter(pk=pk).values_list("stato", flat=True).first()
        nuova = try_domain(
            request, riserve.replace_from_graduatoria, nomina, motivo=form.testo, by=request.user
        )
        if nuova:
            messages.success(request, f"Registrata la rinuncia di {nomina}: al suo posto {nuova}.")
            return redirect("seggi:nomina", elezione.slug, nuova.pk)
        if prima in Nomina.ATTIVI:
            messages.warning(request, "Rinuncia registrata: la graduatoria è esaurita, il posto è scoperto.")
        return redirect(indietro)
    prossima = PostoGraduatoria.objects.di(elezione).disponibili().select_related("iscritto").first()
    contesto = {
        "titolo": f"Rinuncia di {nomina}",
        "briciole": briciole(elezione, (f"Sezione {numero}", indietro), ("Rinuncia", "")),
        "che_cosa": [
            f"{nomina} lascia il posto di scrutatore della sezione {numero}.",
            f"Al suo posto la prossima riserva: {prossima.iscritto} ({prossima.posizione} in graduatoria)."
            if prossima
            else "La graduatoria è esaurita: il posto resta scoperto.",
        ],
        "form": form,
        "bottone": "Registra e chiama la riserva" if prossima else "Registra la rinuncia",
        "annulla": indietro,
    }
    return render(request, "componenti/conferma.html", contesto)


@pagina_elezione(Azione.NOMINARE)
def sostituisci(request: HttpRequest, elezione: Elezione, pk: int) -> HttpResponse:
    """Another person takes the post: court or sindaco for the presidente, co-optation at the opening."""
    nomina = find_nomina(elezione, pk)
    numero = nomina.ufficio.sezione.numero
    indietro = reverse("seggi:ufficio", args=[elezione.slug, numero])
    form = PersonaForm(
        request.POST or None, elezione=elezione, ruolo=nomina.ruolo, metodi=METODI_SOSTITUZIONE[nomina.ruolo]
    )
    motivo = MotivoForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and motivo.is_valid():
        metodo = form.cleaned_data["metodo"]
        assente = metodo == Nomina.Metodo.INSEDIAMENTO
        nuova = try_domain(
            request,
            nomine.replace_nomina,
            nomina,
            stato=Nomina.Stato.ASSENTE if assente else Nomina.Stato.SOSTITUITO,
            motivo=motivo.testo,
            metodo=metodo,
            by=request.user,
            **form.chi,
        )
        if nuova:
            messages.success(request, f"{nuova} prende il posto di {nomina}.")
            return redirect("seggi:nomina", elezione.slug, nuova.pk)
    momento = Momento.INSEDIAMENTO if nomina.ruolo == RuoloUfficio.SCRUTATORE else Momento.PRIMA
    contesto = {
        "titolo": f"Sostituzione di {nomina}",
        "briciole": briciole(elezione, (f"Sezione {numero}", indietro), ("Sostituzione", "")),
        "che_cosa": [
            f"{momento.value.capitalize()}: {s.chi} {s.come} ({s.articolo})."
            for s in sostituzioni(nomina.ruolo, momento=momento)
        ],
        "moduli": [motivo, form],
        "bottone": "Registra la sostituzione",
        "annulla": indietro,
    }
    return render(request, "seggi/sostituisci.html", contesto)


@pagina_elezione(Azione.VEDERE_UFFICI)
def graduatoria(request: HttpRequest, elezione: Elezione) -> HttpResponse:
    """The reserves in order: who has been called, who is not available and why."""
    contesto = {
        "titolo": "Graduatoria delle riserve",
        "briciole": briciole(elezione, ("Graduatoria", "")),
        "page_obj": Paginator(
            PostoGraduatoria.objects.di(elezione).select_related("iscritto").order_by("posizione"), PER_PAGINA
        ).get_page(request.GET.get("page")),
        "puo_nominare": puo(request.user, Azione.NOMINARE, elezione.comune_id),
    }
    return render(request, "seggi/graduatoria.html", contesto)


@pagina_elezione(Azione.NOMINARE)
def salta_riserva(request: HttpRequest, elezione: Elezione, pk: int) -> HttpResponse:
    posto = get_object_or_404(PostoGraduatoria.objects.di(elezione).select_related("iscritto"), pk=pk)
    form = SoloMotivoForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try_domain(request, riserve.pass_over_riserva, posto, motivo=form.cleaned_data["motivo"])
        return redirect("seggi:graduatoria", elezione.slug)
    contesto = {
        "titolo": f"{posto.iscritto} non è disponibile",
        "briciole": briciole(
            elezione,
            ("Graduatoria", reverse("seggi:graduatoria", args=[elezione.slug])),
            ("Non disponibile", ""),
        ),
        "che_cosa": ["La riserva resta in graduatoria con il motivo e non sarà più chiamata."],
        "form": form,
        "bottone": "Segna non disponibile",
        "annulla": reverse("seggi:graduatoria", args=[elezione.slug]),
    }
    return render(request, "componenti/conferma.html", contesto)
