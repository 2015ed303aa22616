"""Pages after the decisions: draw of the numbers, documents, transparency, links for the runoff."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from candidature import atti, manifesti, sorteggio, termini, trasparenza
from candidature import collegamenti as dominio_collegamenti
from candidature.impaginazione import FOGLI
from candidature.models import (
    CandidatoSindaco,
    Delegato,
    DichiarazioneCollegamento,
    Lista,
    SorteggioNumeri,
)
from candidature.moduli import CollegamentoForm, SorteggioForm
from candidature.pagine.aiuti import azione_post, briciole, lista_di, pdf_response, say_errors, url
from candidature.presentazione import NonConsentito
from comuni.fonti import finalisti
from comuni.models import Elezione, Sistema
from comuni.viste import pagina_elezione
from electoral.ingressi import read_chiave
from electoral.permessi import Azione, puo


@pagina_elezione(Azione.VEDERE_CANDIDATURE)
def sorteggi(request: HttpRequest, elezione: Elezione) -> HttpResponse:
    try:
        sorteggio.check_sorteggiabile(elezione)
        impedimento = ""
    except NonConsentito as errore:
        impedimento = str(errore)
    urne = sorteggio.urne(elezione)
    prossima = next((u for u in urne if not u.fatto), None)
    contesto = {
        "titolo": "Sorteggio dei numeri",
        "impedimento": impedimento,
        "urne": [{"urna": u, "ordine": _ordine(u)} for u in urne],
        "prossima": prossima,
        "form": SorteggioForm(initial={"modalita": "urna", "eseguito_il": timezone.localtime()}),
        "puo_sorteggiare": puo(request.user, Azione.DECIDERE_LISTE, elezione.comune_id),
        "annullati": SorteggioNumeri.objects.di(elezione)
        .exclude(annullato_il=None)
        .select_related("annullato_da"),
        "briciole": briciole(elezione, ("Sorteggio", "")),
    }
    return render(request, "candidature/sorteggio.html", contesto)


def _ordine(urna: sorteggio.Urna) -> list:
    if not urna.fatto:
        return []
    per_pk = {voce.pk: voce for voce in urna.voci}
    return [per_pk[pk] for pk in urna.fatto.ordine if pk in per_pk]


def _al_sorteggio(elezione: Elezione, **altro) -> str:
    return url("sorteggio", elezione)


@pagina_elezione(Azione.DECIDERE_LISTE)
@azione_post(_al_sorteggio)
def sorteggia(request: HttpRequest, elezione: Elezione) -> str | None:
    form = SorteggioForm(request.POST)
    if not form.is_valid():
        say_errors(request, form)
        return None
    numeri = {
        read_chiave(n.removeprefix("numero-")): read_chiave(v)
        for n, v in request.POST.items()
        if n.startswith("numero-")
    }
    if None in numeri:
        raise NonConsentito("Voce dell'urna non riconosciuta.")
    ordine = []
    if form.cleaned_data["modalita"] == SorteggioNumeri.Modalita.URNA:
        if None in numeri.values():
            raise NonConsentito("Scrivi il numero uscito accanto a ogni nome.")
        if sorted(numeri.values()) != list(range(1, len(numeri) + 1)):
            raise NonConsentito(
                f"I numeri usciti devono essere da 1 a {len(numeri)}, ciascuno una volta sola."
            )
        ordine = sorted(numeri, key=numeri.__getitem__)
    sorteggio.draw(
        elezione, chiave=request.POST.get("chiave", ""), ordine=ordine, by=request.user, **form.cleaned_data
    )
    return "Sorteggio registrato."


@pagina_elezione(Azione.VEDERE_CANDIDATURE)
@azione_post(_al_sorteggio)
def verbale_sorteggio(request: HttpRequest, elezione: Elezione) -> HttpResponse:
    return pdf_response(atti.produce_verbale_sorteggio(elezione, by=request.user))


@pagina_elezione(Azione.DECIDERE_LISTE)
@azione_post(_al_sorteggio)
def annulla_sorteggio(request: HttpRequest, elezione: Elezione, pk: int) -> str:
    trovato = get_object_or_404(SorteggioNumeri, pk=pk, elezione=elezione)
    sorteggio.annul(trovato, motivo=request.POST.get("motivo", ""), by=request.user)
    return "Sorteggio annullato: i numeri sono di nuovo provvisori."


@pagina_elezione(Azione.VEDERE_CANDIDATURE)
def documenti(request: HttpRequest, elezione: Elezione) -> HttpResponse:
    try:
        manifesti.gruppi(elezione)
        impedimento = ""
    except NonConsentito as errore:
        impedimento = str(errore)
    contesto = {
        "titolo": "Documenti delle candidature",
        "impedimento": impedimento,
        "atti": elezione.atti.filter(
            tipo__in=[
                "manifesto_candidati",
                "scheda_primo_turno",
                "scheda_ballottaggio",
                "elenco_candidati_ammessi",
            ]
        ).select_related("prodotto_da"),
        "sindaci": _in_corsa(elezione),
        "finalisti": finalisti(elezione),
        "puo_produrre": puo(request.user, Azione.PREPARARE_ELEZIONE, elezione.comune_id),
        "briciole": briciole(elezione, ("Documenti", "")),
    }
    return render(request, "candidature/documenti.html", contesto)


def _in_corsa(elezione: Elezione):
    return CandidatoSindaco.objects.di(elezione).in_corsa().order_by("numero")


def _ai_documenti(elezione: Elezione, **altro) -> str:
    return url("documenti", elezione)


@pagina_elezione(Azione.PREPARARE_ELEZIONE)
@azione_post(_ai_documenti)
def produci(request: HttpRequest, elezione: Elezione, tipo: str) -> HttpResponse:
    if tipo == "manifesto":
        foglio = request.POST.get("foglio", "")
        return pdf_response(
            manifesti.produce_manifesto(elezione, foglio=foglio if foglio in FOGLI else "", by=request.user)
        )
    if tipo == "elenco":
        return pdf_response(manifesti.produce_elenco_ammessi(elezione, by=request.user))
    if tipo == "scheda":
        return pdf_response(manifesti.produce_scheda(elezione, by=request.user))
    scelti = [pk for pk in map(read_chiave, request.POST.getlist("sindaco")) if pk is not None]
    finalisti = list(CandidatoSindaco.objects.di(elezione).in_corsa().filter(pk__in=scelti))
    if len(finalisti) != 2:
        raise NonConsentito("Scegli i due candidati ammessi al ballottaggio.")
    return pdf_response(manifesti.produce_scheda(elezione, ballottaggio=finalisti, by=request.user))


@pagina_elezione(Azione.VEDERE_CANDIDATURE)
def pagina_trasparenza(request: HttpRequest, elezione: Elezione) -> HttpResponse:
    contesto = {
        "titolo": "Elezioni trasparenti",
        "dati": trasparenza.build_trasparenza(elezione),
        "puo_inserire": puo(request.user, Azione.INSERIRE_CANDIDATURE, elezione.comune_id),
        "puo_pubblicare": puo(request.user, Azione.CHIUDERE, elezione.comune_id),
        "briciole": briciole(elezione, ("Elezioni trasparenti", "")),
    }
    return render(request, "candidature/trasparenza.html", contesto)


def _alla_trasparenza(elezione: Elezione, **altro) -> str:
    return url("trasparenza", elezione)


@pagina_elezione(Azione.INSERIRE_CANDIDATURE)
@azione_post(_alla_trasparenza)
def carica_trasparenza(request: HttpRequest, elezione: Elezione) -> str:
    trasparenza.attach(
        elezione,
        chi=request.POST.get("chi", ""),
        curriculum=request.FILES.get("curriculum"),
        casellario=request.FILES.get("casellario"),
    )
    return "Documento registrato."


@pagina_elezione(Azione.CHIUDERE)
@azione_post(_alla_trasparenza)
def pubblica_trasparenza(request: HttpRequest, elezione: Elezione) -> str:
    if "togli" in request.POST:
        trasparenza.take_down(elezione, motivo=request.POST.get("motivo", ""), by=request.user)
        return "Curriculum e casellari tolti dal sito pubblico."
    fatta = trasparenza.publish(elezione, by=request.user)
    return f"Pubblicati sul sito: si tolgono da soli dopo il {fatta.fino_al:%d/%m/%Y}."


@pagina_elezione(Azione.VEDERE_CANDIDATURE)
def carta_trasparenza(request: HttpRequest, elezione: Elezione, chi: str, nome: str) -> HttpResponse:
    """The PDF as it will be published, for who prepares the page."""
    try:
        persona = trasparenza.find_persona(elezione, chi)
        file = getattr(persona, nome).open("rb") if nome in trasparenza.CARTE else None
    except (NonConsentito, ValueError, FileNotFoundError):
        file = None
    if file is None:
        raise Http404("Documento non caricato.")
    return FileResponse(file, filename=f"{chi}-{nome}.pdf", content_type="application/pdf")


@pagina_elezione(Azione.VEDERE_CANDIDATURE)
def collegamenti(request: HttpRequest, elezione: Elezione) -> HttpResponse:
    ammessi = finalisti(elezione)
    contesto = {
        "titolo": "Collegamenti per il ballottaggio",
        "previsti": elezione.sistema == Sistema.OLTRE_15000,
        "fine": termini.say_momento(termini.collegamenti_ballottaggio(elezione)),
        "liste": Lista.objects.di(elezione)
        .ammesse()
        .select_related("sindaco", "apparentata_con")
        .order_by("numero"),
        "sindaci": [s for s in _in_corsa(elezione) if not ammessi or s.numero in ammessi],
        "delegati": Delegato.objects.di(elezione).select_related("lista").order_by("cognome", "nome"),
        "dichiarazioni": DichiarazioneCollegamento.objects.di(elezione).select_related(
            "lista", "sindaco", "registrata_da"
        ),
        "form": CollegamentoForm(initial={"dichiarata_il": timezone.localtime()}),
        "puo_inserire": puo(request.user, Azione.INSERIRE_CANDIDATURE, elezione.comune_id),
        "briciole": briciole(elezione, ("Collegamenti", "")),
    }
    return render(request, "candidature/collegamenti.html", contesto)


def _ai_collegamenti(elezione: Elezione, **altro) -> str:
    return url("collegamenti", elezione)


@pagina_elezione(Azione.INSERIRE_CANDIDATURE)
@azione_post(_ai_collegamenti)
def collega(request: HttpRequest, elezione: Elezione) -> str | None:
    form = CollegamentoForm(request.POST)
    if not form.is_valid():
        say_errors(request, form)
        return None
    dati = form.cleaned_data
    lista = lista_di(elezione, dati.pop("lista"))
    sindaco = get_object_or_404(CandidatoSindaco, pk=dati.pop("sindaco"), elezione=elezione)
    dominio_collegamenti.declare_collegamento(lista, sindaco=sindaco, by=request.user, **dati)
    if dominio_collegamenti.is_convergente(lista, sindaco):
        return f"Dichiarazioni convergenti: «{lista.denominazione}» è collegata a {sindaco}."
    return "Dichiarazione registrata: manca quella dell'altra parte."


@pagina_elezione(Azione.INSERIRE_CANDIDATURE)
@azione_post(_ai_collegamenti)
def scollega(request: HttpRequest, elezione: Elezione, pk: int) -> str:
    trovata = get_object_or_404(DichiarazioneCollegamento, pk=pk, lista__elezione=elezione)
    dominio_collegamenti.withdraw_collegamento(trovata)
    return "Dichiarazione tolta."
