"""The mandate: the council of any day, the events, the acts of surrogation."""

from datetime import date
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from comuni.models import Elezione
from comuni.scadenzario import adempimenti_noti
from comuni.viste import pagina_elezione
from electoral.permessi import Azione, puo
from risultati.annullo_surroga import annul_surroga, motivo_non_annullabile
from risultati.atto_surroga import produce_atto_surroga
from risultati.contesti import say_presidenza
from risultati.forms_esito import GIORNO, MotivoForm, SorteggioForm
from risultati.giunta import persona_di
from risultati.models import Proclamazione, Surroga
from risultati.surroga import (
    Estrazione,
    SorteggioNecessario,
    SurrogaRifiutata,
    check_surroga,
    consiglio_al,
    describe_consiglio,
    register_surroga,
)
from risultati.termini_mandato import regola_surroga, scelta_fra_due_comuni, termine_surroga

#: The duties of the calendar that open the mandate.
PRIMA_SEDUTA = ("convocazione_consiglio", "prima_seduta")


class EventoForm(forms.Form):
    """Somebody leaves: who, why, from when."""

    chi = forms.ChoiceField(label="Consigliere")
    causa = forms.ChoiceField(label="Che cosa è accaduto", choices=Surroga.Causa)
    data = forms.DateField(label="Dal giorno", widget=GIORNO)
    protocollo = forms.CharField(label="Protocollo", max_length=60, required=False)

    def __init__(self, *args, righe: list[dict], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        scelte = [(r["chiave"], f"{r['nome']} ({r['lista']})") for r in righe if r["chiave"]]
        scelte += [
            (r["sospeso_chiave"], f"{r['supplente_di']} (sospeso)") for r in righe if r["sospeso_chiave"]
        ]
        self.fields["chi"].choices = [("", "—"), *scelte]

    def nome_di_chi(self) -> str:
        return dict(self.fields["chi"].choices)[self.cleaned_data["chi"]]


def _giorno(testo: str) -> date | None:
    try:
        return date.fromisoformat(testo) if testo else None
    except ValueError:
        raise Http404("Giorno non valido.") from None


@pagina_elezione(Azione.VEDERE_RISULTATI)
def mandato(request: HttpRequest, elezione: Elezione) -> HttpResponse:
    """The council today (or on ``?al=``), what happened, and the form of the next event."""
    proclamazione = Proclamazione.objects.dell_elezione(elezione)
    contesto = {"titolo": "Consiglio e surroghe", "elezione": elezione, "proclamazione": proclamazione}
    if proclamazione is None:
        return render(request, "esito/mandato.html", contesto)
    giorno = _giorno(request.GET.get("al", ""))
    _, oggi = (riferimento := consiglio_al(proclamazione))
    righe_oggi = describe_consiglio(*riferimento)
    puo_chiudere = puo(request.user, Azione.CHIUDERE, elezione.comune_id)
    modulo = EventoForm(request.POST or None, righe=righe_oggi, initial=_proposto(request))
    if request.method == "POST" and puo_chiudere and modulo.is_valid():
        try:
            return _register(request, proclamazione, modulo)
        except SorteggioNecessario:
            domanda = urlencode({campo: request.POST.get(campo, "") for campo in modulo.fields})
            return redirect(f"{reverse('esito:sorteggio_surroga', args=[elezione.slug])}?{domanda}")
        except SurrogaRifiutata as errore:
            modulo.add_error(None, str(errore))
    eventi = proclamazione.surroghe.con_persone().select_related("annullata_da").in_ordine()
    atti = {a.oggetto: a for a in elezione.atti.filter(tipo="surroga").order_by("pk")}
    regola = regola_surroga(elezione)
    contesto |= {
        "giorno": giorno,
        "righe": describe_consiglio(*consiglio_al(proclamazione, giorno)) if giorno else righe_oggi,
        "vacanti": oggi.vacanti,
        "prima_seduta": [a for a in adempimenti_noti(elezione) if a.codice in PRIMA_SEDUTA],
        "presidenza": say_presidenza(proclamazione),
        "eventi": [
            (evento, atti.get(f"surroga-{evento.pk}"), termine_surroga(evento, regola)) for evento in eventi
        ],
        "regola_surroga": regola,
        "scelta": scelta_fra_due_comuni(elezione, oggi.in_carica),
        "modulo": modulo if puo_chiudere else None,
        "puo_chiudere": puo_chiudere,
    }
    return render(request, "esito/mandato.html", contesto, status=422 if modulo.errors else 200)


def _proposto(request: HttpRequest) -> dict:
    """What another page proposes in the address, as the giunta does; nothing is recorded by itself."""
    proposto = {campo: valore for campo in EventoForm.base_fields if (valore := request.GET.get(campo))}
    return {"data": timezone.localdate().isoformat(), **proposto}


def _register(
    request: HttpRequest, proclamazione: Proclamazione, evento: EventoForm, *, sorteggio=None
) -> HttpResponse:
    """Record the event with its act. Raises what ``register_surroga`` raises."""
    elezione, campi = proclamazione.elezione, evento.cleaned_data
    surroga = register_surroga(
        proclamazione,
        chi=persona_di(elezione, campi["chi"]),
        causa=campi["causa"],
        data=campi["data"],
        protocollo=campi["protocollo"],
        sorteggio=sorteggio,
        by=request.user,
    )
    produce_atto_surroga(surroga, by=request.user)
    messages.success(request, surroga.motivazione["testo"])
    return redirect("esito:mandato", elezione.slug)


@pagina_elezione(Azione.CHIUDERE)
def annulla_evento(request: HttpRequest, elezione: Elezione, pk: int) -> HttpResponse:
    """Annul the last event: a page of its own, with what follows. An earlier one is refused, saying why."""
    evento = get_object_or_404(
        Surroga.objects.con_persone().select_related("proclamazione"),
        proclamazione=Proclamazione.objects.dell_elezione(elezione),
        pk=pk,
    )
    modulo = MotivoForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" and (perche := motivo_non_annullabile(evento)):
        messages.error(request, perche)
        return redirect("esito:mandato", elezione.slug)
    if modulo.is_valid():
        try:
            annul_surroga(evento, motivo=modulo.cleaned_data["motivo"], by=request.user)
        except SurrogaRifiutata as errore:
            modulo.add_error(None, str(errore))
        else:
            messages.warning(request, "Evento annullato: il consiglio è quello di prima.")
            return redirect("esito:mandato", elezione.slug)
    contesto = {
        "titolo": "Annullare un evento del mandato",
        "sottotitolo": str(evento),
        "elezione": elezione,
        "che_cosa": [
            "L'evento resta scritto, barrato, con il motivo, il nome di chi lo annulla e l'ora.",
            "Il consiglio si ricalcola senza di esso: chi era uscito torna al suo posto, chi è entrato esce.",
            "L'atto resta conservato e si legge come atto di un evento annullato; se è già stato comunicato, "
            "l'annullamento va comunicato agli stessi destinatari.",
            "Poi si può registrare l'evento giusto.",
        ],
        "bottone": "Annulla l'evento",
        "annulla": "../../",
        "rinuncia": "Torna al consiglio",
        "pericolo": True,
        "form": modulo,
        "briciole": [("Consiglio e surroghe", "../../"), ("Annulla", "")],
    }
    return render(request, "componenti/conferma.html", contesto, status=422 if modulo.errors else 200)


@pagina_elezione(Azione.CHIUDERE)
def sorteggio_surroga(request: HttpRequest, elezione: Elezione) -> HttpResponse:
    """The draw that an event asks for: the event is in the address, and is recorded only with its draw."""
    proclamazione = Proclamazione.objects.dell_elezione(elezione)
    if proclamazione is None:
        return redirect("esito:mandato", elezione.slug)
    evento = EventoForm(request.GET, righe=describe_consiglio(*consiglio_al(proclamazione)))
    try:
        domanda = _domanda(proclamazione, evento)
    except SurrogaRifiutata as errore:
        messages.error(request, str(errore))
        domanda = None
    if domanda is None:
        return redirect("esito:mandato", elezione.slug)
    adesso = timezone.localtime().replace(second=0, microsecond=0)
    modulo = SorteggioForm(
        request.POST or None,
        contendenti=domanda.nomi,
        initial={"giorno": adesso.date(), "ora": adesso.time()},
    )
    if request.method == "POST" and modulo.is_valid():
        scritto = {campo: modulo.cleaned_data[campo] for campo in ("modalita", "seme", "presenti")}
        try:
            estrazione = Estrazione(
                int(modulo.cleaned_data["esito"]), eseguito_il=modulo.cleaned_data["eseguito_il"], **scritto
            )
            return _register(request, proclamazione, evento, sorteggio=estrazione)
        except SurrogaRifiutata as errore:
            modulo.add_error(None, str(errore))
    contesto = {
        "titolo": "Sorteggio per la surroga",
        "elezione": elezione,
        "modulo": modulo,
        "richiesta": domanda.richiesta,
        "contendenti": domanda.nomi,
        "evento": f"{evento.nome_di_chi()}: {Surroga.Causa(evento.cleaned_data['causa']).label}, "
        f"dal {evento.cleaned_data['data']:%d/%m/%Y}",
        "indietro": reverse("esito:mandato", args=[elezione.slug]),
        "briciole": [("Consiglio e surroghe", "../"), ("Sorteggio", "")],
    }
    return render(request, "esito/sorteggio.html", contesto, status=422 if modulo.errors else 200)


def _domanda(proclamazione: Proclamazione, evento: EventoForm) -> SorteggioNecessario | None:
    """The draw that the event asks for, or None when it asks for none."""
    if not evento.is_valid():
        return None
    campi = evento.cleaned_data
    chi = persona_di(proclamazione.elezione, campi["chi"])
    try:
        check_surroga(proclamazione, chi=chi, causa=campi["causa"], data=campi["data"])
    except SorteggioNecessario as domanda:
        return domanda
    return None
