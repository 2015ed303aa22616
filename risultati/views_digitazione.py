"""The count of a section, step by step."""

import json
from functools import cached_property

from csp.constants import SELF
from csp.decorators import csp_update
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.request import RawPostDataException
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from comuni.models import Sezione
from electoral.permessi import Azione, puo
from norme.rilievi import Rilievo
from risultati.accesso_sezioni import pagina_sezione
from risultati.affluenza import Comunicati, affluenze_di
from risultati.caselle import Modulo, Passo, build_modulo
from risultati.controlli import check_passo, check_sezione
from risultati.digitazione import (
    Conflitto,
    find_digitazione,
    find_scrutinio,
    get_scrutinio,
    open_digitazione,
    read_celle,
    save_bozza,
    save_passo,
)
from risultati.ingressi import read_numero
from risultati.models import BozzaPasso, Digitazione, PassoDigitato, Scrutinio
from risultati.pagina_passo import build_rail, build_righe, mostra_rilievi, testi_di, visti
from risultati.scansioni import verbali_accanto
from risultati.stati import PassaggioVietato


class Lavoro:
    """What every page of a section being typed starts from: form, count, the reading one may type."""

    def __init__(self, request: HttpRequest, sezione: Sezione, turno: int) -> None:
        self.request, self.sezione, self.turno = request, sezione, turno
        self.modulo: Modulo = build_modulo(sezione.elezione, turno)
        scrive = request.method == "POST"  # who only looks leaves no row behind
        self.scrutinio: Scrutinio = (get_scrutinio if scrive else find_scrutinio)(sezione, turno)
        self.scrutinio.elezione = sezione.elezione
        apri = open_digitazione if scrive else find_digitazione
        self.digitazione: Digitazione = apri(self.scrutinio, by=request.user)
        self.passi: dict[str, PassoDigitato] = {}
        self.bozze: dict[str, BozzaPasso] = {}
        if self.digitazione.pk:
            self.passi = {p.nome: p for p in self.digitazione.passi.select_related("salvato_da")}
            self.bozze = {b.nome: b for b in self.digitazione.bozze.filter(utente=request.user)}
        self.celle = {campo: v for p in self.passi.values() for campo, v in p.celle.items()}
        self.diagnosi = puo(request.user, Azione.DIRIMERE, sezione.elezione.comune_id)

    @cached_property
    def comunicati(self) -> Comunicati:
        return affluenze_di(self.scrutinio)

    def check_passo(self, nome: str, celle) -> list[Rilievo]:
        return check_passo(self.scrutinio, self.modulo, celle, nome, comunicati=self.comunicati)

    def check_sezione(self, *, confronti: bool) -> list[Rilievo]:
        """Findings of all that has been confirmed so far."""
        if not self.celle:
            return []
        return check_sezione(
            self.scrutinio, self.modulo, self.celle, confronti=confronti, comunicati=self.comunicati
        )

    def passo(self, nome: str) -> Passo:
        passo = self.modulo.passo(nome)
        if passo is None:
            raise Http404("Questo passo non c'è nel modulo di questa elezione.")
        return passo

    @property
    def chiave_bozza(self) -> str:
        """What the figures kept in the browser belong to: a reading discarded and begun again is another one.

        It is the same before and after the first save, when the reading has no row yet.
        """
        return f"{self.digitazione.ordine}-{getattr(self.scrutinio, 'ripartenze', 0)}"

    @property
    def args(self) -> list:
        return [self.sezione.elezione.slug, self.turno, self.sezione.numero]

    def contesto(self, corrente: str, rilievi) -> dict[str, object]:
        nomi = [passo.nome for passo in self.modulo.passi]
        i = nomi.index(corrente) if corrente in nomi else len(nomi)
        rail = build_rail(self.modulo, set(self.passi), rilievi, corrente=corrente, bozze=set(self.bozze))
        return {
            "lavoro": self,
            "sezione": self.sezione,
            "scrutinio": self.scrutinio,
            "digitazione": self.digitazione,
            "modulo": self.modulo,
            "turno": self.turno,
            "passi": [voce for voce in rail if not voce.passo.is_preferenze],
            "passi_preferenze": [voce for voce in rail if voce.passo.is_preferenze],
            "preferenze_fatte": sum(v.passo.is_preferenze and v.passo.nome in self.passi for v in rail),
            "indietro": nomi[i - 1] if i else None,
            "avanti": nomi[i + 1] if i + 1 < len(nomi) else None,
            "ultimo_salvataggio": max((p.salvato_il for p in self.passi.values()), default=None),
            "titolo": f"Sezione {self.sezione.numero}",
        }


def apri_lavoro(request: HttpRequest, sezione: Sezione, turno: int) -> "Lavoro | HttpResponse":
    """The working set, or the way back to the page of the section with the reason why not."""
    try:
        return Lavoro(request, sezione, turno)
    except PassaggioVietato as vietato:
        messages.warning(request, str(vietato))
        return redirect("giornata:sezione", sezione.elezione.slug, turno, sezione.numero)


@pagina_sezione(Azione.DIGITARE)
def digita(request: HttpRequest, sezione: Sezione, turno: int) -> HttpResponse:
    """To the first step not yet confirmed, or to the check."""
    lavoro = apri_lavoro(request, sezione, turno)
    if isinstance(lavoro, HttpResponse):
        return lavoro
    if lavoro.digitazione.ordine == Digitazione.Ordine.RILETTURA:
        return redirect("giornata:rilettura", *lavoro.args)
    mancante = next((p.nome for p in lavoro.modulo.passi if p.nome not in lavoro.passi), None)
    if mancante:
        return redirect("giornata:passo", *lavoro.args, mancante)
    return redirect("giornata:controlla", *lavoro.args)


@never_cache
@csp_update({"frame-src": [SELF]})
@pagina_sezione(Azione.DIGITARE)
def passo(request: HttpRequest, sezione: Sezione, turno: int, nome: str) -> HttpResponse:
    """One step: shown, saved, checked by the server, left.

    Never from a cache: going back must show what is saved now, with its version.
    """
    lavoro = apri_lavoro(request, sezione, turno)
    if isinstance(lavoro, HttpResponse):
        return lavoro
    if lavoro.digitazione.ordine == Digitazione.Ordine.RILETTURA:
        return redirect("giornata:rilettura", *lavoro.args)
    voce = lavoro.passo(nome)
    if request.method == "POST":
        return _save(lavoro, voce)
    return _show(lavoro, voce)


def _show(lavoro: Lavoro, voce: Passo, *, testi=None, errori=None, status: int = 200) -> HttpResponse:
    salvato, bozza = lavoro.passi.get(voce.nome), lavoro.bozze.get(voce.nome)
    if bozza and salvato and read_celle(voce, bozza.celle)[0] == salvato.celle:
        bozza = None  # a late message of what is already saved
    if testi is None:
        testi = bozza.celle if bozza else testi_di(salvato.celle) if salvato else _elettori(lavoro, voce)
    tutti = lavoro.check_sezione(confronti=False)
    rilievi = []
    if salvato and not bozza and not errori:
        rilievi = lavoro.check_passo(voce.nome, lavoro.celle)
    contesto = lavoro.contesto(voce.nome, tutti) | {
        "passo": voce,
        "righe": build_righe(voce, testi, errori=errori or {}, rilievi=rilievi),
        "rilievi": mostra_rilievi(rilievi, lavoro.modulo, diagnosi=lavoro.diagnosi),
        "visti": visti(rilievi),
        "errori": errori,
        "versione": _versione_mostrata(salvato, bozza),
        "bozza": bozza,
        "salvato": salvato,
        "verbali": verbali_accanto(lavoro.sezione, lavoro.turno),
    }
    return render(lavoro.request, "giornata/passo.html", contesto, status=status)


def _versione_mostrata(salvato: PassoDigitato | None, bozza: BozzaPasso | None) -> int:
    """The version the person has in front of her; with a draft older than the last save it is none of them.

    Then saving shows what differs, instead of covering what somebody saved in the meantime.
    """
    if salvato is None or (bozza and bozza.aggiornata_il < salvato.salvato_il):
        return 0
    return salvato.versione


def _elettori(lavoro: Lavoro, voce: Passo) -> dict[str, str]:
    """The electors of the lists, already in their boxes the first time."""
    if voce.nome != "schede":
        return {}
    return testi_di({"elettori_m": lavoro.sezione.elettori_m, "elettori_f": lavoro.sezione.elettori_f})


def _save(lavoro: Lavoro, voce: Passo) -> HttpResponse:
    dati = lavoro.request.POST
    celle, errori = read_celle(voce, dati)
    if errori:
        return _show(lavoro, voce, testi=dati, errori=errori, status=422)
    try:
        esito = save_passo(lavoro.digitazione, voce, celle, versione=_versione(dati), by=lavoro.request.user)
    except PassaggioVietato as vietato:
        messages.error(lavoro.request, str(vietato))
        return redirect("giornata:sezione", *lavoro.args)
    if isinstance(esito, Conflitto) and esito.celle:
        return _show_conflitto(lavoro, voce, esito, celle)
    rilievi = lavoro.check_passo(voce.nome, lavoro.celle | celle)
    if rilievi and dati.get("visti") != visti(rilievi):
        return redirect("giornata:passo", *lavoro.args, voce.nome)
    return _leave(lavoro, voce)


def _leave(lavoro: Lavoro, voce: Passo) -> HttpResponse:
    verso = lavoro.request.POST.get("verso", "")
    if lavoro.modulo.passo(verso):
        return redirect("giornata:passo", *lavoro.args, verso)
    nomi = [p.nome for p in lavoro.modulo.passi]
    i = nomi.index(voce.nome)
    if i + 1 < len(nomi):
        return redirect("giornata:passo", *lavoro.args, nomi[i + 1])
    return redirect("giornata:controlla", *lavoro.args)


def _versione(dati) -> int:
    return read_numero(dati.get("versione", "")) or 0


def _show_conflitto(lavoro: Lavoro, voce: Passo, conflitto: Conflitto, celle) -> HttpResponse:
    """Field by field: what the other saved, what I typed; the boxes not contested keep the common figure."""
    contesto = lavoro.contesto(voce.nome, []) | {
        "passo": voce,
        "altro": conflitto.passo,
        "contese": [(cella, lavoro.modulo.etichetta(cella.campo)) for cella in conflitto.celle],
        "comuni": testi_di({c: v for c, v in celle.items() if c not in {k.campo for k in conflitto.celle}}),
    }
    return render(lavoro.request, "giornata/conflitto.html", contesto, status=409)


@require_POST
@pagina_sezione(Azione.DIGITARE)
def bozza(request: HttpRequest, sezione: Sezione, turno: int, nome: str) -> JsonResponse:
    """Keep what is being typed. Small on purpose: it runs at every pause of the fingers."""
    try:
        corpo = json.loads(request.body)
        celle, numero = dict(corpo["celle"]), int(corpo["numero"])
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError, RawPostDataException):
        # the last: a form sent where a JSON object is expected, its body already read
        return JsonResponse({"errore": "bozza non leggibile"}, status=400)
    scrutinio = get_scrutinio(sezione, turno)
    scrutinio.elezione = sezione.elezione
    voce = build_modulo(sezione.elezione, turno).passo(nome)
    if voce is None or not 0 <= numero < 2**53:
        return JsonResponse({"errore": "passo sconosciuto"}, status=400)
    try:
        digitazione = open_digitazione(scrutinio, by=request.user)
    except PassaggioVietato as vietato:
        return JsonResponse({"errore": str(vietato)}, status=409)
    tenuta = save_bozza(digitazione, voce, celle, numero=numero, by=request.user)
    return JsonResponse({"salvata": tenuta})


@require_POST
@pagina_sezione(Azione.DIGITARE)
def scarta_bozza(request: HttpRequest, sezione: Sezione, turno: int, nome: str) -> HttpResponse:
    if build_modulo(sezione.elezione, turno).passo(nome) is None:
        raise Http404("Questo passo non c'è nel modulo di questa elezione.")
    BozzaPasso.objects.filter(
        digitazione__scrutinio=get_scrutinio(sezione, turno), nome=nome, utente=request.user
    ).delete()
    return redirect("giornata:passo", sezione.elezione.slug, turno, sezione.numero, nome)
