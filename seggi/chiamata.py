"""The office short of scrutatori when it is set up: whom the presidente calls among the electors present.

In turn the oldest and the youngest who may sit (art. 47 TU); the excluded are left out with the reason.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from norme.rilievi import has_errori
from norme.uffici import choose_cooptati
from seggi import nomine
from seggi.idoneita import Idoneita, say_refusal
from seggi.models import Nomina, RuoloUfficio, Ufficio

RUOLO = RuoloUfficio.SCRUTATORE


@dataclass(frozen=True, slots=True)
class Presente:
    """An elector present in the room."""

    cognome: str
    nome: str
    data_nascita: date

    def __str__(self) -> str:
        return f"{self.cognome} {self.nome}"


@dataclass(frozen=True, slots=True)
class Chiamato:
    """Who is called: to which post, as the oldest or as the youngest of those left."""

    presente: Presente
    posizione: int
    anziano: bool


@dataclass(frozen=True, slots=True)
class Chiamata:
    """The order of the call, who cannot be called and why, the posts nobody takes."""

    chiamati: Sequence[Chiamato]
    esclusi: Sequence[tuple[Presente, str]]
    scoperti: Sequence[int]


def order_chiamata(ufficio: Ufficio, presenti: Sequence[Presente], *, assenti: Sequence[Nomina]) -> Chiamata:
    """Who takes the uncovered posts of scrutatore and those of the absent; nothing is written."""
    esclusi = _find_esclusi(ufficio, presenti)
    idonei = [(n, p.data_nascita) for n, p in enumerate(presenti) if n not in esclusi]
    posti = posti_da_coprire(ufficio, assenti=assenti)
    scelti = choose_cooptati(idonei, len(posti))
    return Chiamata(
        [Chiamato(presenti[n], posti[i], anziano=i % 2 == 0) for i, n in enumerate(scelti)],
        [(presenti[n], perche) for n, perche in esclusi.items()],
        posti[len(scelti) :],
    )


def posti_da_coprire(ufficio: Ufficio, *, assenti: Sequence[Nomina] = ()) -> list[int]:
    """The positions of scrutatore that nobody present holds."""
    via = {nomina.pk for nomina in assenti}
    coperti = {n.posizione for n in scrutatori_di(ufficio) if n.pk not in via}
    return [posto for posto in range(1, ufficio.posti(RUOLO) + 1) if posto not in coperti]


def scrutatori_di(ufficio: Ufficio) -> list[Nomina]:
    """Who holds a post of scrutatore now."""
    return list(ufficio.nomine.attive().filter(ruolo=RUOLO).order_by("posizione"))


def _find_esclusi(ufficio: Ufficio, presenti: Sequence[Presente]) -> dict[int, str]:
    """By place in the list, why somebody cannot be called: in another office, candidate, over the age."""
    idoneita, esclusi = Idoneita(ufficio.sezione.elezione), {}
    for n, presente in enumerate(presenti):
        nomina = Nomina(
            ufficio=ufficio,
            ruolo=RUOLO,
            metodo=Nomina.Metodo.INSEDIAMENTO,
            cognome=presente.cognome,
            nome=presente.nome,
            data_nascita=presente.data_nascita,
        )
        nomina.set_chiave()
        rilievi = idoneita.check(nomina, ruolo=RUOLO)
        if altri := idoneita.uffici_di(nomina):
            esclusi[n] = f"{presente} è già in un ufficio: {', '.join(altri)} (art. 20 TU)"
        elif has_errori(rilievi):
            esclusi[n] = say_refusal(nomina, rilievi)
    return esclusi


@transaction.atomic
def record_chiamata(
    ufficio: Ufficio,
    presenti: Sequence[Presente],
    *,
    assenti: Sequence[Nomina],
    quando: datetime,
    by=None,
) -> Chiamata:
    """The absent lose the post, whoever is called takes it and has accepted by being there."""
    ufficio = Ufficio.objects.select_for_update().get(pk=ufficio.pk)
    chiamata = order_chiamata(ufficio, presenti, assenti=assenti)
    if not chiamata.chiamati:
        raise ValidationError("Nessuno da chiamare: scrivere gli elettori presenti.", code="vuoto")
    for nomina in assenti:
        nomine.end_nomina(
            nomina, stato=Nomina.Stato.ASSENTE, motivo="assente all'insediamento", quando=quando
        )
    for chiamato in chiamata.chiamati:
        presente = chiamato.presente
        nuova = nomine.nominate(
            ufficio,
            ruolo=RUOLO,
            posizione=chiamato.posizione,
            metodo=Nomina.Metodo.INSEDIAMENTO,
            persona={
                "cognome": presente.cognome,
                "nome": presente.nome,
                "data_nascita": presente.data_nascita,
            },
            by=by,
            quando=quando,
        )
        nomine.accept_nomina(nuova, quando=quando)
    return chiamata
