"""The calendar of an election: every duty with its day, hour, office and article.

The duties are data (``norme/parametri/calendario.toml``); here their offsets become dates. Terms count from
the Sunday of the vote, closing events from the last day; no term moves because it falls on a holiday.
"""

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any, Final

from norme.parametri import Parametri, Valore, parametri_at
from norme.registro import catalogo

_PREFISSO: Final = "adempimento_"
_SECONDO: Final = 2
_TESTI: Final = {None: "cosa", False: "cosa_primo_turno", True: "cosa_ballottaggio"}


class Fase(StrEnum):
    """Phase of the election, in order, as the navigation of the product shows it."""

    PREPARAZIONE = "preparazione"
    CANDIDATURE = "candidature"
    SEGGI = "seggi"
    VOTAZIONE = "votazione"
    SCRUTINIO = "scrutinio"
    PROCLAMAZIONE = "proclamazione"
    MANDATO = "mandato"


@dataclass(frozen=True, slots=True)
class Adempimento:
    """One duty: ``data``/``ora`` is when it ends (or happens), ``dal``/``dalle`` when its window opens.

    ``codice`` is stable. ``offset`` is days from ``evento`` to ``data``. ``stimata``: the day depends on a
    fact not known yet. ``eventuale``: it depends on the runoff, and ``condizione`` says how. ``ora`` is
    "HH:MM", up to "24:00".
    """

    codice: str
    titolo: str
    fase: Fase
    chi: str
    cosa: str
    offset: int
    evento: str
    data: date
    ora: str
    dal: date
    dalle: str
    articolo: str
    url: str
    prova: str
    documento: str = ""
    stimata: bool = False
    eventuale: bool = False
    nota: str = ""
    condizione: str = ""

    @property
    def sigla(self) -> str:
        """ "D−45", "D", "D+7"; "" when it is not counted from the vote."""
        if self.evento != "votazione":
            return ""
        segno = "−" if self.offset < 0 else "+"
        return f"D{segno}{abs(self.offset)}" if self.offset else "D"

    def as_dict(self) -> dict[str, object]:
        return {nome: getattr(self, nome) for nome in self.__slots__} | {"sigla": self.sigla}


@dataclass(frozen=True, slots=True)
class Giorni:
    """The days the calendar is counted from."""

    primo: date
    ultimo: date
    votazione: date
    ballottaggio: date
    ultimo_ballottaggio: date
    fine_scrutinio: date
    fine_scrutinio_ballottaggio: date
    proclamazione: date
    orari: tuple[tuple[str, str], ...]
    orari_ballottaggio: tuple[tuple[str, str], ...]
    ipotesi: frozenset[str] = frozenset()

    def of(self, evento: str) -> date:
        return {
            "votazione": self.votazione,
            "primo_giorno": self.primo,
            "ultimo_giorno": self.ultimo,
            "ballottaggio": self.ballottaggio,
            "ultimo_giorno_ballottaggio": self.ultimo_ballottaggio,
            "fine_scrutinio": self.fine_scrutinio,
            "fine_scrutinio_ballottaggio": self.fine_scrutinio_ballottaggio,
            "proclamazione": self.proclamazione,
        }[evento]


def build_calendario(
    parametri: Parametri,
    *,
    giorni: int | None = None,
    ballottaggio: bool | None = None,
    fine_scrutinio: date | None = None,
    proclamazione: date | None = None,
) -> tuple[Adempimento, ...]:
    """All duties of the election the parameters were taken for, in order of day.

    ``giorni`` of voting (1 or 2, else by law of that year); ``ballottaggio``: True, False, or None when it
    is not known yet (what depends on it is then ``eventuale``). Facts already known replace the estimates.
    """
    giorno = compute_giorni(
        parametri,
        giorni=giorni,
        ballottaggio=bool(ballottaggio),
        fine_scrutinio=fine_scrutinio,
        proclamazione=proclamazione,
    )
    voci = [
        _build(nome.removeprefix(_PREFISSO), valore, giorno, ballottaggio)
        for nome, valore in parametri.items()
        if nome.startswith(_PREFISSO) and _happens(valore.valore, giorno, ballottaggio, parametri)
    ]
    return tuple(sorted(voci, key=lambda voce: (voce.data, voce.ora or "24:00", voce.dal, voce.codice)))


def compute_giorni(
    parametri: Parametri,
    *,
    giorni: int | None = None,
    ballottaggio: bool = False,
    fine_scrutinio: date | None = None,
    proclamazione: date | None = None,
) -> Giorni:
    """The days of the vote, of the runoff (second Sunday after) and the estimates that follow from them."""
    primo = parametri.caso.data
    orari = _hours(parametri, "votazione", giorni)
    ultimo = _after(primo, len(orari) - 1)
    votazione = giorno_dei_termini(primo, giorni=len(orari))
    # where the runoff is not known no duty of a second turno is either, and its days are never read
    attesa = parametri.intero("ballottaggio_giorni") if "ballottaggio_giorni" in parametri else 0
    secondo = _after(votazione, attesa)
    orari_secondo = _hours(_at(secondo, parametri), "votazione_ballottaggio", giorni)
    ultimo_secondo = _after(secondo, len(orari_secondo) - 1)
    ore = timedelta(hours=parametri.intero("scrutinio_ore"))
    ipotesi = {"fine_scrutinio_ballottaggio"}
    if fine_scrutinio is None:
        fine_scrutinio = (_moment(ultimo, orari[-1][1]) + ore).date()
        ipotesi.add("fine_scrutinio")
    if proclamazione is None:
        proclamazione = _last_day_to_proclaim(parametri, secondo if ballottaggio else votazione)
        ipotesi.add("proclamazione")
    return Giorni(
        primo=primo,
        ultimo=ultimo,
        votazione=votazione,
        ballottaggio=secondo,
        ultimo_ballottaggio=ultimo_secondo,
        fine_scrutinio=fine_scrutinio,
        fine_scrutinio_ballottaggio=(_moment(ultimo_secondo, orari_secondo[-1][1]) + ore).date(),
        proclamazione=proclamazione,
        orari=orari,
        orari_ballottaggio=orari_secondo,
        ipotesi=frozenset(ipotesi),
    )


def first_sunday_after(evento: date, *, giorni: int) -> date:
    """The first Sunday after the day that comes ``giorni`` days after an event (TUEL 72 c. 6)."""
    primo = _after(evento, giorni + 1)
    return _after(primo, calendar.SUNDAY - primo.weekday())


def giorno_dei_termini(primo: date, *, giorni: int) -> date:
    """The day terms are counted from: the Sunday of the vote (in 2024 the second day), else the first day."""
    votanti = [_after(primo, passo) for passo in range(giorni)]
    return next((giorno for giorno in votanti if giorno.weekday() == calendar.SUNDAY), primo)


def _happens(
    voce: Mapping[str, Any], giorno: Giorni, ballottaggio: bool | None, parametri: Parametri
) -> bool:
    if "se" in voce and not _applies(voce["se"], parametri):
        return False
    if ballottaggio is not None and "turno" in voce and _is_secondo(voce) is not ballottaggio:
        return False
    orari = giorno.orari_ballottaggio if _is_secondo(voce) else giorno.orari
    return len(orari) >= int(voce.get("giorni_minimi", 1))


def _is_secondo(voce: Mapping[str, Any]) -> bool:
    """Whether the duty belongs to the runoff."""
    return bool(voce.get("turno") == _SECONDO)


def _applies(nome: str, parametri: Parametri) -> bool:
    """Whether another parameter says that the duty concerns this comune."""
    valore = parametri.get(nome)
    return valore is not None and bool(valore.valore)


def _build(codice: str, valore: Valore, giorno: Giorni, ballottaggio: bool | None) -> Adempimento:
    voce = valore.valore
    eventuale = ballottaggio is None and "turno" in voce
    evento = voce.get("evento", "votazione")
    inizio, fine = voce.get("da"), voce.get("entro", voce.get("da"))
    dalle, alle = _hours_of(voce, giorno)
    data = _after(giorno.of(voce.get("entro_evento", evento)), fine)
    if "ore" in voce:
        momento = _moment(giorno.of(evento), dalle) + timedelta(hours=voce["ore"])
        data, alle = momento.date(), f"{momento:%H:%M}"
    return Adempimento(
        codice=codice,
        titolo=_title(valore),
        fase=Fase(voce["fase"]),
        chi=voce["chi"],
        cosa=voce.get(_TESTI[ballottaggio], voce["cosa"]),
        offset=fine,
        evento=voce.get("entro_evento", evento),
        data=data,
        ora=alle,
        dal=data if inizio is None else _after(giorno.of(evento), inizio),
        dalle=dalle,
        articolo=str(valore.riferimento),
        url=valore.riferimento.url,
        prova=valore.prova,
        documento=voce.get("documento", ""),
        stimata=bool(voce.get("stimata", False)) or evento in giorno.ipotesi,
        eventuale=eventuale,
        nota=valore.nota,
        condizione=_condizione(voce) if eventuale else "",
    )


def _condizione(voce: Mapping[str, Any]) -> str:
    return "se c'è il ballottaggio" if _is_secondo(voce) else "se non c'è il ballottaggio"


def _hours_of(voce: Mapping[str, Any], giorno: Giorni) -> tuple[str, str]:
    """Opening and closing hour of a duty; voting days take theirs from the year's law."""
    orari = giorno.orari_ballottaggio if _is_secondo(voce) else giorno.orari
    if "orario" in voce:
        return orari[voce["orario"]]
    if "chiusura" in voce:
        return orari[-1][1], ""
    return voce.get("dalle", ""), voce.get("alle", "")


def _title(valore: Valore) -> str:
    return catalogo()[valore.nome].descrizione


def _hours(parametri: Parametri, nome: str, giorni: int | None) -> tuple[tuple[str, str], ...]:
    """Voting hours of each day; other than the law's days: its first ones, or its last one again.

    Where the law of the ordinamento is not known the days must be given, and have no hours.
    """
    if nome not in parametri and giorni is not None:
        return (("", ""),) * giorni
    orari: tuple[tuple[str, str], ...] = parametri.valore(nome)["orari"]
    if giorni is None or giorni == len(orari):
        return orari
    return orari[:giorni] if giorni < len(orari) else orari + (orari[-1],) * (giorni - len(orari))


def _last_day_to_proclaim(parametri: Parametri, votazione: date) -> date:
    for nome in ("adempimento_ufficio_centrale", "adempimento_adunanza_presidenti"):
        if nome in parametri:
            return _after(votazione, parametri.valore(nome)["entro"])
    return votazione


def _at(data: date, parametri: Parametri) -> Parametri:
    caso = parametri.caso
    return parametri_at(
        data,
        popolazione=caso.popolazione,
        ordinamento=caso.ordinamento,
        capoluogo=caso.capoluogo,
        sistema=caso.sistema,
    )


def _after(giorno: date, giorni: int) -> date:
    return giorno + timedelta(days=giorni)


def _moment(giorno: date, ora: str) -> datetime:
    return datetime.combine(giorno, time.fromisoformat(ora) if ora else time.max)
