"""Pages of the produced acts: list, download, card with check and signed versions."""

from collections.abc import Iterable

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.dateparse import parse_date, parse_datetime

from comuni.atti_firmati import attach_firmata, check_atto
from comuni.fonti import note_atti
from comuni.models import Atto, Elezione, VersioneFirmata
from comuni.versamento import build_pacchetto
from comuni.viste import briciole, pagina_elezione
from electoral.firme import NON_VERIFICATA, VERIFICATA, FirmaRifiutata
from electoral.permessi import Azione, puo

PER_PAGINA = 50
MASSIMO_BYTE = 20 * 1024 * 1024
#: Who may add the signed version of an act that he may read.
CARICA_FIRMATI = (Azione.PREPARARE_ELEZIONE, Azione.DECIDERE_LISTE)


class FirmatoForm(forms.Form):
    """The act as it came back signed."""

    file = forms.FileField(
        label="File firmato",
        help_text="PDF firmato (PAdES) o busta .p7m. Si firma il file scaricato da questa pagina.",
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MASSIMO_BYTE:
            raise forms.ValidationError("Il file è troppo grande: al massimo 20 MB.")
        return file


@pagina_elezione(Azione.VEDERE_ELEZIONE)
def atti(request: HttpRequest, elezione: Elezione) -> HttpResponse:
    elenco = (
        Atto.objects.di(elezione)
        .leggibili_da(request.user)
        .select_related("prodotto_da")
        .annotate(firmati=Count("firmate"))
        .order_by("-numero")
    )
    pagina = Paginator(elenco, PER_PAGINA).get_page(request.GET.get("page"))
    _add_note(elezione, pagina)
    contesto = {
        "titolo": "Atti prodotti",
        "sottotitolo": "Ogni atto è numerato e ha un'impronta; una nuova versione è un nuovo atto.",
        "briciole": briciole(elezione, "Atti"),
        "puo_prepararla": puo(request.user, Azione.PREPARARE_ELEZIONE, elezione.comune_id),
        "page_obj": pagina,
    }
    return render(request, "comuni/atti.html", contesto)


@pagina_elezione(Azione.PREPARARE_ELEZIONE)
def pacchetto(request: HttpRequest, elezione: Elezione) -> HttpResponse:
    """All the acts that the user may read, described, for the registry and the conservator."""
    elenco = (
        Atto.objects.di(elezione)
        .leggibili_da(request.user)
        .select_related("elezione__comune", "prodotto_da")
        .prefetch_related("firmate")
        .order_by("numero")
    )
    return FileResponse(build_pacchetto(elenco), as_attachment=True, filename=f"{elezione.slug}-atti.zip")


def _add_note(elezione: Elezione, atti: Iterable[Atto]) -> None:
    """Beside each act what came later and makes it no longer hold."""
    note = note_atti(elezione)
    for atto in atti:
        atto.nota = note.get((atto.tipo, atto.oggetto), "")


def _leggibile(request: HttpRequest, elezione: Elezione, numero: int) -> Atto:
    return get_object_or_404(
        Atto.objects.leggibili_da(request.user).select_related("elezione", "prodotto_da"),
        elezione=elezione,
        numero=numero,
    )


@pagina_elezione(Azione.VEDERE_ELEZIONE)
def atto(request: HttpRequest, elezione: Elezione, numero: int) -> HttpResponse:
    """The PDF of an act, in the browser; ``?scarica`` to save it."""
    trovato = _leggibile(request, elezione, numero)
    return _file(trovato.file, scarica="scarica" in request.GET)


@pagina_elezione(Azione.VEDERE_ELEZIONE)
def firmato(request: HttpRequest, elezione: Elezione, numero: int, pk: int) -> HttpResponse:
    """A signed version, always saved: it is to be read by a program that checks signatures."""
    versione = get_object_or_404(VersioneFirmata, pk=pk, atto=_leggibile(request, elezione, numero))
    return _file(versione.file, scarica=True)


def _file(file, *, scarica: bool) -> HttpResponse:
    try:
        aperto = file.open("rb")
    except FileNotFoundError as errore:
        raise Http404("Il file dell'atto non è nell'archivio.") from errore
    nome = file.name.rsplit("/", 1)[-1]
    tipo = "application/pdf" if nome.endswith(".pdf") else "application/pkcs7-mime"
    return FileResponse(aperto, filename=nome, as_attachment=scarica, content_type=tipo)


@pagina_elezione(Azione.VEDERE_ELEZIONE)
def scheda(request: HttpRequest, elezione: Elezione, numero: int) -> HttpResponse:
    """What identifies an act, the check of its file, its signed versions and the form to add one."""
    trovato = _leggibile(request, elezione, numero)
    puo_firmare = any(puo(request.user, azione, elezione.comune_id) for azione in CARICA_FIRMATI)
    modulo, riscontro = FirmatoForm(), None
    if request.method == "POST" and "ricontrolla" in request.POST:
        riscontro = check_atto(trovato)
    elif request.method == "POST":
        if not puo_firmare:
            raise PermissionDenied("Il suo ruolo non carica gli atti firmati.")
        modulo = FirmatoForm(request.POST, request.FILES)
        if modulo.is_valid() and _attach(request, trovato, modulo):
            return redirect("comuni:scheda_atto", elezione.slug, numero)
    _add_note(elezione, [trovato])
    contesto = {
        "titolo": trovato.titolo,
        "sottotitolo": f"Atto n. {trovato.numero}",
        "briciole": briciole(elezione, ("Atti", "comuni:atti"), f"n. {trovato.numero}"),
        "atto": trovato,
        "riscontro": riscontro,
        "versioni": [
            {"riga": versione, "firme": [_describe(firma) for firma in versione.firme]}
            for versione in trovato.firmate.select_related("caricata_da").order_by("-pk")
        ],
        "modulo": modulo if puo_firmare else None,
    }
    return render(request, "comuni/atto.html", contesto, status=422 if modulo.errors else 200)


def _attach(request: HttpRequest, trovato: Atto, modulo: FirmatoForm) -> bool:
    file = modulo.cleaned_data["file"]
    try:
        attach_firmata(trovato, file.read(), nome=file.name, by=request.user)
    except FileNotFoundError:
        modulo.add_error("file", "Il file dell'atto non è nell'archivio: avvisare l'assistenza.")
    except FirmaRifiutata as errore:
        modulo.add_error("file", str(errore))
    else:
        messages.success(request, "Versione firmata conservata: il contenuto è quello dell'atto prodotto.")
        return True
    return False


def _describe(firma: dict) -> dict:
    """A signature with its dates as dates."""
    toni = {NON_VERIFICATA: "neutro", VERIFICATA: "ok"}
    return {
        **firma,
        "valido_dal": parse_date(firma["valido_dal"]),
        "valido_al": parse_date(firma["valido_al"]),
        "apposta_il": parse_datetime(firma["apposta_il"]) if firma["apposta_il"] else None,
        "tono": toni.get(firma["catena"], "errore"),
    }
