"""The pages of this room that do a duty of the calendar."""

from comuni.schermate import Schermata
from electoral.permessi import Azione

_VEDERE, _INSERIRE = Azione.VEDERE_CANDIDATURE, Azione.INSERIRE_CANDIDATURE

SCHERMATE = {
    "presentazione_inizio": Schermata("candidature:ricevi", _INSERIRE, "Ricevi una lista"),
    "presentazione_fine": Schermata("candidature:quadro", _VEDERE, "Liste e candidati"),
    "invio_candidature": Schermata("candidature:quadro", _VEDERE, "Trasmetti alla commissione"),
    "esame_candidature": Schermata("candidature:esame", _VEDERE, "Esame delle liste"),
    "lettura_contestazioni": Schermata("candidature:esame", _VEDERE, "Esame delle liste"),
    "nuovo_contrassegno": Schermata("candidature:quadro", _VEDERE, "Liste e candidati"),
    "decisione_definitiva": Schermata("candidature:esame", _VEDERE, "Decisioni definitive"),
    "manifesto_candidati": Schermata("candidature:documenti", _VEDERE, "Produci il manifesto dei candidati"),
    "elenco_delegati": Schermata("candidature:quadro", _VEDERE, "Delegati delle liste"),
    "trasparenza": Schermata("candidature:trasparenza", _VEDERE, "Pubblica curriculum e casellari"),
    "bilancio_preventivo": Schermata("candidature:quadro", _VEDERE, "Documenti delle liste"),
    "collegamenti_ballottaggio": Schermata("candidature:collegamenti", _VEDERE, "Registra i collegamenti"),
}
