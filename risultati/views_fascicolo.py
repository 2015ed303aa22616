"""The fascicolo in the office: what an election is made of, file by file; whole out, whole in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from comuni.fascicolo import files_fascicolo
from comuni.models import Elezione
from comuni.viste import briciole, pagina_elezione
from electoral.lavori import ErroreLavoro
from electoral.models import Lavoro
from electoral.permessi import Azione, comuni_dove, puo
from risultati.caricamento_fascicolo import FASCICOLO, can_confirm, confirm, request_prova
from risultati.fascicolo.esportazione import write_zip

MASSIMO_BYTE = 20 * 1024 * 1024
#: The archive from which each file is imported alone.
ARCHIVI = {
    "sezioni.csv": "comuni_sezione",
    "sindaci.csv": "candidature_candidatosindaco",
    "liste.csv": "candidature_lista",
    "candidati.csv": "candidature_candidato",
    "affluenza.csv": "risultati_affluenza",
    "scrutinio.csv": "risultati_scrutinio",
    "voti_sindaci.csv": "risultati_votisindaco",
    "voti_liste.csv": "risultati_votilista",
    "voti_preferenze.csv": "risultati_votipreferenza",
    "vicende.csv": "risultati_vicenda",
    "sorteggi.csv": "risultati_sorteggio",
    "albo_scrutatori.csv": "seggi_iscritto",
    "albo_presidenti.csv": "seggi_iscritto",
    "nomine.csv": "seggi_nomina",
}


@pagina_elezione(Azione.PREPARARE_ELEZIONE)
def fascicolo(request: HttpRequest, elezione: Elezione) -> HttpResponse:
    """The files of this election: each alone, or all together."""
    if request.method == "POST" and (riga := _upload(request, solo=elezione)):
        return redirect("fascicolo_lavoro", riga.pk)
    contesto = {
        "titolo": "Fascicolo e file",
        "sottotitolo": "Tutta l'elezione come cartella di fogli: si scarica, si controlla, si ricarica.",
        "briciole": briciole(elezione, "Fascicolo"),
        "file": [
            (file, _import_url(elezione, file.nome))
            for file in files_fascicolo()
            if puo(request.user, file.azione, elezione.comune_id) and file.nome in ARCHIVI
        ],
    }
    return render(request, "risultati/fascicolo.html", contesto)


def _import_url(elezione: Elezione, nome: str) -> str:
    return f"{reverse(f'admin:{ARCHIVI[nome]}_import')}?elezione={elezione.slug}&file={nome}"


@pagina_elezione(Azione.PREPARARE_ELEZIONE)
def scarica(request: HttpRequest, elezione: Elezione) -> HttpResponse:
    """The whole election as a ZIP; the signers never leave from here."""
    return HttpResponse(
        write_zip(elezione),
        content_type="application/zip",
        headers={
            "Content-Disposition": f'attachment; filename="fascicolo-{elezione.slug}.zip"',
            "Cache-Control": "no-store",
        },
    )


@login_required
def carica(request: HttpRequest) -> HttpResponse:
    """A fascicolo of an election that may not be here yet."""
    comuni = comuni_dove(request.user, Azione.PREPARARE_ELEZIONE)
    if comuni is not None and not comuni:
        raise PermissionDenied("Il suo ruolo non comprende la preparazione di un'elezione.")
    if request.method == "POST" and (riga := _upload(request)):
        return redirect("fascicolo_lavoro", riga.pk)
    contesto = {
        "titolo": "Carica un fascicolo",
        "sottotitolo": "Un'elezione intera da uno ZIP: prima si vede che cosa farebbe, poi si conferma.",
        "briciole": [("Elezioni", reverse("comuni:home")), ("Carica un fascicolo", "")],
        "file": files_fascicolo(),
    }
    return render(request, "risultati/fascicolo_carica.html", contesto)


def _upload(request: HttpRequest, *, solo: Elezione | None = None) -> Lavoro | None:
    file = request.FILES.get("file")
    if file is None or file.size > MASSIMO_BYTE:
        messages.error(request, "Scegli lo ZIP del fascicolo, di al massimo 20 MB.")
        return None
    return request_prova(file.read(), nome=file.name, by=request.user, solo=solo)


def _lavoro(request: HttpRequest, pk: int) -> Lavoro:
    """An upload is seen only by who made it."""
    return get_object_or_404(Lavoro, pk=pk, tipo=FASCICOLO, richiesto_da=request.user)


@login_required
def esito(request: HttpRequest, pk: int) -> HttpResponse:
    """The trial or the import: its progress, then what it would do or did."""
    riga = _lavoro(request, pk)
    prova = riga.parametri.get("prova", True)
    salvata = "" if prova or riga.stato != Lavoro.Stato.RIUSCITO else riga.esito.get("elezione", "")
    contesto = {
        "titolo": f"{'Anteprima' if prova else 'Importazione'}: {riga.parametri.get('nome', '')}",
        "briciole": [
            ("Elezioni", reverse("comuni:home")),
            ("Fascicolo", reverse("fascicolo_carica")),
            ("Esito", ""),
        ],
        "lavoro": riga,
        "prova": prova,
        "esito": riga.esito,
        "conteggi": _conteggi(riga.esito),
        "puo_confermare": can_confirm(riga),
        "salvata": Elezione.objects.filter(slug=salvata).first(),
    }
    return render(request, "risultati/fascicolo_esito.html", contesto)


def _conteggi(esito: dict) -> list[tuple[str, dict]]:
    """What happens file by file, in the order of the fascicolo; nothing happens while there are errors."""
    if esito.get("quanti_errori"):
        return []
    ordine = {radice: n for n, radice in enumerate(["elezione", *(f.radice for f in files_fascicolo())])}
    pieni = [(nome, c) for nome, c in esito.get("conteggi", {}).items() if any(c.values())]
    return sorted(pieni, key=lambda voce: ordine.get(voce[0].lower().rpartition(".")[0], len(ordine)))


@login_required
@require_POST
def conferma(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        nuovo = confirm(_lavoro(request, pk), by=request.user)
    except ErroreLavoro as errore:
        messages.error(request, str(errore))
        return redirect("fascicolo_lavoro", pk)
    return redirect("fascicolo_lavoro", nuovo.pk)
