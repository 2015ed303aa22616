"""The hours at which the turnout of an election is told, and how people write them."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from comuni.legge import ore_affluenza, valore_di
from comuni.models import Elezione
from norme.calendario import giorno_dei_termini
from risultati.models import Turno

_GIORNI = ("lunedi", "martedi", "mercoledi", "giovedi", "venerdi", "sabato", "domenica")
_ORA = re.compile(r"(?:(?:alle|delle)? *(?:ore|h)? *)?(\d{1,2})(?:[:.,](\d{2}))?(?::00)?(?: *h)?")
_CHIUSURA = ("chiusura", "alla chiusura", "finale", "definitiva")


@dataclass(frozen=True, slots=True)
class Rilevazione:
    """One hour of turnout. At the last one, voters are told by sex. ``scrittura`` is how a file says it."""

    codice: str
    titolo: str
    momento: datetime
    is_chiusura: bool
    scrittura: str

    @property
    def is_passata(self) -> bool:
        return timezone.now() >= self.momento


def giorno_del_turno(elezione: Elezione, turno: int) -> date:
    """First voting day of that turno; where the law of the second is not known, the day terms count from."""
    if turno == Turno.PRIMO:
        return elezione.data
    if elezione.data_ballottaggio:
        return elezione.data_ballottaggio
    dopo = valore_di(elezione, "ballottaggio_giorni", giorno=elezione.data)
    return giorno_dei_termini(elezione.data, giorni=elezione.giorni) + timedelta(days=dopo or 0)


def rilevazioni(elezione: Elezione, turno: int) -> list[Rilevazione]:
    """The hours of the round in order (``rilevazioni_affluenza``), cut to the days of this election."""
    primo = giorno_del_turno(elezione, turno)
    ore = ore_affluenza(elezione, primo=primo)
    codici = [ora.removesuffix(":00") for _, ora in ore]
    voci = []
    for i, (giorno, ora) in enumerate(ore):
        scritta = codici[i] if codici.count(codici[i]) == 1 else f"{codici[i]}-g{giorno + 1}"
        data = primo + timedelta(days=giorno)
        voci.append(
            Rilevazione(
                codice=scritta if codici[i] in codici[i + 1 :] else codici[i],
                titolo=f"ore {codici[i]} del {data:%d/%m}",
                momento=timezone.make_aware(datetime.combine(data, time.fromisoformat(ora))),
                is_chiusura=i == len(ore) - 1,
                scrittura=scritta,
            )
        )
    return voci


def find_rilevazione(elezione: Elezione, turno: int, codice: str) -> Rilevazione | None:
    return next((voce for voce in rilevazioni(elezione, turno) if voce.codice == codice), None)


def has_ore_note(elezione: Elezione, turno: int) -> bool:
    """Whether the parameters know the hours of that day; for older elections they do not."""
    giorno = giorno_del_turno(elezione, turno)
    return valore_di(elezione, "rilevazioni_affluenza", giorno=giorno) is not None


# --- As people write them ------------------------------------------------------------------------------


def read_rilevazione(scritta: str, elezione: Elezione, turno: int) -> str | None:
    """The code of the hour somebody wrote: «12», «ore 12:00», «23 di domenica», «15 del 04/10», «chiusura».

    None when the election has no such hour, or has it on two days and the day is not said.
    """
    voci = rilevazioni(elezione, turno)
    testo = _plain(scritta)
    if testo in _CHIUSURA:
        return voci[-1].codice
    primo = giorno_del_turno(elezione, turno)
    giorno, resto = _take_giorno(testo, primo, giorni=elezione.giorni)
    ora = _ORA.fullmatch(resto)
    if ora is None or giorno is None:
        return None
    ore, minuti = int(ora[1]), int(ora[2] or 0)
    giorni = range(elezione.giorni) if giorno < 0 else (giorno,)
    momenti = {(primo + timedelta(days=g), ore, minuti) for g in giorni}
    trovate = [voce for voce in voci if _when(voce) in momenti]
    if len(trovate) == 1:
        return trovate[0].codice
    if trovate or has_ore_note(elezione, turno) or minuti or not 0 < ore < 24:
        return None
    return f"{ore}-g2" if giorno == 1 else str(ore)


def ammesse(elezione: Elezione, turno: int) -> str:
    """The hours of the election as a file may write them, for who wrote another."""
    if not has_ore_note(elezione, turno):
        return "un'ora intera da 1 a 23, per esempio 12"
    voci = rilevazioni(elezione, turno)
    return ", ".join(v.scrittura if v.scrittura.isdecimal() else f"{v.scrittura} ({v.titolo})" for v in voci)


def _plain(scritta: str) -> str:
    """Lower case, without accents, one space between words."""
    lettere = unicodedata.normalize("NFKD", scritta.casefold())
    return " ".join("".join(c for c in lettere if not unicodedata.combining(c)).split())


def _when(voce: Rilevazione) -> tuple[date, int, int]:
    momento = timezone.localtime(voce.momento)
    return momento.date(), momento.hour, momento.minute


def _take_giorno(testo: str, primo: date, *, giorni: int) -> tuple[int | None, str]:
    """Which voting day the text names (0 the first, -1 none named, None another day), and the rest."""
    voto = [primo + timedelta(days=g) for g in range(giorni)]
    nomi = "|".join(f"{nome[:3]}(?:{nome[3:]})?" for nome in _GIORNI)
    modi = (
        (r"(\d{4})-(\d{2})-(\d{2})", lambda m: (int(m[1]), int(m[2]), int(m[3]))),
        (r"(?:del |il )?(\d{1,2})/(\d{1,2})(?:/(\d{4}))?", lambda m: (int(m[3] or 0), int(m[2]), int(m[1]))),
        (rf"(?:di |del )?\b({nomi})\b", lambda m: m[1][:3]),
        (r"[- ]?\bg(?:iorno)? ?([12])\b", lambda m: int(m[1])),
        (r"\b([12])[°o^a] giorno", lambda m: int(m[1])),
        (r"(?:del )?(primo|secondo) giorno", lambda m: 1 if m[1] == "primo" else 2),
    )
    for modo, che_giorno in modi:
        if trovato := re.search(modo, testo):
            detto = che_giorno(trovato)
            resto = f"{testo[: trovato.start()]} {testo[trovato.end() :]}".strip(" -,")
            return next((g for g, data in enumerate(voto) if _is_detto(data, g, detto)), None), resto
    return -1, testo


def _is_detto(data: date, passo: int, detto: object) -> bool:
    match detto:
        case (anno, mese, giorno):
            return (data.month, data.day) == (mese, giorno) and anno in (0, data.year)
        case str():
            return _GIORNI[data.weekday()].startswith(detto)
        case _:
            return passo + 1 == detto
