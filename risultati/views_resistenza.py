"""Prova di resistenza: what could still change and by how many votes; page and PDF."""

from django import forms
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render

from comuni.atti import produce_atto
from comuni.models import Elezione
from comuni.viste import pagina_elezione
from electoral.permessi import Azione
from risultati.contesti import contesto_elezione
from risultati.models import Riparto
from risultati.resistenza import build_resistenza
from risultati.riparto import RipartoImpossibile


class ResistenzaForm(forms.Form):
    """How many ballots are in doubt."""

    turno = forms.TypedChoiceField(
        label="Turno", choices=[(1, "primo turno"), (2, "ballottaggio")], coerce=int, initial=1
    )
    schede_contestate = forms.IntegerField(
        label="Schede contestate e non attribuite", min_value=0, max_value=100_000, initial=0
    )
    elettori_sezioni_aperte = forms.IntegerField(
        label="Elettori delle sezioni dubbie o mancanti", min_value=0, max_value=1_000_000, initial=0
    )
    voti_dubbi = forms.IntegerField(
        label="Voti contati ma forse da annullare", min_value=0, max_value=100_000, initial=0
    )


@pagina_elezione(Azione.VEDERE_RISULTATI)
def resistenza(request: HttpRequest, elezione: Elezione) -> HttpResponse:
    riparto = Riparto.objects.corrente(elezione)
    chiede = bool(request.GET)
    modulo = ResistenzaForm(request.GET if chiede else None)
    contesto = {
        "titolo": "Prova di resistenza",
        "sottotitolo": "Che cosa potrebbe ancora cambiare, e con quanti voti.",
        "elezione": elezione,
        "riparto": riparto,
        "modulo": modulo,
    }
    if riparto and riparto.tipo_esito == "riparto" and (not chiede or modulo.is_valid()):
        prova = modulo.cleaned_data if chiede else None
        try:
            contesto |= {"margini": build_resistenza(riparto, prova=prova), "prova": prova}
        except RipartoImpossibile as errore:
            contesto["errore"] = str(errore)
    if request.GET.get("pdf") and contesto.get("margini"):
        return _pdf(elezione, riparto, contesto, request)
    return render(request, "esito/resistenza.html", contesto)


def _pdf(elezione: Elezione, riparto: Riparto, contesto: dict, request: HttpRequest) -> HttpResponse:
    atto = produce_atto(
        elezione,
        tipo="resistenza",
        titolo="Prova di resistenza",
        modello="resistenza",
        contesto={
            **contesto_elezione(elezione),
            "margini": contesto["margini"],
            "prova": contesto["prova"],
            "impronta_dati": riparto.impronta,
            "parziale": riparto.parziale,
        },
        azione=Azione.VEDERE_RISULTATI,
        by=request.user,
    )
    return FileResponse(atto.file.open("rb"), filename=f"{elezione.slug}-resistenza.pdf")
