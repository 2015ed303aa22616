"""What every page needs to know: version, theme, and the frame of the election one is working on."""

from django.conf import settings
from django.utils.functional import SimpleLazyObject

from electoral.guida.pagine import indirizzo_per
from electoral.guida.passi import Passo, passi_di
from electoral.navigazione import menu_di, stato_elezione
from electoral.permessi import Azione, comuni_dove

PAGINE_D_ENTRATA = {"comuni:home", "comuni:elezione"}
TEMI = ("auto", "chiaro", "scuro")


def urna(request) -> dict[str, object]:
    """``elezione_corrente`` comes from ``comuni.viste.pagina_elezione``; the menu costs no query."""
    tema = request.COOKIES.get("urna_tema", "auto")
    elezione = getattr(request, "elezione", None)
    return {
        "versione_urna": settings.VERSIONE,
        "tema": tema if tema in TEMI else "auto",
        "elezione_corrente": elezione,
        "gestisce_utenti": SimpleLazyObject(lambda: _gestisce_utenti(request)),
        "guida_di_qui": SimpleLazyObject(lambda: _guida(request)),
        "primi_passi": SimpleLazyObject(lambda: _primi_passi(request)),
        "cornice": SimpleLazyObject(lambda: _cornice(request, elezione)),
    }


def _cornice(request, elezione) -> dict[str, object]:
    if elezione is None:
        return {"stato": None, "fasi": [], "fase_corrente": None}
    stato = stato_elezione(elezione)
    fasi = menu_di(
        elezione, utente=request.user, percorso=request.path, in_corso=stato.fase if stato else None
    )
    aperta = next((f for f in fasi if f.corrente), None)
    return {"stato": stato, "fasi": fasi, "fase_corrente": aperta}


def _guida(request) -> str:
    """The place of the guide that explains this page."""
    trovata = request.resolver_match
    return indirizzo_per(trovata.view_name if trovata else "")


def _primi_passi(request) -> list[Passo]:
    """The guided first entry, on the pages where one enters, until the person has seen it."""
    nuovo = request.user.is_authenticated and request.user.primi_passi_il is None
    trovata = request.resolver_match
    return passi_di(request.user) if nuovo and trovata and trovata.view_name in PAGINE_D_ENTRATA else []


def _gestisce_utenti(request) -> bool:
    comuni = comuni_dove(request.user, Azione.GESTIRE_UTENTI)
    return comuni is None or bool(comuni)
