"""The signers: who reads them is written down; what makes a signature count; the register of the readings."""

from collections.abc import Mapping

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from candidature import sottoscrittori
from candidature.istruttoria import examine_elezione, refresh_rilievi
from candidature.models import LetturaSottoscrittori, Sottoscrizione
from candidature.moduli import SottoscrittoreForm
from candidature.moduli_fatti import FirmaAccertataForm
from candidature.pagine.aiuti import (
    azione_post,
    briciole,
    lista_di,
    puo_accertare,
    require_accertare,
    say_errors,
    url,
)
from candidature.pagine.inserimento import posto_scritto, save_row
from candidature.presentazione import is_frozen
from comuni.models import Elezione
from comuni.viste import pagina_elezione
from electoral.permessi import Azione, puo
from norme.rilievi import catalogo
from norme.sottoscrizioni import EsitoFirme

PER_PAGINA = 50


@pagina_elezione(Azione.VEDERE_SOTTOSCRITTORI)
def firme(request: HttpRequest, elezione: Elezione, pk: int) -> HttpResponse:
    """The signers: whoever opens this page is written down."""
    lista = lista_di(elezione, pk)
    ultima = lista.sottoscrizioni.order_by("-riga").first()
    posto = posto_scritto(request, (ultima.riga if ultima else 0) + 1)
    presente = lista.sottoscrizioni.con_nomi().filter(riga=posto).first()
    if request.method == "POST":
        if not puo(request.user, Azione.INSERIRE_CANDIDATURE, elezione.comune_id):
            raise Http404
        form = SottoscrittoreForm(request.POST, instance=presente)
        return save_row(request, elezione, lista, form, posto=posto, campo="riga", torna="firme")
    chiusa = is_frozen(lista)
    righe = list(sottoscrittori.read_sottoscrittori(lista, by=request.user, pagina="sottoscrittori"))
    _note_esiti(righe, examine_elezione(elezione).get(lista.pk))
    contesto = {
        "titolo": "Sottoscrittori",
        "sottotitolo": lista.denominazione,
        "lista": lista,
        "righe": righe,
        "form": SottoscrittoreForm(
            instance=presente, initial={"modulo": ultima.modulo} if ultima and not presente else None
        ),
        "accerta_form": FirmaAccertataForm(instance=presente) if presente else None,
        "presente": presente,
        "posto": posto,
        "chiusa": chiusa,
        "da_verificare": sum(r.iscrizione == r.Iscrizione.DA_VERIFICARE for r in righe),
        "puo_inserire": puo(request.user, Azione.INSERIRE_CANDIDATURE, elezione.comune_id) and not chiusa,
        "puo_accertare": puo_accertare(request, elezione),
        "scadenza": sottoscrittori.scadenza_conservazione(elezione),
        "briciole": briciole(
            elezione, (lista.denominazione, url("lista", elezione, lista.pk)), ("Sottoscrittori", "")
        ),
    }
    return render(request, "candidature/firme.html", contesto)


def _note_esiti(righe: list[Sottoscrizione], esame) -> None:
    """Beside each signature why it does not count, in words."""
    esito: EsitoFirme | None = esame.firme if esame else None
    for riga in righe:
        motivi = esito.nulle.get(riga.pk, ()) if esito else ()
        altra = esito.altre_liste.get(riga.pk, "") if esito else ""
        riga.vizi = [_say_vizio(motivo.value, altra) for motivo in motivi]


def _say_vizio(codice: str, altra: str) -> str:
    titolo = catalogo()[codice].titolo
    return f"{titolo}: «{altra}»" if codice in ("E227", "E230") and altra else titolo


def _alle_firme(elezione: Elezione, pk: int) -> str:
    return url("firme", elezione, pk)


@pagina_elezione(Azione.VEDERE_SOTTOSCRITTORI)
@azione_post(_alle_firme)
def accerta_firma(request: HttpRequest, elezione: Elezione, pk: int) -> str | None:
    """Enrolment, authentication, sheet and day of one signature: ascertained also after the filing."""
    require_accertare(request, elezione)
    lista = lista_di(elezione, pk)
    presente = get_object_or_404(lista.sottoscrizioni.con_nomi(), riga=posto_scritto(request, 0))
    form = FirmaAccertataForm(request.POST, instance=presente)
    if not form.is_valid():
        say_errors(request, form)
        return None
    form.save()
    refresh_rilievi(elezione)
    return f"Firma n. {presente.riga}: registrato."


@pagina_elezione(Azione.VEDERE_SOTTOSCRITTORI)
@azione_post(_alle_firme)
def firme_iscritte(request: HttpRequest, elezione: Elezione, pk: int) -> str:
    """The cumulative certificate has come: every signature still to be checked is of an elector."""
    require_accertare(request, elezione)
    cambiate = sottoscrittori.mark_iscritti(lista_di(elezione, pk))
    refresh_rilievi(elezione)
    return f"Segnate come iscritte {cambiate} firme che erano da verificare."


@pagina_elezione(Azione.GESTIRE_UTENTI)
def letture(request: HttpRequest, elezione: Elezione) -> HttpResponse:
    """Who looked at the signers of this election: for the responsabile."""
    righe = LetturaSottoscrittori.objects.di(elezione).select_related("utente", "lista")
    contesto: Mapping[str, object] = {
        "titolo": "Letture dei sottoscrittori",
        "sottotitolo": "Chi ha aperto i nomi di chi ha firmato, quando e quanti.",
        "page_obj": Paginator(righe, PER_PAGINA).get_page(request.GET.get("page")),
        "scadenza": sottoscrittori.scadenza_conservazione(elezione),
        "restano": Sottoscrizione.objects.di(elezione).con_nomi().count(),
        "briciole": briciole(elezione, ("Letture dei sottoscrittori", "")),
    }
    return render(request, "candidature/letture.html", contesto)
