"""The road of a section, in one table: from which state to which, and who may do it.

``docs/stati.md`` draws it; a test keeps the two equal. Every change writes a ``Passaggio``.
"""

from dataclasses import dataclass

from django.db.models import F
from django.utils import timezone

from electoral.permessi import Azione, puo
from risultati.models import Passaggio, Proclamazione, Scrutinio

Stato = Scrutinio.Stato


@dataclass(frozen=True, slots=True)
class Transizione:
    """A change somebody may ask for; ``azione`` is the permission, ``con_motivo`` asks for a reason."""

    da: Stato
    a: Stato
    descrizione: str
    azione: Azione = Azione.DIGITARE
    con_motivo: bool = False


def _riapre(da: Stato, a: Stato, descrizione: str) -> Transizione:
    return Transizione(da, a, descrizione, Azione.DIRIMERE, con_motivo=True)


TRANSIZIONI = (
    Transizione(Stato.ATTESA, Stato.IN_DIGITAZIONE, "si comincia a digitare"),
    Transizione(Stato.IN_DIGITAZIONE, Stato.CON_ERRORI, "conclusa con rilievi da decidere"),
    Transizione(Stato.IN_DIGITAZIONE, Stato.PRIMA, "prima digitazione conclusa: serve la seconda"),
    Transizione(Stato.IN_DIGITAZIONE, Stato.DEFINITIVO, "conclusa, basta una digitazione"),
    Transizione(Stato.CON_ERRORI, Stato.IN_DIGITAZIONE, "si corregge"),
    Transizione(Stato.CON_ERRORI, Stato.PRIMA, "rilievi decisi: serve la seconda digitazione"),
    Transizione(Stato.CON_ERRORI, Stato.DEFINITIVO, "rilievi decisi"),
    Transizione(Stato.PRIMA, Stato.SECONDA, "una persona diversa comincia la seconda"),
    Transizione(Stato.SECONDA, Stato.DEFINITIVO, "le due digitazioni sono uguali"),
    Transizione(Stato.SECONDA, Stato.DIFFORME, "le due digitazioni sono diverse"),
    Transizione(Stato.DIFFORME, Stato.DEFINITIVO, "differenze risolte"),
    Transizione(
        Stato.DIFFORME, Stato.CON_ERRORI, "differenze risolte, con rilievi da decidere", Azione.DIRIMERE
    ),
    _riapre(Stato.DEFINITIVO, Stato.IN_DIGITAZIONE, "sezione riaperta"),
    _riapre(Stato.PRIMA, Stato.IN_DIGITAZIONE, "prima digitazione riaperta"),
    _riapre(Stato.SECONDA, Stato.PRIMA, "seconda digitazione scartata"),
    _riapre(Stato.DIFFORME, Stato.PRIMA, "seconda digitazione scartata"),
    _riapre(Stato.IN_DIGITAZIONE, Stato.ATTESA, "digitazione scartata"),
    _riapre(Stato.CON_ERRORI, Stato.ATTESA, "digitazione scartata"),
    _riapre(Stato.DIFFORME, Stato.ATTESA, "digitazioni scartate"),
)
AMMESSE = {(t.da, t.a): t for t in TRANSIZIONI}


class PassaggioVietato(Exception):
    """A change of state that the table does not allow now; the message is for the person who asked."""


def is_congelata(elezione) -> bool:
    """After the proclamation the figures stay as proclaimed."""
    return Proclamazione.objects.di(elezione).in_vigore().exists()


def perche_congelata() -> str:
    return (
        "Gli eletti sono stati proclamati: le cifre delle sezioni sono congelate."
        " Per cambiarle serve una decisione del giudice o la riapertura della proclamazione."
    )


def check_aperta(elezione) -> None:
    """Refuse any change to the figures of a proclaimed election."""
    if is_congelata(elezione):
        raise PassaggioVietato(perche_congelata())


def lock_scrutinio(scrutinio: Scrutinio) -> Scrutinio:
    """The row of the section, locked until the end of the transaction."""
    return (
        Scrutinio.objects.select_for_update(of=("self",))
        .select_related("elezione__comune", "sezione")
        .get(pk=scrutinio.pk)
    )


def move_scrutinio(scrutinio: Scrutinio, a: Stato, *, by, motivo: str = "") -> None:
    """Change the state by a conditional UPDATE: who comes second finds the road closed and is told so."""
    da = Stato(scrutinio.stato)
    transizione = AMMESSE.get((da, a))
    if transizione is None:
        raise PassaggioVietato(f"La sezione è «{da.label}»: non può diventare «{a.label}».")
    if not puo(by, transizione.azione, scrutinio.elezione.comune_id):
        raise PassaggioVietato("Questo passaggio spetta al responsabile dell'ufficio elettorale.")
    if transizione.con_motivo and not motivo.strip():
        raise PassaggioVietato("Scriva il motivo: resta nel verbale della sezione.")
    check_aperta(scrutinio.elezione)
    _write(scrutinio, da, a, by=by, motivo=motivo.strip() or transizione.descrizione)


def _write(scrutinio: Scrutinio, da: Stato, a: Stato, *, by, motivo: str) -> None:
    momento = timezone.now()
    definitivo = a == Stato.DEFINITIVO
    cambiati = Scrutinio.objects.filter(pk=scrutinio.pk, stato=da).update(
        stato=a,
        versione=F("versione") + 1,
        definitivo_da=by if definitivo else None,
        definitivo_il=momento if definitivo else None,
        aggiornato_il=momento,
    )
    if not cambiati:
        raise PassaggioVietato(
            "Qualcun altro ha appena cambiato lo stato di questa sezione: ricarichi la pagina."
        )
    Passaggio.objects.create(scrutinio=scrutinio, da=da, a=a, motivo=motivo, fatto_da=by, fatto_il=momento)
    scrutinio.stato = a
