"""Proclamation and its acts: confirm, freeze, produce, download, reopen."""

from datetime import date, timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from comuni.models import Elezione, Sistema
from comuni.viste import pagina_elezione
from electoral.permessi import Azione, puo
from risultati.atti_esito import MODULI, atti_di, notifiche_singole, produce_modulo, produce_notifica
from risultati.errori_sezioni import errori_aperti
from risultati.forms_esito import ProclamazioneForm, RiaperturaForm
from risultati.mancata import atti_mancata, motivo_mancata, produce_atti_mancata
from risultati.models import Eletto, Proclamazione, Riparto
from risultati.proclamazione import ProclamazioneNonPossibile, impedimenti, proclaim, reopen
from risultati.prospetto import build_prospetto
from risultati.tasks import ATTI, request_atti
from risultati.views_esito import ultimo_lavoro
from seggi.models import Nomina, RuoloUfficio


@pagina_elezione(Azione.VEDERE_RISULTATI)
def proclamazione(request: HttpRequest, elezione: Elezione) -> HttpResponse:
    """Before: what stops it and the confirmation. After: the elected and the acts."""
    in_vigore = Proclamazione.objects.dell_elezione(elezione)
    puo_chiudere = puo(request.user, Azione.CHIUDERE, elezione.comune_id)
    contesto = {"titolo": "Proclamazione", "elezione": elezione, "puo_chiudere": puo_chiudere}
    if in_vigore:
        contesto |= {
            "proclamazione": in_vigore,
            "prospetto": build_prospetto(in_vigore.istantanea["dati"], in_vigore.istantanea["esito"]),
            "atti": list(atti_di(in_vigore)),
            "notifiche": notifiche_singole(in_vigore),
            "puo_preparare": puo(request.user, Azione.PREPARARE_ELEZIONE, elezione.comune_id),
            "lavoro": ultimo_lavoro(elezione, ATTI),
        }
        return render(request, "esito/proclamata.html", contesto)
    riparto = Riparto.objects.corrente(elezione)
    avvisi, errori = _avvisi(riparto), errori_aperti(elezione)
    modulo = ProclamazioneForm(
        request.POST or None,
        avvisi=avvisi,
        errori=errori,
        dal=_fine_del_voto(elezione, riparto),
        initial=_proposta(elezione),
    )
    motivo = motivo_mancata(riparto)
    if request.method == "POST" and puo_chiudere and modulo.is_valid():
        if motivo:
            produce_atti_mancata(elezione, riparto, **_seduta(request, modulo))
            messages.success(
                request, "Nessuna proclamazione: verbale e comunicazione al prefetto sono pronti."
            )
            return redirect("esito:proclamazione", elezione.slug)
        if _proclaim(request, elezione, riparto, modulo):
            return redirect("esito:proclamazione", elezione.slug)
    contesto |= {
        "riparto": riparto,
        "prospetto": build_prospetto(riparto.dati, riparto.esito) if riparto else None,
        "impedimenti": impedimenti(elezione, riparto),
        "errori": errori,
        "diagnosi": puo(request.user, Azione.DIRIMERE, elezione.comune_id),
        "modulo": modulo,
        "motivo_mancata": motivo,
        "atti_mancata": atti_mancata(elezione, riparto) if motivo else [],
    }
    return render(request, "esito/proclama.html", contesto, status=422 if modulo.errors else 200)


def _seduta(request: HttpRequest, modulo: ProclamazioneForm) -> dict:
    """Who, when, how and in spite of what, as the form tells it."""
    return {
        "motivi_avvisi": modulo.motivi(),
        "motivo_errori": modulo.cleaned_data.get("motivo_errori", ""),
        "presidente": modulo.cleaned_data["presidente"],
        "at": modulo.cleaned_data["proclamata_il"],
        "seduta": modulo.seduta(),
        "by": request.user,
    }


def _proclaim(
    request: HttpRequest, elezione: Elezione, riparto: Riparto | None, modulo: ProclamazioneForm
) -> bool:
    try:
        proclaim(elezione, riparto=riparto, **_seduta(request, modulo))
    except ProclamazioneNonPossibile as errore:
        modulo.add_error(None, str(errore))
        return False
    request_atti(elezione, by=request.user)
    messages.success(request, "Eletti proclamati. Gli atti si stanno preparando.")
    return True


def _fine_del_voto(elezione: Elezione, riparto: Riparto | None) -> date:
    """The last day of the vote that decides: nobody is proclaimed before."""
    if riparto and riparto.esito["turno"] == 2 and elezione.data_ballottaggio:
        return elezione.data_ballottaggio
    return elezione.data + timedelta(days=elezione.giorni - 1)


def _proposta(elezione: Elezione) -> dict:
    """What is likely: today, now, and up to 15.000 inhabitants the presidenti of the sections."""
    adesso = timezone.localtime().replace(second=0, microsecond=0)
    presidenti = Nomina.objects.none()
    if elezione.sistema == Sistema.FINO_15000:
        presidenti = (
            Nomina.objects.di(elezione)
            .attive()
            .filter(ruolo=RuoloUfficio.PRESIDENTE)
            .select_related("ufficio__sezione")
            .order_by("ufficio__sezione__numero")
        )
    return {
        "giorno": adesso.date(),
        "ora": adesso.time(),
        "componenti": "\n".join(
            f"{p.cognome} {p.nome}, presidente della sezione {p.ufficio.sezione.numero}" for p in presidenti
        ),
    }


def _avvisi(riparto: Riparto | None) -> list[dict]:
    """One per code: the reason is asked once."""
    if riparto is None:
        return []
    return list({r["codice"]: r for r in riparto.esito["rilievi"] if r["gravita"] == "W"}.values())


@pagina_elezione(Azione.CHIUDERE)
def riapri(request: HttpRequest, elezione: Elezione) -> HttpResponse:
    """Reopen after a court decision: a page of its own, with what follows."""
    in_vigore = Proclamazione.objects.dell_elezione(elezione)
    if in_vigore is None:
        raise Http404("Nessuna proclamazione in vigore.")
    modulo = RiaperturaForm(request.POST or None)
    if request.method == "POST" and modulo.is_valid():
        reopen(in_vigore, decisione=modulo.cleaned_data["decisione"], by=request.user)
        messages.warning(
            request, "Proclamazione riaperta: i dati possono cambiare, poi si proclama di nuovo."
        )
        return redirect("esito:banco", elezione.slug)
    contesto = {
        "titolo": "Riaprire la proclamazione",
        "elezione": elezione,
        "che_cosa": [
            "Si fa solo per eseguire una decisione del giudice, che resta scritta con il nome di chi riapre.",
            "I voti e le liste tornano modificabili; servirà una nuova proclamazione.",
            "La proclamazione di oggi e i suoi atti restano conservati.",
        ],
        "bottone": "Riapri la proclamazione",
        "annulla": "../proclamazione/",
        "pericolo": True,
        "form": modulo,
    }
    return render(request, "componenti/conferma.html", contesto)


@pagina_elezione(Azione.PREPARARE_ELEZIONE)
@require_POST
def produci_atti(request: HttpRequest, elezione: Elezione) -> HttpResponse:
    request_atti(elezione, by=request.user)
    return redirect("esito:proclamazione", elezione.slug)


@pagina_elezione(Azione.PREPARARE_ELEZIONE)
@require_POST
def notifica(request: HttpRequest, elezione: Elezione, ordine: int) -> HttpResponse:
    """The notification to one elected person, to be served and signed by itself."""
    in_vigore = Proclamazione.objects.dell_elezione(elezione)
    eletto = get_object_or_404(
        Eletto.objects.select_related("proclamazione__elezione__comune", "sindaco", "candidato", "lista"),
        proclamazione=in_vigore,
        ordine=ordine,
    )
    atto = produce_notifica(eletto, by=request.user)
    return redirect("comuni:atto", elezione.slug, atto.numero)


@pagina_elezione(Azione.VEDERE_RISULTATI)
def moduli(request: HttpRequest, elezione: Elezione) -> HttpResponse:
    """The blank forms to print before the night, for when the system is not there."""
    contesto = {
        "titolo": "Moduli in bianco",
        "sottotitolo": "Da stampare prima dello scrutinio: servono se quella notte il sistema non c'è.",
        "elezione": elezione,
        "moduli": MODULI,
        "puo_preparare": puo(request.user, Azione.PREPARARE_ELEZIONE, elezione.comune_id),
    }
    return render(request, "esito/moduli.html", contesto)


@pagina_elezione(Azione.PREPARARE_ELEZIONE)
@require_POST
def produci_modulo(request: HttpRequest, elezione: Elezione, tipo: str) -> HttpResponse:
    if tipo not in MODULI:
        raise Http404("Modulo sconosciuto.")
    atto = produce_modulo(elezione, tipo, by=request.user)
    return redirect("comuni:atto", elezione.slug, atto.numero)
