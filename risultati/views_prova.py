"""The page of the rehearsal: make it, fill it, empty it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from comuni.models import Elezione
from electoral.permessi import Azione
from risultati.accesso_sezioni import pagina_giornata
from risultati.generazione import generate_scrutini
from risultati.models import Scrutinio
from risultati.prova_generale import ProvaVietata, clone_per_prova, empty_prova, prove_di


@pagina_giornata(Azione.PREPARARE_ELEZIONE)
def prova_generale(request: HttpRequest, elezione: Elezione, turno: int) -> HttpResponse:
    if request.method == "POST":
        try:
            return _act(request, elezione, turno)
        except ProvaVietata as vietata:
            messages.error(request, str(vietata))
            return redirect("giornata:prova_generale", elezione.slug)
    contesto = {
        "titolo": "Prova generale",
        "elezione": elezione,
        "prove": prove_di(elezione),
        "scrutinate": Scrutinio.objects.di(elezione).definitivi().count() if elezione.prova else 0,
        "sezioni": elezione.sezioni.con_risultati().count(),
    }
    return render(request, "giornata/prova_generale.html", contesto)


def _act(request: HttpRequest, elezione: Elezione, turno: int) -> HttpResponse:
    azione = request.POST.get("azione")
    if azione == "clona":
        prova = clone_per_prova(elezione)
        messages.success(
            request, "Prova generale pronta: le stesse sezioni, liste e candidati, nessuna cifra."
        )
        return redirect("giornata:prova_generale", prova.slug)
    if azione == "riempi":
        quota = {"tutte": 1.0, "meta": 0.5}.get(request.POST.get("quota", ""), 1.0)
        fatte = generate_scrutini(elezione, turno=turno, quota=quota)
        messages.success(request, f"{fatte} sezioni riempite con cifre inventate.")
    elif azione == "svuota" and request.POST.get("conferma") != "si":
        messages.error(request, "Per svuotare la prova spunti la casella accanto al bottone.")
    elif azione == "svuota":
        empty_prova(elezione)
        messages.success(request, "Prova svuotata: si può ricominciare.")
    return redirect("giornata:prova_generale", elezione.slug)
