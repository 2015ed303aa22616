"""Pages of the nominations: list, notices, acceptance, renunciation and who comes next, letters."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from comuni.legge import parametri_di
from comuni.models import Atto, Elezione
from comuni.viste import pagina_elezione
from electoral.models import Lavoro
from electoral.ordine import chiave_ordine
from electoral.permessi import Azione, puo
from seggi import documenti, documenti_compensi, nomine, sedute, tasks
from seggi.models import Nomina, RuoloUfficio
from seggi.moduli_nomine import RISERVE, AzioneNomineForm, NomineInOrdineForm
from seggi.viste import briciole, follow_lavoro, open_atto, try_domain

PER_PAGINA = 100
#: Up to how many letters the page makes at once: more are a job.
SUBITO = 500
CARTE = ("lettere_nomina", "attestato_presenza")


@pagina_elezione(Azione.VEDERE_UFFICI)
def elenco(request: HttpRequest, elezione: Elezione) -> HttpResponse:
    """All the nominations, with filters and the actions on those chosen."""
    stato, ruolo, cerca = (request.GET.get(n, "") for n in ("stato", "ruolo", "q"))
    trovate = Nomina.objects.di(elezione).select_related("ufficio__sezione", "iscritto")
    if stato in Nomina.Stato.values:
        trovate = trovate.filter(stato=stato)
    elif stato != "tutte":
        trovate = trovate.attive()
    if ruolo in RuoloUfficio.values:
        trovate = trovate.filter(ruolo=ruolo)
    if cerca:
        trovate = trovate.filter(chiave__contains=chiave_ordine(cerca))
    contesto = {
        "titolo": "Nomine e notifiche",
        "sottotitolo": "Si scelgono le persone e si segna che cosa è avvenuto; le lettere escono da qui.",
        "briciole": briciole(elezione, ("Nomine", "")),
        "page_obj": Paginator(trovate, PER_PAGINA).get_page(request.GET.get("page")),
        "stato": stato,
        "ruolo": ruolo,
        "cerca": cerca,
        "stati": Nomina.Stato.choices,
        "ruoli": RuoloUfficio.choices,
        "modi": Nomina.Notifica.choices,
        "da_notificare": Nomina.objects.di(elezione).da_notificare().count(),
        "ore": parametri_di(elezione).intero("grave_impedimento_ore"),
        "lavori": [
            riga
            for che in tasks.PERSONE
            if (riga := Lavoro.objects.da_mostrare(tasks.chiave_carte(elezione, che)))
        ],
        "carte": Atto.objects.di(elezione).ultime_versioni(CARTE).filter(oggetto=""),
        "puo_nominare": puo(request.user, Azione.NOMINARE, elezione.comune_id),
    }
    return render(request, "seggi/nomine.html", contesto)


@pagina_elezione(Azione.NOMINARE)
def azione(request: HttpRequest, elezione: Elezione) -> HttpResponse:
    """Notices, acceptances or letters of the chosen nominations, or of all those still to be notified."""
    indietro = request.META.get("HTTP_REFERER") or reverse("seggi:nomine", args=[elezione.slug])
    indietro = reverse("seggi:nomine", args=[elezione.slug]) + (
        "?" + indietro.split("?", 1)[1] if "?" in indietro else ""
    )
    form = AzioneNomineForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        for errori in form.errors.values():
            messages.error(request, " ".join(errori))
        return redirect(indietro)
    scelte = _chosen(request, elezione)
    dati = form.cleaned_data
    if not scelte:
        messages.error(request, "Nessuna persona scelta.")
    elif dati["azione"] in tasks.PERSONE and len(scelte) > SUBITO:
        riga = tasks.request_carte(
            elezione, che=dati["azione"], nomine=[n.pk for n in scelte], by=request.user
        )
        return follow_lavoro(request, elezione, riga, altrimenti=indietro)
    elif dati["azione"] == "lettere":
        atto = try_domain(request, documenti.produce_lettere, elezione, nomine=scelte, by=request.user)
        return open_atto(elezione, atto, altrimenti=indietro)
    elif dati["azione"] == "attestati":
        atto = try_domain(
            request,
            documenti_compensi.produce_attestati,
            elezione,
            scelte,
            pagamento=False,
            by=request.user,
        )
        return open_atto(elezione, atto, altrimenti=indietro)
    elif dati["azione"] == "notifica" and not dati["modo"]:
        messages.error(request, "Scegliere come è avvenuta la notifica: messo, PEC, a mano.")
    else:
        _apply(request, scelte, dati)
    return redirect(indietro)


def _chosen(request: HttpRequest, elezione: Elezione) -> list[Nomina]:
    attive = Nomina.objects.di(elezione).attive().per_lettere()
    if "in_carica" in request.POST:
        return list(attive)
    if "tutte" in request.POST:
        return list(attive.da_notificare())
    chiavi = [int(c) for c in request.POST.getlist("nomina") if c.isdecimal() and len(c) < 18]
    return list(attive.filter(pk__in=chiavi))


def _apply(request: HttpRequest, scelte: list[Nomina], dati: dict) -> None:
    fatte = 0
    with transaction.atomic():
        for nomina in scelte:
            if dati["azione"] == "accetta" and nomina.stato != Nomina.Stato.ACCETTATO:
                nomine.accept_nomina(nomina, quando=dati["quando"])
                fatte += 1
            elif dati["azione"] == "notifica" and nomina.stato == Nomina.Stato.NOMINATO:
                nomine.notify_nomina(nomina, modo=dati["modo"], quando=dati["quando"])
                fatte += 1
    che = "accettate" if dati["azione"] == "accetta" else "notificate"
    messages.success(request, f"Nomine segnate come {che}: {fatte}.")


@pagina_elezione(Azione.NOMINARE)
def inserisci(request: HttpRequest, elezione: Elezione) -> HttpResponse:
    """Nominations by unanimity, vote or decree: numbers of the register in the order of the posts."""
    form = NomineInOrdineForm(request.POST or None, elezione=elezione)
    if request.method == "POST" and form.is_valid():
        dati = form.cleaned_data
        if dati["ruolo"] == RISERVE:
            return _rank(request, elezione, dati["iscritti"])
        fatte = try_domain(
            request,
            nomine.nominate_in_ordine,
            elezione,
            iscritti=dati["iscritti"],
            ruolo=dati["ruolo"],
            metodo=dati["metodo"],
            by=request.user,
        )
        if fatte is not None:
            messages.success(request, f"Nominate {len(fatte)} persone.")
            return redirect("seggi:nomine", elezione.slug)
    contesto = {
        "titolo": "Nomina per unanimità, voto o decreto",
        "briciole": briciole(
            elezione, ("Nomine", reverse("seggi:nomine", args=[elezione.slug])), ("Inserisci", "")
        ),
        "che_cosa": [
            "Le persone prendono i posti scoperti del ruolo, dalla prima sezione in poi.",
            "Chi non ha i requisiti è rifiutato con l'articolo, e non si salva niente.",
        ],
        "form": form,
        "bottone": "Nomina",
        "annulla": reverse("seggi:nomine", args=[elezione.slug]),
    }
    return render(request, "componenti/conferma.html", contesto)


def find_nomina(elezione: Elezione, pk: int) -> Nomina:
    trovate = Nomina.objects.di(elezione).select_related("ufficio__sezione__sezione_madre", "sostituisce")
    return get_object_or_404(trovate, pk=pk)


def _rank(request: HttpRequest, elezione: Elezione, iscritti: list) -> HttpResponse:
    """The ranking of reserves decided by unanimity."""
    quante = try_domain(request, sedute.rank_riserve, elezione, iscritti=iscritti)
    if quante is None:
        return redirect("seggi:inserisci_nomine", elezione.slug)
    messages.success(request, f"Riserve in graduatoria: {quante} in più.")
    return redirect("seggi:graduatoria", elezione.slug)


@pagina_elezione(Azione.VEDERE_UFFICI)
def nomina(request: HttpRequest, elezione: Elezione, pk: int) -> HttpResponse:
    """One nomination: what happened to it, and the buttons of what may happen next."""
    trovata = find_nomina(elezione, pk)
    ore = parametri_di(elezione).intero("grave_impedimento_ore")
    contesto = {
        "titolo": str(trovata),
        "sottotitolo": f"{trovata.get_ruolo_display().capitalize()} della {trovata.ufficio.sezione}",
        "briciole": briciole(
            elezione,
            (
                f"Sezione {trovata.ufficio.sezione.numero}",
                reverse("seggi:ufficio", args=[elezione.slug, trovata.ufficio.sezione.numero]),
            ),
            (str(trovata), ""),
        ),
        "nomina": trovata,
        "termine": nomine.termine_rinuncia(trovata, ore=ore),
        "modi": Nomina.Notifica.choices,
        "puo_nominare": puo(request.user, Azione.NOMINARE, elezione.comune_id),
        "puo_pagare": puo(request.user, Azione.VEDERE_COMPENSI, elezione.comune_id),
    }
    return render(request, "seggi/nomina.html", contesto)


@pagina_elezione(Azione.NOMINARE)
def vice(request: HttpRequest, elezione: Elezione, pk: int) -> HttpResponse:
    trovata = find_nomina(elezione, pk)
    if request.method == "POST":
        try_domain(request, nomine.choose_vice, trovata)
    return redirect("seggi:ufficio", elezione.slug, trovata.ufficio.sezione.numero)
