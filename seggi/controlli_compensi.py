"""What stops or qualifies the payment of each fee, found for all of them without building any object.

A city has fifteen thousand fees: the page shows sixty, but the gravest come first and the totals are of all.
"""

from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from django.db.models import BooleanField, Count, ExpressionWrapper, Q
from stdnum.it import codicefiscale

from comuni.models import Elezione
from norme.rilievi import Rilievo, rileva
from seggi.compensi import QUOTE, quote_del_posto
from seggi.models import Compenso, DatiPagamento, Liquidazione, Nomina

#: Who takes the post on the spot accepts by being there.
SENZA_ACCETTAZIONE = (Nomina.Metodo.INSEDIAMENTO, Nomina.Metodo.SINDACO)
#: Names written in a finding: the same IBAN on hundreds of people is a mistake already clear from these.
NOMI_MOSTRATI = 5

Posto = tuple[int, str, int]


class Voce(NamedTuple):
    """A fee with what decides whether it is paid."""

    pk: int
    turno: int
    centesimi: int
    cognome: str
    nome: str
    codice_fiscale: str
    metodo: str
    ufficio: int
    ruolo: str
    posizione: int
    iban: str | None
    contanti: bool | None
    accettata: bool

    @property
    def nominativo(self) -> str:
        return f"{self.cognome} {self.nome}"

    @property
    def modo(self) -> str:
        return "contanti" if self.contanti else "bonifico" if self.iban else ""

    @property
    def posto(self) -> Posto:
        return self.ufficio, self.ruolo, self.posizione


_is_codice_valido = lru_cache(maxsize=65_536)(codicefiscale.is_valid)


def read_voci(elezione: Elezione, *, liquidazione: Liquidazione | None) -> list[Voce]:
    """The fees of a batch (or in none yet), by section, role, post and turno."""
    accettata = ExpressionWrapper(Q(nomina__accettato_il__isnull=False), output_field=BooleanField())
    righe = (
        Compenso.objects.di(elezione)
        .filter(liquidazione=liquidazione)
        .annotate(accettata=accettata)
        .order_by("nomina__ufficio__sezione__numero", "nomina__ruolo", "nomina__posizione", "turno")
        .values_list(
            "pk",
            "turno",
            "centesimi",
            "nomina__cognome",
            "nomina__nome",
            "nomina__codice_fiscale",
            "nomina__metodo",
            "nomina__ufficio_id",
            "nomina__ruolo",
            "nomina__posizione",
            "nomina__dati_pagamento__iban",
            "nomina__dati_pagamento__contanti",
            "accettata",
        )
    )
    return [Voce(*riga) for riga in righe]


class Controlli:
    """The checks on the fees of one election: first the codes, then the findings of those shown."""

    def __init__(self, elezione: Elezione) -> None:
        self._divisi = _posti_divisi(elezione)
        self._comuni = _iban_comuni(elezione)

    def codici(self, voce: Voce) -> list[str]:
        """Codes of what is wrong, in the order in which they are written."""
        codici = []
        if not (voce.contanti or voce.iban):
            codici.append("E320")
        elif self._altri(voce):
            codici.append("W320")
        if not _is_codice_valido(voce.codice_fiscale):
            codici.append("E321")
        if self._somma(voce) != 1:
            codici.append("E322")
        if not voce.accettata and voce.metodo not in SENZA_ACCETTAZIONE:
            codici.append("W321")
        return codici

    def rilievi(self, voce: Voce) -> tuple[Rilievo, ...]:
        """The same as findings, in words."""
        nome = voce.nominativo
        dati: dict[str, tuple[str, dict[str, str]]] = {
            "E320": ("pagamento", {}),
            "W320": ("iban", {"altri": self._say_altri(voce)}),
            "E321": ("codice_fiscale", {}),
            "E322": (QUOTE[voce.turno], {"somma": str(self._somma(voce))}),
            "W321": ("accettato_il", {}),
        }
        return tuple(
            rileva(codice, dati[codice][0], nome=nome, **dati[codice][1]) for codice in self.codici(voce)
        )

    def _altri(self, voce: Voce) -> list[str]:
        """A few of the other people with the same IBAN."""
        nomi = self._comuni.get(voce.iban or "", ())
        return [nome for nome in nomi[: NOMI_MOSTRATI + 1] if nome != voce.nominativo]

    def _say_altri(self, voce: Voce) -> str:
        nomi = self._altri(voce)[:NOMI_MOSTRATI]
        restano = len(self._comuni.get(voce.iban or "", ())) - 1 - len(nomi)
        return ", ".join(nomi) + (f" e altri {restano}" if restano > 0 else "")

    def _somma(self, voce: Voce):
        persone = self._divisi.get(voce.posto)
        return 1 if persone is None else sum(quote_del_posto(persone, turno=voce.turno).values())


def _posti_divisi(elezione: Elezione) -> dict[Posto, list[Nomina]]:
    """The posts with more people or with a share written: in any other, who holds it has served in full."""
    nomine = Nomina.objects.di(elezione)
    divise = ~Q(stato__in=Nomina.ATTIVI) | ~Q(frazione_servizio="") | ~Q(frazione_ballottaggio="")
    posti = set(nomine.filter(divise).values_list("ufficio_id", "ruolo", "posizione"))
    persone: dict[Posto, list[Nomina]] = defaultdict(list)
    candidate = nomine.filter(ufficio__in={ufficio for ufficio, _, _ in posti}) if posti else nomine.none()
    for nomina in candidate.only("ufficio_id", "ruolo", "posizione", "stato", *QUOTE.values()).order_by("pk"):
        posto = (nomina.ufficio_id, nomina.ruolo, nomina.posizione)
        if posto in posti:
            persone[posto].append(nomina)
    return persone


def _iban_comuni(elezione: Elezione) -> dict[str, Sequence[str]]:
    """The IBAN written for more than one person, with the names."""
    scritti = DatiPagamento.objects.filter(nomina__ufficio__sezione__elezione=elezione, iban__gt="")
    ripetuti = (
        scritti.order_by()
        .values("iban")
        .annotate(quanti=Count("nomina__chiave", distinct=True))
        .filter(quanti__gt=1)
    )
    nomi: dict[str, set[str]] = defaultdict(set)
    righe = scritti.filter(iban__in=ripetuti.values("iban")) if ripetuti else scritti.none()
    for iban, cognome, nome in righe.values_list("iban", "nomina__cognome", "nomina__nome"):
        nomi[iban].add(f"{cognome} {nome}")
    return {iban: sorted(persone) for iban, persone in nomi.items() if len(persone) > 1}
