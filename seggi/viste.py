"""The board of the offices, one office, its material; what every page of this room starts from."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from comuni.models import Atto, Elezione
from comuni.viste import pagina_elezione
from electoral.models import Lavoro
from electoral.permessi import Azione, puo
from seggi import documenti
from seggi.idoneita import Idoneita
from seggi.models import Consegna, Nomina, PostoGraduatoria, RuoloUfficio, Ufficio
from seggi.moduli import SceltaEtaForm
from seggi.uffici import build_quadro, check_sezioni, count_coperti, count_posti, set_up_uffici

PER_PAGINA = 50
AVVISI_MOSTRATI = 50
TUTTI_I_RUOLI = ["presidente", "scrutatore", "segretario"]
DOCUMENTI = {
    "elenco_componenti": documenti.produce_elenco_affissione,
    "elenco_rappresentanti": documenti.produce_elenco_rappresentanti,
}


FILTRI = {
    "scoperti": Q(scoperti__gt=0),
    "da_notificare": Q(da_notificare__gt=0),
    "completi": Q(posti_previsti__gt=0, scoperti=0),
}


def briciole(elezione: Elezione, *pagine: tuple[str, str]) -> list[tuple[str, str]]:
    """Office, election, board, then the given pages; the last one is the page itself."""
    inizio = [
        ("Elezioni", reverse("comuni:home")),
        (str(elezione.comune), reverse("comuni:elezione", args=[elezione.slug])),
        ("Uffici", reverse("seggi:quadro", args=[elezione.slug])),
    ]
    return [*inizio, *pagine]


def try_domain(request: HttpRequest, funzione, *args, fatto: str = "", **kwargs):
    """Call a domain function; its refusal becomes a message. Returns its answer, or None."""
    try:
        esito = funzione(*args, **kwargs)
    except ValidationError as errore:
        messages.error(request, " ".join(errore.messages))
        return None
    if fatto:
        messages.success(request, fatto)
    return esito


def open_atto(elezione: Elezione, atto: Atto | None, *, altrimenti: str) -> HttpResponse:
    """Go to the PDF just produced, or back where it could not be."""
    if atto is None:
        return redirect(altrimenti)
    return redirect("comuni:atto", elezione.slug, atto.numero)


def follow_lavoro(request: HttpRequest, elezione: Elezione, riga: Lavoro, *, altrimenti: str) -> HttpResponse:
    """A job already done opens its only act; one still to do is shown by the page it was asked from."""
    riga.refresh_from_db()
    atti = riga.esito.get("atti", [])
    if riga.stato == Lavoro.Stato.RIUSCITO and len(atti) == 1:
        return redirect("comuni:atto", elezione.slug, atti[0])
    if riga.is_aperto:
        messages.info(request, "Il lavoro è in coda: qui sotto si vede a che punto è.")
    return redirect(altrimenti)


@pagina_elezione(Azione.VEDERE_UFFICI)
def quadro(request: HttpRequest, elezione: Elezione) -> HttpResponse:
    """Every office with its covered and uncovered posts; filters by what is missing."""
    mostra, ruolo = request.GET.get("mostra", ""), request.GET.get("ruolo", "")
    ruolo = ruolo if ruolo in RuoloUfficio.values else ""
    tutti = Ufficio.objects.di(elezione).select_related("sezione__sezione_madre").order_by("sezione__numero")
    scelti = tutti.con_conti(ruolo=ruolo).filter(FILTRI.get(mostra, Q()))
    pagina = Paginator(scelti, PER_PAGINA).get_page(request.GET.get("page"))
    pagina.object_list = build_quadro(elezione, soli=list(pagina.object_list))
    avvisi = check_sezioni(elezione)
    posti, coperti = count_posti(elezione), count_coperti(elezione)
    contesto = {
        "titolo": "Uffici di sezione",
        "sottotitolo": "Chi siede in ogni sezione, quali posti mancano, chi è stato avvisato.",
        "briciole": briciole(elezione)[:-1] + [("Uffici", "")],
        "page_obj": pagina,
        "trovati": pagina.paginator.count,
        "quanti": tutti.count(),
        "mostra": mostra,
        "ruolo": ruolo,
        "ruoli": RuoloUfficio.choices,
        "conti": [(RuoloUfficio(r).label, coperti[r], posti[r]) for r in RuoloUfficio.values if posti[r]],
        "riserve": PostoGraduatoria.objects.di(elezione).disponibili().count(),
        "avvisi": avvisi[:AVVISI_MOSTRATI],
        "altri_avvisi": max(0, len(avvisi) - AVVISI_MOSTRATI),
        "eta_form": SceltaEtaForm(initial={"eta": _eta(elezione)}),
        "puo_nominare": puo(request.user, Azione.NOMINARE, elezione.comune_id),
    }
    return render(request, "seggi/quadro.html", contesto)


def _eta(elezione: Elezione) -> str:
    return "presidente" if elezione.interpretazioni.get("eta_massima_ruoli") == ["presidente"] else "tutti"


@pagina_elezione(Azione.NOMINARE)
def costituisci(request: HttpRequest, elezione: Elezione) -> HttpResponse:
    if request.method == "POST":
        creati = set_up_uffici(elezione)
        messages.success(request, f"Uffici creati: {creati}, ciascuno con i posti del suo tipo.")
    return redirect("seggi:quadro", elezione.slug)


@pagina_elezione(Azione.PREPARARE_ELEZIONE)
def scelta_eta(request: HttpRequest, elezione: Elezione) -> HttpResponse:
    """The choice on the doubtful point of the age (docs/interpretazioni.md)."""
    form = SceltaEtaForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        ruoli = TUTTI_I_RUOLI if form.cleaned_data["eta"] == "tutti" else ["presidente"]
        elezione.interpretazioni = {**elezione.interpretazioni, "eta_massima_ruoli": ruoli}
        elezione.save(update_fields=["interpretazioni"])
        messages.success(request, "Scelta salvata: vale per i prossimi sorteggi e le prossime nomine.")
    return redirect("seggi:quadro", elezione.slug)


@pagina_elezione(Azione.VEDERE_UFFICI)
def ufficio(request: HttpRequest, elezione: Elezione, numero: int) -> HttpResponse:
    """One office: its posts with the actions, its history, its material."""
    trovato = get_object_or_404(
        Ufficio.objects.select_related("sezione__sezione_madre"),
        sezione__elezione=elezione,
        sezione__numero=numero,
    )
    (quadro_ufficio,) = build_quadro(elezione, soli=[trovato])
    idoneita = Idoneita(elezione)
    for posto in quadro_ufficio.posti:
        if posto.nomina:
            posto.nomina.rilievi = idoneita.check(posto.nomina, ruolo=posto.ruolo)
    contesto = {
        "titolo": f"Ufficio della sezione {numero}",
        "sottotitolo": " · ".join(
            filter(
                None, [trovato.sezione.get_tipo_display(), trovato.sezione.plesso, trovato.sezione.indirizzo]
            )
        ),
        "briciole": briciole(elezione, (f"Sezione {numero}", "")),
        "quadro": quadro_ufficio,
        "ufficio": trovato,
        "storia": trovato.nomine.exclude(stato__in=Nomina.ATTIVI)
        .select_related("nominato_da", "sostituita_da")
        .order_by("ruolo", "posizione", "pk"),
        "consegne": Consegna.objects.filter(ufficio=trovato).order_by("pk"),
        "volante": trovato.sorteggi_volante.select_related("estratto", "eseguito_da"),
        "madre": trovato.sezione.sezione_madre,
        "riserve": PostoGraduatoria.objects.di(elezione).disponibili().count(),
        "puo_nominare": puo(request.user, Azione.NOMINARE, elezione.comune_id),
    }
    return render(request, "seggi/ufficio.html", contesto)


@pagina_elezione(Azione.NOMINARE)
def documento(request: HttpRequest, elezione: Elezione, tipo: str) -> HttpResponse:
    if tipo not in DOCUMENTI:
        raise Http404("Documento non previsto.")
    indietro = reverse("seggi:quadro", args=[elezione.slug])
    if request.method != "POST":
        return redirect(indietro)
    atto = try_domain(request, DOCUMENTI[tipo], elezione, by=request.user)
    return open_atto(elezione, atto, altrimenti=indietro)
