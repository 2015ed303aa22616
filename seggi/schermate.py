"""The pages of this room that do a duty of the calendar."""

from comuni.schermate import Schermata
from electoral.permessi import Azione

_VEDERE = Azione.VEDERE_UFFICI

SCHERMATE = {
    "presidenti_nomina": Schermata("seggi:nomine", _VEDERE, "Nomine dei presidenti"),
    "avviso_nomina_scrutatori": Schermata("seggi:sorteggio", _VEDERE, "Avviso della seduta"),
    "nomina_scrutatori": Schermata("seggi:sorteggio", _VEDERE, "Nomina gli scrutatori"),
    "notifica_scrutatori": Schermata("seggi:nomine", _VEDERE, "Lettere e notifiche"),
    "designazione_rappresentanti": Schermata("seggi:rappresentanti", _VEDERE, "Registra i rappresentanti"),
    "designazione_al_presidente": Schermata("seggi:rappresentanti", _VEDERE, "Rappresentanti di lista"),
    "consegna_materiale": Schermata("seggi:materiale", _VEDERE, "Consegna il materiale"),
    "insediamento": Schermata("seggi:tabellone_insediamento", _VEDERE, "Insediamento"),
    "insediamento_ballottaggio": Schermata("seggi:tabellone_insediamento", _VEDERE, "Insediamento"),
}
