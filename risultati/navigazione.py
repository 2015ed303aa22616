"""The pages of this room in the navigation by phase."""

from electoral.navigazione import Fase, Voce, register_voce
from electoral.permessi import Azione


def register_giornata() -> None:
    """Pages of the election days."""
    for voce in (
        Voce(Fase.PREPARAZIONE, "Prova generale", "giornata:prova_generale", Azione.PREPARARE_ELEZIONE, 90),
        Voce(Fase.VOTAZIONE, "Affluenza", "giornata:affluenza", Azione.DIGITARE, 10),
        Voce(Fase.SCRUTINIO, "Tabellone", "giornata:tabellone", Azione.VEDERE_RISULTATI, 10),
        Voce(Fase.SCRUTINIO, "Sezioni", "giornata:sezioni", Azione.DIGITARE, 20),
        Voce(Fase.SCRUTINIO, "File delle sezioni", "giornata:scambio", Azione.DIGITARE, 30),
    ):
        register_voce(voce)
