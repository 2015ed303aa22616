"""Settling the differences: the responsabile keeps one figure or sends back only some boxes."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from electoral.permessi import Azione, puo
from risultati.caselle import Modulo
from risultati.chiusura import finish
from risultati.controlli import check_sezione, sync_rilievi
from risultati.differenze import Differenza, find_differenze
from risultati.digitazione import Celle, celle_di, check_ancora_aperta
from risultati.models import Annotazione, Digitazione, PassoDigitato, Scrutinio
from risultati.stati import PassaggioVietato, Stato, check_aperta, lock_scrutinio, move_scrutinio

Ordine = Digitazione.Ordine
SCELTE = ("prima", "seconda", "rilettura", "rimanda")


@transaction.atomic
def settle_differenze(
    scrutinio: Scrutinio, modulo: Modulo, scelte: Mapping[str, str], *, motivo: str, by
) -> Stato:
    """The responsabile keeps one figure or the other, or sends back only some boxes, with a reason."""
    if scrutinio.pk is None:
        raise PassaggioVietato("Questa sezione non è stata digitata: non ci sono differenze da decidere.")
    scrutinio = lock_scrutinio(scrutinio)
    _check_may_settle(scrutinio, motivo, by)
    differenze = find_differenze(scrutinio, modulo)
    if senza := [modulo.etichetta(d.campo) for d in differenze if scelte.get(d.campo) not in SCELTE]:
        raise PassaggioVietato(f"Manca la scelta per {len(senza)} caselle: {'; '.join(senza[:3])}.")
    tenute = {d.campo: _tenuta(d, scelte[d.campo]) for d in differenze if scelte[d.campo] != "rimanda"}
    write_celle(scrutinio, tenute, by=by)
    decise = [(d, tenute[d.campo]) for d in differenze if d.campo in tenute]
    note_decise(scrutinio, modulo, decise, perche=motivo.strip(), by=by)
    rimandate = [d for d in differenze if scelte[d.campo] == "rimanda"]
    scrutinio.digitazioni.filter(ordine=Ordine.RILETTURA).delete()
    if rimandate:
        Digitazione.objects.create(
            scrutinio=scrutinio,
            ordine=Ordine.RILETTURA,
            iniziata_da=by,
            iniziata_il=timezone.now(),
            motivo=motivo.strip(),
        )
        return Stato(scrutinio.stato)
    return end_differenze(scrutinio, modulo, motivo=motivo, by=by)


def _check_may_settle(scrutinio: Scrutinio, motivo: str, by) -> None:
    if not puo(by, Azione.DIRIMERE, scrutinio.elezione.comune_id):
        raise PassaggioVietato("Le differenze le decide il responsabile dell'ufficio elettorale.")
    if scrutinio.stato != Stato.DIFFORME:
        raise PassaggioVietato("Le differenze di questa sezione sono già state decise: ricarichi la pagina.")
    if not motivo.strip():
        raise PassaggioVietato("Scriva il motivo della decisione: resta nel fascicolo della sezione.")
    check_aperta(scrutinio.elezione)


def _tenuta(differenza: Differenza, scelta: str) -> int | None:
    return {"prima": differenza.prima, "seconda": differenza.seconda, "rilettura": differenza.rilettura}[
        scelta
    ]


def write_celle(scrutinio: Scrutinio, celle: Mapping[str, int | None], *, by) -> None:
    """Write the settled figures in both readings (the history keeps what each had typed)."""
    if not celle:
        return
    passi = PassoDigitato.objects.filter(
        digitazione__scrutinio=scrutinio, digitazione__ordine__in=[Ordine.PRIMA, Ordine.SECONDA]
    )
    for passo in passi:
        nuove = {campo: valore for campo, valore in celle.items() if campo in passo.celle}
        if nuove:
            passo.celle |= nuove
            passo.versione += 1
            passo.salvato_da, passo.salvato_il = by, timezone.now()
            passo.save()


def note_decise(
    scrutinio: Scrutinio, modulo: Modulo, decise: list[tuple[Differenza, int | None]], *, perche: str, by
) -> None:
    """What each reading said and which figure stays, box by box: the readings themselves become equal."""
    if not decise:
        return
    righe = [
        f"{d.passo.titolo}, {modulo.etichetta(d.campo)}: prima {_as_text(d.prima)},"
        f" seconda {_as_text(d.seconda)}; resta {_as_text(tenuta)}"
        for d, tenuta in decise
    ]
    Annotazione.objects.create(
        sezione=scrutinio.sezione,
        turno=scrutinio.turno,
        tipo=Annotazione.Tipo.DIFFERENZA,
        testo=f"{perche}\n" + "\n".join(righe),
        scritta_da=by,
    )


def _as_text(cifra: int | None) -> str:
    return "non scritta" if cifra is None else str(cifra)


def end_differenze(scrutinio: Scrutinio, modulo: Modulo, *, motivo: str, by) -> Stato:
    """No difference is left: definitive, or back to the findings that nobody has decided."""
    celle = celle_di(scrutinio.digitazioni.get(ordine=Ordine.PRIMA))
    aperti = [r for r in sync_rilievi(scrutinio, check_sezione(scrutinio, modulo, celle)) if not r.is_deciso]
    if aperti:
        codici = ", ".join(sorted({riga.codice for riga in aperti}))
        move_scrutinio(
            scrutinio, Stato.CON_ERRORI, by=by, motivo=f"differenze risolte; da decidere: {codici}"
        )
    else:
        finish(scrutinio, modulo, celle, by=by, motivo=f"differenze risolte: {motivo.strip()}")
    return Stato(scrutinio.stato)


def campi_da_rileggere(digitazione: Digitazione, modulo: Modulo) -> list[str]:
    """The boxes sent back by the responsabile and still different."""
    return [d.campo for d in find_differenze(digitazione.scrutinio, modulo)]


@transaction.atomic
def save_rilettura(digitazione: Digitazione, modulo: Modulo, celle: Celle, *, by) -> Stato:
    """Third reading of a few boxes: where it agrees with one of the two, that figure stays."""
    scrutinio = lock_scrutinio(digitazione.scrutinio)
    check_ancora_aperta(digitazione, scrutinio)
    momento = timezone.now()
    PassoDigitato.objects.create(
        digitazione=digitazione, nome="rilettura", celle=celle, salvato_da=by, salvato_il=momento
    )
    digitazione.conclusa_da, digitazione.conclusa_il = by, momento
    digitazione.save(update_fields=["conclusa_da", "conclusa_il"])
    concordi = [
        (d, celle[d.campo])
        for d in find_differenze(scrutinio, modulo)
        if d.campo in celle and celle[d.campo] in (d.prima, d.seconda)
    ]
    note_decise(scrutinio, modulo, concordi, perche="La rilettura conferma una delle due letture.", by=by)
    write_celle(scrutinio, {d.campo: cifra for d, cifra in concordi}, by=by)
    if find_differenze(scrutinio, modulo):
        return Stato(scrutinio.stato)
    return end_differenze(scrutinio, modulo, motivo="la rilettura conferma una delle due letture", by=by)
