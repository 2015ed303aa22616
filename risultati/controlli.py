"""Findings on a section: asked to the law, stored with the decision somebody takes."""

from collections.abc import Iterable, Mapping

from django.utils import timezone

from electoral.documenti import impronta
from electoral.permessi import Azione, puo
from norme.dati_scrutinio import DatiScrutinio
from norme.rilievi import Rilievo
from norme.scrutinio import check_scrutinio, hide_covered
from risultati.affluenza import Comunicati, affluenze_di
from risultati.caselle import Modulo
from risultati.consolidamento import dati_scrutinio
from risultati.models import RilievoSezione, Scrutinio
from risultati.precedente import load_passato
from risultati.profili import check_con_le_altre
from risultati.stati import PassaggioVietato

Celle = Mapping[str, int | None]
LOTTO = 1000


def check_passo(
    scrutinio: Scrutinio, modulo: Modulo, celle: Celle, nome: str, *, comunicati: Comunicati | None = None
) -> list[Rilievo]:
    """Findings of one step, taken as finished. ``comunicati``: already read, else they are read here."""
    dati = _dati(scrutinio, modulo, celle, comunicati)
    return check_scrutinio(dati, parametri=modulo.parametri, passo=nome)


def check_sezione(
    scrutinio: Scrutinio,
    modulo: Modulo,
    celle: Celle,
    *,
    confronti: bool = True,
    comunicati: Comunicati | None = None,
) -> list[Rilievo]:
    """Findings of the whole section, empty boxes included.

    ``confronti``: also against the other sections and the past of this one.
    """
    dati = _dati(scrutinio, modulo, celle, comunicati)
    tutti = check_scrutinio(dati, parametri=modulo.parametri)
    vuote = check_scrutinio(dati, parametri=modulo.parametri, passo="schede")
    return hide_covered([*vuote, *tutti, *(_check_confronti(scrutinio, modulo, dati) if confronti else ())])


def _check_confronti(scrutinio: Scrutinio, modulo: Modulo, dati: DatiScrutinio) -> list[Rilievo]:
    """Against the other sections of tonight, and against the past of this one."""
    passato = load_passato(scrutinio.elezione, scrutinio.turno)
    return [*check_con_le_altre(dati, modulo), *passato.check(dati, parametri=modulo.parametri)]


def _dati(scrutinio: Scrutinio, modulo: Modulo, celle: Celle, comunicati: Comunicati | None) -> DatiScrutinio:
    return dati_scrutinio(
        celle, modulo, scrutinio=scrutinio, comunicati=comunicati or affluenze_di(scrutinio)
    )


def impronta_rilievo(rilievo: Rilievo) -> str:
    """What makes two findings the same one: code, boxes and figures."""
    return impronta([rilievo.codice, list(rilievo.campi), dict(rilievo.contesto)])


def sync_rilievi(scrutinio: Scrutinio, rilievi: Iterable[Rilievo]) -> list[RilievoSezione]:
    """Store the findings of now: those gone are dropped, those already decided keep their decision."""
    store_rilievi({scrutinio.pk: list(rilievi)})
    return list(scrutinio.rilievi.select_related("deciso_da"))


def store_rilievi(trovati: Mapping[int, Iterable[Rilievo]]) -> None:
    """The same for many counts at once, by their pk: three queries."""
    attuali = {(pk, impronta_rilievo(r)): r for pk, rilievi in trovati.items() for r in rilievi}
    noti = RilievoSezione.objects.filter(scrutinio__in=trovati).values_list("pk", "scrutinio", "impronta")
    presenti = {(scrutinio, impronta): pk for pk, scrutinio, impronta in noti}
    spariti = [pk for chiave, pk in presenti.items() if chiave not in attuali]
    RilievoSezione.objects.filter(pk__in=spariti).delete()
    RilievoSezione.objects.bulk_create(
        [
            build_riga(rilievo, scrutinio_id=pk)
            for (pk, chiave), rilievo in attuali.items()
            if (pk, chiave) not in presenti
        ],
        batch_size=LOTTO,
    )


def build_riga(rilievo: Rilievo, *, scrutinio_id: int | None = None) -> RilievoSezione:
    """The finding as it is stored, nobody having decided it; not saved."""
    return RilievoSezione(
        scrutinio_id=scrutinio_id,
        codice=rilievo.codice,
        campi=list(rilievo.campi),
        contesto=dict(rilievo.contesto),
        impronta=impronta_rilievo(rilievo),
    )


def as_rilievo(riga: RilievoSezione) -> Rilievo:
    """The stored finding with its texts."""
    return Rilievo(riga.codice, tuple(riga.campi), riga.contesto)


def decide_rilievo(riga: RilievoSezione, *, motivo: str, by) -> None:
    """A named person says why the figure stays as on the paper. An error asks for the responsabile."""
    comune = riga.scrutinio.elezione.comune_id
    if riga.is_errore and not puo(by, Azione.DIRIMERE, comune):
        raise PassaggioVietato(f"Il rilievo {riga.codice} lo decide il responsabile dell'ufficio elettorale.")
    if not motivo.strip():
        raise PassaggioVietato(f"Scriva il motivo per {riga.codice}: resta nel fascicolo della sezione.")
    riga.motivo, riga.deciso_da, riga.deciso_il = motivo.strip(), by, timezone.now()
    riga.save(update_fields=["motivo", "deciso_da", "deciso_il"])
