"""Closing a reading: findings, second reading, differences, definitive figures."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from risultati.caselle import Modulo
from risultati.consolidamento import write_tabelle
from risultati.controlli import check_sezione, decide_rilievo, sync_rilievi
from risultati.differenze import find_differenze
from risultati.digitazione import celle_di, check_ancora_aperta, needs_doppia, seed_prima
from risultati.models import Digitazione, RilievoSezione, Scrutinio
from risultati.stati import PassaggioVietato, Stato, lock_scrutinio, move_scrutinio

Ordine = Digitazione.Ordine


@dataclass(frozen=True, slots=True)
class Chiusura:
    """What came of closing: the state of the section, and the findings still to be decided."""

    stato: Stato
    da_decidere: tuple[RilievoSezione, ...] = ()


def passi_mancanti(salvati: Collection[str], modulo: Modulo) -> list[str]:
    """Titles of the steps never confirmed. ``salvati``: names of those that were."""
    return [passo.titolo for passo in modulo.passi if passo.nome not in salvati]


@transaction.atomic
def close_digitazione(digitazione: Digitazione, modulo: Modulo, *, motivi: Mapping[str, str], by) -> Chiusura:
    """Close a whole reading. ``motivi``: impronta of a finding -> why the figure is right as written."""
    scrutinio = lock_scrutinio(digitazione.scrutinio)
    check_ancora_aperta(digitazione, scrutinio)
    salvati = set(digitazione.passi.values_list("nome", flat=True))
    if mancanti := passi_mancanti(salvati, modulo):
        raise PassaggioVietato("Mancano ancora: " + ", ".join(mancanti[:5]) + ".")
    if digitazione.ordine == Ordine.SECONDA:
        return _close_seconda(scrutinio, digitazione, modulo, by=by)
    return close_prima(scrutinio, digitazione, modulo, motivi=motivi, by=by)


def close_prima(
    scrutinio: Scrutinio, digitazione: Digitazione, modulo: Modulo, *, motivi: Mapping[str, str], by
) -> Chiusura:
    """Findings first: an undecided error stops here and calls the responsabile, a warning asks a reason."""
    celle = celle_di(digitazione)
    righe = sync_rilievi(scrutinio, check_sezione(scrutinio, modulo, celle))
    for riga in righe:
        if not riga.is_deciso and motivi.get(riga.impronta, "").strip():
            decide_rilievo(riga, motivo=motivi[riga.impronta], by=by)
    aperti = tuple(riga for riga in righe if not riga.is_deciso)
    if aperti:
        if any(riga.is_errore for riga in aperti) and scrutinio.stato != Stato.CON_ERRORI:
            move_scrutinio(scrutinio, Stato.CON_ERRORI, by=by, motivo=_motivo_rilievi(aperti))
        return Chiusura(Stato(scrutinio.stato), aperti)
    _mark_conclusa(digitazione, by=by)
    if needs_doppia(scrutinio) and not scrutinio.digitazioni.filter(ordine=Ordine.SECONDA).exists():
        move_scrutinio(scrutinio, Stato.PRIMA, by=by)
    else:
        finish(scrutinio, modulo, celle, by=by)
    return Chiusura(Stato(scrutinio.stato))


def _close_seconda(scrutinio: Scrutinio, digitazione: Digitazione, modulo: Modulo, *, by) -> Chiusura:
    _mark_conclusa(digitazione, by=by)
    if differenze := find_differenze(scrutinio, modulo):
        quante = f"{len(differenze)} caselle diverse" if len(differenze) > 1 else "1 casella diversa"
        move_scrutinio(scrutinio, Stato.DIFFORME, by=by, motivo=quante)
    else:
        finish(scrutinio, modulo, celle_di(digitazione), by=by)
    return Chiusura(Stato(scrutinio.stato))


def finish(
    scrutinio: Scrutinio, modulo: Modulo, celle: Mapping[str, int | None], *, by, motivo: str = ""
) -> None:
    """Write the tables and make the section definitive, in the transaction of who calls."""
    write_tabelle(scrutinio, modulo, celle)
    move_scrutinio(scrutinio, Stato.DEFINITIVO, by=by, motivo=motivo)


def _mark_conclusa(digitazione: Digitazione, *, by) -> None:
    digitazione.conclusa_da, digitazione.conclusa_il = by, timezone.now()
    digitazione.save(update_fields=["conclusa_da", "conclusa_il"])


def _motivo_rilievi(aperti: tuple[RilievoSezione, ...]) -> str:
    return "rilievi da decidere: " + ", ".join(sorted({riga.codice for riga in aperti}))


@transaction.atomic
def reopen(scrutinio: Scrutinio, modulo: Modulo, *, motivo: str, by) -> None:
    """Back to typing with the figures kept; the second reading will have to be made again."""
    scrutinio = lock_scrutinio(scrutinio)
    move_scrutinio(scrutinio, Stato.IN_DIGITAZIONE, by=by, motivo=motivo)
    scrutinio.digitazioni.exclude(ordine=Ordine.PRIMA).delete()
    seed_prima(scrutinio, modulo, by=by)


@transaction.atomic
def discard_seconda(scrutinio: Scrutinio, *, motivo: str, by) -> None:
    """Throw away the second reading (typed in the wrong section, for instance)."""
    scrutinio = lock_scrutinio(scrutinio)
    move_scrutinio(scrutinio, Stato.PRIMA, by=by, motivo=motivo)
    scrutinio.digitazioni.exclude(ordine=Ordine.PRIMA).delete()


@transaction.atomic
def discard_tutto(scrutinio: Scrutinio, *, motivo: str, by) -> None:
    """Throw away every reading of a section that was never definitive."""
    scrutinio = lock_scrutinio(scrutinio)
    move_scrutinio(scrutinio, Stato.ATTESA, by=by, motivo=motivo)
    scrutinio.digitazioni.all().delete()
    scrutinio.rilievi.all().delete()
