"""What an allocation gives back, and its JSON form (DESIGN §5.1)."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from fractions import Fraction
from typing import Any, Literal

from norme.ingresso import Id
from norme.parametri import Valore
from norme.rilievi import Rilievo
from norme.riparto.passi import Passo
from norme.riparto.sorteggi import SorteggioRichiesto
from norme.riparto.tipi import DatiRiparto
from norme.spiegazione import explain


@dataclass(frozen=True)
class Esito:
    """The outcome: a complete allocation, a runoff to hold, a draw to make, or a null election."""

    esito: Literal["riparto", "ballottaggio", "sorteggio", "nulla"]
    sindaco: Id | None = None
    turno: int | None = None
    ammessi_ballottaggio: tuple[Id, ...] = ()
    premio: str | None = None
    seggi_per_lista: Mapping[Id, int] = field(default_factory=dict)
    consiglieri_sindaci: tuple[Id, ...] = ()
    eletti: Mapping[Id, tuple[Id, ...]] = field(default_factory=dict)
    non_eletti: Mapping[Id, tuple[Id, ...]] = field(default_factory=dict)
    seggi_vacanti: int = 0
    seggi_consiglio: int | None = None
    richiesta: SorteggioRichiesto | None = None
    passi: tuple[Passo, ...] = ()
    parametri: tuple[Valore, ...] = ()
    rilievi: tuple[Rilievo, ...] = ()
    dati: DatiRiparto | None = None
    sistema: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """The JSON object of the contract; identifiers as keys become text."""
        return {
            "esito": self.esito,
            "sistema": self.sistema,
            "sindaco": self.sindaco,
            "turno": self.turno,
            "ammessi_ballottaggio": list(self.ammessi_ballottaggio),
            "premio": self.premio,
            "seggi_per_lista": _keys_as_text(self.seggi_per_lista),
            "consiglieri_sindaci": list(self.consiglieri_sindaci),
            "eletti": _keys_as_text(self.eletti),
            "non_eletti": _keys_as_text(self.non_eletti),
            "seggi_vacanti": self.seggi_vacanti,
            "seggi_consiglio": self.seggi_consiglio,
            "richiesta": None if self.richiesta is None else self.richiesta.as_dict(),
            "passi": self.passi_as_dicts(),
            "parametri": [valore.as_dict() for valore in self.parametri],
            "rilievi": [rilievo.as_dict() for rilievo in self.rilievi],
        }

    def passi_as_dicts(self) -> list[dict[str, Any]]:
        """Every step: ``tipo``, ``articolo``, ``testo`` (a sentence), then its evidence."""
        assert self.dati is not None
        frasi = explain(self.passi, self.dati)
        return [_step(passo, testo) for passo, testo in zip(self.passi, frasi, strict=True)]


def _keys_as_text(tabella: Mapping[Id, Any]) -> dict[str, Any]:
    return {str(chiave): _plain(valore) for chiave, valore in tabella.items()}


_FORME: dict[type, tuple[str, tuple[str, ...]]] = {}


def _step_shape(classe: type[Passo]) -> tuple[str, tuple[str, ...]]:
    """``tipo`` in snake case and the names of the evidence fields."""
    tipo = "".join(f"_{c.lower()}" if c.isupper() else c for c in classe.__name__).lstrip("_")
    return tipo, tuple(f.name for f in fields(classe) if f.name != "articolo")


def _step(passo: Passo, testo: str) -> dict[str, Any]:
    if type(passo) not in _FORME:
        _FORME[type(passo)] = _step_shape(type(passo))
    tipo, nomi = _FORME[type(passo)]
    voce: dict[str, Any] = {"tipo": tipo, "articolo": passo.articolo, "testo": testo}
    for nome in nomi:
        voce[nome] = _plain(getattr(passo, nome))
    return voce


_SEMPLICI = frozenset((int, str, bool, type(None)))


def _plain(valore: Any) -> Any:
    """Dataclasses, named tuples and fractions as JSON objects, arrays and "3/100"."""
    classe = type(valore)
    if classe in _SEMPLICI:
        return valore
    if classe is tuple or classe is list:
        if _SEMPLICI.issuperset(map(type, valore)):
            return list(valore)
        return [_plain(voce) for voce in valore]
    if isinstance(valore, tuple):
        voce: dict[str, Any] = valore._asdict()  # type: ignore[attr-defined]
        return voce if _SEMPLICI.issuperset(map(type, valore)) else {n: _plain(v) for n, v in voce.items()}
    if classe is Fraction:
        return f"{valore.numerator}/{valore.denominator}"
    if isinstance(valore, Mapping):
        return {str(nome): _plain(voce) for nome, voce in valore.items()}
    return {f.name: _plain(getattr(valore, f.name)) for f in fields(valore)}
