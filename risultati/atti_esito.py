"""The acts of the outcome: which ones a proclamation produces, in the order they are numbered."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from comuni.atti import produce_atto
from comuni.models import Atto
from risultati import contesti
from risultati.models import Proclamazione


@dataclass(frozen=True, slots=True)
class AttoEsito:
    """One act to produce: kind, title, template and the frozen context."""

    tipo: str
    titolo: str
    modello: str
    contesto: Callable[[Proclamazione], dict]


ATTI = (
    AttoEsito("manifesto_eletti", "Manifesto degli eletti", "manifesto_eletti", contesti.contesto_manifesto),
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


def produce(proclamazione: Proclamazione, atto: AttoEsito, *, by=None) -> Atto:
    return produce_atto(
        proclamazione.elezione,
        tipo=atto.tipo,
        titolo=atto.titolo,
        modello=atto.modello,
        contesto=atto.contesto(proclamazione),
        oggetto=f"proclamazione-{proclamazione.pk}",
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
    """The last version of every act of a proclamation, in order of number."""
    righe = Atto.objects.di(proclamazione.elezione).filter(
        oggetto__startswith=f"proclamazione-{proclamazione.pk}"
    )
    ultimi = {(atto.tipo, atto.oggetto): atto for atto in righe.order_by("numero")}
    return iter(sorted(ultimi.values(), key=lambda atto: atto.numero))
