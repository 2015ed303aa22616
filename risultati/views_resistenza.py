"""The prova di resistenza: what could still change, by how many votes. A job computes it, a page shows it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from comuni.models import Elezione
from comuni.viste import pagina_elezione
from electoral.models import Lavoro
from electoral.permessi import Azione, puo
from risultati.forms_resistenza import ResistenzaForm, contestate_scritte
from risultati.models import Riparto
from risultati.stato import stato_turni
from risultati.tasks import RESISTENZA, request_resistenza


@pagina_elezione(Azione.VEDERE_RISULTATI)
def resistenza(request: HttpRequest, elezione: Elezione) -> HttpResponse:
    """The last test with its answers, and the form of the next one for who prepares the election."""
    riparto = Riparto.objects.corrente(elezione)
    puo_chiedere = puo(request.user, Azione.PREPARARE_ELEZIONE, elezione.comune_id)
    stati = stato_turni(elezione)
    modulo = ResistenzaForm(
        request.POST if puo_chiedere and request.method == "POST" else None,
        elezione=elezione,
        initial={"schede_contestate": contestate_scritte(stati)},
    )
    if modulo.is_valid():
        request_resistenza(elezione, modulo.prova(), by=request.user)
        return redirect("esito:resistenza", elezione.slug)
    lavoro = Lavoro.objects.filter(chiave=f"{RESISTENZA}:{elezione.pk}").first()
    contesto = {
        "titolo": "Prova di resistenza",
        "sottotitolo": "Che cosa potrebbe ancora cambiare, e con quanti voti.",
        "elezione": elezione,
        "riparto": riparto,
        "modulo": modulo if puo_chiedere else None,
        "lavoro": lavoro if lavoro and lavoro.stato != Lavoro.Stato.RIUSCITO else None,
        **_ultima(elezione, riparto),
    }
    return render(request, "esito/resistenza.html", contesto, status=422 if modulo.errors else 200)


def _ultima(elezione: Elezione, riparto: Riparto | None) -> dict:
    """The last test that succeeded, and whether it was made on the figures of now."""
    fatta = Lavoro.objects.filter(chiave=f"{RESISTENZA}:{elezione.pk}", stato=Lavoro.Stato.RIUSCITO).first()
    if fatta is None or riparto is None:
        return {}
    return {
        "fatta": fatta,
        "prova": fatta.parametri["prova"],
        "margini": fatta.esito["margini"],
        "superata": fatta.esito["impronta"] != riparto.impronta,
        "atto": elezione.atti.filter(numero=fatta.esito["atto"]).first(),
    }
