"""The page of a section: state, figures, history, notes, scans, and what may be done now."""

from csp.constants import SELF
from csp.decorators import csp
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST

from comuni.models import Elezione, Sezione
from electoral.permessi import Azione, puo
from risultati.accesso_sezioni import pagina_giornata, pagina_sezione, sezioni_di
from risultati.caselle import build_modulo
from risultati.chiusura import discard_seconda, discard_tutto, reopen
from risultati.consolidamento import celle_da_tabelle
from risultati.controlli import as_rilievo
from risultati.digitazione import (
    DIGITABILI,
    autori,
    celle_di,
    find_scrutinio,
    get_scrutinio,
    letture_di,
    needs_doppia,
)
from risultati.dossier import produce_dossier
from risultati.ingressi import read_numero, read_testo
from risultati.models import Annotazione, Digitazione, Scansione, Scrutinio
from risultati.pagina_passo import mostra_rilievi
from risultati.scansioni import ScansioneRifiutata, keep_scansione, withdraw_scansione
from risultati.stati import AMMESSE, PassaggioVietato, Stato, is_congelata, perche_congelata
from risultati.views_chiusura import riepilogo

VEDERE = (Azione.DIGITARE, Azione.VEDERE_RISULTATI)


@pagina_giornata(Azione.DIGITARE)
def sezioni(request: HttpRequest, elezione: Elezione, turno: int) -> HttpResponse:
    """The sections one may type, with their state; jump by number."""
    mie = list(sezioni_di(request.user, elezione))
    if numero := read_numero(request.GET.get("numero", "")):
        if any(sezione.numero == numero for sezione in mie):
            return redirect("giornata:digita", elezione.slug, turno, numero)
        messages.warning(request, f"La sezione {numero} non c'è, o non è fra le sue.")
    stati = dict(Scrutinio.objects.di(elezione).filter(turno=turno).values_list("sezione_id", "stato"))
    righe = [(sezione, Stato(stati.get(sezione.pk, Stato.ATTESA))) for sezione in mie]
    solo_aperte = "aperte" in request.GET
    contesto = {
        "titolo": "Scrutinio: le sezioni" if turno == 1 else "Scrutinio del ballottaggio: le sezioni",
        "elezione": elezione,
        "turno": turno,
        "righe": [r for r in righe if r[1] != Stato.DEFINITIVO] if solo_aperte else righe,
        "solo_aperte": solo_aperte,
        "definitive": sum(stato == Stato.DEFINITIVO for _, stato in righe),
        "totale": len(righe),
        "congelata": perche_congelata() if is_congelata(elezione) else "",
    }
    return render(request, "giornata/sezioni.html", contesto)


@pagina_sezione(*VEDERE)
def sezione(request: HttpRequest, sezione: Sezione, turno: int) -> HttpResponse:
    scrutinio, modulo = find_scrutinio(sezione, turno), build_modulo(sezione.elezione, turno)
    scrutinio.elezione = sezione.elezione
    dirime = puo(request.user, Azione.DIRIMERE, sezione.elezione.comune_id)
    congelata = is_congelata(sezione.elezione)
    letture = list(
        letture_di(scrutinio).select_related("iniziata_da", "conclusa_da").prefetch_related("passi")
    )
    cifre_visibili = scrutinio.stato == Stato.DEFINITIVO or dirime
    celle = celle_di(letture[0]) if letture and cifre_visibili else {}
    if scrutinio.stato == Stato.DEFINITIVO and not celle:
        celle = celle_da_tabelle(scrutinio, modulo)
    righe = list(scrutinio.rilievi.select_related("deciso_da")) if scrutinio.pk and cifre_visibili else []
    contesto = {
        "titolo": f"Sezione {sezione.numero}",
        "sezione": sezione,
        "turno": turno,
        "elezione": sezione.elezione,
        "scrutinio": scrutinio,
        "letture": letture,
        "doppia": needs_doppia(scrutinio),
        "riepilogo": riepilogo(modulo, celle) if celle else [],
        "voci": list(
            zip(righe, mostra_rilievi(map(as_rilievo, righe), modulo, diagnosi=dirime), strict=True)
        ),
        "passaggi": scrutinio.passaggi.select_related("fatto_da") if scrutinio.pk else [],
        "annotazioni": _annotazioni(sezione, turno),
        "scansioni": Scansione.objects.filter(sezione=sezione, turno=turno).select_related("caricata_da"),
        "azioni": _azioni(scrutinio) if dirime and not congelata else [],
        "dirime": dirime,
        "digita": puo(request.user, Azione.DIGITARE, sezione.elezione.comune_id),
        "puo_digitare": not congelata and _may_type(request.user, scrutinio),
        "congelata": perche_congelata() if congelata else "",
    }
    return render(request, "giornata/sezione.html", contesto)


def _annotazioni(sezione: Sezione, turno: int):
    return Annotazione.objects.filter(sezione=sezione, turno=turno).select_related("scritta_da")


def _may_type(utente, scrutinio: Scrutinio) -> bool:
    if not puo(utente, Azione.DIGITARE, scrutinio.elezione.comune_id):
        return False
    ordine = DIGITABILI.get(Stato(scrutinio.stato))
    if ordine == Digitazione.Ordine.SECONDA:
        return utente.pk not in autori(scrutinio, Digitazione.Ordine.PRIMA)
    if ordine == Digitazione.Ordine.RILETTURA:
        return scrutinio.digitazioni.filter(ordine=ordine, conclusa_il=None).exists()
    return ordine is not None


RIAPERTURE = {
    "riapri": (Stato.IN_DIGITAZIONE, "Riapri", "Le cifre restano; si correggono e si chiude di nuovo."),
    "scarta-seconda": (Stato.PRIMA, "Scarta la seconda digitazione", "La seconda si rifà da capo."),
    "scarta": (Stato.ATTESA, "Scarta tutto", "Si ricomincia da una pagina vuota. Resta nella cronologia."),
}


def _azioni(scrutinio: Scrutinio) -> list[tuple[str, str, str]]:
    """The changes with a reason that the table allows from here."""
    return [
        (nome, titolo, effetto)
        for nome, (a, titolo, effetto) in RIAPERTURE.items()
        if (t := AMMESSE.get((Stato(scrutinio.stato), a))) and t.con_motivo
    ]


@require_POST
@pagina_sezione(Azione.DIRIMERE)
def cambia_stato(request: HttpRequest, sezione: Sezione, turno: int) -> HttpResponse:
    scrutinio, motivo = get_scrutinio(sezione, turno), read_testo(request.POST, "motivo")
    modulo = build_modulo(sezione.elezione, turno)
    azioni = {
        "riapri": lambda: reopen(scrutinio, modulo, motivo=motivo, by=request.user),
        "scarta-seconda": lambda: discard_seconda(scrutinio, motivo=motivo, by=request.user),
        "scarta": lambda: discard_tutto(scrutinio, motivo=motivo, by=request.user),
    }
    azione = azioni.get(request.POST.get("azione", ""))
    if azione is None:
        raise Http404("Azione sconosciuta.")
    try:
        azione()
    except PassaggioVietato as vietato:
        messages.error(request, str(vietato))
    else:
        messages.success(
            request, f"Sezione {sezione.numero}: fatto. Il motivo è nel fascicolo della sezione."
        )
    return _back(sezione, turno)


@require_POST
@pagina_sezione(Azione.DIGITARE)
def annota(request: HttpRequest, sezione: Sezione, turno: int) -> HttpResponse:
    """A note or an incident, added for ever; the other kinds are written by what they tell."""
    testo, tipo = read_testo(request.POST, "testo"), request.POST.get("tipo", "nota")
    if tipo not in (Annotazione.Tipo.NOTA, Annotazione.Tipo.INCIDENTE):
        raise Http404("Tipo di nota sconosciuto.")
    if not testo:
        messages.error(request, "Scriva il testo della nota.")
    else:
        Annotazione.objects.create(
            sezione=sezione, turno=turno, tipo=tipo, testo=testo, scritta_da=request.user
        )
        messages.success(request, "Nota aggiunta.")
    return _back(sezione, turno)


@require_POST
@pagina_sezione(Azione.DIGITARE)
def carica_scansione(request: HttpRequest, sezione: Sezione, turno: int) -> HttpResponse:
    file = request.FILES.get("file")
    if file is None:
        messages.error(request, "Scelga il file del verbale (PDF, JPEG o PNG).")
        return _back(sezione, turno)
    try:
        keep_scansione(sezione, turno, file, by=request.user)
    except ScansioneRifiutata as rifiuto:
        messages.error(request, str(rifiuto))
    else:
        messages.success(request, "Verbale allegato.")
    return _back(sezione, turno)


@csp({"frame-ancestors": [SELF]})
@xframe_options_sameorigin
@pagina_sezione(*VEDERE)
def scansione(request: HttpRequest, sezione: Sezione, turno: int, pk: int) -> FileResponse:
    """The scan itself, after the permission check; nothing but a PDF or an image is ever served.

    It may be framed by our own pages: the verbale stands beside the figures. The other directives would
    stop the PDF reader of the browser, which is not ours; with nosniff nothing in the file can run.
    """
    riga = Scansione.objects.filter(sezione=sezione, turno=turno, pk=pk).first()
    if riga is None:
        raise Http404("Il verbale non c'è.")
    risposta = FileResponse(riga.file.open("rb"), content_type=riga.tipo_mime, filename=riga.nome)
    risposta["X-Content-Type-Options"] = "nosniff"
    risposta["Cache-Control"] = "private, no-store"
    return risposta


@require_POST
@pagina_sezione(Azione.DIRIMERE)
def ritira_scansione(request: HttpRequest, sezione: Sezione, turno: int, pk: int) -> HttpResponse:
    riga = Scansione.objects.filter(sezione=sezione, turno=turno, pk=pk, ritirata_il=None).first()
    if riga is None:
        raise Http404("Il verbale non c'è.")
    if not (motivo := read_testo(request.POST, "motivo")):
        messages.error(request, "Scriva perché il file viene ritirato.")
    else:
        withdraw_scansione(riga, motivo=motivo)
        messages.success(request, "File ritirato; la sua impronta resta nel fascicolo.")
    return _back(sezione, turno)


@require_POST
@pagina_sezione(Azione.VEDERE_RISULTATI)
def dossier(request: HttpRequest, sezione: Sezione, turno: int) -> FileResponse:
    """The PDF one hands to a judge."""
    atto = produce_dossier(sezione, turno, by=request.user)
    return FileResponse(
        atto.file.open("rb"), content_type="application/pdf", filename=atto.file.name.split("/")[-1]
    )


@pagina_sezione(Azione.DIGITARE)
def lettura(request: HttpRequest, sezione: Sezione, turno: int) -> HttpResponse:
    """Reading aloud, for a small comune: one reads the screen, the other follows on the paper."""
    scrutinio, modulo = find_scrutinio(sezione, turno), build_modulo(sezione.elezione, turno)
    prima = letture_di(scrutinio).filter(ordine=Digitazione.Ordine.PRIMA).prefetch_related("passi").first()
    if prima is None or (needs_doppia(scrutinio) and scrutinio.stato != Stato.DEFINITIVO):
        messages.warning(request, "Non ci sono cifre da leggere, o la seconda digitazione è ancora da fare.")
        return _back(sezione, turno)
    if request.method == "POST":
        chi = read_testo(request.POST, "chi", massimo=200)
        if chi:
            testo = f"Lette ad alta voce tutte le cifre: conformi al verbale. Seguiva sul verbale: {chi}."
            Annotazione.objects.create(
                sezione=sezione,
                turno=turno,
                tipo=Annotazione.Tipo.LETTURA,
                testo=testo,
                scritta_da=request.user,
            )
            messages.success(request, "Lettura registrata.")
            return _back(sezione, turno)
        messages.error(request, "Scriva chi seguiva sul verbale.")
    contesto = {
        "titolo": f"Sezione {sezione.numero}: lettura ad alta voce",
        "sezione": sezione,
        "scrutinio": scrutinio,
        "turno": turno,
        "riepilogo": riepilogo(modulo, celle_di(prima)),
    }
    return render(request, "giornata/lettura.html", contesto)


def _back(sezione: Sezione, turno: int) -> HttpResponse:
    return redirect("giornata:sezione", sezione.elezione.slug, turno, sezione.numero)
