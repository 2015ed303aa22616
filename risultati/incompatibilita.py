"""Whether a consigliere appointed assessore leaves the council (art. 64 TUEL)."""

from comuni.legge import parametri_di
from comuni.models import Elezione, Sistema
from norme.giunta import is_incompatibile


def puo_cessare_per_nomina(elezione: Elezione) -> bool:
    """Art. 64 looks at the population; where the rule is not known, the electoral system tells."""
    nota = is_incompatibile(parametri_di(elezione))
    return elezione.sistema == Sistema.OLTRE_15000 if nota is None else nota
