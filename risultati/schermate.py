"""The pages of this room that do a duty of the calendar."""

from comuni.schermate import Schermata
from electoral.permessi import Azione

_VEDERE = Azione.VEDERE_RISULTATI

SCHERMATE = {
    "votazione_primo_giorno": Schermata("giornata:affluenza", _VEDERE, "Affluenza"),
    "votazione_secondo_giorno": Schermata("giornata:affluenza", _VEDERE, "Affluenza"),
    "scrutinio": Schermata("giornata:tabellone", _VEDERE, "Tabellone dello scrutinio"),
    "adunanza_presidenti": Schermata("esito:banco", _VEDERE, "Riparto e proclamazione"),
    "ufficio_centrale": Schermata("esito:banco", _VEDERE, "Riparto e proclamazione"),
    "manifesto_eletti": Schermata("esito:proclamazione", _VEDERE, "Atti della proclamazione"),
    "manifesto_ballottaggio": Schermata("esito:ballottaggio", _VEDERE, "Manifesto del ballottaggio"),
    "ballottaggio_primo_giorno": Schermata("giornata:affluenza", _VEDERE, "Affluenza"),
    "ballottaggio_secondo_giorno": Schermata("giornata:affluenza", _VEDERE, "Affluenza"),
    "scrutinio_ballottaggio": Schermata("giornata:tabellone", _VEDERE, "Tabellone dello scrutinio"),
    "proclamazione_ballottaggio": Schermata("esito:banco", _VEDERE, "Riparto e proclamazione"),
    "manifesto_eletti_ballottaggio": Schermata("esito:proclamazione", _VEDERE, "Atti della proclamazione"),
    "convocazione_consiglio": Schermata("esito:mandato", _VEDERE, "Mandato"),
    "prima_seduta": Schermata("esito:mandato", _VEDERE, "Mandato"),
    "opzione_due_comuni": Schermata("esito:mandato", _VEDERE, "Mandato"),
}
