"""The polling offices: how many people, who may be one of them, who takes whose place (TU 20-25, 43, 44, 47).

Also the sections themselves: their size, their building (TU liste elettorali 34, 38), the places of care.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from norme.candidati import age_on
from norme.parametri import Parametri
from norme.rilievi import Rilievo

Id = int | str


class Tipo(StrEnum):
    """Kind of section or office; the values are those of the sections of the product."""

    ORDINARIA = "ordinaria"
    OSPEDALIERA = "ospedaliera"
    SPECIALE = "speciale"
    VOLANTE = "volante"


class Ruolo(StrEnum):
    """Who is in the office; the vice presidente is a scrutatore."""

    PRESIDENTE = "presidente"
    SCRUTATORE = "scrutatore"
    SEGRETARIO = "segretario"
    RAPPRESENTANTE = "rappresentante"


COMPONENTI: Final = (Ruolo.PRESIDENTE, Ruolo.SCRUTATORE, Ruolo.SEGRETARIO)
ESCLUSIONI: Final = {
    "b": "E302",
    "c": "E303",
    "d": "E304",
    "e": "E305",
    "f": "E306",
    "f-bis": "E307",
}
"""Letters of TU 23 a person may fall under, besides a) which is the age."""

TITOLI: Final = ("nessun titolo", "la licenza elementare", "la licenza media", "il diploma")
_COMPOSIZIONI: Final = {
    Tipo.ORDINARIA: "composizione_ordinario",
    Tipo.OSPEDALIERA: "composizione_ospedaliero",
    Tipo.SPECIALE: "composizione_speciale",
    Tipo.VOLANTE: "composizione_volante",
}


@dataclass(frozen=True, slots=True)
class Composizione:
    """Posts of an office. Without ``segretari`` one of the scrutatori acts as segretario."""

    presidenti: int
    scrutatori: int
    segretari: int
    articolo: str

    @property
    def totale(self) -> int:
        return self.presidenti + self.scrutatori + self.segretari

    def posti(self, ruolo: Ruolo) -> int:
        return {
            Ruolo.PRESIDENTE: self.presidenti,
            Ruolo.SCRUTATORE: self.scrutatori,
            Ruolo.SEGRETARIO: self.segretari,
        }.get(ruolo, 0)


@dataclass(frozen=True, slots=True)
class Fabbisogno:
    """Which offices collect the vote in a place of care or detention."""

    tipo: Tipo
    uffici: int
    articolo: str


@dataclass(frozen=True, slots=True)
class PersonaUfficio:
    """Who is or would be in an office. ``None`` means not known yet.

    ``titolo_studio``: 0 none, 1 licenza elementare, 2 licenza media, 3 diploma. ``esclusioni``: letters of
    TU 23 (:data:`ESCLUSIONI`). ``uffici``: the offices already held in this election.
    """

    id: Id
    nome: str
    data_nascita: date | None = None
    elettore_del_comune: bool = True
    titolo_studio: int | None = None
    iscritto_albo: bool = True
    esclusioni: tuple[str, ...] = ()
    rappresentante: bool = False
    uffici: tuple[str, ...] = ()


def composizione(tipo: Tipo | str, *, parametri: Parametri, solo_referendum: bool = False) -> Composizione:
    """Posts of an office of this type on that date (TU 20, 43, 44; l. 136/1976 arts. 8-9)."""
    voce = parametri[_COMPOSIZIONI[Tipo(tipo)]]
    scrutatori = voce.valore["scrutatori"]
    if solo_referendum and Tipo(tipo) is Tipo.ORDINARIA:
        scrutatori = parametri.intero("scrutatori_solo_referendum")
    return Composizione(
        presidenti=voce.valore["presidente"],
        scrutatori=scrutatori,
        segretari=voce.valore["segretario"],
        articolo=str(voce.riferimento),
    )


def uffici_per_letti(letti: int, *, parametri: Parametri, covid: bool = False) -> Fabbisogno:
    """Who collects the vote in a place of care with this many beds (TU 43-44, l. 136/1976 art. 9).

    From 200 beds (from 100 with Covid wards in 2021) one section every 500 beds or part of 500; below, the
    seggio speciale from 100 beds, else the seggio volante of the section.
    """
    regola = parametri["letti_sezione_ospedaliera"]
    soglia = parametri.intero("letti_sezione_covid") if covid else regola.valore["minimo"]
    if letti >= soglia:
        uffici = -(-letti // regola.valore["per_sezione"])
        return Fabbisogno(Tipo.OSPEDALIERA, uffici, str(regola.riferimento))
    speciale = parametri["letti_seggio_speciale"]
    if letti >= speciale.valore:
        return Fabbisogno(Tipo.SPECIALE, 1, str(speciale.riferimento))
    return Fabbisogno(Tipo.VOLANTE, 1 if letti else 0, str(parametri["composizione_volante"].riferimento))


def uffici_per_detenuti(aventi_diritto: int, *, parametri: Parametri) -> Fabbisogno:
    """Seggi speciali of a prison: one, two above 500 electors entitled (l. 136/1976 art. 8)."""
    regola = parametri["detenuti_seggio_speciale"]
    uffici = 0 if not aventi_diritto else 2 if aventi_diritto > regola.valore else 1
    return Fabbisogno(Tipo.SPECIALE, uffici, str(regola.riferimento))


def check_componente(
    persona: PersonaUfficio, *, ruolo: Ruolo | str, parametri: Parametri
) -> tuple[Rilievo, ...]:
    """Requirements and exclusions of a member of the office (TU 20, 23; l. 53/1990; l. 95/1989)."""
    ruolo = Ruolo(ruolo)
    trovati = _age(persona, ruolo, parametri)
    trovati += [_about(ESCLUSIONI[lettera], persona) for lettera in persona.esclusioni]
    if not persona.elettore_del_comune:
        codice = "W305" if ruolo is Ruolo.PRESIDENTE else "E308"
        trovati.append(_about(codice, persona, ruolo=ruolo))
    trovati += _study(persona, ruolo, parametri)
    if not persona.iscritto_albo and ruolo is not Ruolo.SEGRETARIO:
        trovati.append(_about("W304", persona))
    if persona.rappresentante:
        trovati.append(_about("E313", persona))
    if len(persona.uffici) > 1:
        trovati.append(_about("E312", persona, uffici=", ".join(persona.uffici)))
    return tuple(trovati)


def check_rappresentante(persona: PersonaUfficio, *, parametri: Parametri) -> tuple[Rilievo, ...]:
    """A representative who is not an elector of the comune (TU 35, 40): warned or excluded, by choice."""
    if persona.elettore_del_comune:
        return ()
    escluso = parametri.valore("rappresentante_elettore_del_comune") == "escluso"
    return (_about("E314" if escluso else "W306", persona),)


def check_ufficio(
    tipo: Tipo | str, presenti: Mapping[Ruolo, int], *, parametri: Parametri
) -> tuple[Rilievo, ...]:
    """Posts still empty, by role (TU 20)."""
    richiesti = composizione(tipo, parametri=parametri)
    trovati = []
    for ruolo in COMPONENTI:
        mancano = richiesti.posti(ruolo) - presenti.get(ruolo, 0)
        if mancano > 0:
            contesto: dict[str, int | str] = {
                "ruolo": ruolo.value,
                "mancano": mancano,
                "presenti": presenti.get(ruolo, 0),
                "richiesti": richiesti.posti(ruolo),
            }
            trovati.append(Rilievo("E310", (ruolo.value,), contesto))
    return tuple(trovati)


def check_presenza(
    presenti: Collection[Ruolo], *, vice_presente: bool, parametri: Parametri
) -> tuple[Rilievo, ...]:
    """Three members always present, one of them the presidente or the vice (TU 25)."""
    minimo = parametri.intero("presenza_minima_ufficio")
    guida = vice_presente or Ruolo.PRESIDENTE in presenti
    if len(presenti) >= minimo and guida:
        return ()
    return (Rilievo("E311", ("presenti",), {"presenti": len(presenti), "minimo": minimo}),)


def check_sezione(
    iscritti: int, *, parametri: Parametri, tipo: Tipo | str = Tipo.ORDINARIA, disagiata: bool = False
) -> tuple[Rilievo, ...]:
    """Size of a section: 500 to 1.200 "di regola", 50 where access is hard: only warnings (LE 34)."""
    limiti = parametri.valore("sezione_iscritti")
    if iscritti > limiti["massimo"]:
        return (Rilievo("W310", ("elettori",), {"iscritti": iscritti, "massimo": limiti["massimo"]}),)
    minimo = limiti["minimo_disagiata"] if disagiata else limiti["minimo"]
    if iscritti < minimo and Tipo(tipo) is Tipo.ORDINARIA:
        return (Rilievo("W311", ("elettori",), {"iscritti": iscritti, "minimo": minimo}),)
    return ()


def check_edificio(
    edificio: str,
    sezioni: int,
    *,
    parametri: Parametri,
    autorizzato: bool = False,
    per_ingresso: int | None = None,
) -> tuple[Rilievo, ...]:
    """Sections in one building: 4, up to 12 if the prefetto allows; at most 6 on one street door (LE 38)."""
    limiti = parametri.valore("sezioni_per_edificio")
    massimo = limiti["autorizzato" if autorizzato else "ordinario"]
    trovati = []
    if sezioni > massimo:
        contesto = {"edificio": edificio, "sezioni": sezioni, "massimo": massimo}
        trovati.append(Rilievo("W312", ("edificio",), contesto))
    if per_ingresso is not None and per_ingresso > limiti["per_accesso"]:
        contesto = {"edificio": edificio, "sezioni": per_ingresso, "massimo": limiti["per_accesso"]}
        trovati.append(Rilievo("W313", ("edificio",), contesto))
    return tuple(trovati)


def choose_cooptati(elettori: Iterable[tuple[Id, date]], quanti: int) -> tuple[Id, ...]:
    """Who takes the place of scrutatori absent at the insediamento: the oldest and the youngest elector
    present, in turn (TU 47). Between two born on the same day the first given comes first."""
    per_eta: list[tuple[Id, date]] = sorted(elettori, key=lambda elettore: elettore[1])
    scelti: list[Id] = []
    while per_eta and len(scelti) < quanti:
        ultimo_nato = per_eta[-1][1]
        posto = 0 if len(scelti) % 2 == 0 else [nascita for _, nascita in per_eta].index(ultimo_nato)
        scelti.append(per_eta.pop(posto)[0])
    return tuple(scelti)


def _age(persona: PersonaUfficio, ruolo: Ruolo, parametri: Parametri) -> list[Rilievo]:
    if persona.data_nascita is None:
        return [_about("W302", persona)]
    minima = parametri.intero("eta_elettore")
    if age_on(persona.data_nascita, parametri.caso.data) < minima:
        return [_about("E315", persona, eta=minima)]
    massima = parametri.intero("eta_massima_componenti")
    if not has_passed(persona.data_nascita, anni=massima, giorno=parametri.caso.data):
        return []
    codice = "E301" if ruolo in parametri.valore("eta_massima_ruoli") else "W301"
    return [_about(codice, persona, eta=massima)]


def has_passed(nascita: date, *, anni: int, giorno: date) -> bool:
    """Whether the birthday that completes those years is before the day, not on it (TU 23 a)."""
    return (nascita.year + anni, nascita.month, nascita.day) < (giorno.year, giorno.month, giorno.day)


def _study(persona: PersonaUfficio, ruolo: Ruolo, parametri: Parametri) -> list[Rilievo]:
    titoli = parametri.valore("titolo_studio")
    richiesto: int = titoli[ruolo.value]
    anziano = parametri.intero("nati_licenza_elementare")
    if ruolo is Ruolo.SCRUTATORE and persona.data_nascita and persona.data_nascita.year <= anziano:
        richiesto = titoli["scrutatore_nati_fino_al_1950"]
    if persona.titolo_studio is not None and persona.titolo_studio >= richiesto:
        return []
    codice = "W303" if persona.titolo_studio is None else "E309"
    return [_about(codice, persona, ruolo=ruolo, richiesto=TITOLI[richiesto])]


def _about(codice: str, persona: PersonaUfficio, **contesto: int | str) -> Rilievo:
    testi = {chiave: str(voce) if isinstance(voce, StrEnum) else voce for chiave, voce in contesto.items()}
    return Rilievo(codice, (f"persone.{persona.id}",), {"nome": persona.nome, **testi})


class Momento(StrEnum):
    """When somebody is missing."""

    PRIMA = "prima dell'insediamento"
    INSEDIAMENTO = "all'insediamento"
    OPERAZIONI = "durante le operazioni"


@dataclass(frozen=True, slots=True)
class Sostituzione:
    """Who provides for the place of an absent member, how, by which article."""

    chi: str
    come: str
    articolo: str


_SOSTITUZIONI: Final[Mapping[tuple[Ruolo, Momento], Sequence[Sostituzione]]] = {
    (Ruolo.PRESIDENTE, Momento.PRIMA): (
        Sostituzione("presidente della corte d'appello", "nomina un altro presidente", "art. 20 TU"),
        Sostituzione("sindaco o suo delegato", "assume la presidenza, se manca il tempo", "art. 20 TU"),
    ),
    (Ruolo.PRESIDENTE, Momento.INSEDIAMENTO): (
        Sostituzione("sindaco o suo delegato", "assume la presidenza", "art. 20 TU"),
    ),
    (Ruolo.PRESIDENTE, Momento.OPERAZIONI): (
        Sostituzione("vice presidente", "prende il posto del presidente", "art. 24 TU"),
    ),
    (Ruolo.SCRUTATORE, Momento.PRIMA): (
        Sostituzione("sindaco", "chiama il primo della graduatoria di riserva", "art. 6 l. 95/1989"),
    ),
    (Ruolo.SCRUTATORE, Momento.INSEDIAMENTO): (
        Sostituzione("presidente", "chiama in alternanza il più anziano e il più giovane", "art. 47 TU"),
    ),
    (Ruolo.SCRUTATORE, Momento.OPERAZIONI): (
        Sostituzione("presidente", "l'ufficio continua finché i presenti sono almeno tre", "art. 25 TU"),
    ),
    (Ruolo.SEGRETARIO, Momento.PRIMA): (
        Sostituzione("presidente", "sceglie un altro segretario", "art. 2 l. 53/1990"),
    ),
    (Ruolo.SEGRETARIO, Momento.INSEDIAMENTO): (
        Sostituzione("presidente", "sceglie un altro segretario", "art. 2 l. 53/1990"),
    ),
    (Ruolo.SEGRETARIO, Momento.OPERAZIONI): (
        Sostituzione("presidente", "sceglie il segretario fra gli scrutatori", "art. 20 TU"),
    ),
}


def sostituzioni(ruolo: Ruolo | str, *, momento: Momento) -> Sequence[Sostituzione]:
    """The chain of replacement of an absent member, first who acts first."""
    return _SOSTITUZIONI[Ruolo(ruolo), momento]
