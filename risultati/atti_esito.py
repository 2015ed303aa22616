"""The acts of the outcome: which ones a proclamation produces, in the order they are numbered."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db.models import Count

from comuni.atti import produce_atto
from comuni.models import Atto, Elezione
from electoral.permessi import Azione
from risultati import contesti
from risultati.models import Eletto, Proclamazione


@dataclass(frozen=True, slots=True)
class AttoEsito:
    """One act to produce: kind, title, template and the frozen context."""

    tipo: str
    titolo: str
    modello: str
    contesto: Callable[[Proclamazione], dict]


ATTI = (
    AttoEsito("manifesto_eletti", "Manifesto degli eletti", "manifesto_eletti", contesti.contesto_manifesto),
    AttoEsito("verbale_esito", "Verbale delle operazioni", "verbale_esito", contesti.contesto_verbale),
    AttoEsito(
        "prospetto_cifre",
        "Prospetto delle cifre elettorali",
        "prospetto_cifre",
        contesti.contesto_proclamazione,
    ),
    AttoEsito("non_eletti", "Candidati non eletti, in ordine", "non_eletti", contesti.contesto_proclamazione),
    AttoEsito(
        "comunicazione_prefetto",
        "Comunicazione al prefetto",
        "comunicazione_prefetto",
        contesti.contesto_proclamazione,
    ),
    AttoEsito("notifiche", "Notifiche agli eletti, tutte", "notifica_eletti", contesti.contesto_notifiche),
)


def produce_atti_esito(
    proclamazione: Proclamazione, *, by=None, on_progress: Callable[[int, str], None] | None = None
) -> list[Atto]:
    """All the acts; those already produced from the same context are given back as they are."""
    atti = []
    for posto, atto in enumerate(ATTI):
        if on_progress:
            on_progress(100 * posto // len(ATTI), atto.titolo)
        atti.append(produce(proclamazione, atto, by=by))
    return atti


def produce_notifica(eletto: Eletto, *, by=None) -> Atto:
    """The notification to one elected person, by itself."""
    atto = AttoEsito(
        "notifica",
        f"Notifica a {eletto.persona}"[:200],
        "notifica_eletti",
        lambda _: contesti.contesto_notifica(eletto),
    )
    return produce(eletto.proclamazione, atto, chiave=f":{eletto.ordine}", by=by)


@dataclass(frozen=True, slots=True)
class Modulo:
    """A blank form for the night when the system is not there."""

    titolo: str
    a_che_serve: str
    contesto: Callable[[Elezione], dict]


MODULI = {
    "modulo_scrutinio": Modulo(
        "Modulo in bianco per le cifre di una sezione",
        "I nomi ci sono, le cifre si scrivono dal verbale: una copia per sezione.",
        contesti.contesto_modulo,
    ),
    "modulo_riparto": Modulo(
        "Fogli in bianco per l'ufficio che proclama",
        "Somma delle sezioni, tabella dei quozienti, verbale del sorteggio.",
        contesti.contesto_modulo_riparto,
    ),
}


def produce_modulo(elezione: Elezione, tipo: str, *, by=None) -> Atto:
    """A blank form for the emergencies of the night of the count."""
    modulo = MODULI[tipo]
    return produce_atto(
        elezione,
        tipo=tipo,
        titolo=modulo.titolo,
        modello=tipo,
        contesto=modulo.contesto(elezione),
        azione=Azione.VEDERE_RISULTATI,
        by=by,
    )


def notifiche_singole(proclamazione: Proclamazione) -> list[tuple[Eletto, Atto | None]]:
    """Every elected person with the notification produced for that person alone, if any."""
    prefisso = f"proclamazione-{proclamazione.pk}:"
    righe = Atto.objects.di(proclamazione.elezione).filter(tipo="notifica", oggetto__startswith=prefisso)
    fatte = {atto.oggetto: atto for atto in righe.annotate(firmati=Count("firmate")).order_by("numero")}
    eletti = proclamazione.eletti.select_related("sindaco", "candidato", "lista")
    return [(eletto, fatte.get(f"{prefisso}{eletto.ordine}")) for eletto in eletti]


def produce(proclamazione: Proclamazione, atto: AttoEsito, *, chiave: str = "", by=None) -> Atto:
    return produce_atto(
        proclamazione.elezione,
        tipo=atto.tipo,
        titolo=atto.titolo,
        modello=atto.modello,
        contesto=atto.contesto(proclamazione),
        oggetto=f"proclamazione-{proclamazione.pk}{chiave}",
        azione=Azione.VEDERE_RISULTATI,
        immagini=immagini(proclamazione),
        by=by,
    )


def immagini(proclamazione: Proclamazione) -> dict[str, bytes]:
    """The coat of arms, if the comune has one."""
    stemma = proclamazione.elezione.comune.stemma
    if not stemma:
        return {}
    with stemma.open("rb") as file:
        return {"stemma": file.read()}


def atti_di(proclamazione: Proclamazione) -> Iterator[Atto]:
    """The last version of every act of a proclamation but the single notices, in order of number."""
    righe = Atto.objects.di(proclamazione.elezione).filter(oggetto=f"proclamazione-{proclamazione.pk}")
    ultimi = {
        (atto.tipo, atto.oggetto): atto
        for atto in righe.annotate(firmati=Count("firmate")).order_by("numero")
    }
    return iter(sorted(ultimi.values(), key=lambda atto: atto.numero))
