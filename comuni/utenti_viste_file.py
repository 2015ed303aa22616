"""Many users from one file: upload, preview, confirm."""

from dataclasses import asdict

from django.contrib import messages
from django.core import signing
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from comuni.models import Comune
from comuni.utenti_importazione import RigaUtente, import_utenti, preview_utenti
from comuni.utenti_moduli import FileUtentiModulo
from comuni.utenti_viste import briciole_utenti, comuni_gestiti, consegna_inviti, pagina_di_chi_gestisce
from electoral.permessi import Ruolo

SALE_IMPORTAZIONE = "urna.utenti.importazione"


@pagina_di_chi_gestisce
def importa(request: HttpRequest) -> HttpResponse:
    """Upload -> preview -> confirm; the rows travel signed in the page, nothing stays on the server."""
    comuni = comuni_gestiti(request)
    if "righe" in request.POST:
        return _conferma_importazione(request, comuni)
    form = FileUtentiModulo(request.POST or None, request.FILES or None)
    contesto = {
        "titolo": "Importa utenti",
        "form": form,
        "briciole": briciole_utenti("Importa"),
        "ruoli": Ruolo.choices,
    }
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        anteprima = preview_utenti(file.read(), file=file.name, comuni=comuni)
        firmate = signing.dumps(
            [request.user.pk, [asdict(riga) for riga in anteprima.righe]],
            salt=SALE_IMPORTAZIONE,
            compress=True,
        )
        contesto |= {"anteprima": anteprima, "righe": firmate}
    return render(request, "ufficio/utenti/importa.html", contesto)


def _conferma_importazione(request: HttpRequest, comuni: QuerySet[Comune]) -> HttpResponse:
    try:
        pk, righe = signing.loads(request.POST["righe"], salt=SALE_IMPORTAZIONE, max_age=3600)
        if pk != request.user.pk:
            raise signing.BadSignature
        esiti = import_utenti([RigaUtente(**riga) for riga in righe], comuni=comuni)
    except signing.BadSignature:
        messages.error(request, "L'anteprima è scaduta: nulla è stato salvato. Carichi di nuovo il file.")
        return redirect("comuni:importa_utenti")
    except (ValidationError, KeyError) as errore:
        testo = (
            " ".join(errore.messages) if isinstance(errore, ValidationError) else "un comune non è più suo."
        )
        messages.error(request, f"Nulla è stato salvato: {testo}")
        return redirect("comuni:importa_utenti")
    nuovi = [persona for persona, nuovo in esiti if nuovo]
    messages.success(request, f"{len(nuovi)} persone nuove, {len(esiti) - len(nuovi)} già conosciute.")
    return consegna_inviti(request, nuovi) if nuovi else redirect("comuni:utenti")
