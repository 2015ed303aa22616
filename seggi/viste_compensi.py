"""The fees: forecast, where to pay, batches, lists, certificates. Only for office and ragioneria."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from comuni.legge import parametri_di
from comuni.models import Elezione
from comuni.viste import pagina_elezione
from electoral.permessi import Azione, puo
from norme.compensi import explain_covid, format_euro
from seggi import compensi as regole
from seggi import liquidazione
from seggi.models import Compenso, DatiPagamento, Liquidazione, Nomina
from seggi.moduli_compensi import ChiudiLiquidazioneForm, ImpostazioniForm, PagamentoForm
from seggi.viste import briciole, try_domain

PER_PAGINA = 60


@pagina_elezione(Azione.VEDERE_COMPENSI)
def compensi(request: HttpRequest, elezione: Elezione) -> HttpResponse:
    """Forecast, batches, term of the account."""
    righe = regole.forecast(elezione, turni=regole.turni_previsti(elezione))
    contesto = {
        "titolo": "Compensi",
        "sottotitolo": "Quanto spetta a chi, con la regola di ogni importo (l. 70/1980).",
        "briciole": briciole(elezione, ("Compensi", "")),
        "righe": [
            {
                "ruolo": r.ruolo,
                "tipo": r.tipo,
                "turno": regole.NOMI_TURNI[r.turno],
                "posti": r.posti,
                "unitario": format_euro(r.unitario.centesimi),
                "totale": format_euro(r.centesimi),
                "voci": [(v.testo, format_euro(v.centesimi), v.articolo) for v in r.unitario.voci],
            }
            for r in righe
        ],
        "totali": [
            (regole.NOMI_TURNI[turno], format_euro(sum(r.centesimi for r in righe if r.turno == turno)))
            for turno in sorted({r.turno for r in righe})
        ],
        "form": ImpostazioniForm(instance=regole.impostazioni_di(elezione)),
        "adunanza": _adunanza(elezione),
        "senza_aumento": [u.sezione for u in regole.covid_senza_aumento(elezione)],
        "perche_senza_aumento": explain_covid(parametri_di(elezione)),
        "rendiconto": regole.termine_rendiconto(elezione),
        "giorni_mancanti": (regole.termine_rendiconto(elezione) - timezone.localdate()).days,
        "liquidato": format_euro(liquidazione.totale_liquidato(elezione)),
        "liquidazioni": Liquidazione.objects.di(elezione),
        "da_liquidare": Compenso.objects.di(elezione).da_liquidare().count(),
        "puo_liquidare": puo(request.user, Azione.LIQUIDARE, elezione.comune_id),
        "puo_preparare": may_prepare(request, elezione),
    }
    return render(request, "seggi/compensi.html", contesto)


def _adunanza(elezione: Elezione) -> str:
    """What one day of the adunanza dei presidenti is worth; empty where there is none."""
    parametri = parametri_di(elezione)
    if "onorario_adunanza" not in parametri:
        return ""
    return format_euro(parametri.intero("onorario_adunanza"))


def may_prepare(request: HttpRequest, elezione: Elezione) -> bool:
    """The office collects the data, the ragioneria completes them."""
    return any(
        puo(request.user, azione, elezione.comune_id) for azione in (Azione.NOMINARE, Azione.LIQUIDARE)
    )


def require_prepare(request: HttpRequest, elezione: Elezione) -> None:
    if not may_prepare(request, elezione):
        raise PermissionDenied("Il suo ruolo non comprende questa pagina.")


@pagina_elezione(Azione.VEDERE_COMPENSI)
def impostazioni(request: HttpRequest, elezione: Elezione) -> HttpResponse:
    require_prepare(request, elezione)
    form = ImpostazioniForm(request.POST or None, instance=regole.impostazioni_di(elezione))
    if request.method == "POST" and form.is_valid():
        form.save()
        regole.refresh_compensi(elezione)
        messages.success(request, "Impostazioni salvate: gli importi non ancora liquidati sono ricalcolati.")
    elif request.method == "POST":
        messages.error(request, " ".join(e for errori in form.errors.values() for e in errori))
    return redirect("seggi:compensi", elezione.slug)


@pagina_elezione(Azione.VEDERE_COMPENSI)
def adunanza(request: HttpRequest, elezione: Elezione) -> HttpResponse:
    """Days of work of the adunanza dei presidenti, as its verbale says."""
    require_prepare(request, elezione)
    giorni = request.POST.get("giorni", "")
    if request.method == "POST":
        if not (giorni.isascii() and giorni.isdecimal() and len(giorni) <= 2):
            messages.error(request, "Scrivere i giorni di lavoro dell'adunanza, da 0 a 99.")
        elif (quanti := try_domain(request, regole.set_adunanza, elezione, giorni=int(giorni))) is not None:
            regole.refresh_compensi(elezione)
            messages.success(request, f"Adunanza: {giorni} giorni per {quanti} persone.")
    return redirect("seggi:compensi", elezione.slug)


@pagina_elezione(Azione.VEDERE_COMPENSI)
def persone(request: HttpRequest, elezione: Elezione) -> HttpResponse:
    """What is due to each person and not yet in a batch: anomalies first."""
    if request.method == "POST":
        cambiati = regole.refresh_compensi(elezione)
        messages.success(request, f"Compensi calcolati: {cambiati} nuovi o cambiati.")
        return redirect("seggi:compensi_persone", elezione.slug)
    righe = liquidazione.elenco_compensi(elezione)
    contesto = {
        "titolo": "Da liquidare",
        "sottotitolo": "Prima quello che non va. Chi è a posto entra nella prossima liquidazione.",
        "briciole": briciole(
            elezione, ("Compensi", reverse("seggi:compensi", args=[elezione.slug])), ("Da liquidare", "")
        ),
        "page_obj": Paginator(righe, PER_PAGINA).get_page(request.GET.get("page")),
        "errati": righe.errati,
        "totali": _euro(righe.totali()),
        "puo_liquidare": puo(request.user, Azione.LIQUIDARE, elezione.comune_id),
        "puo_preparare": may_prepare(request, elezione),
    }
    return render(request, "seggi/compensi_persone.html", contesto)


def _euro(somme: dict[str, int]) -> list[tuple[str, str]]:
    return [(nome, format_euro(somma)) for nome, somma in somme.items()]


@pagina_elezione(Azione.VEDERE_COMPENSI)
def pagamento(request: HttpRequest, elezione: Elezione, pk: int) -> HttpResponse:
    """IBAN or cash, codice fiscale, share of service of one person."""
    nomina = get_object_or_404(Nomina.objects.di(elezione).select_related("ufficio__sezione"), pk=pk)
    require_prepare(request, elezione)
    dati = DatiPagamento.objects.filter(nomina=nomina).first() or DatiPagamento(nomina=nomina)
    iniziali = {
        campo: getattr(nomina, campo)
        for campo in ("codice_fiscale", "frazione_servizio", "frazione_ballottaggio")
    }
    form = PagamentoForm(request.POST or None, instance=dati, initial=iniziali)
    indietro = reverse("seggi:compensi_persone", args=[elezione.slug])
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            form.save()
            for campo in iniziali:
                setattr(nomina, campo, form.cleaned_data[campo])
            nomina.save(update_fields=[*iniziali])
            regole.refresh_compensi(elezione)
        messages.success(request, f"Dati di pagamento di {nomina} salvati.")
        return redirect(indietro)
    contesto = {
        "titolo": f"Pagamento di {nomina}",
        "sottotitolo": f"{nomina.get_ruolo_display().capitalize()} della {nomina.ufficio.sezione}",
        "briciole": briciole(
            elezione, ("Compensi", reverse("seggi:compensi", args=[elezione.slug])), (str(nomina), "")
        ),
        "form": form,
        "bottone": "Salva",
        "annulla": indietro,
    }
    return render(request, "componenti/conferma.html", contesto)


@pagina_elezione(Azione.LIQUIDARE)
def nuova(request: HttpRequest, elezione: Elezione) -> HttpResponse:
    if request.method == "POST":
        regole.refresh_compensi(elezione)
        aperta = try_domain(request, liquidazione.open_liquidazione, elezione)
        if aperta:
            return redirect("seggi:liquidazione", elezione.slug, aperta.numero)
    return redirect("seggi:compensi_persone", elezione.slug)


@pagina_elezione(Azione.VEDERE_COMPENSI)
def lotto(request: HttpRequest, elezione: Elezione, numero: int) -> HttpResponse:
    """A batch: anomalies first, totals by way of payment, lists to download, closing."""
    trovata = get_object_or_404(Liquidazione.objects.di(elezione), numero=numero)
    form = ChiudiLiquidazioneForm(request.POST or None)
    puo_liquidare = puo(request.user, Azione.LIQUIDARE, elezione.comune_id)
    if request.method == "POST" and puo_liquidare and form.is_valid():
        try_domain(
            request,
            liquidazione.close_liquidazione,
            trovata,
            by=request.user,
            fatto="Liquidazione chiusa: gli importi non cambiano più.",
            **form.cleaned_data,
        )
        return redirect("seggi:liquidazione", elezione.slug, numero)
    righe = liquidazione.elenco_compensi(elezione, liquidazione=trovata)
    contesto = {
        "titolo": f"Liquidazione n. {numero}",
        "sottotitolo": f"Determina {trovata.determina}" if trovata.is_chiusa else "In preparazione",
        "briciole": briciole(
            elezione,
            ("Compensi", reverse("seggi:compensi", args=[elezione.slug])),
            (f"Liquidazione {numero}", ""),
        ),
        "liquidazione": trovata,
        "page_obj": Paginator(righe, PER_PAGINA).get_page(request.GET.get("page")),
        "totali": _euro(righe.totali()),
        "form": form,
        "puo_liquidare": puo_liquidare,
    }
    return render(request, "seggi/liquidazione.html", contesto)


@pagina_elezione(Azione.LIQUIDARE)
def sciogli(request: HttpRequest, elezione: Elezione, numero: int) -> HttpResponse:
    trovata = get_object_or_404(Liquidazione.objects.di(elezione), numero=numero)
    if request.method == "POST":
        try_domain(
            request,
            liquidazione.dissolve_liquidazione,
            trovata,
            fatto="Liquidazione sciolta: i compensi tornano da liquidare.",
        )
    return redirect("seggi:compensi", elezione.slug)
