"""The panels of this room: duties of the day, completeness."""

from django.utils import timezone

from comuni.avvio import check_completezza
from comuni.models import Elezione
from comuni.pannelli import Pannello
from comuni.scadenzario import build_agenda, sync_scadenze


def pannello_agenda(elezione: Elezione) -> Pannello:
    adesso = timezone.now()
    agenda = build_agenda(sync_scadenze(elezione), adesso=adesso)
    return Pannello("Oggi", "comuni/pannelli/agenda.html", {"agenda": agenda})


def pannello_completezza(elezione: Elezione) -> Pannello | None:
    """What is missing before the candidatures; once complete it leaves the dashboard."""
    controlli = check_completezza(elezione)
    mancanti = [c for c in controlli if not c.fatto]
    if not mancanti or elezione.data < timezone.localdate():
        return None
    return Pannello(
        "Pronti per le candidature?",
        "comuni/pannelli/completezza.html",
        {"controlli": controlli, "fatti": len(controlli) - len(mancanti)},
    )
