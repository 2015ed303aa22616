"""The end of a reading: check and save, boxes to read again."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from comuni.models import Sezione
from electoral.permessi import Azione
from norme.rilievi import Rilievo
from risultati.accesso_sezioni import pagina_sezione
from risultati.caselle import Passo
from risultati.chiusura import close_digitazione, passi_mancanti
from risultati.controlli import as_rilievo, build_riga, impronta_rilievo
from risultati.digitazione import needs_doppia, read_celle
from risultati.ingressi import read_testo
from risultati.models import Digitazione, RilievoSezione
from risultati.pagina_passo import build_righe, mostra_rilievi
from risultati.risoluzione import campi_da_rileggere, save_rilettura
from risultati.stati import PassaggioVietato, Stato
from risultati.views_digitazione import Lavoro, apri_lavoro


@pagina_sezione(Azione.DIGITARE)
def controlla(request: HttpRequest, sezione: Sezione, turno: int) -> HttpResponse:
    """The last step: everything on one page, findings to decide, and the button that closes."""
    lavoro = apri_lavoro(request, sezione, turno)
    if isinstance(lavoro, HttpResponse):
        return lavoro
    if lavoro.digitazione.ordine == Digitazione.Ordine.RILETTURA:
        return redirect("giornata:rilettura", *lavoro.args)
    if request.method == "POST":
        return _close(lavoro)
    return _show_controlla(lavoro)


def _show_controlla(lavoro: Lavoro) -> HttpResponse:
    rilievi = lavoro.check_sezione(confronti=True)
    prima = lavoro.digitazione.ordine == Digitazione.Ordine.PRIMA
    righe = _with_decisioni(lavoro, rilievi)
    mostrati = mostra_rilievi([as_rilievo(riga) for riga in righe], lavoro.modulo, diagnosi=lavoro.diagnosi)
    contesto = lavoro.contesto("controlla", rilievi) | {
        "mancanti": passi_mancanti(lavoro.passi, lavoro.modulo),
        "voci": list(zip(righe, mostrati, strict=True)),
        "puo_decidere_errori": lavoro.diagnosi,
        "riepilogo": [r for r in riepilogo(lavoro.modulo, lavoro.celle) if r[0].nome in lavoro.passi],
        "serve_seconda": prima and needs_doppia(lavoro.scrutinio),
        "is_seconda": not prima,
    }
    return render(lavoro.request, "giornata/controlla.html", contesto)


def _with_decisioni(lavoro: Lavoro, rilievi: Sequence[Rilievo]) -> list[RilievoSezione]:
    """The findings of now with the decisions already taken; who closes stores them, not who looks."""
    if not rilievi:
        return []
    decisi = {riga.impronta: riga for riga in lavoro.scrutinio.rilievi.select_related("deciso_da")}
    righe = [decisi.get(impronta_rilievo(rilievo)) or build_riga(rilievo) for rilievo in rilievi]
    prima = lavoro.digitazione.ordine == Digitazione.Ordine.PRIMA
    return sorted(righe, key=lambda riga: riga.codice) if prima else righe  # as they will be stored


def riepilogo(modulo, celle) -> list[tuple[Passo, list[tuple[str, int | None]]]]:
    """All the figures by step, zero preferences left out, to be read beside the paper."""
    return [
        (
            passo,
            [
                (modulo.etichetta(campo), celle.get(campo))
                for campo in passo.campi
                if celle.get(campo) is not None and (celle[campo] or not campo.startswith("preferenze."))
            ],
        )
        for passo in modulo.passi
    ]


def _close(lavoro: Lavoro) -> HttpResponse:
    motivi = {
        nome.removeprefix("motivo-"): read_testo(lavoro.request.POST, nome)
        for nome in lavoro.request.POST
        if nome.startswith("motivo-")
    }
    try:
        chiusura = close_digitazione(lavoro.digitazione, lavoro.modulo, motivi=motivi, by=lavoro.request.user)
    except PassaggioVietato as vietato:
        messages.error(lavoro.request, str(vietato))
        return redirect("giornata:controlla", *lavoro.args)
    numero = lavoro.sezione.numero
    if chiusura.da_decidere:
        messages.warning(lavoro.request, _testo_da_decidere(chiusura, lavoro))
        return redirect("giornata:controlla", *lavoro.args)
    testi = {
        Stato.DEFINITIVO: f"Sezione {numero} definitiva.",
        Stato.PRIMA: f"Sezione {numero}: prima digitazione conclusa. Ora tocca a un'altra persona.",
        Stato.DIFFORME: f"Sezione {numero}: le due digitazioni sono diverse. Decide il responsabile.",
    }
    messages.success(lavoro.request, testi.get(chiusura.stato, f"Sezione {numero}: {chiusura.stato.label}."))
    return redirect("giornata:sezione", *lavoro.args)


def _testo_da_decidere(chiusura, lavoro: Lavoro) -> str:
    errori = any(riga.is_errore for riga in chiusura.da_decidere)
    if errori and not lavoro.diagnosi:
        return (
            "La sezione è registrata così com'è, ma non si chiude: ricontrolli le caselle segnate."
            " Se il verbale dice davvero così, decide il responsabile."
        )
    return "Scriva il motivo accanto a ogni rilievo, oppure corregga la cifra."


@pagina_sezione(Azione.DIGITARE)
def rilettura(request: HttpRequest, sezione: Sezione, turno: int) -> HttpResponse:
    """Only the boxes sent back, to be read again on the paper without seeing the two figures."""
    lavoro = apri_lavoro(request, sezione, turno)
    if isinstance(lavoro, HttpResponse):
        return lavoro
    if lavoro.digitazione.ordine != Digitazione.Ordine.RILETTURA:
        return redirect("giornata:digita", *lavoro.args)
    campi = campi_da_rileggere(lavoro.digitazione, lavoro.modulo)
    parziali = [
        Passo(p.nome, p.titolo, tuple(c for c in p.caselle if c.campo in campi), p.sottotitolo, p.lista)
        for p in lavoro.modulo.passi
        if set(p.campi) & set(campi)
    ]
    celle, errori = {}, {}
    if request.method == "POST":
        for parziale in parziali:
            nuove, sbagliate = read_celle(parziale, request.POST)
            celle, errori = celle | nuove, errori | _vuote(parziale, request.POST) | sbagliate
        if not errori:
            return _save_rilettura(lavoro, celle)
    gruppi = [(p, build_righe(p, request.POST, errori=errori, rilievi=[])) for p in parziali]
    contesto = lavoro.contesto("rilettura", []) | {"gruppi": gruppi, "quante": len(campi), "errori": errori}
    return render(request, "giornata/rilettura.html", contesto, status=422 if errori else 200)


def _vuote(passo: Passo, testi) -> dict[str, str]:
    """Boxes left empty: here an empty box is no zero, because Enter pressed once too often would decide."""
    return {
        casella.campo: "Scriva la cifra, anche se è 0."
        for casella in passo.caselle
        if casella.is_zero_se_vuota and not testi.get(casella.campo, "").strip()
    }


def _save_rilettura(lavoro: Lavoro, celle) -> HttpResponse:
    try:
        stato = save_rilettura(lavoro.digitazione, lavoro.modulo, celle, by=lavoro.request.user)
    except PassaggioVietato as vietato:
        messages.error(lavoro.request, str(vietato))
    else:
        testo = (
            "Rilettura registrata."
            if stato == Stato.DIFFORME
            else "Rilettura registrata: differenze risolte."
        )
        messages.success(lavoro.request, testo)
    return redirect("giornata:sezione", *lavoro.args)
