"""Models by subject: comuni and roles, elections and sections, duties, convocation, electors, acts."""

from comuni.models.atti import Atto
from comuni.models.comuni import Appartenenza, Comune
from comuni.models.convocazione import CambioSede, Convocazione
from comuni.models.corpo import ElettoreParticolare, RilevazioneElettori
from comuni.models.elezioni import Elezione, Ordinamento, Sezione, Sistema, Tornata
from comuni.models.propaganda import SpazioPropaganda
from comuni.models.scadenze import Scadenza

__all__ = [
    "Appartenenza",
    "Atto",
    "CambioSede",
    "Comune",
    "Convocazione",
    "ElettoreParticolare",
    "Elezione",
    "Ordinamento",
    "RilevazioneElettori",
    "Scadenza",
    "Sezione",
    "Sistema",
    "SpazioPropaganda",
    "Tornata",
]
