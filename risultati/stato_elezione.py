"""Where an election stands once the count is over, for the chip of the header."""

from django.utils import timezone

from electoral.navigazione import Fase, StatoElezione
from risultati.models import Proclamazione, Riparto, Scrutinio


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


def stato_dello_scrutinio(elezione) -> StatoElezione | None:
    """From the day of the vote, once a section is being typed; before, it is only somebody trying."""
    typed = Scrutinio.objects.di(elezione).exclude(stato=Scrutinio.Stato.ATTESA)
    if elezione.data > timezone.localdate() or not typed.exists():
        return None
    return StatoElezione("Scrutinio in corso", "info", Fase.SCRUTINIO)
