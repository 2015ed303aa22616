"""Models by subject: comuni and roles, elections and sections, duties, acts."""

from comuni.models.atti import Atto
from comuni.models.comuni import Appartenenza, Comune
from comuni.models.elezioni import Elezione, Ordinamento, Sezione, Sistema, Tornata
from comuni.models.scadenze import Scadenza

__all__ = [
    "Appartenenza",
    "Atto",
    "Comune",
    "Elezione",
    "Ordinamento",
    "Scadenza",
    "Sezione",
    "Sistema",
    "Tornata",
]
