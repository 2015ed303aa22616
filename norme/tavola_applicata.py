"""The rows of the tables of the vote that hold for one election: its class, region, round and choices.

The table in ``norme/tavole/voto.toml`` says every row with its alternatives; here each row says what holds.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from norme.parametri import Parametri
from norme.registro import Valore
from norme.tavola_voto import TITOLI, Riga, tavola

#: How sure a row is, from the surest.
PROVE = {"V": "letto nel testo", "S": "fonte secondaria", "D": "dedotto", "R": "da verificare"}
SICUREZZA = "".join(PROVE)


@dataclass(frozen=True, slots=True)
class RigaApplicata:
    """One row as it holds here. ``altra``: what another reading of a doubtful point would give."""

    codice: str
    segni: str
    esito: str
    articolo: str
    prova: str
    altra: str = ""


@dataclass(frozen=True, slots=True)
class TavolaApplicata:
    """The whole table of one election and round, in groups with a title.

    ``ordinamento`` as in the parameters; ``fondamento`` is the rule that puts the table in force; ``massime``
    how many preferences, None where the law was not found; ``sesso_diverso`` whether the second must be of
    the other sex, None likewise.
    """

    ordinamento: str
    gruppi: tuple[tuple[str, tuple[RigaApplicata, ...]], ...]
    fondamento: Valore
    massime: int | None
    sesso_diverso: bool | None

    @property
    def is_voto_unico(self) -> bool:
        return bool(self.fondamento.valore)

    @property
    def righe(self) -> dict[str, RigaApplicata]:
        return {riga.codice: riga for _, gruppo in self.gruppi for riga in gruppo}

    @property
    def frase_voto(self) -> str:
        """Whether sindaco and list are one vote or two, and where it is written."""
        detto = (
            "Sindaco e lista sono un voto solo"
            if self.is_voto_unico
            else "Il voto al sindaco e quello alla lista sono due"
        )
        return f"{detto} ({self.fondamento.riferimento})."

    @property
    def frase_preferenze(self) -> str:
        """How many preferences the elector may give."""
        if self.massime is None:
            return "Quante preferenze si possano dare, e se di sesso diverso, non è stato trovato."
        if self.massime == 1:
            return "Una sola preferenza."
        return f"Al più {self.massime} preferenze" + (", di sesso diverso." if self.sesso_diverso else ".")

    @property
    def frase_regione(self) -> str:
        """Outside the law of the State: why no row is surer than the law of the region."""
        if self.ordinamento == "ordinario":
            return ""
        return (
            "Gli articoli sono della legge dello Stato: qui valgono in quanto la regione li richiama, e la"
            f" prova di ogni riga è al più quella della norma regionale. {self.fondamento.nota}"
        ).strip()

    @property
    def has_dubbi(self) -> bool:
        """Whether some row does not come from a text that was read."""
        return any(riga.prova != SICUREZZA[0] for riga in self.righe.values())


def apply_tavola(parametri: Parametri, *, turno: int = 1) -> TavolaApplicata:
    """The rows that decide a ballot of this round (a ``ParametroIgnoto`` where the law was not collected)."""
    fondamento = parametri["sindaco_vale_per_lista"]
    massime = parametri.get("preferenze_massime")
    sesso = parametri.get("preferenze_di_sesso_diverso")
    righe = [_apply(riga, parametri) for riga in _rows_in_force(parametri, turno)]
    return TavolaApplicata(
        ordinamento=parametri.caso.ordinamento,
        gruppi=tuple(
            (_title(gruppo), tuple(voci)) for gruppo, voci in groupby(righe, key=lambda riga: riga.codice[0])
        ),
        fondamento=fondamento,
        massime=massime.valore if massime else None,
        sesso_diverso=sesso.valore if sesso else None,
    )


def _title(gruppo: str) -> str:
    """The title of a group without the comuni it is for: here they are this one."""
    return TITOLI[gruppo].partition(" (")[0]


def _rows_in_force(parametri: Parametri, turno: int) -> Iterator[Riga]:
    if turno == 2:
        solo_primo = {"F5", "F6"}  # at the runoff a preference is a mark like any other, a name is row C1
        yield from (r for r in tavola().values() if r.codice[0] in "FC" and r.codice not in solo_primo)
        return
    una = "A" if parametri.valore("sindaco_vale_per_lista") else "B"
    for riga in tavola().values():
        if riga.codice[0] in f"F{una}P" and (riga.codice != "P5" or _asks_sesso(parametri)):
            yield riga


def _asks_sesso(parametri: Parametri) -> bool:
    valore = parametri.get("preferenze_di_sesso_diverso")
    return bool(valore and valore.valore)


def _apply(riga: Riga, parametri: Parametri) -> RigaApplicata:
    esito, altra = _outcome(riga, parametri)
    estende = parametri.valore("lista_vale_per_sindaco")
    articolo = riga.articolo if estende else riga.articolo_senza_estensione or riga.articolo
    return RigaApplicata(riga.codice, riga.segni, esito, articolo, _evidence(riga, parametri), altra)


def _outcome(riga: Riga, parametri: Parametri) -> tuple[str, str]:
    """What the row gives here, and what the other readings would."""
    if riga.senza_estensione and not parametri.valore("lista_vale_per_sindaco"):
        return riga.senza_estensione, ""
    valore = parametri.get(riga.scelta) if riga.scelta else None
    if valore is None or (riga.codice == "P4" and not _asks_sesso(parametri)):
        return riga.esito, ""
    altre = [riga.esiti[voce] for voce in valore.scelte if voce != valore.valore]
    return riga.esiti[valore.valore], " oppure ".join(altre)


#: The rows that rest on a parameter besides the one that puts the table in force.
_ANCHE = {"P4": "preferenze_massime", "P5": "preferenze_di_sesso_diverso"}


def _evidence(riga: Riga, parametri: Parametri) -> str:
    """The weakest of the row and of the rules it rests on.

    The rows were read in the law of the State: elsewhere they are as sure as the law that recalls them.
    """
    nomi = ["sindaco_vale_per_lista", _ANCHE.get(riga.codice, "")]
    if riga.senza_estensione:
        nomi.append("lista_vale_per_sindaco")
    prove = [riga.prova, *(valore.prova for nome in nomi if nome and (valore := parametri.get(nome)))]
    return max(prove, key=SICUREZZA.index)
