"""How long a council can sit (TUEL 51 c. 1, 38 c. 5; l. 182/1991)."""

from datetime import date, timedelta

from norme.parametri import ParametroIgnoto, parametri_at
from norme.parole import MESI


def last_day(voto: date) -> date:
    """The last day on which the council elected from ``voto`` may still sit.

    It sits until the next one is elected: five years, then the first window of the vote that follows, with
    its runoff. State dates everywhere, for want of the regional ones; ``date.max`` when they are not known.
    """
    try:
        scadenza = _years_after(voto, parametri_at(voto).intero("durata_mandato_anni"))
        fine = _window_end(scadenza, scadenza.year)
        if fine < scadenza:
            fine = _window_end(scadenza, scadenza.year + 1)
        return fine + timedelta(days=parametri_at(scadenza).intero("ballottaggio_giorni"))
    except ParametroIgnoto:
        return date.max


def _years_after(giorno: date, anni: int) -> date:
    """The same day some years later; 29 February becomes 1 March."""
    try:
        return giorno.replace(year=giorno.year + anni)
    except ValueError:
        return date(giorno.year + anni, 1, 1) + (giorno - date(giorno.year, 1, 1))


def _window_end(giorno: date, anno: int) -> date:
    """The last day of the window in force on ``giorno``, in another year."""
    numero, mese = str(parametri_at(giorno).valore("finestra_votazione")["al"]).split()
    return date(anno, MESI.index(mese) + 1, int(numero))
