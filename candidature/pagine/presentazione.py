"""Pages of the office: overview, receipt, papers, delegates, corrections."""

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from candidature import atti, manifesti, termini
from candidature import presentazione as dominio
from candidature.contrassegni import ContrassegnoErrato
from candidature.istruttoria import refresh_rilievi
from candidature.models import Lista, StatoDocumento
from candidature.moduli import DelegatoForm, PresentazioneForm
from candidature.pagine.aiuti import (
    azione_post,
    briciole,
    lista_di,
    pdf_response,
    puo_accertare,
    say_errors,
    url,
)
from candidature.sopravvenienze import fatti_di, say_fermata
from comuni.legge import parametri_di
from comuni.models import Elezione
from comuni.viste import pagina_elezione
from electoral.ingressi import read_chiave
from electoral.permessi import Azione, puo
from norme.delegati import regola_delegati


@pagina_elezione(Azione.VEDERE_CANDIDATURE)
def quadro(request: HttpRequest, elezione: Elezione) -> HttpResponse:
    liste = (
        Lista.objects.di(elezione)
        .select_related("sindaco")
        .annotate(
            quanti=Count("candidati", distinct=True),
            uomini=Count("candidati", filter=Q(candidati__sesso="M"), distinct=True),
            donne=Count("candidati", filter=Q(candidati__sesso="F"), distinct=True),
            senza_sesso=Count("candidati", filter=Q(candidati__sesso=""), distinct=True),
            gravi=Count("rilievi", filter=Q(rilievi__codice__startswith="E"), distinct=True),
        )
        .order_by("numero")
    )
    fine = termini.fine_presentazione(elezione)
    contesto = {
        "titolo": "Liste e candidati",
        "liste": liste,
        "fine": fine,
        "fermata": say_fermata(elezione),
        "provvisori": any(lista.numero_provvisorio for lista in liste),
        "puo_inserire": puo(request.user, Azione.INSERIRE_CANDIDATURE, elezione.comune_id),
        "decise": sum(lista.is_decisa for lista in liste),
    }
    return render(request, "candidature/quadro.html", contesto)


@pagina_elezione(Azione.INSERIRE_CANDIDATURE)
def ricevi(request: HttpRequest, elezione: Elezione) -> HttpResponse:
    """The receipt: one page, few fields; names and papers come after."""
    form = PresentazioneForm(request.POST or None, request.FILES or None, elezione=elezione)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["contrassegno"]
        try:
            sindaco = form.cleaned_data["sindaco"] or dominio.register_sindaco(
                elezione, **form.sindaco_dati()
            )
            lista = dominio.receive_lista(
                elezione,
                sindaco=sindaco,
                by=request.user,
                contrassegno=file.read() if file else None,
                **form.lista_dati(),
            )
        except ContrassegnoErrato as errore:
            form.add_error("contrassegno", str(errore))
        else:
            refresh_rilievi(elezione)
            ora = f"{timezone.localtime(lista.presentata_il):%H:%M}"
            messages.success(request, f"Lista «{lista.denominazione}» ricevuta alle {ora}.")
            return redirect(url("lista", elezione, lista.pk))
    contesto = {
        "titolo": "Ricevi una lista",
        "form": form,
        "fine": termini.fine_presentazione(elezione),
        "briciole": briciole(elezione, ("Ricevi una lista", "")),
    }
    return render(request, "candidature/ricevi.html", contesto)


@pagina_elezione(Azione.VEDERE_CANDIDATURE)
def lista(request: HttpRequest, elezione: Elezione, pk: int) -> HttpResponse:
    trovata = lista_di(elezione, pk)
    versione = getattr(trovata, "versione_presentata", None)
    contesto = {
        "titolo": f"Lista «{trovata.denominazione}»",
        "sottotitolo": f"collegata a {trovata.sindaco}",
        "lista": trovata,
        "documenti": dominio.documenti_di(trovata),
        "fatti": fatti_di(trovata),
        "stati": StatoDocumento.choices,
        "delegati": trovata.delegati.all(),
        "delegato_form": DelegatoForm(),
        "regola_delegati": regola_delegati(parametri_di(elezione)),
        "candidati": trovata.candidati.order_by("numero"),
        "firme": trovata.sottoscrizioni.count(),
        "versione": versione,
        "rettifiche": list(trovata.rettifiche.select_related("autore")),
        "puo_inserire": puo(request.user, Azione.INSERIRE_CANDIDATURE, elezione.comune_id),
        "puo_accertare": puo_accertare(request, elezione),
        "puo_firme": puo(request.user, Azione.VEDERE_SOTTOSCRITTORI, elezione.comune_id),
        "briciole": briciole(elezione, (trovata.denominazione, "")),
    }
    return render(request, "candidature/lista.html", contesto)


def _alla_lista(elezione: Elezione, pk: int) -> str:
    return url("lista", elezione, pk)


@pagina_elezione(Azione.INSERIRE_CANDIDATURE)
@azione_post(_alla_lista)
def delegato(request: HttpRequest, elezione: Elezione, pk: int) -> str | None:
    trovata = lista_di(elezione, pk)
    if togli := request.POST.get("togli"):
        trovata.delegati.filter(pk=read_chiave(togli)).delete()
        refresh_rilievi(elezione)
        return "Delegato tolto."
    form = DelegatoForm(request.POST)
    if not form.is_valid():
        say_errors(request, form)
        return None
    form.instance.lista = trovata
    aggiunto = form.save()
    refresh_rilievi(elezione)
    return f"Delegato aggiunto: {aggiunto}."


@pagina_elezione(Azione.INSERIRE_CANDIDATURE)
@azione_post(_alla_lista)
def contrassegno(request: HttpRequest, elezione: Elezione, pk: int) -> str | None:
    file = request.FILES.get("contrassegno")
    if file is None:
        raise dominio.NonConsentito("Scegli il file del contrassegno.")
    try:
        dominio.set_contrassegno(lista_di(elezione, pk), contrassegno=file.read())
    except ContrassegnoErrato as errore:
        raise dominio.NonConsentito(str(errore)) from errore
    refresh_rilievi(elezione)
    return "Contrassegno registrato."


@pagina_elezione(Azione.VEDERE_CANDIDATURE)
def contrassegno_immagine(request: HttpRequest, elezione: Elezione, pk: int) -> HttpResponse:
    """Only the cleaned picture, never the file as it was filed."""
    contenuto = manifesti.read_immagine(lista_di(elezione, pk))
    if contenuto is None:
        raise Http404("Contrassegno non caricato.")
    return HttpResponse(contenuto, content_type="image/png", headers={"Cache-Control": "private, max-age=60"})


@pagina_elezione(Azione.INSERIRE_CANDIDATURE)
@azione_post(_alla_lista)
def ricevuta(request: HttpRequest, elezione: Elezione, pk: int) -> HttpResponse:
    return pdf_response(atti.produce_ricevuta(lista_di(elezione, pk), by=request.user))


@pagina_elezione(Azione.INSERIRE_CANDIDATURE)
@azione_post(_alla_lista)
def trasmetti(request: HttpRequest, elezione: Elezione, pk: int) -> str:
    versione = dominio.freeze_lista(lista_di(elezione, pk), by=request.user)
    return (
        f"Versione presentata congelata (impronta {versione.impronta[:16]}): la commissione può esaminarla."
    )
