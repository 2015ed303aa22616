"""The registers of presidenti and scrutatori: until when one applies each year, what one must have.

The requirements are the parameters by which :func:`norme.uffici.check_componente` judges a person, said in
advance to whoever reads the notice (l. 53/1990 art. 1, l. 95/1989 arts. 1 and 3, TU 23).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from norme.parametri import Parametri
from norme.parole import MESI
from norme.rilievi import catalogo
from norme.uffici import ESCLUSIONI, TITOLI, Ruolo

PARAMETRI: Final[Mapping[Ruolo, str]] = {
    Ruolo.PRESIDENTE: "domande_albo_presidenti",
    Ruolo.SCRUTATORE: "domande_albo_scrutatori",
}
"""The parameter with the yearly days of each register."""

_CHI_E_ESCLUSO: Final[Mapping[str, str]] = {
    "b": "i dipendenti dei ministeri dell'interno, delle poste e dei trasporti",
    "c": "gli appartenenti alle forze armate in servizio",
    "d": "i medici provinciali, gli ufficiali sanitari e i medici condotti",
    "e": "i segretari comunali e i dipendenti del comune addetti all'ufficio elettorale",
    "f": "i candidati all'elezione per cui si vota",
    "f-bis": "i dipendenti delle aziende di trasporto pubblico regionale o locale",
}


@dataclass(frozen=True, slots=True)
class DomandeAlbo:
    """The days of one year: last day to apply, last day to post the notice where the law says one."""

    domande_entro: date
    avviso_entro: date | None
    articolo: str


@dataclass(frozen=True, slots=True)
class Requisito:
    """One thing asked of who applies, or one kind of people excluded."""

    testo: str
    articolo: str


def domande_albo(ruolo: Ruolo | str, *, anno: int, parametri: Parametri) -> DomandeAlbo:
    """Until when one asks to be enrolled in the register of that role, in that year."""
    voce = parametri[PARAMETRI[Ruolo(ruolo)]]
    avviso = voce.valore.get("avviso_entro")
    return DomandeAlbo(
        domande_entro=_day(voce.valore["domande_entro"], anno),
        avviso_entro=_day(avviso, anno) if avviso else None,
        articolo=str(voce.riferimento),
    )


def next_anno(ruolo: Ruolo | str, *, oggi: date, parametri: Parametri) -> int:
    """The first year whose term to apply is not past."""
    scaduto = domande_albo(ruolo, anno=oggi.year, parametri=parametri).domande_entro < oggi
    return oggi.year + scaduto


def requisiti_albo(ruolo: Ruolo | str, *, parametri: Parametri) -> Sequence[Requisito]:
    """What who applies must have: elector of the comune, the study title of the role."""
    ruolo = Ruolo(ruolo)
    articolo = str(parametri[PARAMETRI[ruolo]].riferimento)
    titoli, studio = parametri["titolo_studio"].valore, parametri["titolo_studio"].riferimento
    testo = f"aver conseguito almeno {TITOLI[titoli[ruolo.value]]}"
    if ruolo is Ruolo.SCRUTATORE:
        anno = parametri["nati_licenza_elementare"]
        studio = anno.riferimento
        testo += f" ({TITOLI[titoli['scrutatore_nati_fino_al_1950']]} per i nati fino al {anno.valore})"
    return (Requisito("essere elettore del comune", articolo), Requisito(testo, str(studio)))


def esclusi(ruolo: Ruolo | str, *, parametri: Parametri) -> Sequence[Requisito]:
    """Who may not sit in an office, the age first (TU 23)."""
    trovati = []
    if Ruolo(ruolo) in parametri.valore("eta_massima_ruoli"):
        massima = parametri["eta_massima_componenti"]
        testo = f"chi ha superato i {massima.valore} anni nel primo giorno di votazione"
        trovati.append(Requisito(testo, catalogo()["E301"].articolo))
    for lettera, codice in ESCLUSIONI.items():
        trovati.append(Requisito(_CHI_E_ESCLUSO[lettera], catalogo()[codice].articolo))
    return tuple(trovati)


def _day(testo: str, anno: int) -> date:
    giorno, mese = testo.split()
    return date(anno, MESI.index(mese) + 1, int(giorno))
