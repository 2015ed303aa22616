"""Pages of the outcome in the navigation by phase."""

from electoral.navigazione import Fase, Voce
from electoral.permessi import Azione

VOCI_ESITO = (
    Voce(Fase.PROCLAMAZIONE, "Riparto", "esito:banco", Azione.VEDERE_RISULTATI, 10),
    Voce(Fase.PROCLAMAZIONE, "Proclamazione e atti", "esito:proclamazione", Azione.VEDERE_RISULTATI, 20),
    Voce(Fase.PROCLAMAZIONE, "Prova di resistenza", "esito:resistenza", Azione.VEDERE_RISULTATI, 30),
    Voce(Fase.PROCLAMAZIONE, "Ballottaggio", "esito:ballottaggio", Azione.VEDERE_RISULTATI, 40),
    Voce(Fase.PROCLAMAZIONE, "Pubblicazione", "esito:pubblicazione", Azione.VEDERE_RISULTATI, 50),
    Voce(Fase.PROCLAMAZIONE, "Moduli in bianco", "esito:moduli", Azione.VEDERE_RISULTATI, 60),
    Voce(Fase.MANDATO, "Consiglio e surroghe", "esito:mandato", Azione.VEDERE_RISULTATI, 10),
    Voce(Fase.MANDATO, "Giunta", "esito:giunta", Azione.VEDERE_RISULTATI, 20),
)
