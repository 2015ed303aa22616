"""The page of the differences: two readings side by side, box by box, with the paper if it was scanned."""

from csp.constants import SELF
from csp.decorators import csp_update
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from comuni.models import Sezione
from electoral.permessi import Azione
from norme.rilievi import Gravita
from risultati.accesso_sezioni import pagina_sezione
from risultati.affluenza import affluenze_di
from risultati.caselle import Modulo, build_modulo
from risultati.controlli import check_passo
from risultati.differenze import Differenza, find_differenze
from risultati.digitazione import celle_di, find_scrutinio, letture_di
from risultati.ingressi import read_testo
from risultati.models import Digitazione, Scrutinio
from risultati.risoluzione import settle_differenze
from risultati.scansioni import verbali_accanto
from risultati.stati import PassaggioVietato, Stato

Ordine = Digitazione.Ordine


@csp_update({"frame-src": [SELF]})
@pagina_sezione(Azione.DIRIMERE)
def differenze(request: HttpRequest, sezione: Sezione, turno: int) -> HttpResponse:
    modulo, scrutinio = build_modulo(sezione.elezione, turno), find_scrutinio(sezione, turno)
    scelte: dict[str, str] = {}
    if request.method == "POST":
        scelte = {
            c: request.POST.get(f"scelta-{c}", "") for c in modulo.campi if f"scelta-{c}" in request.POST
        }
        try:
            stato = settle_differenze(
                scrutinio, modulo, scelte, motivo=read_testo(request.POST, "motivo"), by=request.user
            )
        except PassaggioVietato as vietato:
            messages.error(request, str(vietato))
        else:
            messages.success(request, _testo_deciso(sezione, stato))
            return redirect("giornata:sezione", sezione.elezione.slug, turno, sezione.numero)
    contesto = _contesto(sezione, turno, modulo, scrutinio, scelte)
    return render(
        request, "giornata/differenze.html", contesto | {"motivo": read_testo(request.POST, "motivo")}
    )


def _testo_deciso(sezione: Sezione, stato: Stato) -> str:
    if stato == Stato.DIFFORME:
        return f"Sezione {sezione.numero}: le caselle rimandate aspettano la rilettura."
    if stato == Stato.CON_ERRORI:
        return f"Sezione {sezione.numero}: differenze risolte, restano rilievi da decidere."
    return f"Sezione {sezione.numero} definitiva."


def _contesto(
    sezione: Sezione, turno: int, modulo: Modulo, scrutinio: Scrutinio, scelte
) -> dict[str, object]:
    trovate = find_differenze(scrutinio, modulo)
    letture = {
        d.ordine: d
        for d in letture_di(scrutinio).select_related("iniziata_da", "conclusa_da").prefetch_related("passi")
    }
    rilettura = letture.get(Ordine.RILETTURA)
    return {
        "sezione": sezione,
        "turno": turno,
        "scrutinio": scrutinio,
        "gruppi": _gruppi(trovate, modulo, scrutinio, letture, scelte),
        "quante": len(trovate),
        "prima": letture.get(Ordine.PRIMA),
        "seconda": letture.get(Ordine.SECONDA),
        "rilettura": rilettura,
        "in_rilettura": rilettura is not None and rilettura.conclusa_il is None,
        "verbali": verbali_accanto(sezione, turno),
        "altre": _altre_difformi(scrutinio),
        "titolo": f"Sezione {sezione.numero}: differenze",
    }


def _gruppi(trovate: list[Differenza], modulo: Modulo, scrutinio: Scrutinio, letture, scelte) -> list[dict]:
    """The differing boxes by step; for each reading, whether its own figures tally."""
    gruppi: dict[str, dict] = {}
    for differenza in trovate:
        gruppo = gruppi.setdefault(differenza.passo.nome, {"passo": differenza.passo, "righe": []})
        gruppo["righe"].append(
            {
                "differenza": differenza,
                "etichetta": modulo.etichetta(differenza.campo),
                "scelta": scelte.get(differenza.campo, ""),
            }
        )
    comunicati = affluenze_di(scrutinio) if gruppi else None
    for nome, gruppo in gruppi.items():
        gruppo["letture"] = [
            (titolo, _errori(scrutinio, modulo, celle_di(letture[ordine]), nome, comunicati))
            for ordine, titolo in ((Ordine.PRIMA, "prima"), (Ordine.SECONDA, "seconda"))
        ]
    return list(gruppi.values())


def _errori(scrutinio: Scrutinio, modulo: Modulo, celle, nome: str, comunicati) -> list:
    """What cannot be, if the reading is right: a hint for who decides, who has the paper in hand."""
    rilievi = check_passo(scrutinio, modulo, celle, nome, comunicati=comunicati)
    return [rilievo for rilievo in rilievi if rilievo.gravita is Gravita.ERRORE]


def _altre_difformi(scrutinio: Scrutinio) -> list[int]:
    """The other sections that wait for a decision, so that one goes on without the board."""
    altre = Scrutinio.objects.di(scrutinio.elezione).filter(turno=scrutinio.turno, stato=Stato.DIFFORME)
    return list(
        altre.exclude(pk=scrutinio.pk)
        .order_by("sezione__numero")
        .values_list("sezione__numero", flat=True)[:20]
    )
