"""Where an election stands once the count is over, for the chip of the header."""

from electoral.navigazione import Fase, StatoElezione
from risultati.models import Proclamazione, Riparto


def stato_dall_esito(elezione) -> StatoElezione | None:
    """Proclaimed, to be proclaimed, runoff, tie; nothing to say before."""
    if Proclamazione.objects.di(elezione).in_vigore().exists():
        return StatoElezione("Eletti proclamati", "ok", Fase.MANDATO)
    riparto = (
        Riparto.objects.di(elezione)
        .order_by("-eseguito_il", "-pk")
        .values_list("tipo_esito", "parziale")
        .first()
    )
    if riparto is None or riparto[1]:
        return None
    testi = {
        "riparto": ("Da proclamare", "info"),
        "ballottaggio": ("Ballottaggio", "avviso"),
        "sorteggio": ("Parità: sorteggio", "avviso"),
        "nulla": ("Elezione nulla", "errore"),
    }
    testo, tono = testi[riparto[0]]
    return StatoElezione(testo, tono, Fase.PROCLAMAZIONE)
