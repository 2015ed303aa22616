"""What follows when, after the filing, a list is withdrawn or a candidate renounces or dies.

The law is nearly silent: a renunciation counts only in the form of the acceptance and by the term
(``rinuncia_candidatura_entro``), a withdrawal only before the decision (``ritiro_lista_entro``), and the
death of a candidate for sindaco is settled by TUEL 71 c. 11 up to 15.000 inhabitants only
(``morte_candidato_sindaco``).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from norme.parametri import Parametri
from norme.registro import Valore


class Fatto(StrEnum):
    """What happened."""

    RITIRO = "ritiro"
    RINUNCIA = "rinuncia"
    DECESSO = "decesso"


class Soggetto(StrEnum):
    """To whom."""

    LISTA = "lista"
    CANDIDATO = "candidato"
    SINDACO = "sindaco"


class Conseguenza(StrEnum):
    """What follows, as a value: the screens and the verbale say the sentence beside it."""

    NESSUNA = "nessuna"
    LISTA_RITIRATA = "lista_ritirata"
    NOME_TOLTO = "nome_tolto"
    SINDACO_TOLTO = "sindaco_tolto"
    RINVIO = "rinvio"
    DECIDE_IL_PREFETTO = "decide_il_prefetto"


@dataclass(frozen=True, slots=True)
class Momenti:
    """The moments against which the fact is measured; an unknown one does not stop anything."""

    presentazione: datetime | None
    termine: datetime | None
    decisione: datetime | None
    """Of the commissione on the list (the first in force): None while nothing is decided."""


@dataclass(frozen=True, slots=True)
class Effetto:
    """The consequence, its reason in Italian, the article (or ruling) and how sure it is."""

    conseguenza: Conseguenza
    testo: str
    articolo: str
    prova: str

    @property
    def is_efficace(self) -> bool:
        return self.conseguenza is not Conseguenza.NESSUNA


_LIMITI: Mapping[str, str] = {
    "termine_presentazione": "dopo il termine di presentazione delle liste",
    "presentazione_lista": "dopo la presentazione della lista",
    "ammissione": "dopo la decisione della commissione",
}
_NOMI: Mapping[Fatto, tuple[str, str]] = {
    Fatto.RITIRO: ("ritiro_lista_entro", "Il ritiro arriva"),
    Fatto.RINUNCIA: ("rinuncia_candidatura_entro", "La rinuncia arriva"),
}


def find_effetto(
    fatto: Fatto,
    soggetto: Soggetto,
    *,
    quando: datetime,
    momenti: Momenti,
    parametri: Parametri,
    autenticata: bool = True,
) -> Effetto:
    """What the fact changes. ``autenticata``: the declaration has the form of the acceptance."""
    if fatto is Fatto.DECESSO:
        if soggetto is Soggetto.SINDACO:
            return _morte_del_sindaco(parametri)
        return _morte_del_candidato(quando, momenti)
    nome, arriva = _NOMI[fatto]
    valore = parametri[nome]
    if not autenticata:
        forma = "senza firma autenticata, la forma dell'accettazione"
        testo = f"{arriva} {forma}: non ha effetto. {_resta(soggetto)}"
        return _effetto(Conseguenza.NESSUNA, testo, parametri["rinuncia_candidatura_entro"])
    if tardi := _too_late(valore, quando, momenti):
        return _effetto(Conseguenza.NESSUNA, f"{arriva} {tardi}: non ha effetto. {_resta(soggetto)}", valore)
    return _effetto(*_TOLTO[soggetto], valore)


def _resta(soggetto: Soggetto) -> str:
    if soggetto is Soggetto.LISTA:
        return "La lista resta sul manifesto e sulla scheda."
    return "Il nome resta sul manifesto e sulla scheda; chi è eletto può rinunciare dopo."


_TOLTO: Mapping[Soggetto, tuple[Conseguenza, str]] = {
    Soggetto.LISTA: (
        Conseguenza.LISTA_RITIRATA,
        "La lista è ritirata: la commissione non la esamina e non entra nel sorteggio. Il candidato sindaco"
        " senza altre liste cade con lei.",
    ),
    Soggetto.CANDIDATO: (
        Conseguenza.NOME_TOLTO,
        "Il nome è tolto dalla lista: numero minimo e rappresentanza dei sessi si contano senza di lui.",
    ),
    Soggetto.SINDACO: (
        Conseguenza.SINDACO_TOLTO,
        "La candidatura a sindaco cade: il collegamento è inscindibile e le liste collegate restano senza"
        " candidato. Su ciascuna decide la commissione.",
    ),
}


def _too_late(valore: Valore, quando: datetime, momenti: Momenti) -> str:
    """In words after what it came; empty when it came in time. After the decision it is always too late."""
    limiti = {
        "ammissione": momenti.decisione,
        "presentazione_lista": momenti.presentazione,
        "termine_presentazione": momenti.termine,
    }
    for nome in ("ammissione", valore.valore):
        limite = limiti[nome]
        if limite is not None and quando > limite:
            return _LIMITI[nome]
    return ""


def _morte_del_candidato(quando: datetime, momenti: Momenti) -> Effetto:
    articolo = "TU art. 30 e 33"
    if momenti.decisione is not None and quando > momenti.decisione:
        testo = (
            "La lista è già stata decisa e resta valida: il nome resta dov'è, con l'annotazione del decesso"
            " sul manifesto. Se fosse eletto, il seggio va a chi segue nella lista."
        )
        return Effetto(Conseguenza.NESSUNA, testo, articolo, "D")
    return Effetto(Conseguenza.NOME_TOLTO, _TOLTO[Soggetto.CANDIDATO][1], articolo, "D")


def _morte_del_sindaco(parametri: Parametri) -> Effetto:
    valore = parametri["morte_candidato_sindaco"]
    if valore.valore == "rinvio":
        testo = (
            "L'elezione va rinviata con decreto del Prefetto e si rinnovano tutte le liste e le candidature."
            " Sorteggio, manifesto e schede si fermano."
        )
        return _effetto(Conseguenza.RINVIO, testo, valore)
    testo = (
        "La legge non dice come si procede in questa classe di comuni: nessun rinvio automatico. Sorteggio,"
        " manifesto e schede si fermano finché non è registrata la decisione del Prefetto."
    )
    return _effetto(Conseguenza.DECIDE_IL_PREFETTO, testo, valore)


def _effetto(conseguenza: Conseguenza, testo: str, valore: Valore) -> Effetto:
    return Effetto(conseguenza, testo, str(valore.riferimento), valore.prova)
