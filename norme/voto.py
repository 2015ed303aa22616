"""From the marks on a ballot to the votes they give (artt. 57, 64, 68, 69 TU; 71-73 TUEL; d.P.R. 132/1993).

``read_scheda`` walks the rows of ``norme/tavole/voto.toml`` and names the one that decides. Table A
holds where sindaco and list are one vote, table B where they are two, table C at the runoff.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from norme.parametri import Parametri
from norme.preferenze import (
    Id,
    LimitiPreferenze,
    ListaVotabile,
    PreferenzaNulla,
    Scritta,
    common_liste,
    count_preferenze,
)
from norme.tavola_voto import tavola


class EsitoScheda(StrEnum):
    """What a ballot is; DA_DECIDERE is an open legal outcome, for the presidente (art. 69 TU)."""

    VALIDA = "valida"
    NULLA = "nulla"
    BIANCA = "bianca"
    DA_DECIDERE = "da_decidere"


@dataclass(frozen=True, slots=True)
class Segni:
    """What is on the ballot: marks on sindaci and list symbols, preferences in order of writing."""

    sindaci: tuple[Id, ...] = ()
    liste: tuple[Id, ...] = ()
    preferenze: tuple[Scritta, ...] = ()
    sindaco_scritto: Id | None = None
    ufficiale: bool = True
    riconoscibile: bool = False
    altri_segni: bool = False


@dataclass(frozen=True, slots=True)
class RegoleVoto:
    """The rules of one election that decide a ballot, taken from the dated parameters."""

    voto_unico: bool
    lista_vale_per_sindaco: bool
    limiti: LimitiPreferenze
    scelte: Mapping[str, str]

    def sceglie(self, nome: str, voluta: str) -> bool:
        return self.scelte[nome] == voluta


SCELTE = (
    "piu_liste_stesso_sindaco",
    "sindaco_con_preferenze_altrui",
    "sindaco_scritto_a_mano",
    "sole_preferenze_nulle",
    "simbolo_al_ballottaggio",
)


def regole_at(parametri: Parametri, *, preferenze_massime: int | None = None) -> RegoleVoto:
    """The rules in force for an election; the ente's choices come from ``parametri.choose(...)``.

    ``preferenze_massime`` is for the places whose law was not found; elsewhere leave it to the register.
    """
    seconda = parametri.get("preferenze_di_sesso_diverso")
    terza = parametri.get("terza_preferenza_di_sesso_diverso")
    ambigua = parametri.get("preferenza_ambigua")
    limiti = LimitiPreferenze(
        massime=preferenze_massime or parametri.intero("preferenze_massime"),
        sesso_diverso=bool(seconda and seconda.valore),
        terza_valida=bool(terza and terza.valore == "valida"),
        ambigua_conta=not (ambigua and ambigua.valore == "non_conta"),
    )
    return RegoleVoto(
        voto_unico=parametri.valore("sindaco_vale_per_lista"),
        lista_vale_per_sindaco=parametri.valore("lista_vale_per_sindaco"),
        limiti=limiti,
        scelte={nome: parametri.valore(nome) for nome in SCELTE},
    )


@dataclass(frozen=True, slots=True)
class Voto:
    """What one ballot gives, by which row. ``lista_nulla``: the sindaco counts, the list mark does not."""

    esito: EsitoScheda
    riga: str
    sindaco: Id | None = None
    lista: Id | None = None
    lista_nulla: bool = False
    preferenze: tuple[Id, ...] = ()
    preferenze_nulle: tuple[PreferenzaNulla, ...] = ()

    @property
    def articolo(self) -> str:
        riga = tavola()[self.riga]
        return riga.articolo_senza_estensione if self.is_sola_lista else riga.articolo

    @property
    def is_sola_lista(self) -> bool:
        """Whether the ballot votes a list and no sindaco, where the one does not carry the other."""
        return self.sindaco is None and self.lista is not None

    @property
    def is_solo_sindaco(self) -> bool:
        """Whether the ballot votes the sindaco and no list at all."""
        return self.sindaco is not None and self.lista is None and not self.lista_nulla

    def as_dict(self) -> dict[str, object]:
        riga = tavola()[self.riga]
        return {
            "esito": self.esito.value,
            "sindaco": self.sindaco,
            "lista": self.lista,
            "solo_sindaco": self.is_solo_sindaco,
            "lista_nulla": self.lista_nulla,
            "preferenze": list(self.preferenze),
            "preferenze_nulle": [nulla.as_dict() for nulla in self.preferenze_nulle],
            "riga": riga.codice,
            "segni": riga.segni,
            "motivo": riga.senza_estensione if self.is_sola_lista else riga.esito,
            "articolo": self.articolo,
            "prova": riga.prova,
        }


def read_scheda(segni: Segni, *, liste: Sequence[ListaVotabile], regole: RegoleVoto, turno: int = 1) -> Voto:
    """The votes a ballot gives. ``liste``: all the lists on the ballot; another id is a KeyError."""
    if scartata := _filter(segni, regole, turno):
        return scartata
    lettura = _Lettura(segni, liste, regole)
    if turno == 2:
        return lettura.ballottaggio()
    if lettura.is_illeggibile:
        bianca = regole.sceglie("sole_preferenze_nulle", "scheda_bianca")
        return lettura.void("F5", EsitoScheda.BIANCA if bianca else EsitoScheda.NULLA)
    if len(lettura.sindaci) > 1:
        return lettura.void("A7" if regole.voto_unico else "B13")
    return lettura.voto_unico() if regole.voto_unico else lettura.voto_distinto()


def _filter(segni: Segni, regole: RegoleVoto, turno: int) -> Voto | None:
    """The filters before the tables: unofficial, recognisable, blank, meaningless."""
    if not segni.ufficiale:
        return Voto(EsitoScheda.NULLA, "F1")
    if segni.riconoscibile:
        return Voto(EsitoScheda.NULLA, "F2")
    if segni.sindaci or segni.liste or segni.preferenze:
        return None
    if segni.sindaco_scritto is not None:
        return _by_hand(segni.sindaco_scritto, regole, turno)
    return Voto(EsitoScheda.NULLA, "F4") if segni.altri_segni else Voto(EsitoScheda.BIANCA, "F3")


def _by_hand(sindaco: Id, regole: RegoleVoto, turno: int) -> Voto | None:
    if turno == 2:
        return Voto(EsitoScheda.VALIDA, "C1", sindaco)
    if regole.sceglie("sindaco_scritto_a_mano", "da_decidere"):
        return Voto(EsitoScheda.DA_DECIDERE, "F6")
    if regole.sceglie("sindaco_scritto_a_mano", "scheda_nulla"):
        return Voto(EsitoScheda.NULLA, "F6")
    return None


class _Lettura:
    """One ballot being read against the tables."""

    def __init__(self, segni: Segni, liste: Sequence[ListaVotabile], regole: RegoleVoto) -> None:
        self.segni = segni
        self.regole = regole
        self.per_id = {lista.id: lista for lista in liste}
        scritto = () if segni.sindaco_scritto is None else (segni.sindaco_scritto,)
        self.sindaci = tuple(dict.fromkeys(segni.sindaci + scritto))
        self.segnate = tuple(dict.fromkeys(segni.liste))
        self.sindaci_delle_segnate = {self.per_id[lista].sindaco for lista in self.segnate}
        self.possibili = common_liste(segni.preferenze, liste)

    @property
    def is_illeggibile(self) -> bool:
        """Nothing but preferences that are nobody's name."""
        return not self.sindaci and not self.segnate and self.possibili is None

    def void(self, riga: str, esito: EsitoScheda = EsitoScheda.NULLA) -> Voto:
        return Voto(esito, riga)

    def give(self, riga: str, sindaco: Id | None, lista: Id | None, *, lista_nulla: bool = False) -> Voto:
        votata = None if lista is None else self.per_id[lista]
        valide, nulle = count_preferenze(self.segni.preferenze, lista=votata, limiti=self.regole.limiti)
        return Voto(EsitoScheda.VALIDA, riga, sindaco, lista, lista_nulla, valide, nulle)

    def is_for(self, lista: Id) -> bool:
        """Whether the readable preferences may all belong to this list."""
        return self.possibili is not None and lista in self.possibili

    def has_altrui(self, lista: Id) -> bool:
        """Whether some readable preference belongs to other lists only."""
        return self.possibili is not None and lista not in self.possibili

    def lista_scelta_fra(self, liste: Sequence[Id]) -> Id | None:
        """The one list of these to which all preferences belong, if it is exactly one."""
        indicate = [lista for lista in liste if self.is_for(lista)]
        return indicate[0] if len(indicate) == 1 else None

    def linked(self, lista: Id) -> Id | None:
        """The sindaco a list mark carries with it."""
        return self.per_id[lista].sindaco if self.regole.lista_vale_per_sindaco else None

    # --- table A: one vote for sindaco and list

    def voto_unico(self) -> Voto:
        if len(self.segnate) > 1:
            return self._unico_piu_liste()
        if self.segnate:
            return self._unico_una_lista(self.segnate[0])
        if self.sindaci:
            return self._unico_solo_sindaco(self.sindaci[0])
        scelta = self.lista_scelta_fra(tuple(self.per_id))
        return self.void("A12") if scelta is None else self.give("A5", self.per_id[scelta].sindaco, scelta)

    def _unico_piu_liste(self) -> Voto:
        scelta = self.lista_scelta_fra(self.segnate)
        if scelta is None:
            return self.void("A8")
        sindaco = self.per_id[scelta].sindaco
        return self.void("A6") if self.sindaci not in ((), (sindaco,)) else self.give("A9", sindaco, scelta)

    def _unico_una_lista(self, lista: Id) -> Voto:
        sindaco = self.per_id[lista].sindaco
        if self.sindaci not in ((), (sindaco,)):
            return self.void("A6")
        if self.has_altrui(lista):
            return self.give("A10", sindaco, lista)
        if self.is_for(lista):
            return self.give("A4", sindaco, lista)
        return self.give("A3" if self.sindaci else "A1", sindaco, lista)

    def _unico_solo_sindaco(self, sindaco: Id) -> Voto:
        lista = next(lista.id for lista in self.per_id.values() if lista.sindaco == sindaco)
        if not self.has_altrui(lista):
            return self.give("A4" if self.is_for(lista) else "A2", sindaco, lista)
        sue = [s for s in self.segni.preferenze if common_liste([s], [self.per_id[lista]])]
        if sue:
            return self.give("A10", sindaco, lista)
        if self.regole.sceglie("sindaco_con_preferenze_altrui", "sindaco_e_lista"):
            return self.give("A11", sindaco, lista)
        return self.void("A11")

    # --- table B: two votes

    def voto_distinto(self) -> Voto:
        sindaco = self.sindaci[0] if self.sindaci else None
        if len(self.segnate) > 1:
            return self._distinto_piu_liste(sindaco)
        if self.segnate:
            return self._distinto_una_lista(sindaco, self.segnate[0])
        return self._distinto_senza_lista(sindaco)

    def _distinto_piu_liste(self, sindaco: Id | None) -> Voto:
        if (scelta := self.lista_scelta_fra(self.segnate)) is not None:
            return self.give("B12", self.linked(scelta) if sindaco is None else sindaco, scelta)
        if sindaco is not None:
            return self.give("B9", sindaco, None, lista_nulla=True)
        return self._senza_sindaco(self.sindaci_delle_segnate)

    def _senza_sindaco(self, sindaci: set[Id]) -> Voto:
        """No sindaco marked, more lists meant and none singled out."""
        if len(sindaci) > 1:
            return self.void("B10")
        estende = self.regole.lista_vale_per_sindaco
        if estende and self.regole.sceglie("piu_liste_stesso_sindaco", "solo_sindaco"):
            return self.give("B11", next(iter(sindaci)), None, lista_nulla=True)
        return self.void("B11")

    def _distinto_una_lista(self, sindaco: Id | None, lista: Id) -> Voto:
        disgiunto = sindaco not in (None, self.per_id[lista].sindaco)
        voluto = self.linked(lista) if sindaco is None else sindaco
        if self.has_altrui(lista):
            return self.give("B14", voluto, lista)
        if self.is_for(lista):
            return self.give("B6" if disgiunto else "B5", voluto, lista)
        return self.give("B1" if sindaco is None else "B4" if disgiunto else "B3", voluto, lista)

    def _distinto_senza_lista(self, sindaco: Id | None) -> Voto:
        if self.possibili is None:
            return self.give("B2", sindaco, None)
        scelta = self.lista_scelta_fra(tuple(self.per_id))
        if scelta is None and sindaco is not None:
            sue = tuple(lista.id for lista in self.per_id.values() if lista.sindaco == sindaco)
            scelta = self.lista_scelta_fra(sue)
        if scelta is not None:
            riga, voluto = ("B7", self.linked(scelta)) if sindaco is None else ("B8", sindaco)
            return self.give(riga, voluto, scelta)
        if sindaco is not None:
            return self.give("B9", sindaco, None, lista_nulla=True)
        return self._senza_sindaco(self._sindaci_delle_preferenze())

    def _sindaci_delle_preferenze(self) -> set[Id]:
        liste = list(self.per_id.values())
        return {lista.sindaco for lista in liste if common_liste(self.segni.preferenze, [lista]) is not None}

    # --- table C: runoff

    def ballottaggio(self) -> Voto:
        if len(self.sindaci) > 1:
            return self.void("C2")
        if len(self.sindaci_delle_segnate | set(self.sindaci)) > 1:
            return self.void("C3")
        if self.sindaci:
            return Voto(EsitoScheda.VALIDA, "C1", self.sindaci[0])
        if not self.segnate:
            return self.void("F4")
        if self.regole.sceglie("simbolo_al_ballottaggio", "scheda_nulla"):
            return self.void("C4")
        return Voto(EsitoScheda.VALIDA, "C4", next(iter(self.sindaci_delle_segnate)))
