"""What office and commissione ascertain: papers of the list and of each name, requirements, data."""

from collections.abc import Callable

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from candidature import presentazione as dominio
from candidature.identita import say_differenze
from candidature.istruttoria import refresh_rilievi
from candidature.models import Candidato, CandidatoSindaco, Lista, StatoDocumento, VersionePresentata
from candidature.moduli_fatti import DatiListaForm, FattiCandidatoForm, FattiSindacoForm
from candidature.pagine.aiuti import azione_post, briciole, lista_di, refuse_nul, require_accertare, url
from comuni.models import Elezione
from comuni.viste import pagina_elezione
from electoral.permessi import Azione

CARTE = ("accettazione", "iscrizione", "dichiarazione_ue", "attestato_ue", "lista_aggiunta")
CARTE_SINDACO = ("accettazione", "iscrizione", "candidatura_unica")


def _alla_lista(elezione: Elezione, pk: int) -> str:
    return url("lista", elezione, pk)


@pagina_elezione(Azione.VEDERE_CANDIDATURE)
@azione_post(_alla_lista)
def documenti(request: HttpRequest, elezione: Elezione, pk: int) -> str:
    """The whole checklist in one go: only what changed is signed by who changed it."""
    require_accertare(request, elezione)
    trovata = lista_di(elezione, pk)
    dominio.ensure_documenti(trovata)
    cambiati = 0
    for documento in trovata.documenti.all():
        stato = request.POST.get(f"stato-{documento.tipo}", documento.stato)
        nota = request.POST.get(f"nota-{documento.tipo}", documento.nota).strip()[:300]
        if stato not in StatoDocumento.values:
            raise dominio.NonConsentito("Stato del documento non riconosciuto.")
        if (stato, nota) != (documento.stato, documento.nota):
            dominio.set_documento(documento, stato=stato, nota=nota, by=request.user)
            cambiati += 1
    refresh_rilievi(elezione)
    return f"Documenti aggiornati: {cambiati}."


@pagina_elezione(Azione.VEDERE_CANDIDATURE)
@azione_post(_alla_lista)
def stati_candidato(request: HttpRequest, elezione: Elezione, pk: int) -> str:
    """Papers of every name at once: facts that are ascertained, free also after the filing."""
    require_accertare(request, elezione)
    cambiati = [
        c for c in lista_di(elezione, pk).candidati.all() if _set_carte(request, c, CARTE, f"-{c.pk}")
    ]
    refresh_rilievi(elezione)
    return f"Documenti aggiornati di {len(cambiati)} candidati."


@pagina_elezione(Azione.VEDERE_CANDIDATURE)
@azione_post(_alla_lista)
def stati_sindaco(request: HttpRequest, elezione: Elezione, pk: int) -> str:
    require_accertare(request, elezione)
    _set_carte(request, lista_di(elezione, pk).sindaco, CARTE_SINDACO, "")
    refresh_rilievi(elezione)
    return "Documenti del candidato sindaco aggiornati."


def _set_carte(request: HttpRequest, chi, carte: tuple[str, ...], coda: str) -> bool:
    """Write the states that were sent and differ; whether something changed."""
    inviati = {campo: request.POST.get(f"{campo}{coda}") for campo in carte}
    diversi = {c: v for c, v in inviati.items() if v in StatoDocumento.values and v != getattr(chi, c)}
    for campo, valore in diversi.items():
        setattr(chi, campo, valore)
    if diversi:
        chi.save(update_fields=list(diversi))
    return bool(diversi)


@pagina_elezione(Azione.VEDERE_CANDIDATURE)
def candidato(request: HttpRequest, elezione: Elezione, pk: int) -> HttpResponse:
    """Everything the law asks about one name, on one page."""
    require_accertare(request, elezione)
    trovato = get_object_or_404(
        Candidato.objects.select_related("lista__sindaco"), pk=pk, lista__elezione=elezione
    )
    congelata = dominio.is_frozen(trovato.lista)
    return _scheda(
        request,
        elezione,
        trovato.lista,
        lambda dati, file: FattiCandidatoForm(dati, file, instance=trovato, congelata=congelata),
        titolo=f"{trovato.numero}. {trovato}",
        congelata=congelata,
        percorso=f"candidati.{trovato.numero}",
        rilievi=trovato.rilievi.all(),
    )


@pagina_elezione(Azione.VEDERE_CANDIDATURE)
def sindaco(request: HttpRequest, elezione: Elezione, pk: int) -> HttpResponse:
    require_accertare(request, elezione)
    trovato = get_object_or_404(CandidatoSindaco, pk=pk, elezione=elezione)
    lista = trovato.liste.order_by("pk").first()
    if lista is None:
        raise Http404("Nessuna lista è collegata a questo candidato.")
    congelata = VersionePresentata.objects.filter(lista__sindaco=trovato).exists()
    return _scheda(
        request,
        elezione,
        lista,
        lambda dati, file: FattiSindacoForm(dati, file, instance=trovato, congelata=congelata),
        titolo=f"{trovato}, candidato sindaco",
        congelata=congelata,
        percorso="sindaco",
    )


@pagina_elezione(Azione.VEDERE_CANDIDATURE)
def dati_lista(request: HttpRequest, elezione: Elezione, pk: int) -> HttpResponse:
    require_accertare(request, elezione)
    trovata = lista_di(elezione, pk)
    congelata = dominio.is_frozen(trovata)
    return _scheda(
        request,
        elezione,
        trovata,
        lambda dati, file: DatiListaForm(dati, file, instance=trovata, congelata=congelata),
        titolo=f"Dati della lista «{trovata.denominazione}»",
        congelata=congelata,
        percorso="lista",
    )


def _scheda(
    request: HttpRequest, elezione: Elezione, lista: Lista, build: Callable, *, titolo: str, **altro
) -> HttpResponse:
    """One form of facts: saved, examined again, back to the list."""
    inviato = request.method == "POST"
    form = build(request.POST if inviato else None, request.FILES if inviato else None)
    if inviato and _is_valid(request, form):
        salvato = form.save()
        dominio.ensure_documenti(lista)
        refresh_rilievi(elezione)
        messages.success(request, "Dati salvati.")
        if isinstance(salvato, Candidato | CandidatoSindaco) and (avviso := say_differenze(salvato)):
            messages.warning(request, avviso)
        return redirect(url("lista", elezione, lista.pk))
    contesto = {
        "titolo": titolo,
        "sottotitolo": f"lista «{lista.denominazione}»",
        "form": form,
        "lista": lista,
        "briciole": briciole(elezione, (lista.denominazione, url("lista", elezione, lista.pk)), (titolo, "")),
        **altro,
    }
    return render(request, "candidature/scheda.html", contesto, status=422 if inviato else 200)


def _is_valid(request: HttpRequest, form) -> bool:
    try:
        refuse_nul(request)
    except dominio.NonConsentito as errore:
        form.add_error(None, str(errore))
        return False
    return form.is_valid()


@pagina_elezione(Azione.VEDERE_CANDIDATURE)
def programma(request: HttpRequest, elezione: Elezione, pk: int) -> HttpResponse:
    trovato = get_object_or_404(CandidatoSindaco, pk=pk, elezione=elezione)
    try:
        file = trovato.programma.open("rb") if trovato.programma else None
    except FileNotFoundError:
        file = None
    if file is None:
        raise Http404("Il programma non è stato caricato.")
    return FileResponse(file, filename=f"programma-{pk}.pdf", content_type="application/pdf")
