"""The panels of this room on the dashboard (posts, fees) and its last facts."""

from collections.abc import Iterable

from comuni.fatti import Fatto, nome
from comuni.models import Elezione
from comuni.pannelli import Pannello
from seggi.models import Compenso, Liquidazione, Nomina, RuoloUfficio, SorteggioScrutatori
from seggi.uffici import count_coperti, count_posti


def pannello_posti_scoperti(elezione: Elezione, utente) -> Pannello | None:
    """Covered posts by role; nothing to say until the offices are set up."""
    posti = count_posti(elezione)
    if not posti:
        return None
    coperti = count_coperti(elezione)
    righe = [(RuoloUfficio(r).label, coperti[r], posti[r]) for r in RuoloUfficio.values if posti[r]]
    scoperti = sum(posti.values()) - sum(coperti.values())
    return Pannello("Uffici di sezione", "seggi/pannello.html", {"righe": righe, "scoperti": scoperti})


def pannello_compensi(elezione: Elezione, utente) -> Pannello | None:
    """For the ragioneria: how many fees, how many already in a liquidation."""
    compensi = Compenso.objects.filter(nomina__ufficio__sezione__elezione=elezione)
    totale = compensi.count()
    if not totale:
        return None
    liquidati = compensi.filter(liquidazione__stato=Liquidazione.Stato.CHIUSA).count()
    return Pannello("Compensi", "seggi/pannello_compensi.html", {"totale": totale, "liquidati": liquidati})


def fatti_seggi(elezione: Elezione, utente, quanti: int) -> Iterable[Fatto]:
    """Draws made, people who renounced or were replaced."""
    sorteggi = SorteggioScrutatori.objects.filter(elezione=elezione, eseguito_il__isnull=False)
    for s in sorteggi.select_related("eseguito_da").order_by("-eseguito_il")[:quanti]:
        yield Fatto(s.eseguito_il, "sorteggiati gli scrutatori", nome(s.eseguito_da))
    cessati = Nomina.objects.di(elezione).filter(cessato_il__isnull=False)
    for n in cessati.select_related("ufficio__sezione").order_by("-cessato_il")[:quanti]:
        motivo = f": «{n.motivo_cessazione}»" if n.motivo_cessazione else ""
        yield Fatto(n.cessato_il, f"sez. {n.ufficio.sezione.numero}, {n} lascia{motivo}")
