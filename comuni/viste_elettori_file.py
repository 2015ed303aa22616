"""Electors as files, and the counter of the tessere."""

from django.contrib import messages
from django.db.models import Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from comuni import elettori_csv as file_elettori
from comuni.corpo_elettorale import attestati_rilasciati
from comuni.models import Elezione, RilevazioneElettori, TessereDelGiorno
from comuni.moduli_elettori import FileElettoriForm, FileRevisioneForm, TessereForm
from comuni.viste import briciole, pagina_elezione
from electoral.csv_io import FileErrato, Lettura
from electoral.permessi import Azione

ELETTORI = ("Elettori", "comuni:elettori")
MASSIMO_ERRORI = 200
TITOLI = {
    "revisione": (
        "Importa gli elettori di una revisione",
        FileRevisioneForm,
        file_elettori.COLONNE_REVISIONE,
    ),
    "particolari": (
        "Importa chi vota in modo particolare",
        FileElettoriForm,
        file_elettori.COLONNE_PARTICOLARI,
    ),
}


@pagina_elezione(Azione.PREPARARE_ELEZIONE)
def importa(request: HttpRequest, elezione: Elezione, che: str) -> HttpResponse:
    """Upload: every wrong row is named and nothing is saved, or everything is."""
    if che not in TITOLI:
        raise Http404("File non previsto.")
    titolo, modulo, colonne = TITOLI[che]
    form, lettura = modulo(request.POST or None, request.FILES or None), None
    if request.method == "POST" and form.is_valid():
        lettura = _read(elezione, che, form)
        if lettura is not None and not lettura.errori:
            messages.success(request, _save(elezione, che, lettura, form))
            return redirect("comuni:elettori", elezione.slug)
    contesto = {
        "titolo": titolo,
        "sottotitolo": "CSV o foglio XLSX. Con un solo errore non si salva niente.",
        "briciole": briciole(elezione, ELETTORI, "Importa"),
        "form": form,
        "che": che,
        "colonne": colonne,
        "lettura": lettura,
        "errori": lettura.errori[:MASSIMO_ERRORI] if lettura else [],
    }
    return render(request, "comuni/importa_elettori.html", contesto)


def _read(elezione: Elezione, che: str, form) -> Lettura | None:
    file = form.cleaned_data["file"]
    leggi = file_elettori.read_revisione if che == "revisione" else file_elettori.read_particolari
    try:
        lettura = leggi(elezione, file.read(), file=file.name)
    except FileErrato as errore:
        form.add_error("file", str(errore))
        return None
    if not lettura.righe and not lettura.errori:
        form.add_error("file", "Il file non contiene nessuna riga.")
        return None
    return lettura


def _save(elezione: Elezione, che: str, lettura: Lettura, form) -> str:
    if che == "revisione":
        quante = file_elettori.save_revisione(
            elezione,
            momento=form.cleaned_data["momento"],
            righe=lettura.righe,
            aggiorna=form.cleaned_data["aggiorna"],
        )
        return f"Registrati gli elettori di {quante} sezioni."
    nuovi, cambiati = file_elettori.save_particolari(elezione, righe=lettura.righe)
    return f"Elettori con voto particolare: {nuovi} nuovi, {cambiati} aggiornati."


@pagina_elezione(Azione.PREPARARE_ELEZIONE)
def esporta(request: HttpRequest, elezione: Elezione, che: str) -> HttpResponse:
    """The file that imports it: of one revision (``momento``), or of the special voters."""
    if che == "particolari":
        contenuto = file_elettori.export_particolari(elezione)
    elif che in RilevazioneElettori.Momento.values:
        contenuto = file_elettori.export_revisione(elezione, momento=che)
    else:
        raise Http404("File non previsto.")
    risposta = HttpResponse(contenuto, content_type="text/csv; charset=utf-8")
    risposta["Content-Disposition"] = f'attachment; filename="elettori-{che}-{elezione.slug}.csv"'
    return risposta


@pagina_elezione(Azione.PREPARARE_ELEZIONE)
def tessere(request: HttpRequest, elezione: Elezione) -> HttpResponse:
    """How many tessere the office handed out, day by day; today's row may be written again."""
    oggi = timezone.localdate()
    form = TessereForm(request.POST or None, initial={"giorno": oggi})
    if request.method == "POST" and form.is_valid():
        dati = dict(form.cleaned_data)
        giorno = dati.pop("giorno")
        TessereDelGiorno.objects.update_or_create(elezione=elezione, giorno=giorno, defaults=dati)
        messages.success(request, f"Registrato il {giorno:%d/%m/%Y}.")
        return redirect("comuni:tessere", elezione.slug)
    righe = TessereDelGiorno.objects.di(elezione)
    contesto = {
        "titolo": "Tessere e attestati",
        "sottotitolo": "Solo quante: i nomi restano nell'anagrafe.",
        "briciole": briciole(elezione, ELETTORI, "Tessere"),
        "form": form,
        "righe": righe,
        "totali": righe.aggregate(
            **{c: Sum(c, default=0) for c in ("consegnate", "duplicati", "aggiornamenti")}
        ),
        "attestati": attestati_rilasciati(elezione),
    }
    return render(request, "comuni/tessere.html", contesto)
