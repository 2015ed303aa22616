"""The demonstration: the real elections that come with Urna, allocated and proclaimed as their offices did.

Everything can be repeated: what is already there stays as it is.
"""

import secrets
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from comuni.importazione_comuni import import_comuni
from comuni.models import Appartenenza, Comune, Elezione
from electoral.models import Utente
from electoral.permessi import Ruolo
from risultati import notte_generata, ufficio_generato
from risultati.fascicolo.cartella import FascicoloErrato, read_cartella
from risultati.fascicolo.importazione import import_fascicolo
from risultati.models import Riparto
from risultati.proclamazione import impedimenti, is_proclamata, proclaim
from risultati.riparto import run_riparto_elezione

DATI = Path(settings.BASE_DIR) / "dati"
ACCESSI = settings.DATI_DIR / "accessi_dimostrazione.txt"
PRINCIPALE = "san-benedetto-del-tronto-2021"
PROVA = "prova-generale-san-benedetto"
MOTIVO = "Elezione vera del passato, caricata per la dimostrazione: le cifre sono quelle della fonte."
MOTIVO_ERRORI = (
    "Elezione vera del passato, già proclamata dal suo ufficio su queste cifre: sono quelle della fonte "
    "e qui non si possono riscontrare sui verbali delle sezioni."
)
PRESIDENTE = "Ufficio della dimostrazione (nome non indicato dalla fonte)"
AMMINISTRATORE = "amministratore"

Say = Callable[[str], None]


def load_comuni() -> int:
    """The comuni that voted in October 2021; returns how many are new."""
    file = DATI / "comuni_2021.csv"
    nuovi, lettura = import_comuni(file.read_bytes(), file=file.name)
    if lettura.errori:
        raise FascicoloErrato(lettura.errori)
    return nuovi


def load_elezioni(say: Say) -> list[Elezione]:
    """Every fascicolo of ``dati/fascicoli``."""
    elezioni = []
    for cartella in sorted((DATI / "fascicoli").iterdir()):
        importazione = import_fascicolo(read_cartella(cartella))
        if importazione.errori:
            raise FascicoloErrato(importazione.errori)
        elezioni.append(importazione.elezione)
        if importazione.cambiati:
            say(f"  {importazione.elezione}: {importazione.cambiati} righe")
    return elezioni


def load_prova_generale() -> Elezione:
    """The rehearsal where one tries: generated lists, no votes yet; ``fill_prova_generale`` makes it live."""
    if prova := Elezione.objects.filter(slug=PROVA).first():
        return prova
    vera = Elezione.objects.select_related("comune").get(slug=PRINCIPALE)
    return ufficio_generato.create_elezione(vera, slug=PROVA, oggi=timezone.localdate())


def fill_prova_generale(say: Say) -> None:
    """The office at work on the rehearsal, by the users of the demonstration; done once."""
    elezione = Elezione.objects.select_related("comune").get(slug=PROVA)
    if elezione.liste.exists():
        return
    responsabile, operatore, digitatore, commissione = (
        Utente.objects.get(username=ruolo.value)
        for ruolo in (Ruolo.RESPONSABILE, Ruolo.OPERATORE, Ruolo.DIGITATORE, Ruolo.COMMISSIONE)
    )
    with transaction.atomic():
        say("  convocazione, elettori, spazi, commissione")
        ufficio_generato.prepare(elezione, by=operatore)
        say("  candidature, esame, sorteggio dei numeri")
        ufficio_generato.fill_candidature(elezione, by=commissione)
        say("  albi, sorteggio degli scrutatori, nomine, insediamento")
        notte_generata.fill_seggi(elezione, by=operatore)
        say("  affluenza e scrutinio a metà della notte")
        notte_generata.fill_notte(elezione, chi=[operatore, digitatore])
        ufficio_generato.mark_fatte(elezione, by=responsabile, adesso=timezone.now())


def conclude(elezione: Elezione) -> str:
    """Allocate and, where nothing is open, proclaim and publish; returns in words how it stands."""
    if is_proclamata(elezione):
        return "già proclamata"
    riparto = run_riparto_elezione(elezione)
    if motivi := impedimenti(elezione, riparto):
        return " ".join(motivi)
    proclaim(
        elezione,
        riparto=riparto,
        presidente=PRESIDENTE,
        motivi_avvisi=_motivi(riparto),
        motivo_errori=MOTIVO_ERRORI,
    )
    elezione.pubblicata = True
    elezione.save(update_fields=["pubblicata"])
    return f"proclamata: sindaco n. {riparto.esito['sindaco']}"


def _motivi(riparto: Riparto) -> dict[str, str]:
    return {r["codice"]: MOTIVO for r in riparto.esito["rilievi"] if r["gravita"] == "W"}


def produce_manifesto(elezione: Elezione) -> list[Path]:
    """The acts of the outcome, produced once; returns their files."""
    from risultati.atti_esito import produce_atti_esito  # heavy: the typesetter

    proclamazione = elezione.proclamazioni.in_vigore().get()
    if not elezione.atti.filter(prodotto_il__gte=proclamazione.registrata_il).exists():
        produce_atti_esito(proclamazione)
    return [Path(atto.file.path) for atto in elezione.atti.order_by("numero")]


def create_utenti() -> list[tuple[str, str, str]]:
    """One user for each role: (username, password, what he is); the passwords are made once, on this disk."""
    accessi = _read_accessi()
    comune = Comune.objects.get(elezioni__slug=PRINCIPALE)
    righe = [(AMMINISTRATORE, "amministratore dell'installazione")]
    righe += [(ruolo.value, f"{ruolo.label}, {comune}") for ruolo in Ruolo]
    for nome, _ in righe:
        parola = accessi.setdefault(nome, secrets.token_urlsafe(9))
        _ensure_utente(nome, parola)
    for ruolo in Ruolo:
        comuni = [comune]
        if ruolo is Ruolo.PREFETTURA:
            comuni = Comune.objects.filter(provincia=comune.provincia, elezioni__isnull=False).distinct()
        for suo in comuni:
            _ensure_ruolo(Utente.objects.get(username=ruolo.value), suo, ruolo)
    _write_accessi(accessi)
    return [(nome, accessi[nome], chi) for nome, chi in righe]


def _ensure_utente(nome: str, parola: str) -> None:
    capo = nome == AMMINISTRATORE
    utente, nuovo = Utente.objects.get_or_create(
        username=nome, defaults={"last_name": nome.capitalize(), "is_staff": capo, "is_superuser": capo}
    )
    if nuovo or not utente.check_password(parola):
        utente.set_password(parola)
        utente.save(update_fields=["password"])


def _ensure_ruolo(utente: Utente, comune: Comune, ruolo: Ruolo) -> None:
    appartenenza, nuova = Appartenenza.objects.get_or_create(utente=utente, comune=comune, ruolo=ruolo)
    if nuova and ruolo is Ruolo.DIGITATORE:
        prova = Elezione.objects.get(slug=PROVA)
        appartenenza.sezioni.set(prova.sezioni.filter(numero__lte=5))


def _read_accessi() -> dict[str, str]:
    if not ACCESSI.exists():
        return {}
    return dict(riga.split("\t", 1) for riga in ACCESSI.read_text("utf-8").splitlines() if "\t" in riga)


def _write_accessi(accessi: dict[str, str]) -> None:
    testo = "".join(f"{nome}\t{parola}\n" for nome, parola in accessi.items())
    if not ACCESSI.exists() or ACCESSI.read_text("utf-8") != testo:
        ACCESSI.parent.mkdir(parents=True, exist_ok=True)
        ACCESSI.touch(mode=0o600)
        ACCESSI.chmod(0o600)
        ACCESSI.write_text(testo, "utf-8")


def adesso() -> str:
    return f"{timezone.localtime():%H:%M:%S}"
