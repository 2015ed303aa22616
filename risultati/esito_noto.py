"""What the outcome tells the calendar: a runoff or none, the end of the count, the proclamation."""

from django.utils import timezone

from comuni.fonti import EsitoNoto
from comuni.models import Elezione
from risultati.models import Proclamazione, Riparto, Turno


def esito_noto(elezione: Elezione) -> EsitoNoto:
    """From the last whole allocation and the proclamation in force; nothing before."""
    proclamata = (
        Proclamazione.objects.di(elezione).in_vigore().values_list("proclamata_il", flat=True).first()
    )
    riparto = (
        Riparto.objects.di(elezione)
        .filter(parziale=False)
        .order_by("-eseguito_il", "-pk")
        .values_list("tipo_esito", "esito__turno")
        .first()
    )
    return EsitoNoto(
        ballottaggio=_runoff(*riparto) if riparto else None,
        proclamazione=timezone.localtime(proclamata).date() if proclamata else None,
    )


def _runoff(tipo_esito: str, turno: int | None) -> bool | None:
    if tipo_esito == "ballottaggio":
        return True
    if tipo_esito == "riparto" and turno is not None:
        return turno == Turno.BALLOTTAGGIO
    return None
