"""Pages of the turnout: the board of the hours, the entry of one hour, the sheet for the prefettura."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from comuni.models import Elezione
from electoral.permessi import Azione, puo
from risultati.accesso_sezioni import is_solo_digitatore, pagina_giornata, sezioni_di
from risultati.affluenza import (
    AffluenzaScritta,
    RigaAffluenza,
    register_invio,
    riepiloghi,
    righe_affluenza,
    save_affluenze,
)
from risultati.ingressi import read_numero
from risultati.precedente import affluenza_di_allora, elezione_precedente
from risultati.rilevazioni import Rilevazione, find_rilevazione
from risultati.stati import PassaggioVietato, is_congelata, perche_congelata

VEDERE = (Azione.DIGITARE, Azione.VEDERE_RISULTATI)
CAMPI = ("votanti_m", "votanti_f", "votanti")


@pagina_giornata(*VEDERE)
def affluenza(request: HttpRequest, elezione: Elezione, turno: int) -> HttpResponse:
    """The hours with who is missing; the digitatore goes to her sections."""
    precedente = elezione_precedente(elezione)
    contesto = {
        "titolo": "Affluenza",
        "elezione": elezione,
        "turno": turno,
        "ore": riepiloghi(elezione, turno),
        "adesso": timezone.now(),
        "precedente": precedente,
        "allora": affluenza_di_allora(precedente, turno),
        "digita": puo(request.user, Azione.DIGITARE, elezione.comune_id),
        "tutte": not is_solo_digitatore(request.user, elezione),
        "congelata": perche_congelata() if is_congelata(elezione) else "",
    }
    return render(request, "giornata/affluenza.html", contesto)


def _rilevazione(elezione: Elezione, turno: int, codice: str) -> Rilevazione:
    voce = find_rilevazione(elezione, turno, codice)
    if voce is None:
        raise Http404("Questa rilevazione non c'è.")
    return voce


@never_cache
@pagina_giornata(Azione.DIGITARE)
def rilevazione(request: HttpRequest, elezione: Elezione, turno: int, codice: str) -> HttpResponse:
    """All the sections of one hour on one page: numbers only, saved together."""
    voce, errori, contese = _rilevazione(elezione, turno, codice), {}, []
    sezioni = list(sezioni_di(request.user, elezione))
    if request.method == "POST":
        scritte, errori = _read(request.POST, sezioni)
        try:
            contese = save_affluenze(elezione, turno, voce, scritte, by=request.user)
        except PassaggioVietato as vietato:
            messages.error(request, str(vietato))
            return redirect("giornata:affluenza_turno", elezione.slug, turno)
        if not errori and not contese:
            messages.success(request, f"Affluenza delle {voce.titolo}: salvata.")
            return redirect("giornata:rilevazione", elezione.slug, turno, codice)
    righe = righe_affluenza(elezione, turno, voce, sezioni)
    contesto = {
        "titolo": f"Affluenza, {voce.titolo}",
        "elezione": elezione,
        "turno": turno,
        "rilevazione": voce,
        "righe": [_riga(riga, request.POST, errori) for riga in righe],
        "somme": _somme(righe),
        "errori": errori,
        "contese": contese,
        "diagnosi": puo(request.user, Azione.DIRIMERE, elezione.comune_id),
        "solo_mancanti": "mancanti" in request.GET,
        "per_sesso": voce.is_chiusura,
    }
    stato = 409 if contese else 422 if errori else 200
    return render(request, "giornata/rilevazione.html", contesto, status=stato)


def _somme(righe: list[RigaAffluenza]) -> dict[str, int | None]:
    """Totals of the sections saved, on which the percentage is taken."""
    arrivate = [riga for riga in righe if riga.votanti is not None]
    return {
        "arrivate": len(arrivate),
        "votanti_m": sum(riga.affluenza.votanti_m or 0 for riga in arrivate if riga.affluenza),
        "votanti_f": sum(riga.affluenza.votanti_f or 0 for riga in arrivate if riga.affluenza),
        "votanti": sum(riga.votanti or 0 for riga in arrivate),
        "elettori": sum(riga.sezione.elettori or 0 for riga in arrivate),
        "prima": _sum_known(riga.prima for riga in righe),
        "scorsa": _sum_known(riga.scorsa for riga in righe),
    }


def _sum_known(cifre: Iterable[int | None]) -> int | None:
    note = [cifra for cifra in cifre if cifra is not None]
    return sum(note) if note else None


def _riga(riga, dati, errori) -> dict[str, object]:
    """The row with what was typed and refused, else with what is stored."""
    numero = riga.sezione.numero
    valori = {}
    for campo in CAMPI:
        nome = f"{campo}-{numero}"
        tenuto = getattr(riga.affluenza, campo, None) if riga.affluenza else None
        valori[campo] = dati[nome] if nome in errori else "" if tenuto is None else str(tenuto)
    return {
        "riga": riga,
        "valori": valori,
        "errore": next((errori[f"{c}-{numero}"] for c in CAMPI if f"{c}-{numero}" in errori), ""),
        "versione": riga.affluenza.versione if riga.affluenza else 0,
        "variazione": riga.votanti - riga.prima
        if riga.votanti is not None and riga.prima is not None
        else None,
    }


def _read(dati, sezioni) -> tuple[list[AffluenzaScritta], dict[str, str]]:
    """Rows typed; a row with something that is no number is not saved, and says why."""
    scritte, errori = [], {}
    for sezione in sezioni:
        n = sezione.numero
        if f"versione-{n}" not in dati:
            continue
        valori: dict[str, int | None] = {}
        for campo in CAMPI:
            testo = dati.get(f"{campo}-{n}", "").replace(".", "").strip()
            if testo and not (testo.isascii() and testo.isdigit() and len(testo) <= 6):
                errori[f"{campo}-{n}"] = f"Sezione {n}: «{testo[:20]}» non è un numero, scriva solo cifre."
            valori[campo] = int(testo) if testo.isascii() and testo.isdigit() and len(testo) <= 6 else None
        versione = dati[f"versione-{n}"]
        if not any(f"{campo}-{n}" in errori for campo in CAMPI):
            scritte.append(AffluenzaScritta(sezione, **valori, versione=read_numero(versione) or 0))
    return scritte, errori


@pagina_giornata(*VEDERE)
def scheda_affluenza(request: HttpRequest, elezione: Elezione, turno: int, codice: str) -> HttpResponse:
    """The figures in the order of the ministry's form, each with its copy button."""
    if is_solo_digitatore(request.user, elezione):
        raise Http404("La scheda riguarda tutto il comune.")
    voce = _rilevazione(elezione, turno, codice)
    ora = next(r for r in riepiloghi(elezione, turno) if r.rilevazione.codice == codice)
    cifre = [("Sezioni pervenute", ora.arrivate), ("Sezioni del comune", ora.sezioni)]
    if voce.is_chiusura:
        cifre += [("Votanti uomini", ora.votanti_m), ("Votanti donne", ora.votanti_f)]
    cifre += [("Votanti in tutto", ora.votanti), ("Elettori delle sezioni pervenute", ora.elettori)]
    contesto = {
        "titolo": f"Scheda per la prefettura, {voce.titolo}",
        "elezione": elezione,
        "turno": turno,
        "ora": ora,
        "cifre": cifre,
        "puo_inviare": puo(request.user, Azione.PREPARARE_ELEZIONE, elezione.comune_id),
        "adesso": timezone.localtime(),
    }
    return render(request, "giornata/scheda_affluenza.html", contesto)


@require_POST
@pagina_giornata(Azione.PREPARARE_ELEZIONE)
def inviata(request: HttpRequest, elezione: Elezione, turno: int, codice: str) -> HttpResponse:
    """The tick "inviato alla prefettura alle …"."""
    voce = _rilevazione(elezione, turno, codice)
    quando = _parse_ora(request.POST.get("ora", ""))
    if quando is None:
        messages.error(request, "Scriva l'ora dell'invio come 12:35, non più tardi di adesso.")
    else:
        invio = register_invio(elezione, turno, voce, by=request.user, inviato_il=quando)
        messages.success(
            request, f"Registrato: {invio.votanti} votanti inviati alle {timezone.localtime(quando):%H:%M}."
        )
    return redirect("giornata:scheda_affluenza", elezione.slug, turno, codice)


def _parse_ora(testo: str) -> datetime | None:
    """An hour of today, not in the future; empty is now."""
    adesso = timezone.localtime()
    if not testo.strip():
        return adesso
    try:
        ora = datetime.strptime(testo.strip(), "%H:%M").time()  # noqa: DTZ007 - only the hour is read
    except ValueError:
        return None
    quando = adesso.replace(hour=ora.hour, minute=ora.minute, second=0, microsecond=0)
    return quando if quando <= adesso else None
