"""Lists, documents and files of the fees: CSV, prospetto, quietanze, certificates, forecast, rendiconto."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from comuni.importazione import import_file
from comuni.models import Elezione
from comuni.viste import pagina_elezione
from electoral.csv_io import to_csv
from electoral.permessi import Azione
from seggi import compensi as regole
from seggi import documenti_compensi, liquidazione
from seggi.fascicolo_pagamenti import PAGAMENTI
from seggi.models import Liquidazione, Nomina
from seggi.viste import briciole, open_atto, try_domain
from seggi.viste_compensi import require_prepare

MASSIMO_ERRORI = 100
DOCUMENTI = {
    "preventivo": documenti_compensi.produce_preventivo,
    "rendiconto": documenti_compensi.produce_rendiconto,
}


@pagina_elezione(Azione.VEDERE_COMPENSI)
def csv(request: HttpRequest, elezione: Elezione, numero: int) -> HttpResponse:
    """The list for the accounting system; ``?modo=bonifico`` or ``contanti``; ``?excel`` for Excel."""
    trovata = get_object_or_404(Liquidazione.objects.di(elezione), numero=numero)
    modo = request.GET.get("modo", "")
    if modo not in ("", "bonifico", "contanti"):
        raise Http404("Elenco non previsto.")
    contenuto = liquidazione.export_liquidazione(trovata, modo=modo, per_excel="excel" in request.GET)
    risposta = HttpResponse(contenuto, content_type="text/csv; charset=utf-8")
    nome = "-".join(filter(None, [elezione.slug, f"liquidazione-{numero}", modo]))
    risposta["Content-Disposition"] = f'attachment; filename="{nome}.csv"'
    return risposta


@pagina_elezione(Azione.VEDERE_COMPENSI)
def prospetto(request: HttpRequest, elezione: Elezione, numero: int) -> HttpResponse:
    trovata = get_object_or_404(Liquidazione.objects.di(elezione), numero=numero)
    indietro = reverse("seggi:liquidazione", args=[elezione.slug, numero])
    if request.method != "POST":
        return redirect(indietro)
    modo = request.POST.get("modo", "")
    if modo not in ("", "bonifico", "contanti"):
        raise Http404("Elenco non previsto.")
    atto = try_domain(request, documenti_compensi.produce_prospetto, trovata, modo=modo, by=request.user)
    return open_atto(elezione, atto, altrimenti=indietro)


def _attestato(request: HttpRequest, elezione: Elezione, pk: int, *, pagamento: bool) -> HttpResponse:
    nomina = get_object_or_404(
        Nomina.objects.di(elezione).select_related("ufficio__sezione__elezione"), pk=pk
    )
    indietro = reverse("seggi:nomina", args=[elezione.slug, pk])
    if request.method != "POST":
        return redirect(indietro)
    atto = try_domain(
        request,
        documenti_compensi.produce_attestati,
        elezione,
        [nomina],
        pagamento=pagamento,
        by=request.user,
    )
    return open_atto(elezione, atto, altrimenti=indietro)


@pagina_elezione(Azione.NOMINARE)
def attestato_presenza(request: HttpRequest, elezione: Elezione, pk: int) -> HttpResponse:
    return _attestato(request, elezione, pk, pagamento=False)


@pagina_elezione(Azione.VEDERE_COMPENSI)
def attestato_compenso(request: HttpRequest, elezione: Elezione, pk: int) -> HttpResponse:
    return _attestato(request, elezione, pk, pagamento=True)


@pagina_elezione(Azione.VEDERE_COMPENSI)
def documento(request: HttpRequest, elezione: Elezione, tipo: str) -> HttpResponse:
    """The forecast for the budget, or the rendiconto of what was paid."""
    if tipo not in DOCUMENTI:
        raise Http404("Documento non previsto.")
    require_prepare(request, elezione)
    indietro = reverse("seggi:compensi", args=[elezione.slug])
    if request.method != "POST":
        return redirect(indietro)
    atto = try_domain(request, DOCUMENTI[tipo], elezione, by=request.user)
    return open_atto(elezione, atto, altrimenti=indietro)


@pagina_elezione(Azione.VEDERE_COMPENSI)
def attestati_compenso(request: HttpRequest, elezione: Elezione, numero: int) -> HttpResponse:
    """The certificates of payment of a closed batch, one page each."""
    trovata = get_object_or_404(Liquidazione.objects.di(elezione), numero=numero)
    indietro = reverse("seggi:liquidazione", args=[elezione.slug, numero])
    if request.method != "POST":
        return redirect(indietro)
    pagati = Nomina.objects.di(elezione).filter(compensi__liquidazione=trovata).distinct()
    atto = try_domain(
        request,
        documenti_compensi.produce_attestati,
        elezione,
        list(
            pagati.select_related("ufficio__sezione").order_by(
                "ufficio__sezione__numero", "ruolo", "posizione"
            )
        ),
        pagamento=True,
        by=request.user,
    )
    return open_atto(elezione, atto, altrimenti=indietro)


@pagina_elezione(Azione.VEDERE_COMPENSI)
def esporta_pagamenti(request: HttpRequest, elezione: Elezione) -> HttpResponse:
    """Everybody who must be paid, with the columns to fill: the file that comes back is the import."""
    require_prepare(request, elezione)
    colonne = [colonna.nome for colonna in PAGAMENTI.colonne]
    contenuto = to_csv(colonne, ([riga[c] for c in colonne] for riga in PAGAMENTI.rows(elezione)))
    risposta = HttpResponse(contenuto, content_type="text/csv; charset=utf-8")
    risposta["Content-Disposition"] = f'attachment; filename="{elezione.slug}-{PAGAMENTI.nome}"'
    return risposta


@pagina_elezione(Azione.VEDERE_COMPENSI)
def importa_pagamenti(request: HttpRequest, elezione: Elezione) -> HttpResponse:
    """IBAN, cash, codici fiscali of many people at once: a trial first, then everything or nothing."""
    require_prepare(request, elezione)
    importazione, prova = None, "prova" in request.POST
    caricato = request.FILES.get("file")
    indietro = reverse("seggi:compensi_persone", args=[elezione.slug])
    if request.method == "POST" and caricato is None:
        messages.error(request, "Scegliere il file da importare.")
    elif request.method == "POST":
        importazione = import_file(
            elezione, PAGAMENTI, caricato.read(), nome=caricato.name, prova=prova, by=request.user
        )
        if not importazione.errori and not prova:
            regole.refresh_compensi(elezione)
            conto = importazione.conteggio(caricato.name)
            messages.success(request, f"Pagamenti: {conto.nuovi} nuovi, {conto.modificati} cambiati.")
            return redirect(indietro)
    contesto = {
        "titolo": "Importa IBAN e codici fiscali",
        "sottotitolo": "CSV o foglio XLSX. Con un solo errore non si salva niente.",
        "briciole": briciole(
            elezione, ("Compensi", reverse("seggi:compensi", args=[elezione.slug])), ("Importa", "")
        ),
        "file": PAGAMENTI,
        "modello": reverse("seggi:esporta_pagamenti", args=[elezione.slug]),
        "nome_modello": "Elenco da completare",
        "importazione": importazione,
        "conto": importazione.conteggio(caricato.name) if importazione else None,
        "errori": importazione.errori[:MASSIMO_ERRORI] if importazione else [],
        "avvisi": importazione.avvisi[:MASSIMO_ERRORI] if importazione else [],
    }
    return render(request, "seggi/importa.html", contesto)
