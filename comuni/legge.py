"""The law that applies to an election: its parameters, with the choices of the ente on doubtful points."""

from datetime import date

from comuni.models import Elezione
from norme.parametri import Parametri, parametri_at
from norme.registro import freeze

ORDINAMENTO_DI_RISERVA = "ordinario"


def parametri_di(elezione: Elezione, *, giorno: date | None = None) -> Parametri:
    """The parameters in force for the comune of the election on the first voting day, or on ``giorno``.

    A choice holds while the law of that day and population leaves it: the data of the election may change.
    """
    parametri = parametri_senza_scelte(elezione, giorno=giorno)
    scelte = {
        nome: scelta
        for nome, scelta in elezione.interpretazioni.items()
        if nome in parametri and freeze(scelta) in parametri[nome].scelte
    }
    return parametri.choose(**scelte)


def parametri_senza_scelte(elezione: Elezione, *, giorno: date | None = None) -> Parametri:
    """The law by itself, as if the ente had chosen nothing."""
    return parametri_at(
        giorno or elezione.data,
        popolazione=elezione.popolazione_legale,
        ordinamento=elezione.ordinamento,
        capoluogo=elezione.capoluogo,
        sistema=elezione.sistema,
    )


def puo_avere_circoscrizioni(elezione: Elezione) -> bool:
    """Whether the comune is large enough to have circoscrizioni, whose election is not covered."""
    valore = parametri_di(elezione).get("circoscrizioni_popolazione")
    return valore is not None and (elezione.popolazione_legale or 0) > valore.valore["facolta"]


def valore_di(elezione: Elezione, nome: str, *, giorno: date):
    """The value in force that day; for a region without a source of its own, the one of the State."""
    dello_stato = parametri_at(giorno, ordinamento=ORDINAMENTO_DI_RISERVA)
    valore = parametri_di(elezione, giorno=giorno).get(nome) or dello_stato.get(nome)
    return valore.valore if valore else None


def ore_affluenza(elezione: Elezione, *, primo: date) -> list[tuple[int, str]]:
    """(days after the first, hour) of the turnout to be told (``rilevazioni_affluenza``), within its days."""
    valore = valore_di(elezione, "rilevazioni_affluenza", giorno=primo)
    ore = [(int(giorno), str(ora)) for giorno, ora in valore] if valore else [(0, "23:00")]
    if elezione.giorni == 2 and all(giorno == 0 for giorno, _ in ore):
        ore.append((1, "15:00"))
    return [(giorno, ora) for giorno, ora in ore if giorno < elezione.giorni]
