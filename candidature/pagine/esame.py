"""Pages of the commissione: progress, desk of one list, sitting, hearing, notification, verbale."""

from collections.abc import Mapping

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from candidature import atti, decisioni, istruttoria, termini
from candidature.models import Decisione, Lista, Seduta
from candidature.moduli import AudizioneForm, DecisioneForm, NotificaForm, SedutaForm
from candidature.pagine.aiuti import (
    azione_post,
    briciole,
    lista_di,
    pdf_response,
    refuse_nul,
    say_errors,
    url,
)
from candidature.presentazione import NonConsentito
from candidature.sopravvenienze import dopo_la_decisione, fatti_di, say_fermata
from comuni.models import Elezione
from comuni.viste import pagina_elezione
from electoral.ingressi import read_chiave
from electoral.permessi import Azione, comuni_dove, puo
from norme.rilievi import catalogo

PER_PAGINA = 50


@login_required
def commissione(request: HttpRequest) -> HttpResponse:
    """All the lists of all the comuni of the circondario: where each stands."""
    comuni = comuni_dove(request.user, Azione.DECIDERE_LISTE)
    if comuni is not None and not comuni:
        raise PermissionDenied("Il suo ruolo non comprende questa pagina.")
    elezioni = (
        Elezione.objects.visibili_a(request.user, Azione.DECIDERE_LISTE)
        .select_related("comune")
        .annotate(
            quante=Count("liste"),
            decise=Count("liste", filter=~Q(liste__stato__in=["presentata", "da_integrare"])),
            da_integrare=Count("liste", filter=Q(liste__stato="da_integrare")),
            ricusate=Count("liste", filter=Q(liste__stato="ricusata")),
        )
        .filter(quante__gt=0)
        .order_by("-data", "comune__circondario", "comune__chiave")
    )
    page_obj = Paginator(elezioni, PER_PAGINA).get_page(request.GET.get("page"))
    righe = list(page_obj)
    gravi = Lista.objects.filter(elezione__in=righe, rilievi__codice__startswith="E")
    con_rilievi = dict(
        gravi.da_decidere().values_list("elezione").annotate(Count("pk", distinct=True)).order_by()
    )
    aperte = set(Seduta.objects.filter(elezione__in=righe, chiusa_il=None).values_list("elezione", flat=True))
    for elezione in righe:
        elezione.con_rilievi = con_rilievi.get(elezione.pk, 0)
        elezione.in_seduta = elezione.pk in aperte
        elezione.udienza = termini.say_momento(termini.decisione_definitiva(elezione))
    contesto = {
        "titolo": "Commissione elettorale circondariale",
        "sottotitolo": "Le liste di tutti i comuni del circondario: a che punto è l'esame.",
        "elezioni": righe,
        "page_obj": page_obj,
    }
    return render(request, "candidature/commissione.html", contesto)


@pagina_elezione(Azione.VEDERE_CANDIDATURE)
def esame(request: HttpRequest, elezione: Elezione) -> HttpResponse:
    esami = istruttoria.examine_elezione(elezione)
    righe = [
        {
            "lista": e.lista,
            "proposta": e.esito.proposta.value.replace("_", " "),
            "errori": [r for r in e.rilievi if r.rilievo.gravita == "E"],
            "avvisi": [r for r in e.rilievi if r.rilievo.gravita == "W"],
            "sanabili": any(r.sanabile for r in e.rilievi),
            "restano": len(e.esito.restano),
        }
        for e in esami.values()
    ]
    codice = request.GET.get("codice", "")
    if codice:
        righe = [r for r in righe if any(v.rilievo.codice == codice for v in (*r["errori"], *r["avvisi"]))]
    contesto = {
        "titolo": "Esame delle liste",
        "fermata": say_fermata(elezione),
        "righe": righe,
        "codice": codice,
        "codici": sorted({r.rilievo.codice for e in esami.values() for r in e.rilievi}),
        "totale": len(esami),
        "decise": sum(e.lista.is_decisa for e in esami.values()),
        **_verbale_fin_qui(elezione),
        "sedute": Seduta.objects.di(elezione),
        "seduta_form": SedutaForm(
            initial={
                "aperta_il": timezone.localtime(),
                "tipo": "definitiva" if Seduta.objects.di(elezione).exists() else "esame",
            }
        ),
        "udienza": termini.say_momento(termini.decisione_definitiva(elezione)),
        "puo_decidere": puo(request.user, Azione.DECIDERE_LISTE, elezione.comune_id),
        "briciole": briciole(elezione, ("Esame", "")),
    }
    return render(request, "candidature/esame.html", contesto)


@pagina_elezione(Azione.VEDERE_CANDIDATURE)
def banco(request: HttpRequest, elezione: Elezione, pk: int) -> HttpResponse:
    """The desk: findings in the order of the law on the left, the decision on the right."""
    return _banco(request, elezione, lista_di(elezione, pk), None)


def _banco(
    request: HttpRequest, elezione: Elezione, lista: Lista, form: DecisioneForm | None
) -> HttpResponse:
    trovato = istruttoria.examine_elezione(elezione).get(lista.pk)
    if trovato is None:
        return render(
            request,
            "candidature/banco_ritirata.html",
            {"titolo": lista.denominazione, "lista": lista, "fatti": fatti_di(lista)},
        )
    motivazione = istruttoria.explain_proposta(trovato)
    scelti = _chosen(form, trovato)
    contesto = {
        "titolo": f"Lista «{lista.denominazione}»",
        "lista": lista,
        "esame": trovato,
        "firme_nulle": _firme_nulle(trovato),
        "rettifiche_dopo": _rettifiche_dopo(lista),
        "fermata": say_fermata(elezione),
        "fatti": fatti_di(lista),
        "fatti_dopo": dopo_la_decisione(lista),
        "passi": _passi(trovato),
        "form": form or DecisioneForm.proposed(trovato, motivazione, elezione),
        "proposta": trovato.esito.proposta.value,
        "esiti": Decisione.Esito.choices,
        "candidati": [
            {
                "candidato": c,
                "motivi": trovato.cancellati.get(c.pk, ()),
                "scelto": c.pk in scelti,
                "motivo": " ".join(r.testo for r in trovato.cancellati.get(c.pk, ())),
            }
            for c in lista.candidati.esaminati().order_by("numero")
        ],
        "decisioni": lista.decisioni.select_related("decisa_da")
        .prefetch_related("esclusioni__candidato", "notifiche")
        .order_by("pk"),
        "audizioni": lista.audizioni.all(),
        "audizione_form": AudizioneForm(initial={"sentito_il": timezone.localtime()}),
        "notifica_form": NotificaForm(initial={"notificata_il": timezone.localtime(), "modalita": "pec"}),
        "delegati": lista.delegati.all(),
        **_verbale_fin_qui(elezione),
        "puo_decidere": puo(request.user, Azione.DECIDERE_LISTE, elezione.comune_id),
        "briciole": briciole(elezione, ("Esame", url("esame", elezione)), (lista.denominazione, "")),
    }
    return render(request, "candidature/banco.html", contesto, status=422 if form is not None else 200)


def _verbale_fin_qui(elezione: Elezione) -> dict[str, object]:
    """The sitting under way and what was decided in it, as it grows."""
    seduta = decisioni.seduta_aperta(elezione)
    prese = (
        seduta.decisioni.select_related("lista", "sindaco")
        .annotate(quanti_esclusi=Count("esclusioni"))
        .order_by("pk")
        if seduta
        else ()
    )
    return {"seduta": seduta, "verbale": prese}


def _firme_nulle(trovato: istruttoria.EsameLista) -> str:
    """How many signatures fall and why: «2 autenticazione mancante o irregolare, 1 firma ripetuta»."""
    if trovato.firme is None:
        return ""
    return ", ".join(
        f"{quante} {catalogo()[motivo.value].titolo.lower()}"
        for motivo, quante in trovato.firme.per_motivo.items()
    )


def _rettifiche_dopo(lista: Lista):
    """What was corrected after the last decision: the commissione decided on something else."""
    decisione = lista.decisioni.order_by("-pk").first()
    return lista.rettifiche.filter(registrata_il__gt=decisione.decisa_il) if decisione else ()


def _chosen(form: DecisioneForm | None, trovato: istruttoria.EsameLista) -> set[int]:
    """The names ticked: those the law strikes, or what the person had chosen before the refusal."""
    if form is None:
        return set(trovato.cancellati)
    scelti = {read_chiave(nome.removeprefix("escludi-")) for nome in form.data if nome.startswith("escludi-")}
    return {pk for pk in scelti if pk is not None}


def _passi(trovato: istruttoria.EsameLista) -> list[dict[str, object]]:
    per_lettera: dict[str, list[istruttoria.RilievoEsaminato]] = {}
    for rilievo in trovato.rilievi:
        per_lettera.setdefault(rilievo.lettera, []).append(rilievo)
    return [
        {
            "lettera": verifica.lettera,
            "titolo": verifica.titolo,
            "testo": verifica.testo,
            "stato": verifica.stato.value,
            "rilievi": per_lettera.get(verifica.lettera, []),
            "grave": any(r.rilievo.gravita == "E" for r in per_lettera.get(verifica.lettera, [])),
            "cancellati": sorted(
                (c for c in trovato.esito.cancellazioni if c.lettera == verifica.lettera),
                key=lambda c: c.candidato.numero or 0,
            ),
        }
        for verifica in trovato.esito.verifiche
    ]


@pagina_elezione(Azione.DECIDERE_LISTE)
def decidi(request: HttpRequest, elezione: Elezione, pk: int) -> HttpResponse:
    """Decide and pass to the next list still to be decided; a refusal shows the desk again, nothing lost."""
    lista = lista_di(elezione, pk)
    form = DecisioneForm(request.POST)
    try:
        refuse_nul(request)
        if request.method != "POST" or not form.is_valid():
            raise NonConsentito("Scegli l'esito della decisione.")
        decisione = decisioni.decide_lista(
            lista,
            esito=form.cleaned_data["esito"],
            motivazione=form.cleaned_data["motivazione"],
            esclusi=_esclusi(request.POST),
            integrare_entro=form.cleaned_data["integrare_entro"],
            by=request.user,
        )
    except NonConsentito as errore:
        form.is_valid()
        form.add_error(None, str(errore))
        return _banco(request, elezione, lista, form)
    prossima = Lista.objects.di(elezione).filter(stato="presentata").in_ordine_di_presentazione().first()
    contesto = {
        "titolo": f"Lista «{lista.denominazione}»: {decisione.get_esito_display()}",
        "decisione": decisione,
        "lista": lista,
        "prossima": prossima,
        "briciole": briciole(elezione, ("Esame", url("esame", elezione)), ("Decisa", "")),
    }
    return render(request, "candidature/decisa.html", contesto)


def _esclusi(dati: Mapping[str, str]) -> dict[int, str]:
    scelti = [nome.removeprefix("escludi-") for nome in dati if nome.startswith("escludi-")]
    esclusi = {}
    for pk in scelti:
        if (chiave := read_chiave(pk)) is None:
            raise NonConsentito("Nome da escludere non riconosciuto.")
        motivo = dati.get(f"motivo-{pk}", "").strip()
        esclusi[chiave] = motivo or dati.get("motivazione", "").strip() or "Escluso dalla commissione."
    return esclusi


def _all_esame(elezione: Elezione, **altro) -> str:
    return url("esame", elezione)


def _al_banco(elezione: Elezione, pk: int) -> str:
    return url("banco", elezione, pk)


@pagina_elezione(Azione.DECIDERE_LISTE)
@azione_post(_al_banco)
def decidi_sindaco(request: HttpRequest, elezione: Elezione, pk: int) -> str:
    lista = lista_di(elezione, pk)
    escluso = request.POST.get("escluso") == "1"
    decisioni.decide_sindaco(
        lista.sindaco, escluso=escluso, motivazione=request.POST.get("motivazione", ""), by=request.user
    )
    return f"{lista.sindaco}: {'escluso; le sue liste vanno decise' if escluso else 'riammesso'}."


@pagina_elezione(Azione.DECIDERE_LISTE)
@azione_post(_al_banco)
def audizione(request: HttpRequest, elezione: Elezione, pk: int) -> str | None:
    form = AudizioneForm(request.POST)
    if not form.is_valid():
        say_errors(request, form)
        return None
    decisioni.hear_delegato(lista_di(elezione, pk), by=request.user, **form.cleaned_data)
    return "Audizione registrata: comparirà nel verbale."


@pagina_elezione(Azione.DECIDERE_LISTE)
@azione_post(_all_esame)
def apri_seduta(request: HttpRequest, elezione: Elezione) -> str | None:
    form = SedutaForm(request.POST)
    if not form.is_valid():
        say_errors(request, form)
        return None
    decisioni.open_seduta(elezione, by=request.user, **form.cleaned_data)
    return "Seduta aperta: le decisioni di adesso entrano nel suo verbale."


@pagina_elezione(Azione.DECIDERE_LISTE)
@azione_post(_all_esame)
def chiudi_seduta(request: HttpRequest, elezione: Elezione, pk: int) -> str:
    seduta = get_object_or_404(Seduta, pk=pk, elezione=elezione, chiusa_il=None)
    decisioni.close_seduta(seduta, by=request.user, osservazioni=request.POST.get("osservazioni", ""))
    return "Seduta chiusa: il verbale è definitivo."


@pagina_elezione(Azione.VEDERE_CANDIDATURE)
@azione_post(_all_esame)
def verbale(request: HttpRequest, elezione: Elezione, pk: int) -> HttpResponse:
    return pdf_response(
        atti.produce_verbale(get_object_or_404(Seduta, pk=pk, elezione=elezione), by=request.user)
    )


def _decisione(elezione: Elezione, pk: int) -> Decisione:
    return get_object_or_404(
        Decisione.objects.sulle_liste().select_related("lista", "seduta"), pk=pk, elezione=elezione
    )


@pagina_elezione(Azione.VEDERE_CANDIDATURE)
@azione_post(_all_esame)
def lettera(request: HttpRequest, elezione: Elezione, pk: int) -> HttpResponse:
    return pdf_response(atti.produce_notifica(_decisione(elezione, pk), by=request.user))


def _al_banco_della_decisione(elezione: Elezione, pk: int) -> str:
    return url("banco", elezione, _decisione(elezione, pk).lista_id)


@pagina_elezione(Azione.DECIDERE_LISTE)
@azione_post(_al_banco_della_decisione)
def notifica(request: HttpRequest, elezione: Elezione, pk: int) -> str | None:
    form = NotificaForm(request.POST)
    if not form.is_valid():
        say_errors(request, form)
        return None
    decisioni.record_notifica(_decisione(elezione, pk), by=request.user, **form.cleaned_data)
    return "Notifica registrata."
