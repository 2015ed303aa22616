"""Models by subject: comuni and roles, elections and sections, duties, convocation, electors, acts."""

from comuni.models.atti import Atto, VersioneFirmata
from comuni.models.avvisi import CalendarioPersonale, PreferenzaPromemoria, Promemoria
from comuni.models.commissione import ComponenteCommissione, PresenzaSeduta, SedutaCommissione
from comuni.models.comuni import Appartenenza, Comune
from comuni.models.convocazione import CambioSede, Convocazione
from comuni.models.corpo import ElettoreParticolare, RilevazioneElettori, TessereDelGiorno
from comuni.models.elezioni import Elezione, Ordinamento, Sezione, Sistema, Tornata
from comuni.models.propaganda import SpazioPropaganda
from comuni.models.scadenze import Scadenza

__all__ = [
    "Appartenenza",
    "Atto",
    "CalendarioPersonale",
    "CambioSede",
    "ComponenteCommissione",
    "Comune",
    "Convocazione",
    "ElettoreParticolare",
    "Elezione",
    "Ordinamento",
    "PreferenzaPromemoria",
    "PresenzaSeduta",
    "Promemoria",
    "RilevazioneElettori",
    "Scadenza",
    "SedutaCommissione",
    "Sezione",
    "Sistema",
    "SpazioPropaganda",
    "TessereDelGiorno",
    "Tornata",
    "VersioneFirmata",
]
