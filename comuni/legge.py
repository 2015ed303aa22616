"""The law that applies to an election: its parameters, with the choices of the ente on doubtful points."""

from datetime import date

from comuni.models import Elezione
from norme.parametri import Parametri, parametri_at


def parametri_di(elezione: Elezione, *, giorno: date | None = None) -> Parametri:
    """The parameters in force for the comune of the election on the first voting day, or on ``giorno``."""
    parametri = parametri_at(
        giorno or elezione.data,
        popolazione=elezione.popolazione_legale,
        ordinamento=elezione.ordinamento,
        capoluogo=elezione.capoluogo,
        sistema=elezione.sistema,
    )
    scelte = {n: v for n, v in elezione.interpretazioni.items() if n in parametri and parametri[n].scelte}
    return parametri.choose(**scelte)


def puo_avere_circoscrizioni(elezione: Elezione) -> bool:
    """Whether the comune is large enough to have circoscrizioni, whose election is not covered."""
    valore = parametri_di(elezione).get("circoscrizioni_popolazione")
    return valore is not None and (elezione.popolazione_legale or 0) > valore.valore["facolta"]
