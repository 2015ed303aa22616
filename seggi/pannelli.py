"""The panel of this room on the dashboard: posts without anybody."""

from comuni.models import Elezione
from comuni.pannelli import Pannello
from seggi.models import RuoloUfficio
from seggi.uffici import count_coperti, count_posti


def pannello_posti_scoperti(elezione: Elezione) -> Pannello | None:
    """Covered posts by role; nothing to say until the offices are set up."""
    posti = count_posti(elezione)
    if not posti:
        return None
    coperti = count_coperti(elezione)
    righe = [(RuoloUfficio(r).label, coperti[r], posti[r]) for r in RuoloUfficio.values if posti[r]]
    scoperti = sum(posti.values()) - sum(coperti.values())
    return Pannello("Uffici di sezione", "seggi/pannello.html", {"righe": righe, "scoperti": scoperti})
