"""The runoff: who is admitted, the links declared, the manifesto."""

from datetime import date

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from comuni.atti import chi_firma, produce_atto
from comuni.models import Elezione, Sistema
from comuni.viste import pagina_elezione
from electoral.permessi import Azione, puo
from risultati.contesti import contesto_elezione, data_lunga
from risultati.models import Riparto


def describe_ballottaggio(elezione: Elezione, riparto: Riparto) -> dict | None:
    """The two (or more) admitted with their lists and the added ones; None without a runoff."""
    passo = next((p for p in riparto.esito["passi"] if p["tipo"] == "ammessi_ballottaggio"), None)
    if passo is None:
        return None
    subentri = {
        p["al_posto_di"]: p["subentra"]
        for p in riparto.esito["passi"]
        if p["tipo"] == "subentro_ballottaggio"
    }
    rinvii = [p["si_vota_il"] for p in riparto.esito["passi"] if p["tipo"] == "subentro_ballottaggio"]
    sindaci = {s["id"]: s for s in riparto.dati["sindaci"]}
    ammessi = [subentri.get(ident, ident) for ident in passo["ammessi"]]
    return {
        "articolo": passo["articolo"],
        "data": max(map(date.fromisoformat, rinvii)) if rinvii else elezione.data_ballottaggio,
        "testi": [
            {"testo": p["testo"], "articolo": p["articolo"]}
            for p in riparto.esito["passi"]
            if p["tipo"] in ("spareggio_sindaci", "ammessi_ballottaggio", "subentro_ballottaggio")
        ],
        "ammessi": [
            {
                "nome": sindaci[ident]["nome"],
                "voti": sindaci[ident]["voti"],
                "liste": [x["nome"] for x in riparto.dati["liste"] if x["sindaco"] == ident],
                "apparentate": [
                    x["nome"] for x in riparto.dati["liste"] if x.get("apparentata_con") == ident
                ],
            }
            for ident in ammessi
            if ident is not None
        ],
    }


def _corrente(elezione: Elezione) -> dict | None:
    """The runoff of the last complete allocation."""
    riparto = Riparto.objects.corrente(elezione)
    return describe_ballottaggio(elezione, riparto) if riparto and not riparto.parziale else None


@pagina_elezione(Azione.VEDERE_RISULTATI)
def ballottaggio(request: HttpRequest, elezione: Elezione) -> HttpResponse:
    b = _corrente(elezione)
    contesto = {
        "titolo": "Ballottaggio",
        "elezione": elezione,
        "b": b,
        "oltre": elezione.sistema == Sistema.OLTRE_15000,
        "puo_preparare": puo(request.user, Azione.PREPARARE_ELEZIONE, elezione.comune_id),
        "data_da_cambiare": b and b["data"] != elezione.data_ballottaggio,
    }
    return render(request, "esito/ballottaggio.html", contesto)


@pagina_elezione(Azione.PREPARARE_ELEZIONE)
def manifesto_ballottaggio(request: HttpRequest, elezione: Elezione) -> HttpResponse:
    b = _corrente(elezione)
    if b is None or b["data"] is None:
        if b:
            messages.error(request, "Prima va indicata la data del ballottaggio, nei dati dell'elezione.")
        return redirect("esito:ballottaggio", elezione.slug)
    atto = produce_atto(
        elezione,
        tipo="manifesto_ballottaggio",
        titolo="Manifesto del ballottaggio",
        modello="manifesto_ballottaggio",
        contesto={
            **contesto_elezione(elezione),
            **chi_firma(elezione),
            "data_ballottaggio": data_lunga(b["data"]),
            "ballottaggio": b,
        },
        azione=Azione.VEDERE_RISULTATI,
        by=request.user,
    )
    return FileResponse(atto.file.open("rb"), filename=f"{elezione.slug}-manifesto-ballottaggio.pdf")
