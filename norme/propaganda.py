"""Money of the campaign: where it has a limit, when it needs a mandatario elettorale (l. 96/2012 art. 13)."""

from dataclasses import dataclass

from norme.parametri import Parametri


@dataclass(frozen=True, slots=True)
class SpeseElettorali:
    """Expenses are limited and accounted for; up to ``soglia`` euro of own money no mandatario is needed."""

    soglia: int
    articolo: str


def spese_elettorali(parametri: Parametri) -> SpeseElettorali | None:
    """The duties on expenses of who runs in this comune, or ``None`` where the law sets none."""
    limiti, soglia = parametri.get("limiti_di_spesa"), parametri.get("mandatario_soglia")
    if limiti is None or not limiti.valore or soglia is None:
        return None
    return SpeseElettorali(soglia.valore, str(soglia.riferimento))
