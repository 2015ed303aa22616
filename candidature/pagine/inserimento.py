"""Fast entry of candidates and signers, keyboard first; import of files with preview."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string

from candidature import importazione, sottoscrittori
from candidature.identita import say_differenze
from candidature.istruttoria import refresh_rilievi
from candidature.models import CaricamentoCsv, Lista, Sottoscrizione
from candidature.moduli import CandidatoForm
from candidature.pagine.aiuti import azione_post, briciole, lista_di, say_errors, url
from candidature.presentazione import NonConsentito, is_frozen, require_open
from comuni.models import Elezione
from comuni.viste import pagina_elezione
from electoral.ingressi import read_chiave
from electoral.permessi import Azione, puo

MASSIMO_FILE = 20 * 1024 * 1024


@pagina_elezione(Azione.INSERIRE_CANDIDATURE)
def candidati(request: HttpRequest, elezione: Elezione, pk: int) -> HttpResponse:
    """A row typed is a row saved; Enter goes on to the next."""
    lista = lista_di(elezione, pk)
    righe = lista.candidati.order_by("numero")
    numero = posto_scritto(request, righe.count() + 1)
    presente = righe.filter(numero=numero).first()
    form = CandidatoForm(request.POST or None, instance=presente)
    if request.method == "POST":
        return save_row(request, elezione, lista, form, posto=numero, campo="numero", torna="candidati")
    contesto = {
        "titolo": "Inserisci i candidati",
        "sottotitolo": lista.denominazione,
        "lista": lista,
        "righe": righe,
        "form": form,
        "posto": numero,
        "chiusa": is_frozen(lista),
        "briciole": briciole(elezione, (lista.denominazione, url("lista", elezione, pk)), ("Candidati", "")),
    }
    return render(request, "candidature/candidati.html", contesto)


def posto_scritto(request: HttpRequest, prossimo: int) -> int:
    scritto = request.POST.get("posto") or request.GET.get("posto") or ""
    riga = read_chiave(scritto)
    return riga if riga is not None and 1 <= riga <= 20_000 else prossimo


def save_row(
    request, elezione: Elezione, lista: Lista, form, *, posto: int, campo: str, torna: str
) -> HttpResponse:
    json = "application/json" in request.headers.get("Accept", "")
    try:
        require_open(lista)
        valida = form.is_valid()
    except NonConsentito as errore:
        form.add_error(None, str(errore)) if form.is_valid() else None
        valida = False
    if not valida:
        if json:
            errori = {nome or "": " ".join(voci) for nome, voci in form.errors.items()}
            return JsonResponse({"errori": errori}, status=422)
        say_errors(request, form)
        return redirect(f"{url(torna, elezione, lista.pk)}?posto={posto}")
    riga = form.save(commit=False)
    riga.lista = lista
    setattr(riga, campo, posto)
    if isinstance(riga, Sottoscrizione):
        riga.set_impronte()
    riga.save()
    avviso = say_differenze(riga)
    if not json:
        (messages.warning if avviso else messages.success)(
            request, avviso or f"Salvato: {posto}. {riga.cognome} {riga.nome}."
        )
        refresh_rilievi(elezione)
        return redirect(url(torna, elezione, lista.pk))
    html = render_to_string(
        f"candidature/_riga_{torna}.html", {"riga": riga, "lista": lista, "elezione": elezione}, request
    )
    return JsonResponse({"html": html, "posto": posto, "prossimo": posto + 1, "avviso": avviso})


# --- files -------------------------------------------------------------------------------------------------


def _azione_di(tipo: str) -> Azione:
    if tipo not in CaricamentoCsv.Tipo.values:
        raise Http404("Tipo di file sconosciuto.")
    return (
        Azione.VEDERE_SOTTOSCRITTORI
        if tipo == CaricamentoCsv.Tipo.SOTTOSCRITTORI
        else Azione.INSERIRE_CANDIDATURE
    )


@pagina_elezione(Azione.INSERIRE_CANDIDATURE)
def importa(request: HttpRequest, elezione: Elezione, tipo: str) -> HttpResponse:
    if not puo(request.user, _azione_di(tipo), elezione.comune_id):
        raise Http404
    chiave = read_chiave(request.GET.get("lista"))
    lista = None if chiave is None else lista_di(elezione, chiave)
    if request.method == "POST":
        file = request.FILES.get("file")
        if file is None or file.size > MASSIMO_FILE:
            messages.error(request, "Scegli un file CSV o XLSX di al massimo 20 MB.")
        else:
            caricamento = importazione.upload(
                file.read(), tipo=tipo, elezione=elezione, by=request.user, nome_file=file.name, lista=lista
            )
            return redirect(url("anteprima", elezione, caricamento.pk))
    contesto = {
        "titolo": f"Importa i {tipo}",
        "tipo": tipo,
        "lista": lista,
        "colonne": importazione.COLONNE[tipo],
        "briciole": briciole(elezione, (f"Importa i {tipo}", "")),
    }
    return render(request, "candidature/importa.html", contesto)


@pagina_elezione(Azione.INSERIRE_CANDIDATURE)
def modello(request: HttpRequest, elezione: Elezione, tipo: str) -> HttpResponse:
    _azione_di(tipo)
    return _csv(importazione.empty_template(tipo), f"{tipo}.csv")


def _caricamento(request: HttpRequest, elezione: Elezione, pk: int) -> CaricamentoCsv:
    """An upload is seen only by who made it."""
    trovato = get_object_or_404(CaricamentoCsv, pk=pk, elezione=elezione, caricato_da=request.user)
    if not puo(request.user, _azione_di(trovato.tipo), elezione.comune_id):
        raise Http404
    return trovato


@pagina_elezione(Azione.INSERIRE_CANDIDATURE)
def anteprima(request: HttpRequest, elezione: Elezione, pk: int) -> HttpResponse:
    caricamento = _caricamento(request, elezione, pk)
    contesto = {
        "titolo": f"Anteprima: {caricamento.nome_file}",
        "caricamento": caricamento,
        "mostrate": importazione.MOSTRATE,
        "briciole": briciole(
            elezione,
            (f"Importa i {caricamento.tipo}", url("importa", elezione, caricamento.tipo)),
            ("Anteprima", ""),
        ),
    }
    if not caricamento.confermato_il:
        vista = importazione.preview_caricamento(caricamento)
        mostrate = (*vista.nuovi[: importazione.MOSTRATE], *_oggetti(vista.modifiche))
        sottoscrittori.log_caricamento(caricamento, mostrate, by=request.user, pagina="anteprima")
        contesto |= {
            "vista": vista,
            "nuovi": vista.nuovi[: importazione.MOSTRATE],
            "modifiche": vista.modifiche[: importazione.MOSTRATE],
            "quanti_nuovi": len(vista.nuovi),
            "quante_modifiche": len(vista.modifiche),
            "quante_errate": len(vista.righe_errate),
        }
    return render(request, "candidature/anteprima.html", contesto)


def _oggetti(modifiche) -> list:
    return [modifica.oggetto for modifica in modifiche[: importazione.MOSTRATE]]


def _all_anteprima(elezione: Elezione, pk: int) -> str:
    return url("anteprima", elezione, pk)


@pagina_elezione(Azione.INSERIRE_CANDIDATURE)
@azione_post(_all_anteprima)
def conferma(request: HttpRequest, elezione: Elezione, pk: int) -> str:
    caricamento = _caricamento(request, elezione, pk)
    esito = importazione.confirm(caricamento, anche_con_errori=bool(request.POST.get("anche_con_errori")))
    return (
        f"Importati: {esito['nuovi']} nuovi, {esito['modificati']} modificati, {esito['uguali']} già uguali;"
        f" lasciate fuori {esito['errate']} righe errate."
    )


@pagina_elezione(Azione.INSERIRE_CANDIDATURE)
def errate(request: HttpRequest, elezione: Elezione, pk: int) -> HttpResponse:
    caricamento = _caricamento(request, elezione, pk)
    if caricamento.confermato_il:
        raise Http404("Il file è già stato importato.")
    vista = importazione.preview_caricamento(caricamento)
    return _csv(importazione.wrong_rows_csv(vista), f"righe-errate-{caricamento.tipo}.csv")


def _csv(contenuto: bytes, nome: str) -> HttpResponse:
    return HttpResponse(
        contenuto,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{nome}"'},
    )
