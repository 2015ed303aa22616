"""Reads a fascicolo and saves all of it or nothing."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction

from comuni.fascicolo import Importazione, files_fascicolo, find_file
from comuni.importazione import load_files, read_file
from comuni.models import Comune, Elezione
from electoral.csv_io import RigaErrata, errata
from electoral.ordine import chiave_ordine
from electoral.permessi import Azione
from norme.registro import migliaia
from risultati.fascicolo.cartella import DESCRIZIONE, FascicoloErrato, sort_files
from risultati.fascicolo.descrizione import Descrizione, giorni_di_legge, read_descrizione
from risultati.proclamazione import is_proclamata

PuoScrivere = Callable[[Comune | None, Azione], bool]
"""Whether the import may do this in the comune (None: a comune that does not exist yet)."""
Progresso = Callable[[int, str], None]
"""Told the per cent done and what is being done."""
LETTURA, SALVATAGGIO, FINE = 10, 40, 95
"""Per cent at which reading and saving begin, and saving ends."""


def import_fascicolo(
    contenuti: Mapping[str, bytes],
    *,
    prova: bool = False,
    by: Any = None,
    puo_scrivere: PuoScrivere = lambda comune, azione: True,
    solo: Elezione | None = None,
    progresso: Progresso = lambda per_cento, testo: None,
) -> Importazione:
    """Import the files of a whole election; with ``prova`` nothing stays saved.

    ``solo``: the one election the files may speak of. The answer has the errors: with any, nothing is saved.
    """
    trovati, errori = sort_files(dict(contenuti))
    importazione = Importazione(by=by, errori=errori)
    try:
        descrizione = read_descrizione(trovati[DESCRIZIONE][1]) if DESCRIZIONE in trovati else None
    except FascicoloErrato as errore:
        descrizione = None
        errori += errore.errori
    _read_files(importazione, trovati, progresso)
    if descrizione is None:
        return importazione
    importazione.avanza = _Avanzamento(importazione, progresso, verbo="Confronto" if prova else "Salvo")
    importazione.avvisi += descrizione.avvisi
    with transaction.atomic():
        importazione.elezione = _save_elezione(importazione, descrizione, puo_scrivere, solo)
        if importazione.elezione:
            load_files(importazione)
        if prova or importazione.errori:
            transaction.set_rollback(True)
    return importazione


def _read_files(importazione: Importazione, trovati: Mapping[str, tuple], progresso: Progresso) -> None:
    letti = [file for file in files_fascicolo() if file.nome in trovati]
    tutto = sum(len(trovati[file.nome][1]) for file in letti) or 1
    fatto = 0
    for file in letti:
        progresso(LETTURA + (SALVATAGGIO - LETTURA) * fatto // tutto, f"Leggo {file.nome}")
        read_file(importazione, file, *trovati[file.nome])
        fatto += len(trovati[file.nome][1])


class _Avanzamento:
    """Rows done of those read, told when the per cent or the file changes."""

    def __init__(self, importazione: Importazione, progresso: Progresso, *, verbo: str) -> None:
        self.righe = {lettura.file: len(lettura.righe) for lettura in importazione.letture.values()}
        self.progresso, self.verbo = progresso, verbo
        self.fatte: dict[str, int] = {}
        self.detto = ("", -1)

    def __call__(self, file: str, righe: int) -> None:
        di_questo = self.righe.get(file, 0)
        self.fatte[file] = min(self.fatte.get(file, 0) + righe, di_questo)
        quota = sum(self.fatte.values()) / (sum(self.righe.values()) or 1)
        per_cento = SALVATAGGIO + int((FINE - SALVATAGGIO) * quota)
        if (file, per_cento) != self.detto:
            self.detto = (file, per_cento)
            fatte = f"{migliaia(self.fatte[file])} righe di {migliaia(di_questo)}"
            self.progresso(per_cento, f"{self.verbo} {file}: {fatte}")


# --- Comune and election -------------------------------------------------------------------------------


def _save_elezione(
    importazione: Importazione, descrizione: Descrizione, puo_scrivere: PuoScrivere, solo: Elezione | None
) -> Elezione | None:
    comune = _find_comune(descrizione)
    _check_file(importazione, comune, puo_scrivere)
    if not puo_scrivere(comune, Azione.PREPARARE_ELEZIONE):
        motivo = "non è un comune su cui puoi lavorare"
        importazione.fail(_refuse("E922", "comune", descrizione.comune, motivo=motivo))
        return None
    elezione = Elezione.objects.select_for_update().filter(slug=descrizione.slug).first()
    if elezione and comune != elezione.comune or solo and solo != elezione:
        importazione.fail(_refuse("E924", "slug", descrizione.slug))
        return None
    if comune is None:
        comune = _create_comune(descrizione)
    conteggio = importazione.conteggio(DESCRIZIONE)
    if elezione is None:
        if errore := _same_day(comune, descrizione):
            importazione.fail(errore)
            return None
        conteggio.nuovi = 1
        campi = {**giorni_di_legge(descrizione.campi), **descrizione.campi}
        return Elezione.objects.create(slug=descrizione.slug, comune=comune, **campi)
    diversi = {n: v for n, v in descrizione.campi.items() if getattr(elezione, n) != v}
    if not diversi:
        conteggio.invariati = 1
        return elezione
    if is_proclamata(elezione):
        motivo = "gli eletti sono già stati proclamati: riapri prima la proclamazione"
        for nome, valore in diversi.items():
            importazione.fail(_refuse("E922", nome, str(valore), motivo=motivo))
    for nome, valore in diversi.items():
        setattr(elezione, nome, valore)
    elezione.save(update_fields=list(diversi))
    conteggio.modificati = 1
    return elezione


def _check_file(importazione: Importazione, comune: Comune | None, puo_scrivere: PuoScrivere) -> None:
    """Each file asks for its own permission."""
    for nome, lettura in importazione.letture.items():
        if not puo_scrivere(comune, find_file(nome).azione):
            importazione.fail(
                errata("E939", file=lettura.file, motivo="il suo ruolo nel comune non lo comprende")
            )


def _refuse(codice: str, colonna: str, valore: str, **contesto: object) -> RigaErrata:
    return errata(codice, file=DESCRIZIONE, colonna=colonna, valore=valore, **contesto)


def _find_comune(descrizione: Descrizione) -> Comune | None:
    provincia = chiave_ordine(descrizione.provincia)
    omonimi = Comune.objects.filter(chiave=chiave_ordine(descrizione.comune))
    return next((c for c in omonimi if chiave_ordine(c.provincia) == provincia), None)


def _create_comune(descrizione: Descrizione) -> Comune:
    return Comune.objects.create(
        nome=descrizione.comune,
        provincia=descrizione.provincia,
        regione=descrizione.regione,
        capoluogo=descrizione.campi.get("capoluogo", False),
        popolazione_legale=descrizione.campi.get("popolazione_legale"),
    )


def _same_day(comune: Comune, descrizione: Descrizione) -> RigaErrata | None:
    """Another election of the same comune on the same day is the same election under another name."""
    if descrizione.campi.get("prova"):
        return None
    altra = comune.elezioni.filter(data=descrizione.campi["data"], prova=False).first()
    if altra is None:
        return None
    motivo = f"l'elezione di quel giorno esiste già e si chiama «{altra.slug}»"
    return _refuse("E922", "slug", descrizione.slug, motivo=motivo)
