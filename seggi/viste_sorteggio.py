"""The draw of the scrutatori: avviso, roll published with its hash, seed, outcome, how to repeat it."""

from datetime import datetime, timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from comuni.legge import parametri_di
from comuni.models import Atto, Elezione
from comuni.parole_data import data_estesa
from comuni.scadenzario import adempimenti_di
from comuni.viste import pagina_elezione
from electoral.models import Lavoro
from electoral.permessi import Azione, puo
from norme.sorteggio import script_verifica
from seggi import documenti, sorteggi, tasks
from seggi.idoneita import Idoneita
from seggi.models import Iscritto, Nomina, PostoGraduatoria, RuoloUfficio, SorteggioScrutatori
from seggi.moduli import AvvisoForm, ElencoForm, SemeForm
from seggi.moduli_nomine import SoloMotivoForm
from seggi.nomine import posti_scoperti
from seggi.viste import PER_PAGINA, briciole, follow_lavoro, open_atto, try_domain

MOSTRATI = 60
#: Up to how many people the page draws at once: more are a job.
SUBITO = 2_000


@pagina_elezione(Azione.VEDERE_UFFICI)
def sorteggio(request: HttpRequest, elezione: Elezione) -> HttpResponse:
    """Where the draw stands: to be published, published, executed."""
    valido = SorteggioScrutatori.objects.valido(elezione)
    contesto = {
        "titolo": "Sorteggio degli scrutatori",
        "sottotitolo": "Elenco e impronta prima, seme in pubblico, un esito che chiunque può ripetere.",
        "briciole": briciole(elezione, ("Sorteggio", "")),
        "sorteggio": valido,
        "puo_nominare": puo(request.user, Azione.NOMINARE, elezione.comune_id),
        "avviso_form": AvvisoForm(),
        "avviso": Atto.objects.di(elezione).ultimo("avviso_seduta_scrutatori"),
    }
    if valido is None:
        contesto |= _to_publish(elezione)
    else:
        contesto |= _published(valido, request.GET.get("page"))
    return render(request, "seggi/sorteggio.html", contesto)


def _iscritti(elezione: Elezione):
    """Enrolled, and not yet in a post of this election."""
    impegnati = Nomina.objects.di(elezione).attive().exclude(iscritto=None).values("iscritto")
    scrutatori = Iscritto.objects.filter(comune=elezione.comune).dell_albo(Iscritto.Albo.SCRUTATORI)
    return scrutatori.iscritti().exclude(pk__in=impegnati)


def _categorie(elezione: Elezione) -> list[str]:
    nomi = _iscritti(elezione).exclude(categoria="").order_by("categoria")
    return list(nomi.values_list("categoria", flat=True).distinct())


def _to_publish(elezione: Elezione) -> dict[str, object]:
    iscritti = _iscritti(elezione)
    esclusi = Idoneita(elezione).find_esclusi(iscritti)
    categorie = _categorie(elezione)
    posti = len(posti_scoperti(elezione, ruolo=RuoloUfficio.SCRUTATORE))
    return {
        "idonei": iscritti.count() - esclusi.quanti,
        "esclusi": esclusi.first(MOSTRATI),
        "quanti_esclusi": esclusi.quanti,
        "posti": posti,
        "elenco_form": ElencoForm(categorie=categorie, initial={"riserve": posti}),
    }


def _published(valido: SorteggioScrutatori, pagina: str | None) -> dict[str, object]:
    elenchi = sorteggi.elenchi_da_spiegare(valido)
    contesto: dict[str, object] = {
        "elenchi": elenchi,
        "nomi": sum(e["nomi"] for e in elenchi),
        "script": script_verifica(),
        "seme_form": SemeForm(),
        "motivo_form": SoloMotivoForm(),
        "lavoro": None if valido.eseguito_il else Lavoro.objects.da_mostrare(tasks.chiave_sorteggio(valido)),
    }
    if valido.eseguito_il:
        estratti = (
            Nomina.objects.di(valido.elezione)
            .filter(metodo=Nomina.Metodo.SORTEGGIO)
            .select_related("ufficio__sezione", "iscritto")
            .order_by("ufficio__sezione__numero", "posizione", "pk")
        )
        contesto["page_obj"] = Paginator(estratti, PER_PAGINA).get_page(pagina)
        contesto["riserve"] = PostoGraduatoria.objects.di(valido.elezione).count()
        verbali = Atto.objects.di(valido.elezione).ultime_versioni(["verbale_sorteggio_scrutatori"])
        contesto["verbale"] = verbali.filter(oggetto=str(valido.pk)).first()
    return contesto


@pagina_elezione(Azione.NOMINARE)
def pubblica(request: HttpRequest, elezione: Elezione) -> HttpResponse:
    """Freeze the roll of those who may be drawn and its hash."""
    if request.method == "POST":
        idonei = Idoneita(elezione).find_esclusi(_iscritti(elezione)).idonei()
        form = ElencoForm(request.POST, categorie=_categorie(elezione))
        posti = len(posti_scoperti(elezione, ruolo=RuoloUfficio.SCRUTATORE))
        if not form.is_valid():
            messages.error(request, "Indicare quante riserve formare (da 0 a 20.000).")
        elif not posti and not form.cleaned_data["riserve"]:
            messages.error(request, "Nessun posto è scoperto: indicare quante riserve estrarre.")
        elif SorteggioScrutatori.objects.valido(elezione):
            messages.error(request, "L'elenco è già pubblicato.")
        else:
            try_domain(
                request,
                sorteggi.publish_elenco,
                elezione,
                iscritti=idonei,
                posti=posti,
                riserve=form.cleaned_data["riserve"],
                strati=form.cleaned_data.get("strati", []),
                solo_numeri=form.cleaned_data["solo_numeri"],
                in_rete=form.cleaned_data["in_rete"],
                by=request.user,
                fatto="Elenco congelato: pubblicarlo con la sua impronta prima della seduta.",
            )
    return redirect("seggi:sorteggio", elezione.slug)


@pagina_elezione(Azione.NOMINARE)
def esegui(request: HttpRequest, elezione: Elezione) -> HttpResponse:
    """Draw with the seed named in public."""
    valido = SorteggioScrutatori.objects.valido(elezione)
    if request.method != "POST" or valido is None:
        return redirect("seggi:sorteggio", elezione.slug)
    form = SemeForm(request.POST)
    if form.is_valid() and valido.posti + valido.riserve > SUBITO and valido.eseguito_il is None:
        riga = tasks.request_sorteggio(valido, dati=form.cleaned_data, by=request.user)
        if riga.parametri["seme"] != form.cleaned_data["seme"]:
            messages.error(
                request, f"Un sorteggio è già in corso con il seme «{riga.parametri['seme']}»: vale quello."
            )
        return follow_lavoro(
            request, elezione, riga, altrimenti=reverse("seggi:sorteggio", args=[elezione.slug])
        )
    if form.is_valid():
        estratti = try_domain(
            request, sorteggi.execute_sorteggio, valido, by=request.user, **form.cleaned_data
        )
        if estratti is not None:
            messages.success(request, f"Sorteggio eseguito: {len(estratti)} scrutatori nominati.")
    else:
        messages.error(request, "Scrivere il seme, come è nato e chi era presente.")
    return redirect("seggi:sorteggio", elezione.slug)


@pagina_elezione(Azione.NOMINARE)
def annulla(request: HttpRequest, elezione: Elezione) -> HttpResponse:
    valido = SorteggioScrutatori.objects.valido(elezione)
    form = SoloMotivoForm(request.POST or None)
    if request.method == "POST" and valido is not None and form.is_valid():
        fatto = "Elenco ritirato: se ne pubblica un altro."
        try_domain(request, sorteggi.annul_sorteggio, valido, motivo=form.cleaned_data["motivo"], fatto=fatto)
    elif request.method == "POST":
        messages.error(request, "Per ritirare l'elenco serve il motivo: resta nella storia del sorteggio.")
    return redirect("seggi:sorteggio", elezione.slug)


@pagina_elezione(Azione.NOMINARE)
def pagina_pubblica(request: HttpRequest, elezione: Elezione) -> HttpResponse:
    """Put the page on which anyone repeats the draw on the public site, or take it away."""
    valido = SorteggioScrutatori.objects.valido(elezione)
    if request.method == "POST" and valido is not None:
        valido.in_rete = not valido.in_rete
        valido.save(update_fields=["in_rete"])
        fatto = "La pagina pubblica è in linea." if valido.in_rete else "La pagina pubblica non c'è più."
        messages.success(request, fatto)
    return redirect("seggi:sorteggio", elezione.slug)


@pagina_elezione(Azione.VEDERE_UFFICI)
def scarica(request: HttpRequest, elezione: Elezione, che: str) -> HttpResponse:
    """The published roll (one line per name), or the script that repeats the draw."""
    valido = SorteggioScrutatori.objects.valido(elezione)
    if che == "verifica":
        return _download(script_verifica(), "verifica.py", "text/x-python")
    if valido is None:
        raise Http404("Nessun elenco pubblicato.")
    elenchi = sorteggi.elenchi_pubblicati(valido)
    strato = request.GET.get("strato", next(iter(elenchi)))
    if strato not in elenchi:
        raise Http404("Nessun elenco con questa categoria.")
    return _download(elenchi[strato].as_testo(), "elenco.csv", "text/csv")


def _download(testo: str, nome: str, tipo: str) -> HttpResponse:
    risposta = HttpResponse(testo, content_type=f"{tipo}; charset=utf-8")
    risposta["Content-Disposition"] = f'attachment; filename="{nome}"'
    return risposta


def _warn_seduta(request: HttpRequest, elezione: Elezione, quando: datetime) -> None:
    """The avviso goes up two days before; the nomination falls in the window of the calendar."""
    giorni = parametri_di(elezione).intero("avviso_seduta_giorni")
    affissione = timezone.localtime(quando).date() - timedelta(days=giorni)
    if affissione < timezone.localdate():
        messages.warning(
            request, f"L'avviso andava affisso {data_estesa(affissione)}: {giorni} giorni prima della seduta."
        )
    for a in adempimenti_di(elezione):
        giorno = timezone.localtime(quando).date()
        if a.documento == "verbale_nomina_scrutatori" and not a.dal <= giorno <= a.data:
            messages.warning(
                request,
                f"La nomina si fa dal {data_estesa(a.dal)} al {data_estesa(a.data)} ({a.articolo}).",
            )


@pagina_elezione(Azione.NOMINARE)
def avviso(request: HttpRequest, elezione: Elezione) -> HttpResponse:
    indietro = reverse("seggi:sorteggio", args=[elezione.slug])
    form = AvvisoForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        dati = form.cleaned_data
        try:
            quando = timezone.make_aware(datetime.combine(dati["data"], dati["ora"]))
        except (ValueError, OverflowError):
            messages.error(request, "La data della seduta non è valida.")
            return redirect(indietro)
        _warn_seduta(request, elezione, quando)
        atto = documenti.produce_avviso_seduta(elezione, quando=quando, luogo=dati["luogo"], by=request.user)
        return open_atto(elezione, atto, altrimenti=indietro)
    if request.method == "POST":
        messages.error(request, "Per l'avviso servono giorno, ora e luogo della seduta.")
    return redirect(indietro)


@pagina_elezione(Azione.NOMINARE)
def verbale(request: HttpRequest, elezione: Elezione) -> HttpResponse:
    indietro = reverse("seggi:sorteggio", args=[elezione.slug])
    if request.method != "POST":
        return redirect(indietro)
    valido = get_object_or_404(SorteggioScrutatori.objects.di(elezione), annullato_il__isnull=True)
    atto = try_domain(request, documenti.produce_verbale_sorteggio, valido, by=request.user)
    return open_atto(elezione, atto, altrimenti=indietro)
