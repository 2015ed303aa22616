"""The record of one allocation while it is made: steps, findings, draws asked."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Literal

from norme.ingresso import Id
from norme.rilievi import Rilievo
from norme.riparto.passi import (
    Passo,
    Quoziente,
    SorteggioApplicato,
    TabellaQuozienti,
)
from norme.riparto.quozienti import Assegnazione, dhondt
from norme.riparto.regole import Regole
from norme.riparto.sorteggi import CosaSorteggiata, Sorteggi, SorteggioRichiesto, TipoSorteggio, in_order
from norme.riparto.tipi import DatiRiparto

Scopo = Literal["prova", "consiglio", "minoranza", "gruppo", "eccedenza"]
Fra = Literal["liste", "gruppi"]


class Verbale:
    """Collects what is decided, in order; every function of the allocation writes here."""

    def __init__(self, dati: DatiRiparto) -> None:
        self.dati = dati
        self.regole = Regole(dati)
        self.passi: list[Passo] = []
        self.rilievi: list[Rilievo] = []
        self.sorteggi = Sorteggi(dati.sorteggi)

    def write(self, passo: Passo) -> None:
        self.passi.append(passo)

    def find(self, codice: str, *campi: str, **contesto: int | str) -> None:
        self.rilievi.append(Rilievo(codice, campi, contesto))

    def draw(
        self,
        tipo: TipoSorteggio,
        contendenti: Iterable[Id],
        *,
        articolo: str,
        fra: CosaSorteggiata,
        ambito: str,
        posto: int,
        cifra: int,
        divisore: int = 1,
    ) -> Id:
        """The winner of a recorded draw; without record the allocation stops here, asking for it."""
        nomi = in_order(tuple(contendenti))
        richiesta = SorteggioRichiesto(tipo, articolo, fra, nomi, ambito, posto, cifra, divisore)
        esito = self.sorteggi.answer(richiesta)
        self.write(SorteggioApplicato(articolo, richiesta.as_dict(), esito))
        return esito

    def divide(
        self,
        cifre: Mapping[Id, int],
        seggi: int,
        *,
        articolo: str,
        scopo: Scopo,
        fra: Fra,
        gruppo: Id | None = None,
        capienze: Mapping[Id, int] | None = None,
        gia: Mapping[Id, int] | None = None,
    ) -> TabellaQuozienti:
        """Divide seats by quotients, settling by draw the ties that decide a seat; writes the table."""
        provvisoria = tabella(
            cifre,
            seggi,
            articolo=articolo,
            scopo=scopo,
            fra=fra,
            gruppo=gruppo,
            capienze=capienze,
            gia=gia,
        )
        definitiva = self.settle(provvisoria)
        self.write(definitiva)
        return definitiva

    def settle(self, provvisoria: TabellaQuozienti) -> TabellaQuozienti:
        """The same table with its last tied seats drawn, one place at a time."""
        if not provvisoria.incerti:
            return provvisoria
        graduatoria = list(provvisoria.graduatoria)
        contendenti = list(provvisoria.in_parita)
        cifra, divisore = _tied_quotient(provvisoria)
        for _ in range(provvisoria.incerti):
            vincitore = self.draw(
                "seggio",
                contendenti,
                articolo=provvisoria.articolo,
                fra=provvisoria.fra,
                ambito=_ambito(provvisoria),
                posto=len(graduatoria) + 1,
                cifra=cifra,
                divisore=divisore,
            )
            contendenti.remove(vincitore)
            graduatoria.append(Quoziente(vincitore, cifra, divisore))
        return replace(provvisoria, graduatoria=tuple(graduatoria), in_parita=(), incerti=0)


def tabella(
    cifre: Mapping[Id, int],
    seggi: int,
    *,
    articolo: str,
    scopo: Scopo,
    fra: Fra,
    gruppo: Id | None = None,
    capienze: Mapping[Id, int] | None = None,
    gia: Mapping[Id, int] | None = None,
) -> TabellaQuozienti:
    """A d'Hondt as a step, with its last ties left open."""
    esito: Assegnazione = dhondt(cifre, seggi, capienze=capienze, gia=gia)
    return TabellaQuozienti(
        articolo=articolo,
        scopo=scopo,
        fra=fra,
        gruppo=gruppo,
        seggi=seggi,
        cifre=tuple(cifre.items()),
        graduatoria=esito.graduatoria,
        in_parita=esito.in_parita,
        incerti=esito.incerti,
        gia=tuple(gia.items()) if gia else (),
    )


def _tied_quotient(provvisoria: TabellaQuozienti) -> tuple[int, int]:
    """Cifra and divisor in which the contenders of the last seats are equal."""
    primo = provvisoria.in_parita[0]
    avuti = provvisoria.seggi_per()[primo] + dict(provvisoria.gia).get(primo, 0)
    return dict(provvisoria.cifre)[primo], 1 + avuti


def _ambito(tavola: TabellaQuozienti) -> str:
    return tavola.scopo if tavola.gruppo is None else f"{tavola.scopo} {tavola.gruppo}"
