"""Typing the figures of a section: steps confirmed one by one, drafts, and no silent overwriting.

A confirmed step is a ``PassoDigitato`` with a version. Saving is a conditional UPDATE on that version:
who saves second on the same step gets a ``Conflitto`` with what differs, box by box.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from comuni.models import Elezione, Sezione
from risultati.caselle import Modulo, Passo
from risultati.consolidamento import celle_da_tabelle
from risultati.models import BozzaPasso, Digitazione, PassoDigitato, Scrutinio
from risultati.stati import PassaggioVietato, Stato, check_aperta, lock_scrutinio, move_scrutinio

Celle = dict[str, int | None]
MASSIMO = 999_999
DIGITABILI = {
    Stato.ATTESA: Digitazione.Ordine.PRIMA,
    Stato.IN_DIGITAZIONE: Digitazione.Ordine.PRIMA,
    Stato.CON_ERRORI: Digitazione.Ordine.PRIMA,
    Stato.PRIMA: Digitazione.Ordine.SECONDA,
    Stato.SECONDA: Digitazione.Ordine.SECONDA,
    Stato.DIFFORME: Digitazione.Ordine.RILETTURA,
}


@dataclass(frozen=True, slots=True)
class CellaContesa:
    """A box that somebody else saved in the meantime with another figure."""

    campo: str
    loro: int | None
    mia: int | None


@dataclass(frozen=True, slots=True)
class Conflitto:
    """The step changed since it was opened: who saved it, and the boxes that differ."""

    passo: PassoDigitato
    celle: tuple[CellaContesa, ...]


def needs_doppia(scrutinio: Scrutinio) -> bool:
    """Whether two people must type this section (a setting of the election)."""
    elezione = scrutinio.elezione
    if elezione.digitazione == Elezione.Digitazione.DOPPIA_OLTRE_SOGLIA:
        return (elettori_di(scrutinio) or 0) > (elezione.soglia_doppia or 0)
    return elezione.digitazione == Elezione.Digitazione.DOPPIA


def elettori_di(scrutinio: Scrutinio) -> int | None:
    """Electors as in the lists of the comune, else as typed."""
    sezione = scrutinio.sezione
    return (sezione.elettori if sezione else None) or scrutinio.elettori


def find_scrutinio(sezione: Sezione, turno: int) -> Scrutinio:
    """The count of the section in that turno: unsaved when nobody has begun it: reading leaves no trace.

    Where it could never begin (proclaimed, or there is a total of the comune) it refuses.
    """
    chiave = {"elezione": sezione.elezione, "turno": turno, "sezione": sezione}
    scrutinio = Scrutinio.objects.con_ripartenze().filter(**chiave).first()
    if scrutinio is None:
        check_aperta(sezione.elezione)
        _check_senza_totale(sezione.elezione, turno)
        scrutinio = Scrutinio(**chiave)
    return scrutinio


def get_scrutinio(sezione: Sezione, turno: int) -> Scrutinio:
    """The same for who is about to write: made when first asked for."""
    scrutinio = find_scrutinio(sezione, turno)
    if scrutinio.pk is None:
        scrutinio, _ = Scrutinio.objects.con_ripartenze().get_or_create(
            elezione=sezione.elezione, turno=turno, sezione=sezione
        )
    return scrutinio


def letture_di(scrutinio: Scrutinio) -> QuerySet[Digitazione]:
    """Its readings; none of a count that nobody has begun."""
    return scrutinio.digitazioni.all() if scrutinio.pk else Digitazione.objects.none()


def _check_senza_totale(elezione: Elezione, turno: int) -> None:
    """A turno has its sections or a total for the comune, never both: one section would hide the total."""
    if Scrutinio.objects.filter(elezione=elezione, turno=turno, sezione=None).exists():
        raise PassaggioVietato(
            "Di questo turno c'è già il totale del comune, arrivato da un fascicolo: le sezioni non si"
            " digitano. Per averle, importi un fascicolo con le righe di tutte le sezioni."
        )


def find_digitazione(scrutinio: Scrutinio, *, by) -> Digitazione:
    """The reading one may type now: the first, the blind second by somebody else, or the cells sent back.

    Unsaved when nobody has written in it yet.
    """
    check_aperta(scrutinio.elezione)
    ordine = DIGITABILI.get(Stato(scrutinio.stato))
    if ordine is None:
        raise PassaggioVietato("La sezione è definitiva: per correggerla va riaperta con un motivo.")
    if ordine == Digitazione.Ordine.RILETTURA:
        return _open_rilettura(scrutinio)
    digitazione = letture_di(scrutinio).filter(ordine=ordine).first()
    if ordine == Digitazione.Ordine.SECONDA and by.pk in autori(scrutinio, Digitazione.Ordine.PRIMA):
        raise PassaggioVietato(
            "La seconda digitazione spetta a una persona diversa da chi ha fatto la prima."
        )
    return digitazione or Digitazione(scrutinio=scrutinio, ordine=ordine)


def open_digitazione(scrutinio: Scrutinio, *, by) -> Digitazione:
    """The same for who is about to write: made by who writes first."""
    digitazione = find_digitazione(scrutinio, by=by)
    if digitazione.pk is None:
        digitazione, _ = Digitazione.objects.get_or_create(
            scrutinio=scrutinio,
            ordine=digitazione.ordine,
            defaults={"iniziata_da": by, "iniziata_il": timezone.now()},
        )
    return digitazione


def _open_rilettura(scrutinio: Scrutinio) -> Digitazione:
    rilettura = scrutinio.digitazioni.filter(ordine=Digitazione.Ordine.RILETTURA, conclusa_il=None).first()
    if rilettura is None:
        raise PassaggioVietato(
            "Le due digitazioni sono diverse: decide il responsabile nella pagina Differenze."
        )
    return rilettura


def autori(scrutinio: Scrutinio, ordine: int) -> set[int]:
    """Who confirmed at least one step of that reading."""
    passi = PassoDigitato.objects.filter(digitazione__scrutinio=scrutinio, digitazione__ordine=ordine)
    return set(passi.values_list("salvato_da", flat=True)) - {None}


def celle_di(digitazione: Digitazione) -> Celle:
    """All the boxes confirmed so far, in one mapping."""
    celle: Celle = {}
    for passo in digitazione.passi.all():
        celle |= passo.celle
    return celle


def read_celle(passo: Passo, testi: Mapping[str, str]) -> tuple[Celle, dict[str, str]]:
    """Figures of a step from what was typed, and the boxes that are no number, with what to do."""
    celle: Celle = {}
    errori: dict[str, str] = {}
    for casella in passo.caselle:
        testo = "".join((testi.get(casella.campo) or "").split()).replace(".", "")
        if not testo:
            celle[casella.campo] = 0 if casella.is_zero_se_vuota else None
        elif not (testo.isascii() and testo.isdigit()):
            errori[casella.campo] = f"«{testo[:20]}» non è un numero: scriva solo cifre."
        elif len(testo) > 6 or int(testo) > MASSIMO:
            errori[casella.campo] = f"{testo[:20]} è troppo grande per una sezione."
        else:
            celle[casella.campo] = int(testo)
    return celle, errori


def save_passo(
    digitazione: Digitazione, passo: Passo, celle: Celle, *, versione: int, by
) -> PassoDigitato | Conflitto:
    """Confirm a step. ``versione`` is the one the person opened (0 = never saved): an old one conflicts."""
    try:
        with transaction.atomic():
            # the row of the section is the lock between savers and who closes it
            scrutinio = lock_scrutinio(digitazione.scrutinio)
            check_ancora_aperta(digitazione, scrutinio)
            salvato = _write_passo(digitazione, passo.nome, celle, versione=versione, by=by)
            if isinstance(salvato, PassoDigitato):
                _start(scrutinio, digitazione, by=by)
                BozzaPasso.objects.filter(digitazione=digitazione, nome=passo.nome, utente=by).delete()
            return salvato
    except IntegrityError:  # the step was created by somebody else between our reading and writing
        return _conflitto(digitazione, passo.nome, celle)


def check_ancora_aperta(digitazione: Digitazione, scrutinio: Scrutinio) -> None:
    """Refuse when the section has moved on and this reading is no longer the one being typed."""
    if DIGITABILI.get(Stato(scrutinio.stato)) != digitazione.ordine:
        raise PassaggioVietato(
            f"Intanto la sezione è diventata «{scrutinio.get_stato_display()}»:"
            " questo passo non è stato salvato."
        )


def _write_passo(digitazione, nome: str, celle: Celle, *, versione: int, by) -> PassoDigitato | Conflitto:
    momento = timezone.now()
    if versione == 0:
        if PassoDigitato.objects.filter(digitazione=digitazione, nome=nome).exists():
            return _conflitto(digitazione, nome, celle)
        return PassoDigitato.objects.create(
            digitazione=digitazione, nome=nome, celle=celle, salvato_da=by, salvato_il=momento
        )
    cambiati = PassoDigitato.objects.filter(digitazione=digitazione, nome=nome, versione=versione).update(
        celle=celle, versione=F("versione") + 1, salvato_da=by, salvato_il=momento
    )
    if not cambiati:
        return _conflitto(digitazione, nome, celle)
    return PassoDigitato.objects.get(digitazione=digitazione, nome=nome)


def _conflitto(digitazione: Digitazione, nome: str, celle: Celle) -> Conflitto:
    altro = (
        PassoDigitato.objects.select_related("salvato_da").filter(digitazione=digitazione, nome=nome).first()
    )
    if altro is None:
        raise PassaggioVietato("La digitazione è stata scartata mentre scriveva: ricominci dalla sezione.")
    diverse = tuple(
        CellaContesa(campo, altro.celle.get(campo), valore)
        for campo, valore in celle.items()
        if altro.celle.get(campo) != valore
    )
    return Conflitto(altro, diverse)


def _start(scrutinio: Scrutinio, digitazione: Digitazione, *, by) -> None:
    """The first confirmed step moves the section on; a correction after errors reopens the first reading."""
    if scrutinio.stato in (Stato.ATTESA, Stato.CON_ERRORI):
        # another reading of what is being corrected no longer says anything
        scrutinio.digitazioni.exclude(ordine=digitazione.ordine).delete()
        move_scrutinio(scrutinio, Stato.IN_DIGITAZIONE, by=by)
    elif scrutinio.stato == Stato.PRIMA:
        move_scrutinio(scrutinio, Stato.SECONDA, by=by)
    else:
        Scrutinio.objects.filter(pk=scrutinio.pk).update(
            versione=F("versione") + 1, aggiornato_il=timezone.now()
        )


def save_bozza(digitazione: Digitazione, passo: Passo, testi: Mapping[str, str], *, numero: int, by) -> bool:
    """Keep what is being typed, as text; an older message that arrives late does not cover a newer one."""
    celle = {
        campo: str(testi[campo]).replace("\x00", "")[:20]
        for campo in passo.campi
        if testi.get(campo) not in (None, "")
    }
    with transaction.atomic():
        bozza, nuova = BozzaPasso.objects.select_for_update().get_or_create(
            digitazione=digitazione, nome=passo.nome, utente=by, defaults={"celle": celle, "numero": numero}
        )
        if nuova:
            return True
        if numero < bozza.numero:
            return False
        bozza.celle, bozza.numero = celle, numero
        bozza.save(update_fields=["celle", "numero", "aggiornata_il"])
    return True


def seed_prima(scrutinio: Scrutinio, modulo: Modulo, *, by) -> None:
    """Make the first reading from the stored figures (a section that came from a file and is reopened)."""
    if scrutinio.digitazioni.exists():
        return
    momento = timezone.now()
    digitazione = Digitazione.objects.create(
        scrutinio=scrutinio, ordine=1, iniziata_da=by, iniziata_il=momento
    )
    celle = celle_da_tabelle(scrutinio, modulo)
    PassoDigitato.objects.bulk_create(
        PassoDigitato(
            digitazione=digitazione,
            nome=passo.nome,
            celle={campo: celle.get(campo) for campo in passo.campi},
            salvato_da=by,
            salvato_il=momento,
        )
        for passo in modulo.passi
    )
