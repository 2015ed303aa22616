"""Seats inside the groups (TUEL 73.9, 73.11): the losing sindaci first, then the lists by quotients."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final

from norme.ingresso import Id
from norme.riparto.gruppi import Gruppo
from norme.riparto.passi import CriterioSindaco, Quoziente, SeggioSindacoNonEletto, TabellaQuozienti
from norme.riparto.sorteggi import CosaSorteggiata
from norme.riparto.tipi import Lista
from norme.riparto.verbale import Verbale, tabella

PRIMO_TURNO: Final = "liste_primo_turno"


@dataclass
class Seggi:
    """Seats by list (losing sindaci not counted), and the losing sindaci elected councillors.

    ``spesi``: quotients of a list that gave a losing sindaco his seat, known where a surplus is divided.
    """

    per_lista: dict[Id, int] = field(default_factory=dict)
    sindaci: list[Id] = field(default_factory=list)
    per_gruppo: dict[Id, int] = field(default_factory=dict)
    spesi: Counter[Id] = field(default_factory=Counter)


def distribute_inside(
    verbale: Verbale,
    gruppi: Mapping[Id, Gruppo],
    seggi_gruppo: Mapping[Id, int],
    *,
    perdenti: Collection[Id],
) -> Seggi:
    """Divide the seats of every group among its lists, after those due to ``perdenti``."""
    seggi = Seggi(per_gruppo=dict(seggi_gruppo))
    divisi = _choose_charged_groups(verbale, gruppi, seggi_gruppo, perdenti)
    for capo, gruppo in gruppi.items():
        posti = seggi_gruppo.get(capo, 0)
        seggi.per_lista.update({lista.id: 0 for lista in gruppo.liste})
        if posti == 0:
            continue
        blocchi = gruppo.per_primo_turno()
        addebitati = [b for b in blocchi if b in perdenti and divisi.get(b, capo) == capo]
        if len(blocchi) == 1:
            _divide_simple(verbale, gruppo, posti, addebitati, seggi)
        elif verbale.regole.opzioni.addebito_sindaco_perdente == PRIMO_TURNO:
            _divide_merged(verbale, gruppo, posti, addebitati, seggi)
        else:
            _divide_merged_last_quotient(verbale, gruppo, posti, addebitati, seggi)
    return seggi


def _votes(liste: Sequence[Lista]) -> dict[Id, int]:
    return {lista.id: lista.voti for lista in liste}


def _inner(verbale: Verbale, liste: Sequence[Lista], posti: int, gruppo: Id) -> Mapping[Id, int]:
    """Inner d'Hondt; a list alone takes all and no seats go to nobody, with no table to show."""
    if len(liste) == 1 or posti == 0:
        return {lista.id: posti for lista in liste}
    articolo = verbale.regole.articolo("interno")
    tavola = verbale.divide(
        _votes(liste), posti, articolo=articolo, scopo="gruppo", fra="liste", gruppo=gruppo
    )
    return tavola.seggi_per()


def _seat_sindaco(
    verbale: Verbale, seggi: Seggi, sindaco: Id, *, gruppo: Id, prima: int, criterio: CriterioSindaco
) -> None:
    articolo = verbale.regole.articolo("sindaci_non_eletti")
    seggi.sindaci.append(sindaco)
    verbale.write(SeggioSindacoNonEletto(articolo, sindaco, gruppo, prima, prima - 1, criterio))


def _divide_simple(
    verbale: Verbale, gruppo: Gruppo, posti: int, addebitati: Sequence[Id], seggi: Seggi
) -> None:
    """A list alone, or a group all of one sindaco: his seat comes off the total before the lists."""
    for sindaco in addebitati:
        criterio: CriterioSindaco = "unica_lista" if len(gruppo.liste) == 1 else "gruppo"
        _seat_sindaco(verbale, seggi, sindaco, gruppo=gruppo.capo, prima=posti, criterio=criterio)
        posti -= 1
    seggi.per_lista.update(_inner(verbale, gruppo.liste, posti, gruppo.capo))


def group_table(verbale: Verbale, gruppo: Gruppo, posti: int) -> TabellaQuozienti:
    """The quotients of the lists of a group for all its seats, with the last ties left open."""
    articolo = verbale.regole.articolo("interno")
    return tabella(
        _votes(gruppo.liste), posti, articolo=articolo, scopo="gruppo", fra="liste", gruppo=gruppo.capo
    )


def _divide_merged(
    verbale: Verbale, gruppo: Gruppo, posti: int, addebitati: Sequence[Id], seggi: Seggi
) -> None:
    """Groups merged for the runoff: each losing sindaco is charged to his own first-round lists.

    The lists of one sindaco win together the seats of their quotients; he takes one, and the rest go to
    his lists again by quotients: so the lowest of their winning quotients is lost.
    """
    tavola = group_table(verbale, gruppo, posti)
    capi = {lista.id: lista.sindaco for lista in gruppo.liste}
    contesi = {capi[nome] for nome in tavola.in_parita}
    if len(contesi) != 1 or not contesi <= set(addebitati):
        tavola = verbale.settle(tavola)
    verbale.write(tavola)
    ottenuti = Counter(capi[quoziente.a] for quoziente in tavola.graduatoria)
    for blocco in contesi if tavola.incerti else ():
        ottenuti[blocco] += tavola.incerti
    per_lista = tavola.seggi_per()
    for sindaco, liste in gruppo.per_primo_turno().items():
        if sindaco in addebitati and ottenuti[sindaco] > 0:
            prima = ottenuti[sindaco]
            _seat_sindaco(verbale, seggi, sindaco, gruppo=gruppo.capo, prima=prima, criterio=PRIMO_TURNO)
            seggi.per_lista.update(_inner(verbale, liste, prima - 1, sindaco))
        else:
            seggi.per_lista.update({lista.id: per_lista[lista.id] for lista in liste})


def _divide_merged_last_quotient(
    verbale: Verbale, gruppo: Gruppo, posti: int, addebitati: Sequence[Id], seggi: Seggi
) -> None:
    """The contrary reading (Ariano Irpino): the last quotients of the whole merged group are lost."""
    piena = verbale.settle(group_table(verbale, gruppo, posti))
    verbale.write(piena)
    per_lista = piena.seggi_per()
    for sindaco, liste in gruppo.per_primo_turno().items():
        if sindaco in addebitati and any(per_lista[lista.id] for lista in liste):
            criterio: CriterioSindaco = "ultimo_quoziente_gruppo"
            _seat_sindaco(verbale, seggi, sindaco, gruppo=gruppo.capo, prima=posti, criterio=criterio)
            posti -= 1
    seggi.per_lista.update(_inner(verbale, gruppo.liste, posti, gruppo.capo))


def _choose_charged_groups(
    verbale: Verbale,
    gruppi: Mapping[Id, Gruppo],
    seggi_gruppo: Mapping[Id, int],
    perdenti: Collection[Id],
) -> dict[Id, Id]:
    """For a sindaco whose lists parted at the runoff: the group where their lowest winning quotient is.

    Equal quotients: the one with the lower cifra; equal too, his own group, the one of the lists that did
    not leave him; between two groups he joined in part, the draw.
    """
    sedi: dict[Id, list[Id]] = {}
    for capo, gruppo in gruppi.items():
        for sindaco in gruppo.per_primo_turno():
            if sindaco in perdenti and seggi_gruppo.get(capo, 0) > 0:
                sedi.setdefault(sindaco, []).append(capo)
    scelte: dict[Id, Id] = {}
    for sindaco, capi in sedi.items():
        if len(capi) > 1:
            ultimi = {capo: _lowest(verbale, gruppi[capo], seggi_gruppo[capo], sindaco) for capo in capi}
            utili = {capo: quoziente for capo, quoziente in ultimi.items() if quoziente is not None}
            if utili:
                scelte[sindaco] = _charged_group(verbale, utili, sindaco=sindaco)
    return scelte


def _charged_group(verbale: Verbale, quozienti: Mapping[Id, Quoziente], *, sindaco: Id) -> Id:
    """Whose seat a sindaco takes, by the last quotient of his lists in each group."""
    ultimi = lowest(quozienti)
    return sindaco if sindaco in ultimi else draw_charged(verbale, ultimi, sindaco=sindaco, fra="gruppi")


def lowest(quozienti: Mapping[Id, Quoziente]) -> dict[Id, Quoziente]:
    """The lowest of some quotients, with all those equal to it also in cifra."""
    minimo = min(_size(quoziente) for quoziente in quozienti.values())
    return {nome: quoziente for nome, quoziente in quozienti.items() if _size(quoziente) == minimo}


def draw_charged(
    verbale: Verbale, quozienti: Mapping[Id, Quoziente], *, sindaco: Id, fra: CosaSorteggiata
) -> Id:
    """Among equal quotients, who gives up the seat of a losing sindaco; drawn if there is more than one."""
    primo, quoziente = next(iter(quozienti.items()))
    if len(quozienti) == 1:
        return primo
    return verbale.draw(
        "addebito",
        quozienti,
        articolo=verbale.regole.articolo("sindaci_non_eletti"),
        fra=fra,
        ambito=f"addebito {sindaco}",
        posto=1,
        cifra=quoziente.cifra,
        divisore=quoziente.divisore,
    )


def _lowest(verbale: Verbale, gruppo: Gruppo, posti: int, sindaco: Id) -> Quoziente | None:
    """The lowest winning quotient of the first-round lists of ``sindaco`` inside a group."""
    tavola = verbale.settle(group_table(verbale, gruppo, posti))
    suoi = {lista.id for lista in gruppo.liste if lista.sindaco == sindaco}
    vinti = [quoziente for quoziente in tavola.graduatoria if quoziente.a in suoi]
    return vinti[-1] if vinti else None


def _size(quoziente: Quoziente) -> tuple[Fraction, int]:
    """How high a quotient stands: exactly, and with its cifra among equals."""
    return Fraction(quoziente.cifra, quoziente.divisore), quoziente.cifra
