"""The pages of the election days in the navigation by phase."""

from electoral.navigazione import Fase, Voce
from electoral.permessi import Azione

VOCI_GIORNATA = (
    Voce(Fase.PREPARAZIONE, "Prova generale", "giornata:prova_generale", Azione.PREPARARE_ELEZIONE, 90),
    Voce(Fase.VOTAZIONE, "Affluenza", "giornata:affluenza", Azione.DIGITARE, 10),
    Voce(Fase.SCRUTINIO, "Tabellone", "giornata:tabellone", Azione.VEDERE_RISULTATI, 10),
    Voce(Fase.SCRUTINIO, "Sezioni", "giornata:sezioni", Azione.DIGITARE, 20),
    Voce(Fase.SCRUTINIO, "Quanto vale la scheda", "giornata:quanto_vale", Azione.DIGITARE, 25),
    Voce(Fase.SCRUTINIO, "File delle sezioni", "giornata:scambio", Azione.DIGITARE, 30),
)
