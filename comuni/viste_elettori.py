"""Pages of the electors: revisions by section, special voters, attestato."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from comuni import corpo_elettorale as domain
from comuni.models import ElettoreParticolare, Elezione, RilevazioneElettori, Sezione
from comuni.moduli_elettori import AttestatoForm, ParticolareForm, RilevazioneForm
from comuni.viste import briciole, pagina_elezione
from electoral.permessi import Azione


@pagina_elezione(Azione.PREPARARE_ELEZIONE)
def elettori(request: HttpRequest, elezione: Elezione) -> HttpResponse:
    particolari = domain.mark_fuori_termine(
        elezione, ElettoreParticolare.objects.di(elezione).select_related("sezione")
    )
    contesto = {
        "titolo": "Elettori",
        "sottotitolo": "Quanti, sezione per sezione, alle revisioni; e chi vota in modo particolare.",
        "briciole": briciole(elezione, "Elettori"),
        "momenti": RilevazioneElettori.Momento.labels,
        "righe": domain.tabella_rilevazioni(elezione),
        "particolari": particolari,
        "conteggi": domain.count_particolari(elezione),
        "termini": domain.termini_particolari(elezione),
        "titoli": ElettoreParticolare.Titolo.choices,
        "attestati": domain.attestati_rilasciati(elezione),
        "con_elenco": {e.sezione_id for e, _ in particolari},
    }
    return render(request, "comuni/elettori.html", contesto)


@pagina_elezione(Azione.PREPARARE_ELEZIONE)
def rilevazione(request: HttpRequest, elezione: Elezione) -> HttpResponse:
    sezioni = list(Sezione.objects.di(elezione).con_risultati().order_by("numero"))
    form = RilevazioneForm(request.POST or None, sezioni=sezioni)
    if request.method == "POST" and form.is_valid():
        domain.record_rilevazione(
            elezione,
            momento=form.cleaned_data["momento"],
            per_sezione=form.per_sezione(),
            aggiorna_sezioni=form.cleaned_data["aggiorna"],
        )
        messages.success(request, "Elettori registrati.")
        return redirect("comuni:elettori", elezione.slug)
    contesto = {
        "titolo": "Elettori alla revisione",
        "briciole": briciole(elezione, ("Elettori", "comuni:elettori"), "Revisione"),
        "form": form,
    }
    return render(request, "comuni/rilevazione.html", contesto)


@pagina_elezione(Azione.PREPARARE_ELEZIONE)
def particolare(request: HttpRequest, elezione: Elezione, pk: int | None = None) -> HttpResponse:
    istanza = get_object_or_404(ElettoreParticolare, pk=pk, elezione=elezione) if pk else None
    form = ParticolareForm(request.POST or None, instance=istanza, elezione=elezione)
    if request.method == "POST" and form.is_valid():
        salvato = form.save()
        messages.success(request, f"Registrato {salvato}: voterà nella {salvato.sezione}.")
        return redirect("comuni:elettori", elezione.slug)
    contesto = {
        "titolo": "Elettore con voto particolare",
        "briciole": briciole(elezione, ("Elettori", "comuni:elettori"), "Voto particolare"),
        "form": form,
        "bottone": "Registra",
        "annulla": reverse("comuni:elettori", args=[elezione.slug]),
    }
    return render(request, "componenti/conferma.html", contesto)


@pagina_elezione(Azione.PREPARARE_ELEZIONE)
def togli_particolare(request: HttpRequest, elezione: Elezione, pk: int) -> HttpResponse:
    elettore = get_object_or_404(ElettoreParticolare, pk=pk, elezione=elezione)
    if request.method == "POST":
        elettore.delete()
        messages.success(request, f"Tolto {elettore} dagli elettori con voto particolare.")
        return redirect("comuni:elettori", elezione.slug)
    contesto = {
        "titolo": f"Togliere {elettore}?",
        "briciole": briciole(elezione, ("Elettori", "comuni:elettori"), "Togli"),
        "che_cosa": ["Non sarà più nell'elenco per il presidente; la cronologia lo ricorda."],
        "bottone": "Togli",
        "pericolo": True,
        "annulla": reverse("comuni:elettori", args=[elezione.slug]),
    }
    return render(request, "componenti/conferma.html", contesto)


@pagina_elezione(Azione.PREPARARE_ELEZIONE)
def elenco_presidente(request: HttpRequest, elezione: Elezione, numero: int) -> HttpResponse:
    sezione = get_object_or_404(Sezione, elezione=elezione, numero=numero)
    if request.method == "POST":
        try:
            atto = domain.produce_elenco_particolari(sezione, data=timezone.localdate(), by=request.user)
        except ValidationError as errore:
            messages.error(request, errore.message)
        else:
            return redirect("comuni:atto", elezione.slug, atto.numero)
    return redirect("comuni:elettori", elezione.slug)


@pagina_elezione(Azione.PREPARARE_ELEZIONE)
def attestato(request: HttpRequest, elezione: Elezione) -> HttpResponse:
    form = AttestatoForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        dati = form.cleaned_data
        persona = {
            **{nome: dati[nome] for nome in ("cognome", "nome", "motivo")},
            "data_nascita": f"{dati['data_nascita']:%d/%m/%Y}",
            "sezione": str(dati["sezione"]),
        }
        atto = domain.produce_attestato(elezione, persona=persona, data=timezone.localdate(), by=request.user)
        return redirect("comuni:atto", elezione.slug, atto.numero)
    contesto = {
        "titolo": "Attestato sostitutivo della tessera",
        "briciole": briciole(elezione, ("Elettori", "comuni:elettori"), "Attestato"),
        "form": form,
        "che_cosa": ["Si produce il PDF da firmare: vale solo per questa votazione."],
        "bottone": "Produci l'attestato",
        "annulla": reverse("comuni:elettori", args=[elezione.slug]),
    }
    return render(request, "componenti/conferma.html", contesto)
