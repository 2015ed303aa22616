"""The terms of law of the mandate: when a resignation is answered, who must choose between two comuni."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from candidature.models import Candidato
from comuni.legge import parametri_di
from comuni.models import Elezione
from norme.parametri import Valore
from risultati.models import Surroga


@dataclass(frozen=True, slots=True)
class SceltaDovuta:
    """Sitting councillors who ran in another comune too, and the rule they are under (TUEL 57)."""

    nomi: list[str]
    giorni: int
    articolo: str


def termine_surroga(evento: Surroga, regola: Valore | None) -> date | None:
    """By when the council must replace who resigned (TUEL 38 c. 8); None for other events."""
    if regola is None or evento.annullata or evento.causa != Surroga.Causa.DIMISSIONI:
        return None
    return evento.data + timedelta(days=regola.valore)


def regola_surroga(elezione: Elezione) -> Valore | None:
    """The rule on resignations, where it is known."""
    return parametri_di(elezione).get("surroga_dimissioni_giorni")


def scelta_fra_due_comuni(
    elezione: Elezione, in_carica: Collection[tuple[object, int]]
) -> SceltaDovuta | None:
    """Who of the council may have been elected elsewhere too; None when nobody ran there."""
    regola = parametri_di(elezione).get("opzione_eletto_in_due_comuni_giorni")
    altrove = Candidato.objects.di(elezione).filter(altri_comuni__gt=0).select_related("lista").in_ordine()
    nomi = [str(c) for c in altrove if (c.lista.numero, c.numero) in in_carica]
    return SceltaDovuta(nomi, regola.valore, str(regola.riferimento)) if regola and nomi else None
