"""Dates and hours in the words of Italian acts."""

from datetime import date, timedelta

from norme.parole import MESI

GIORNI = ("lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato", "domenica")


def data_estesa(giorno: date, *, con_giorno: bool = False) -> str:
    """«3 ottobre 2021», «1º ottobre 2021», or «domenica 3 ottobre 2021»."""
    numero = "1º" if giorno.day == 1 else str(giorno.day)
    testo = f"{numero} {MESI[giorno.month - 1]} {giorno.year}"
    return f"{GIORNI[giorno.weekday()]} {testo}" if con_giorno else testo


def giorni_estesi(primo: date, *, quanti: int) -> str:
    """«domenica 3 e lunedì 4 ottobre 2021», «domenica 12 giugno 2022»."""
    if quanti == 1:
        return data_estesa(primo, con_giorno=True)
    ultimo = primo + timedelta(days=quanti - 1)
    inizio = f"{GIORNI[primo.weekday()]} {primo.day}"
    if primo.month != ultimo.month:
        inizio += f" {MESI[primo.month - 1]}"
    return f"{inizio} e {data_estesa(ultimo, con_giorno=True)}"


def ore_estese(dalle: str, alle: str) -> str:
    """«dalle ore 7 alle ore 23»; minutes only where there are any."""
    return f"dalle ore {ora_estesa(dalle)} alle ore {ora_estesa(alle)}"


def ora_estesa(ora: str) -> str:
    """«16», «16.30»."""
    ore, minuti = ora.split(":")
    return str(int(ore)) if minuti == "00" else f"{int(ore)}.{minuti}"
