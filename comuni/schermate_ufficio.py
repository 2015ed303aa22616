"""The pages of this room that do a duty of the calendar."""

from comuni.schermate import Schermata
from electoral.permessi import Azione

_P = Azione.PREPARARE_ELEZIONE
_CONVOCAZIONE = "comuni:convocazione"
_ELETTORI = "comuni:elettori"
_PROPAGANDA = "comuni:propaganda"
_COMMISSIONE = "comuni:commissione_comunale"

SCHERMATE = {
    "decreto_data": Schermata(_CONVOCAZIONE, _P, "Registra il decreto"),
    "decreto_prefetto": Schermata(_CONVOCAZIONE, _P, "Registra il decreto del Prefetto"),
    "manifesto_convocazione": Schermata(_CONVOCAZIONE, _P, "Produci il manifesto (8/COM)"),
    "cartolina_aire": Schermata("comuni:cartoline_aire", _P, "Carica l'elenco e produci le cartoline"),
    "proposta_cambio_sede": Schermata("comuni:nuovo_cambio_sede", _P, "Registra il cambio di sede"),
    "decisione_cambio_sede": Schermata(_CONVOCAZIONE, _P, "Scrivi la decisione sul cambio di sede"),
    "manifesto_cambio_sede": Schermata(_CONVOCAZIONE, _P, "Produci il manifesto del cambio di sede"),
    "revisione_cancellazioni": Schermata("comuni:rilevazione", _P, "Registra gli elettori"),
    "revisione_iscrizioni": Schermata("comuni:rilevazione", _P, "Registra gli elettori"),
    "blocco_liste": Schermata("comuni:rilevazione", _P, "Registra gli elettori definitivi"),
    "ultime_iscrizioni": Schermata(_ELETTORI, _P, "Elettori"),
    "cittadini_ue_domanda": Schermata(_ELETTORI, _P, "Registra le domande"),
    "voto_domiciliare_domande": Schermata(_ELETTORI, _P, "Registra le domande"),
    "voto_covid_domande": Schermata(_ELETTORI, _P, "Registra le domande"),
    "voto_luogo_di_cura": Schermata(_ELETTORI, _P, "Registra le dichiarazioni"),
    "detenuti_due_seggi": Schermata(_ELETTORI, _P, "Elettori con voto particolare"),
    "liste_di_sezione": Schermata(_ELETTORI, _P, "Elenchi per i presidenti"),
    "apertura_ufficio": Schermata("comuni:tessere", _P, "Conta le tessere e fai gli attestati"),
    "spazi_propaganda": Schermata(_PROPAGANDA, _P, "Stabilisci gli spazi"),
    "assegnazione_spazi": Schermata(_PROPAGANDA, _P, "Assegna i riquadri"),
    "divieti_propaganda": Schermata(_PROPAGANDA, _P, "Regole della propaganda"),
    "ultima_propaganda": Schermata(_PROPAGANDA, _P, "Regole della propaganda"),
    "elenco_minorenni": Schermata(_COMMISSIONE, _P, "Convoca la commissione"),
}
