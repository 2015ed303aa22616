"""The form of a section: which boxes each step has, by the paths that findings and files use.

A box is named by ballot numbers (``voti_sindaci.3``, ``preferenze.7.12``), the words of the verbale.
"""

from copy import copy
from dataclasses import dataclass
from functools import cached_property

from django.db.models import BigIntegerField, Count, Func, Sum, TextField, Value

from candidature.models import Candidato, Lista
from comuni.legge import parametri_di
from comuni.models import Elezione
from norme.parametri import Parametri
from risultati.ballottaggio import sindaci_del_turno
from risultati.models import Turno


@dataclass(frozen=True, slots=True)
class Casella:
    """One box. An empty box is zero where the paper says nothing for zero, else it is not known."""

    campo: str
    etichetta: str
    numero: int | None = None
    is_zero_se_vuota: bool = True
    is_totale: bool = False
    nota: str = ""


@dataclass(frozen=True, slots=True)
class Passo:
    """One page of the form; ``lista`` is the number of the list on a page of preferences."""

    nome: str
    titolo: str
    caselle: tuple[Casella, ...]
    sottotitolo: str = ""
    lista: int | None = None

    @property
    def campi(self) -> tuple[str, ...]:
        return tuple(casella.campo for casella in self.caselle)

    @property
    def is_preferenze(self) -> bool:
        return self.lista is not None


def _nota(campo: str, etichetta: str, nota: str = "", *, zero: bool = False) -> Casella:
    return Casella(campo, etichetta, is_zero_se_vuota=zero, nota=nota)


SCHEDE = (
    _nota("elettori_m", "Elettori uomini"),
    _nota("elettori_f", "Elettori donne"),
    _nota("elettori", "Elettori in tutto"),
    _nota(
        "ammessi", "Ammessi a votare in aggiunta", "non iscritti nella lista: seggio, forza pubblica, degenti"
    ),
    _nota("votanti_m", "Votanti uomini"),
    _nota("votanti_f", "Votanti donne"),
    _nota("votanti", "Votanti in tutto", "il totale scritto sul verbale"),
    _nota("autenticate", "Schede autenticate"),
    _nota("residue", "Schede rimaste"),
    _nota("non_restituite", "Schede non restituite o annullate prima dell'urna", zero=True),
    _nota("voti_validi", "Schede valide", "comprese le contestate attribuite"),
    _nota("schede_bianche", "Schede bianche", zero=True),
    _nota("schede_nulle", "Schede nulle", "comprese quelle con voti tutti nulli", zero=True),
    _nota("contestate_non_attribuite", "Schede contestate non attribuite", zero=True),
    _nota("contestate_attribuite", "Contestate e attribuite", "promemoria: già fra le valide"),
)


@dataclass(frozen=True)
class Modulo:
    """The form of one turno of one election: read once, used for all its sections."""

    elezione: Elezione
    turno: int
    sindaci: tuple[tuple[int, str], ...]
    liste: tuple[tuple[int, str, int], ...]
    candidati: dict[int, tuple[tuple[int, str, str], ...]]

    @cached_property
    def parametri(self) -> Parametri:
        return parametri_di(self.elezione)

    @property
    def is_ballottaggio(self) -> bool:
        return self.turno == Turno.BALLOTTAGGIO

    @cached_property
    def is_voto_unico(self) -> bool:
        """Sindaco and list are one vote: the list votes are not typed (art. 71 c. 5 TUEL)."""
        unico = self.parametri.get("sindaco_vale_per_lista")
        return bool(unico and unico.valore)

    @property
    def ha_liste(self) -> bool:
        return not self.is_ballottaggio and not self.is_voto_unico

    @cached_property
    def passi(self) -> tuple[Passo, ...]:
        passi = [Passo("schede", "Votanti e schede", SCHEDE), self._passo_sindaco()]
        if self.ha_liste:
            passi.append(self._passo_liste())
        if not self.is_ballottaggio:
            passi += [
                self._passo_preferenze(*lista[:2]) for lista in self.liste if self.candidati.get(lista[0])
            ]
        return tuple(passi)

    def passo(self, nome: str) -> Passo | None:
        return next((passo for passo in self.passi if passo.nome == nome), None)

    @cached_property
    def campi(self) -> dict[str, Casella]:
        return {casella.campo: casella for passo in self.passi for casella in passo.caselle}

    def passo_di(self, campo: str) -> Passo | None:
        """The step where a box is."""
        return self._passi_per_campo.get(campo)

    @cached_property
    def _passi_per_campo(self) -> dict[str, Passo]:
        return {campo: passo for passo in self.passi for campo in passo.campi}

    def etichetta(self, campo: str) -> str:
        """The name of a box for a person, with its list or column."""
        casella, passo = self.campi.get(campo), self.passo_di(campo)
        if casella is None or passo is None:
            return campo.replace("_", " ").replace(".", " ")
        testo = f"{casella.numero}. {casella.etichetta}" if casella.numero is not None else casella.etichetta
        if campo.startswith("solo_sindaco."):
            testo += ", di cui solo sindaco"
        return testo

    def _passo_sindaco(self) -> Passo:
        caselle: list[Casella] = []
        for numero, nome in self.sindaci:
            caselle.append(Casella(f"voti_sindaci.{numero}", nome, numero))
            if self.ha_liste:
                caselle.append(Casella(f"solo_sindaco.{numero}", nome, numero))
        caselle.append(
            Casella("totale_sindaci", "Totale dal verbale", is_zero_se_vuota=False, is_totale=True)
        )
        if self.ha_liste:
            caselle.append(
                Casella(
                    "totale_solo_sindaco",
                    "Totale solo sindaco dal verbale",
                    is_zero_se_vuota=False,
                    is_totale=True,
                )
            )
        return Passo("sindaco", "Sindaco", tuple(caselle))

    def _passo_liste(self) -> Passo:
        caselle = [Casella(f"voti_liste.{numero}", nome, numero) for numero, nome, _ in self.liste]
        caselle.append(Casella("totale_liste", "Totale dal verbale", is_zero_se_vuota=False, is_totale=True))
        caselle.append(
            _nota("voti_lista_nulli", "Voti di lista nulli", "scheda valida per il sindaco, lista nulla")
        )
        return Passo("liste", "Voti di lista", tuple(caselle))

    def _passo_preferenze(self, lista: int, denominazione: str) -> Passo:
        caselle = [
            Casella(f"preferenze.{lista}.{numero}", nome, numero) for numero, nome, _ in self.candidati[lista]
        ]
        caselle.append(
            Casella(
                f"totali_preferenze.{lista}", "Totale dal verbale", is_zero_se_vuota=False, is_totale=True
            )
        )
        return Passo(f"preferenze.{lista}", f"Preferenze lista {lista}", tuple(caselle), denominazione, lista)


def build_modulo(elezione: Elezione, turno: int) -> Modulo:
    """The form of the ballot: the one built before in this process, if nothing in it has changed."""
    sindaci = tuple((s.numero, str(s)) for s in sindaci_del_turno(elezione, turno))
    if turno == Turno.BALLOTTAGGIO:
        return Modulo(elezione, turno, sindaci, (), {})
    liste = tuple(
        Lista.objects.di(elezione)
        .in_corsa()
        .order_by("numero")
        .values_list("numero", "denominazione", "sindaco__numero")
    )
    campi = tuple(getattr(elezione, campo.attname) for campo in Elezione._meta.concrete_fields)
    chiave = repr((campi, sindaci, liste, _firma_candidati(elezione)))
    pronto = _MODULI.get(elezione.pk)
    if pronto is None or pronto[0] != chiave:
        if len(_MODULI) >= MODULI_TENUTI:
            _MODULI.clear()
        # a copy: the form kept must not follow what the caller does to its own object
        modulo = Modulo(copy(elezione), turno, sindaci, liste, _candidati(elezione))
        pronto = _MODULI[elezione.pk] = chiave, modulo
    return pronto[1]


MODULI_TENUTI = 16
_MODULI: dict[int, tuple[str, Modulo]] = {}
"""The last form of each election: 40 lists of 48 names are 2,000 boxes, the same at every request."""


def _righe_candidati(elezione: Elezione):
    return Candidato.objects.in_corsa().filter(lista__elezione=elezione)


def _firma_candidati(elezione: Elezione) -> tuple:
    """Changes with any number, name or sex of a candidate: one row instead of two thousand."""
    testo = ConcatWS("id", "lista__numero", "numero", "cognome", "nome", "sesso")
    impronta = Func(testo, Value(0), function="hashtextextended", output_field=BigIntegerField())
    somme = _righe_candidati(elezione).annotate(_h=impronta).aggregate(n=Count("pk"), somma=Sum("_h"))
    return somme["n"], somme["somma"]


class ConcatWS(Func):
    """``concat_ws``: columns as one text, with a separator between."""

    function = "CONCAT_WS"
    output_field = TextField()

    def __init__(self, *campi: str) -> None:
        super().__init__(Value("|"), *campi)


def _candidati(elezione: Elezione) -> dict[int, tuple[tuple[int, str, str], ...]]:
    candidati: dict[int, list[tuple[int, str, str]]] = {}
    righe = _righe_candidati(elezione).order_by("lista__numero", "numero")
    for lista, numero, cognome, nome, sesso in righe.values_list(
        "lista__numero", "numero", "cognome", "nome", "sesso"
    ):
        candidati.setdefault(lista, []).append((numero, f"{cognome} {nome}", sesso))
    return {lista: tuple(voci) for lista, voci in candidati.items()}
