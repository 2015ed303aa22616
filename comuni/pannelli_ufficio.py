"""The panels of this room: duties of the day, completeness, last facts."""

from django.utils import timezone

from comuni.completezza import check_completezza
from comuni.fatti import ultimi_fatti
from comuni.models import Atto, Elezione
from comuni.pannelli import Pannello
from comuni.scadenzario import build_agenda, sync_scadenze


def pannello_agenda(elezione: Elezione, utente) -> Pannello:
    adesso = timezone.now()
    agenda = build_agenda(sync_scadenze(elezione), adesso=adesso)
    return Pannello("Oggi", "comuni/pannelli/agenda.html", {"agenda": agenda})


def pannello_completezza(elezione: Elezione, utente) -> Pannello | None:
    """What is missing before the candidatures; the day of the vote it leaves the dashboard."""
    if elezione.data <= timezone.localdate():
        return None
    controlli = check_completezza(elezione)
    fatti = sum(c.fatto for c in controlli)
    return Pannello(
        "Pronti per le candidature" if fatti == len(controlli) else "Pronti per le candidature?",
        "comuni/pannelli/completezza.html",
        {
            "controlli": controlli,
            "fatti": fatti,
            "prossimo": next((c for c in controlli if not c.fatto), None),
            "manifesto": Atto.objects.di(elezione).ultimo("manifesto_convocazione"),
        },
    )


def pannello_fatti(elezione: Elezione, utente) -> Pannello | None:
    """What happened last, of what this person may know."""
    fatti = ultimi_fatti(elezione, utente=utente)
    return Pannello("Ultimi fatti", "comuni/pannelli/fatti.html", {"fatti": fatti}) if fatti else None
