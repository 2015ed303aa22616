"""The allocation desk: what is missing, the steps, ties, readings of the law."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from comuni.models import Elezione
from comuni.viste import pagina_elezione
from electoral.models import Lavoro
from electoral.permessi import Azione, puo
from norme.riparto.interpretazioni import PUNTI
from risultati.forms_esito import LettureForm, MotivoForm, SorteggioForm, VicendaForm
from risultati.letture_nei_passi import add_letture
from risultati.margini_seggi import piu_in_bilico
from risultati.models import Proclamazione, RilievoSezione, Riparto, Sorteggio, Turno
from risultati.passi import build_passi, frase_parita, nomi_contendenti
from risultati.proclamazione import impedimenti, is_proclamata
from risultati.prospetto import build_prospetto
from risultati.riparto import is_aggiornato
from risultati.sorteggi import SorteggioRifiutato, annul_sorteggio, register_sorteggio, richiesta_corrente
from risultati.stato import stato_turni
from risultati.tasks import RIPARTO, request_riparto


@pagina_elezione(Azione.VEDERE_RISULTATI)
def banco(request: HttpRequest, elezione: Elezione) -> HttpResponse:
    """The desk of the ufficio centrale: one page, from the sections to the elected."""
    riparto = Riparto.objects.corrente(elezione)
    proclamazione = Proclamazione.objects.dell_elezione(elezione)
    stati = stato_turni(elezione)
    contesto = {
        "titolo": "Riparto dei seggi",
        "sottotitolo": "Dalle cifre delle sezioni agli eletti, un passo alla volta.",
        "elezione": elezione,
        "riparto": riparto,
        "proclamazione": proclamazione,
        "turni": [s for s in stati.values() if s.turno == Turno.PRIMO or s.is_iniziato],
        "aperti": RilievoSezione.objects.aperti().sezioni_per_turno(elezione),
        "lavoro": ultimo_lavoro(elezione, RIPARTO),
        "puo_preparare": puo(request.user, Azione.PREPARARE_ELEZIONE, elezione.comune_id),
        "puo_chiudere": puo(request.user, Azione.CHIUDERE, elezione.comune_id),
    }
    if riparto:
        richiesta = richiesta_corrente(riparto)
        passi = build_passi(riparto.dati, riparto.esito)
        add_letture(passi, dati=riparto.dati, esito=riparto.esito, letture=riparto.letture)
        contesto |= {
            "prospetto": build_prospetto(riparto.dati, riparto.esito),
            "passi": passi,
            "in_bilico": piu_in_bilico(riparto),
            "superato": not proclamazione and not is_aggiornato(riparto),
            "richiesta": richiesta,
            "contendenti": nomi_contendenti(richiesta, riparto.dati) if richiesta else {},
            "parita": frase_parita(richiesta, riparto.dati) if richiesta else "",
            "impedimenti": [] if proclamazione else impedimenti(elezione, riparto),
            "sorteggi": elezione.sorteggi.select_related("registrato_da"),
        }
    return render(request, "esito/banco.html", contesto)


def ultimo_lavoro(elezione: Elezione, tipo: str) -> Lavoro | None:
    """The last job of this kind, when it is still worth showing: open or failed."""
    return Lavoro.objects.da_mostrare(f"{tipo}:{elezione.pk}")


@pagina_elezione(Azione.PREPARARE_ELEZIONE)
@require_POST
def calcola(request: HttpRequest, elezione: Elezione) -> HttpResponse:
    if is_proclamata(elezione):
        messages.error(request, "Gli eletti sono proclamati: il riparto non si rifà.")
    else:
        request_riparto(elezione, by=request.user)
    return redirect("esito:banco", elezione.slug)


@pagina_elezione(Azione.CHIUDERE)
def sorteggio(request: HttpRequest, elezione: Elezione) -> HttpResponse:
    """Record the draw that the allocation asks for, then run it again."""
    riparto = Riparto.objects.corrente(elezione)
    richiesta = richiesta_corrente(riparto)
    if richiesta is None:
        messages.info(request, "Il riparto non chiede nessun sorteggio.")
        return redirect("esito:banco", elezione.slug)
    contendenti = nomi_contendenti(richiesta, riparto.dati)
    adesso = timezone.localtime()
    modulo = SorteggioForm(
        request.POST or None,
        contendenti=contendenti,
        initial={"giorno": adesso.date(), "ora": adesso.time().replace(second=0, microsecond=0)},
    )
    if request.method == "POST" and modulo.is_valid():
        campi = ("esito", "modalita", "seme", "presenti", "eseguito_il")
        try:
            register_sorteggio(
                elezione,
                richiesta=richiesta,
                by=request.user,
                **{campo: modulo.cleaned_data[campo] for campo in campi},
            )
        except SorteggioRifiutato as errore:
            modulo.add_error(None, str(errore))
        else:
            request_riparto(elezione, by=request.user)
            messages.success(request, "Sorteggio registrato: il riparto prosegue.")
            return redirect("esito:banco", elezione.slug)
    contesto = {
        "titolo": "Sorteggio",
        "elezione": elezione,
        "modulo": modulo,
        "richiesta": richiesta,
        "parita": frase_parita(richiesta, riparto.dati),
        "briciole": [("Riparto dei seggi", "../"), ("Sorteggio", "")],
    }
    return render(request, "esito/sorteggio.html", contesto, status=422 if modulo.errors else 200)


@pagina_elezione(Azione.CHIUDERE)
def annulla_sorteggio(request: HttpRequest, elezione: Elezione, pk: int) -> HttpResponse:
    riga = get_object_or_404(Sorteggio.objects.validi().di(elezione), pk=pk)
    modulo = MotivoForm(request.POST or None)
    if request.method == "POST" and modulo.is_valid():
        try:
            annul_sorteggio(riga, motivo=modulo.cleaned_data["motivo"], by=request.user)
        except SorteggioRifiutato as errore:
            modulo.add_error(None, str(errore))
        else:
            request_riparto(elezione, by=request.user)
            return redirect("esito:banco", elezione.slug)
    contesto = {
        "titolo": "Annullare il sorteggio",
        "elezione": elezione,
        "che_cosa": [
            f"Il sorteggio del {timezone.localtime(riga.eseguito_il):%d/%m/%Y} resta scritto, con il motivo.",
            "Il riparto si calcola di nuovo senza di esso.",
        ],
        "bottone": "Annulla il sorteggio",
        "annulla": "../../",
        "pericolo": True,
        "form": modulo,
    }
    return render(request, "componenti/conferma.html", contesto)


@pagina_elezione(Azione.CHIUDERE)
def letture(request: HttpRequest, elezione: Elezione) -> HttpResponse:
    """The readings of the doubtful points: default, reason, alternative."""
    riparto = Riparto.objects.corrente(elezione)
    bloccata = is_proclamata(elezione)
    modulo = LettureForm(request.POST or None, elezione=elezione)
    if request.method == "POST" and not bloccata and modulo.is_valid():
        altre = {nome: scelta for nome, scelta in elezione.interpretazioni.items() if nome not in PUNTI}
        elezione.interpretazioni = altre | modulo.opzioni()
        elezione.save(update_fields=["interpretazioni"])
        if riparto:
            request_riparto(elezione, by=request.user)
        messages.success(request, "Letture salvate; il riparto si calcola di nuovo.")
        return redirect("esito:banco", elezione.slug)
    contesto = {
        "titolo": "Letture della legge",
        "sottotitolo": "I punti su cui la legge tace o i giudici discordano. Chi sceglie motiva.",
        "elezione": elezione,
        "modulo": modulo,
        "bloccata": bloccata,
        "diverse": {voce["punto"]: voce for voce in (riparto.letture if riparto else [])},
        "briciole": [("Riparto dei seggi", "../"), ("Letture della legge", "")],
    }
    return render(request, "esito/letture.html", contesto)


@pagina_elezione(Azione.CHIUDERE)
def vicende(request: HttpRequest, elezione: Elezione) -> HttpResponse:
    """Deaths, impediments, incandidabilità, reported ineligibilities."""
    bloccata = is_proclamata(elezione)
    modulo = VicendaForm(request.POST or None, elezione=elezione)
    if request.method == "POST" and not bloccata and modulo.is_valid():
        modulo.save(by=request.user)
        messages.success(request, "Registrato. Se il riparto era già calcolato, va rifatto.")
        return redirect("esito:vicende", elezione.slug)
    contesto = {
        "titolo": "Vicende dei candidati",
        "sottotitolo": "Fatti che cambiano l'esito o che il verbale deve riportare.",
        "elezione": elezione,
        "modulo": modulo,
        "bloccata": bloccata,
        "vicende": elezione.vicende.select_related("sindaco", "candidato__lista", "registrata_da"),
        "briciole": [("Riparto dei seggi", "../"), ("Vicende dei candidati", "")],
    }
    return render(request, "esito/vicende.html", contesto)
