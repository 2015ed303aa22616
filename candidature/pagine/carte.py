"""Pages of the files of the papers: what is attached to each paper of a list, upload, opening, withdrawal."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from candidature import allegati as dominio
from candidature.models import Allegato, Lista
from candidature.pagine.aiuti import (
    azione_post,
    briciole,
    lista_di,
    puo_accertare,
    refuse_nul,
    require_accertare,
    url,
)
from candidature.presentazione import NonConsentito
from comuni.models import Elezione
from comuni.viste import pagina_elezione
from electoral.permessi import Azione, puo


@pagina_elezione(Azione.VEDERE_CANDIDATURE)
def carte(request: HttpRequest, elezione: Elezione, pk: int) -> HttpResponse:
    trovata = lista_di(elezione, pk)
    posti = dominio.posti(trovata)
    per_posto = _per_posto(trovata)
    righe = [{"posto": posto, "allegati": per_posto.get(posto.chiave, [])} for posto in posti]
    contesto = {
        "titolo": f"Carte della lista «{trovata.denominazione}»",
        "sottotitolo": "I file allegati a ogni carta: privati, si aprono solo da qui.",
        "lista": trovata,
        "gruppi": _grouped(righe),
        "quanti": sum(len(riga["allegati"]) for riga in righe),
        "scelta": request.GET.get("carta", ""),
        "puo_accertare": puo_accertare(request, elezione),
        "puo_firme": puo(request.user, Azione.VEDERE_SOTTOSCRITTORI, elezione.comune_id),
        "briciole": briciole(
            elezione, (trovata.denominazione, url("lista", elezione, trovata.pk)), ("Carte", "")
        ),
    }
    return render(request, "candidature/carte.html", contesto)


def _per_posto(lista: Lista) -> dict[str, list[Allegato]]:
    """The files present, by the key of their paper."""
    tutti = Allegato.objects.presenti().select_related("caricato_da", "documento", "candidato", "sindaco")
    della_lista = tutti.filter(documento__lista=lista) | tutti.filter(candidato__lista=lista)
    del_sindaco = tutti.filter(sindaco=lista.sindaco_id)
    per_posto: dict[str, list[Allegato]] = {}
    for allegato in [*della_lista, *del_sindaco]:
        soggetto = allegato.documento or allegato.candidato or allegato.sindaco
        per_posto.setdefault(dominio.chiave_posto(soggetto, allegato.carta), []).append(allegato)
    return per_posto


def _grouped(righe: list[dict]) -> list[tuple[str, list[dict]]]:
    gruppi: dict[str, list[dict]] = {}
    for riga in righe:
        gruppi.setdefault(riga["posto"].chi, []).append(riga)
    return list(gruppi.items())


def _alle_carte(elezione: Elezione, pk: int) -> str:
    return url("carte", elezione, pk)


@pagina_elezione(Azione.VEDERE_CANDIDATURE)
@azione_post(_alle_carte)
def allega(request: HttpRequest, elezione: Elezione, pk: int) -> str:
    """One paper, one or more files: the pages of a scan come together."""
    require_accertare(request, elezione)
    posto = next(
        (p for p in dominio.posti(lista_di(elezione, pk)) if p.chiave == request.POST.get("carta")), None
    )
    if posto is None:
        raise NonConsentito("Scegli a quale carta va il file.")
    file = request.FILES.getlist("file")
    if not file:
        raise NonConsentito("Scegli almeno un file.")
    for uno in file:
        dominio.attach(elezione, soggetto=posto.soggetto, carta=posto.carta, file=uno, by=request.user)
    quanti = "allegato un file" if len(file) == 1 else f"allegati {len(file)} file"
    return f"{posto.titolo} ({posto.chi}): {quanti}."


def _allegato(elezione: Elezione, pk: int) -> Allegato:
    return get_object_or_404(
        Allegato.objects.select_related("documento__lista", "candidato__lista", "sindaco"),
        pk=pk,
        elezione=elezione,
    )


@pagina_elezione(Azione.VEDERE_CANDIDATURE)
def apri(request: HttpRequest, elezione: Elezione, pk: int) -> HttpResponse:
    """The file, shown if a PDF or a picture; one that names the signers asks for their permission too."""
    allegato = _allegato(elezione, pk)
    if allegato.riservato and not puo(request.user, Azione.VEDERE_SOTTOSCRITTORI, elezione.comune_id):
        raise PermissionDenied("Il suo ruolo non comprende i nomi dei sottoscrittori.")
    try:
        file = dominio.open_allegato(allegato, by=request.user)
    except (FileNotFoundError, NonConsentito) as errore:
        raise Http404("Il file non è nell'archivio.") from errore
    risposta = FileResponse(
        file,
        filename=allegato.file.name.rsplit("/", 1)[-1],
        content_type=allegato.tipo_mime,
        as_attachment=allegato.tipo_mime == "application/pkcs7-mime",
    )
    risposta["Cache-Control"] = "private, no-store"
    return risposta


@pagina_elezione(Azione.VEDERE_CANDIDATURE)
def togli(request: HttpRequest, elezione: Elezione, pk: int) -> HttpResponse:
    """The withdrawal asks the reason on a page of its own."""
    require_accertare(request, elezione)
    allegato = _allegato(elezione, pk)
    lista = _lista_di_allegato(allegato)
    errore = ""
    if request.method == "POST":
        try:
            refuse_nul(request)
            dominio.withdraw(allegato, motivo=request.POST.get("motivo", ""), by=request.user)
        except NonConsentito as rifiuto:
            errore = str(rifiuto)
        else:
            return _back(request, elezione, lista)
    contesto = {
        "titolo": f"Togli «{allegato.nome}»",
        "allegato": allegato,
        "lista": lista,
        "errore": errore,
        "briciole": briciole(elezione, ("Carte", url("carte", elezione, lista.pk)), ("Togli", "")),
    }
    return render(request, "candidature/togli_allegato.html", contesto, status=422 if errore else 200)


def _back(request: HttpRequest, elezione: Elezione, lista: Lista) -> HttpResponse:
    messages.success(request, "File tolto: resta nella cronologia, con il motivo.")
    return redirect(url("carte", elezione, lista.pk))


def _lista_di_allegato(allegato: Allegato) -> Lista:
    if allegato.documento_id:
        return allegato.documento.lista
    if allegato.candidato_id:
        return allegato.candidato.lista
    lista = allegato.sindaco.liste.order_by("pk").first() if allegato.sindaco_id else None
    if lista is None:
        raise Http404("La carta non è di una lista.")
    return lista
