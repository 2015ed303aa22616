"""The registers: search, change, cancel with a reason, import, export."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from comuni.fascicolo import find_file
from comuni.models import Atto, Elezione
from comuni.parole_data import data_estesa
from comuni.viste import pagina_elezione
from electoral.csv_io import to_csv
from electoral.ordine import chiave_ordine
from electoral.permessi import Azione, puo
from seggi.documenti_albi import oggetto_avviso, produce_avviso_albo, prossime_domande
from seggi.idoneita import Idoneita
from seggi.models import Iscritto, RuoloUfficio
from seggi.moduli import AvvisoAlboForm, IscrittoForm
from seggi.moduli_nomine import SoloMotivoForm
from seggi.viste import briciole, open_atto

PER_PAGINA = 50


@pagina_elezione(Azione.VEDERE_UFFICI)
def albi(request: HttpRequest, elezione: Elezione) -> HttpResponse:
    """The two registers with how many people they hold."""
    conti = dict(
        Iscritto.objects.filter(comune=elezione.comune).iscritti().values_list("albo").annotate(Count("pk"))
    )
    oggi = timezone.localdate()
    contesto = {
        "titolo": "Albi",
        "sottotitolo": "Chi può fare il presidente di seggio o lo scrutatore, e l'avviso di ogni ottobre.",
        "briciole": briciole(elezione, ("Albi", "")),
        "albi": [
            {
                "valore": valore,
                "nome": nome,
                "quanti": conti.get(valore, 0),
                "domande": (domande := prossime_domande(elezione, valore, oggi=oggi)),
                "avviso": Atto.objects.di(elezione).ultimo("avviso_albo", oggetto_avviso(valore, domande)),
            }
            for valore, nome in Iscritto.Albo.choices
        ],
        "puo_nominare": puo(request.user, Azione.NOMINARE, elezione.comune_id),
    }
    return render(request, "seggi/albi.html", contesto)


@pagina_elezione(Azione.NOMINARE)
def avviso(request: HttpRequest, elezione: Elezione, albo: str) -> HttpResponse:
    """The notice of every October: one may ask to be enrolled."""
    oggi, indietro = timezone.localdate(), reverse("seggi:albi", args=[elezione.slug])
    domande = prossime_domande(elezione, _albo(albo), oggi=oggi)
    form = AvvisoAlboForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        atto = produce_avviso_albo(elezione, albo, oggi=oggi, by=request.user, **form.cleaned_data)
        if domande.avviso_entro and domande.avviso_entro < oggi:
            entro = data_estesa(domande.avviso_entro)
            messages.warning(request, f"L'avviso andava affisso entro il {entro} ({domande.articolo}).")
        return open_atto(elezione, atto, altrimenti=indietro)
    che_cosa = [f"L'avviso invita a fare domanda entro il {data_estesa(domande.domande_entro)}."]
    if domande.avviso_entro:
        che_cosa.append(f"Va affisso entro il {data_estesa(domande.avviso_entro)} ({domande.articolo}).")
    else:
        che_cosa.append("La legge non dice come avvisare: si affigge prima di quel giorno.")
    contesto = {
        "titolo": f"Avviso per l'albo dei {albo}",
        "briciole": _briciole_albo(elezione, albo, "Avviso"),
        "che_cosa": [*che_cosa, "Requisiti ed esclusioni sono quelli con cui si controllano le nomine."],
        "form": form,
        "bottone": "Produci l'avviso",
        "annulla": indietro,
    }
    return render(request, "componenti/conferma.html", contesto, status=422 if form.errors else 200)


def _albo(albo: str) -> str:
    if albo not in Iscritto.Albo.values:
        raise Http404("Albo non previsto.")
    return albo


def _briciole_albo(elezione: Elezione, albo: str, *oltre: str) -> list[tuple[str, str]]:
    pagina = reverse("seggi:albo", args=[elezione.slug, albo])
    return briciole(
        elezione,
        ("Albi", reverse("seggi:albi", args=[elezione.slug])),
        (f"Albo dei {albo}", pagina if oltre else ""),
        *((titolo, "") for titolo in oltre),
    )


@pagina_elezione(Azione.VEDERE_UFFICI)
def albo(request: HttpRequest, elezione: Elezione, albo: str) -> HttpResponse:
    """People of one register, found by name or number; who could not be nominated is marked."""
    trovati = Iscritto.objects.filter(comune=elezione.comune).dell_albo(_albo(albo))
    cerca, cancellati = request.GET.get("q", "").strip(), "cancellati" in request.GET
    if not cancellati:
        trovati = trovati.iscritti()
    if cerca:
        numero = int(cerca) if cerca.isascii() and cerca.isdecimal() and len(cerca) < 9 else -1
        trovati = trovati.filter(Q(chiave__contains=chiave_ordine(cerca)) | Q(numero_albo=numero))
    pagina = Paginator(trovati.order_by("chiave", "numero_albo"), PER_PAGINA).get_page(
        request.GET.get("page")
    )
    idoneita = Idoneita(elezione)
    ruolo = RuoloUfficio.PRESIDENTE if albo == Iscritto.Albo.PRESIDENTI else RuoloUfficio.SCRUTATORE
    for iscritto in pagina:
        iscritto.rilievi = idoneita.check(iscritto, ruolo=ruolo)
    contesto = {
        "titolo": f"Albo dei {albo}",
        "briciole": _briciole_albo(elezione, albo),
        "page_obj": pagina,
        "albo": albo,
        "cerca": cerca,
        "cancellati": cancellati,
        "puo_nominare": puo(request.user, Azione.NOMINARE, elezione.comune_id),
    }
    return render(request, "seggi/albo.html", contesto)


@pagina_elezione(Azione.NOMINARE)
def iscritto(request: HttpRequest, elezione: Elezione, albo: str, pk: int | None = None) -> HttpResponse:
    """One person of the register, new or to be changed."""
    _albo(albo)
    if pk:
        istanza = get_object_or_404(Iscritto, comune=elezione.comune, albo=albo, pk=pk)
    else:
        istanza = Iscritto(comune=elezione.comune, albo=albo, iscritto_il=timezone.localdate())
    form = IscrittoForm(request.POST or None, instance=istanza)
    indietro = reverse("seggi:albo", args=[elezione.slug, albo])
    if request.method == "POST" and form.is_valid():
        messages.success(request, f"Salvato: {form.save()}.")
        return redirect(indietro)
    contesto = {
        "titolo": str(istanza) if pk else "Nuovo iscritto",
        "briciole": _briciole_albo(elezione, albo, str(istanza) if pk else "Nuovo iscritto"),
        "form": form,
        "bottone": "Salva",
        "annulla": indietro,
    }
    return render(request, "componenti/conferma.html", contesto)


@pagina_elezione(Azione.NOMINARE)
def cancella(request: HttpRequest, elezione: Elezione, albo: str, pk: int) -> HttpResponse:
    """Cancel from the register, with the reason; nominations already made stay."""
    istanza = get_object_or_404(
        Iscritto, comune=elezione.comune, albo=_albo(albo), pk=pk, cancellato_il__isnull=True
    )
    form = SoloMotivoForm(request.POST or None)
    indietro = reverse("seggi:albo", args=[elezione.slug, albo])
    if request.method == "POST" and form.is_valid():
        istanza.cancellato_il = timezone.localdate()
        istanza.motivo_cancellazione = form.cleaned_data["motivo"]
        istanza.save()
        messages.success(request, f"{istanza} è cancellato dall'albo.")
        return redirect(indietro)
    contesto = {
        "titolo": f"Cancellare {istanza} dall'albo?",
        "briciole": _briciole_albo(elezione, albo, "Cancellazione"),
        "che_cosa": ["Non sarà più sorteggiato né chiamato; le nomine già fatte restano."],
        "form": form,
        "bottone": "Cancella dall'albo",
        "pericolo": True,
        "annulla": indietro,
    }
    return render(request, "componenti/conferma.html", contesto)


#: Files of this room that are not registers, and the page that imports them.
ALTRI_FILE = {
    "nomine": "admin:seggi_nomina_import",
    "rappresentanti": "admin:seggi_rappresentante_import",
}


def _file(albo: str):
    return find_file(f"{albo}.csv" if albo in ALTRI_FILE else f"albo_{_albo(albo)}.csv")


@pagina_elezione(Azione.NOMINARE)
def importa(request: HttpRequest, elezione: Elezione, albo: str) -> HttpResponse:
    """The files of this room are imported where every file is: upload, preview, confirm."""
    pagina = reverse(ALTRI_FILE.get(albo, "admin:seggi_iscritto_import"))
    return redirect(f"{pagina}?{urlencode({'elezione': elezione.slug, 'file': _file(albo).nome})}")


@pagina_elezione(Azione.NOMINARE)
def esporta(request: HttpRequest, elezione: Elezione, albo: str) -> HttpResponse:
    """The register as the file that imports it; ``?modello`` is only its header."""
    file = _file(albo)
    colonne = [colonna.nome for colonna in file.colonne]
    righe = [] if "modello" in request.GET else file.rows(elezione)
    contenuto = to_csv(colonne, ([riga[c] for c in colonne] for riga in righe))
    risposta = HttpResponse(contenuto, content_type="text/csv; charset=utf-8")
    risposta["Content-Disposition"] = f'attachment; filename="{file.nome}"'
    return risposta
