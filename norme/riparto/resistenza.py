"""The "prova di resistenza": could some ballots change who is sindaco, the seats, the elected?

The answer is never a guess. "no": every comparison behind the outcome (``confronti``) resists that many
ballots, whatever they say; "si": the engine itself gives another outcome on an example that is shown;
"non_escluso": neither could be shown within the search, and it is said so.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count
from typing import Any, Final, Literal

from norme.ingresso import Id
from norme.riparto.confronti import Confronti
from norme.riparto.esito import Esito
from norme.riparto.forme import Confronto, Livello
from norme.riparto.resistenza_quorum import extreme_changes, find_quorum, outcomes_with_voters
from norme.riparto.tipi import FINO_15000, DatiRiparto
from norme.riparto.variazioni import Modello, Scheda, all_combinations, apply, count_combinations, outcome

LIVELLI: Final[tuple[Livello, ...]] = ("sindaco", "seggi", "eletti")
MASSIMO_PROVE: Final = 400
MASSIMO_ESAUSTIVO: Final = 4_000
MASSIMO_SALTI: Final = 10_000  # reached only by one ballot at a time, in ties whose figures are not read here
Risposta = Literal["no", "si", "non_escluso"]


@dataclass(frozen=True, slots=True)
class Incertezza:
    """Ballots in doubt: that could be added, and counted ones that could be taken away.

    ``nuovi_votanti``: of those that could be added, how many would come from voters not counted yet (open
    sections), who may also leave the ballot blank.
    """

    turno: int = 1
    aggiungibili: int = 0
    togliibili: int = 0
    nuovi_votanti: int = 0


@dataclass(frozen=True, slots=True)
class Prova:
    """The answer for one level, with the ballots of an example when the answer is "si".

    ``certo_fino_a``: how many ballots of the kind asked (added, or taken away) surely change nothing.
    """

    livello: Livello
    risposta: Risposta
    certo_fino_a: int
    aggiunte: tuple[Scheda, ...] = ()
    tolte: tuple[Scheda, ...] = ()
    votanti_in_piu: int = 0


def result_at(esito: Esito, livello: Livello) -> tuple[Any, ...]:
    """What is compared at a level: the outcome as far as sindaco, seats or elected."""
    chi = (
        esito.esito if esito.esito != "riparto" else "",
        esito.sindaco,
        frozenset(esito.ammessi_ballottaggio),
    )
    if livello == "sindaco":
        return (esito.sindaco, frozenset(esito.ammessi_ballottaggio))
    seggi = (*chi, tuple(sorted(_texts(esito.seggi_per_lista).items())), frozenset(esito.consiglieri_sindaci))
    if livello == "seggi":
        return seggi
    eletti = {lista: frozenset(nomi) for lista, nomi in _texts(esito.eletti).items()}
    return (*seggi, tuple(sorted(eletti.items(), key=lambda voce: voce[0])))


def _texts(tabella: Mapping[Id, Any]) -> dict[str, Any]:
    return {str(chiave): valore for chiave, valore in tabella.items()}


def test_resistance(dati: DatiRiparto, incertezza: Incertezza, *, ricerca: bool = True) -> tuple[Prova, ...]:
    """The answer for sindaco, seats and elected.

    Without ``ricerca`` no example is looked for: some milliseconds whatever the ballots, and where
    the comparisons do not resist the answer is "non_escluso".
    """
    base = outcome(dati)
    dati = base.dati or dati
    modello = Modello(dati, _sistema(base), incertezza.turno)
    if next(modello.schede(con_preferenze=False), None) is None:  # the first round has decided
        quante = max(incertezza.aggiungibili, incertezza.togliibili)
        return tuple(Prova(livello, "no", quante) for livello in LIVELLI)
    confronti = Confronti(dati, base).tutti
    return tuple(
        _test_level(dati, base, modello, confronti, incertezza, livello, ricerca=ricerca)
        for livello in LIVELLI
    )


test_resistance.__test__ = False  # type: ignore[attr-defined]


def _sistema(esito: Esito) -> str:
    return esito.sistema or FINO_15000


def _test_level(
    dati: DatiRiparto,
    base: Esito,
    modello: Modello,
    confronti: Sequence[Confronto],
    incertezza: Incertezza,
    livello: Livello,
    *,
    ricerca: bool,
) -> Prova:
    contano = _up_to(confronti, livello)
    richieste = max(incertezza.aggiungibili, incertezza.togliibili)
    certo = min((_resists(c, modello, incertezza) for c in contano), default=richieste)
    if certo >= richieste:
        return Prova(livello, "no", certo)
    if not ricerca:
        return Prova(livello, "non_escluso", certo)
    schede = list(modello.schede(con_preferenze=livello == "eletti"))
    esempio = _search(dati, base, modello, schede, incertezza, livello)
    if esempio is not None:
        return Prova(livello, "si", certo, *esempio)
    is_unica = len(dati.liste) == 1 and find_quorum(base) is not None
    if _is_small(schede, incertezza) or is_unica:
        return Prova(livello, "no", certo)
    return Prova(livello, "non_escluso", certo)


def _loss_per_ballot(confronto: Confronto, modello: Modello, incertezza: Incertezza) -> int:
    """The most that one added and one removed ballot together can take from a comparison."""
    peggiore, migliore = modello.extreme(confronto, -1)[0], modello.extreme(confronto, 1)[0]
    if any(voce[0] == "v" for voce in confronto.forma):
        migliore = max(abs(coefficiente) for coefficiente in confronto.forma.values())
        peggiore = -migliore
    perdita = max(0, -peggiore) if incertezza.aggiungibili else 0
    return perdita + (max(0, migliore) if incertezza.togliibili else 0)


def _resists(confronto: Confronto, modello: Modello, incertezza: Incertezza) -> int:
    """How many ballots of each kind a comparison surely resists."""
    if confronto.parita and confronto.is_touched(modello.turno):
        return 0
    if confronto.alternative:
        return max(_resists(altro, modello, incertezza) for altro in confronto.alternative)
    perdita = _loss_per_ballot(confronto, modello, incertezza)
    massimo = max(incertezza.aggiungibili, incertezza.togliibili)
    return massimo if perdita == 0 else confronto.scarto // perdita


Modifica = tuple[tuple[Scheda, ...], tuple[Scheda, ...]]
Esempio = tuple[tuple[Scheda, ...], tuple[Scheda, ...], int]


def _is_small(schede: Sequence[Scheda], incertezza: Incertezza) -> bool:
    modi = count_combinations(len(schede), incertezza.aggiungibili)
    return modi * count_combinations(len(schede), incertezza.togliibili) <= MASSIMO_ESAUSTIVO


def _search(
    dati: DatiRiparto,
    base: Esito,
    modello: Modello,
    schede: list[Scheda],
    incertezza: Incertezza,
    livello: Livello,
) -> Esempio | None:
    """Ballots that change the outcome: all the choices when few, else along the weakest comparisons."""
    prima = result_at(base, livello)
    quorum = find_quorum(base)
    if quorum is not None and len(dati.liste) == 1:
        proposte = extreme_changes(
            dati,
            quorum,
            gia_votanti=incertezza.aggiungibili - incertezza.nuovi_votanti,
            nuovi_votanti=incertezza.nuovi_votanti,
            togliibili=incertezza.togliibili,
        )
    elif _is_small(schede, incertezza):
        proposte = _all_changes(schede, incertezza)
    else:
        return _descend(dati, base, modello, incertezza, livello)
    for aggiunte, tolte in proposte:
        dopo = _changed(dati, modello, aggiunte, tolte)
        if dopo is None:
            continue
        for votanti, esito in _outcomes(dopo, incertezza, aggiunte):
            if result_at(esito, livello) != prima:
                return aggiunte, tolte, votanti
    return None


def _outcomes(
    dati: DatiRiparto, incertezza: Incertezza, aggiunte: Sequence[Scheda]
) -> Iterator[tuple[int, Esito]]:
    """The outcomes after these ballots, with every number of new voters that matters."""
    gia_votanti = incertezza.aggiungibili - incertezza.nuovi_votanti
    almeno = max(0, len(aggiunte) - gia_votanti)
    return outcomes_with_voters(dati, almeno=almeno, al_piu=incertezza.nuovi_votanti)


def _all_changes(schede: list[Scheda], incertezza: Incertezza) -> Iterator[Modifica]:
    for tolte in all_combinations(schede, incertezza.togliibili):
        for aggiunte in all_combinations(schede, incertezza.aggiungibili):
            yield aggiunte, tolte


def _changed(
    dati: DatiRiparto, modello: Modello, aggiunte: Sequence[Scheda], tolte: Sequence[Scheda]
) -> DatiRiparto | None:
    meno = apply(dati, modello, tolte, -1) if tolte else dati
    if meno is None:
        return None
    return apply(meno, modello, aggiunte, 1) if aggiunte else meno


def _descend(
    dati: DatiRiparto,
    base: Esito,
    modello: Modello,
    incertezza: Incertezza,
    livello: Livello,
) -> Esempio | None:
    """Push the weakest comparisons one after the other, fewest ballots first, until the outcome changes."""
    prima = result_at(base, livello)
    ordine = count()
    coda: list[tuple[int, int, Modifica]] = [(0, next(ordine), ((), ()))]
    viste: set[Modifica] = set()
    prove = 0
    while coda and prove < MASSIMO_PROVE:
        _, _, (aggiunte, tolte) = heappop(coda)
        attuali = _changed(dati, modello, aggiunte, tolte)
        if attuali is None or (aggiunte, tolte) in viste:
            continue
        viste.add((aggiunte, tolte))
        prove += 1
        esiti = list(_outcomes(attuali, incertezza, aggiunte))
        for votanti, esito in esiti:
            if result_at(esito, livello) != prima:
                return aggiunte, tolte, votanti
        esito = esiti[0][1]
        for confronto in _flat(Confronti(attuali, esito).tutti, livello):
            passo = _push(confronto, modello, incertezza, aggiunte, tolte)
            if passo is not None:
                heappush(coda, (len(passo[0]) + len(passo[1]), next(ordine), passo))
    return None


def _flat(confronti: Sequence[Confronto], livello: Livello) -> Iterator[Confronto]:
    for confronto in _up_to(confronti, livello):
        yield from confronto.alternative or (confronto,)


def _push(
    confronto: Confronto,
    modello: Modello,
    incertezza: Incertezza,
    aggiunte: tuple[Scheda, ...],
    tolte: tuple[Scheda, ...],
) -> Modifica | None:
    """The fewest further ballots, all alike, that break one comparison; None if there are not enough."""
    perde, aggiunta = modello.extreme(confronto, -1)
    guadagna, tolta = modello.extreme(confronto, 1)
    serve = confronto.scarto + 1
    nuove, via = list(aggiunte), list(tolte)
    while serve > 0:
        puo_aggiungere = len(nuove) < incertezza.aggiungibili and perde < 0
        puo_togliere = len(via) < incertezza.togliibili and guadagna > 0
        if not puo_aggiungere and not puo_togliere:
            return None
        if puo_aggiungere and (not puo_togliere or -perde >= guadagna):
            nuove.append(aggiunta)
            serve += perde
        else:
            via.append(tolta)
            serve -= guadagna
    return _sorted(nuove), _sorted(via)


def _sorted(schede: list[Scheda]) -> tuple[Scheda, ...]:
    return tuple(sorted(schede, key=str))


def least_votes(
    dati: DatiRiparto,
    scheda: Scheda,
    *,
    turno: int,
    segno: int,
    massimo: int,
    changed: Callable[[Esito], bool],
    while_: Callable[[Esito], bool] = lambda _: True,
    livello: Livello = "eletti",
) -> int | None:
    """The least number of equal ballots, added (1) or taken away (-1), after which ``changed`` is true.

    Exact: it jumps from one number of ballots to the next at which some comparison can break, and asks
    the engine there. None beyond ``massimo``, or once ``while_`` is no longer true. ``livello``: what
    ``changed`` looks at, so that comparisons behind anything further are passed over.
    """
    base = outcome(dati)
    dati = base.dati or dati
    numero, attuali = 0, dati
    modello = Modello(dati, _sistema(base), turno)
    for _ in range(MASSIMO_SALTI):
        esito = outcome(attuali)
        if not while_(esito):
            return None
        if numero and changed(esito):
            return numero
        numero += _next_break(_up_to(Confronti(attuali, esito).tutti, livello), modello, scheda, segno)
        if numero > massimo:
            return None
        dopo = apply(dati, modello, {scheda: numero}, segno)
        if dopo is None:
            return None
        attuali = dopo
    return None


def _up_to(confronti: Iterable[Confronto], livello: Livello) -> list[Confronto]:
    """The comparisons that matter for a level."""
    return [c for c in confronti if LIVELLI.index(c.livello) <= LIVELLI.index(livello)]


def _next_break(confronti: Iterable[Confronto], modello: Modello, scheda: Scheda, segno: int) -> int:
    """After how many more of these ballots the first comparison can break."""
    salti = [_break(confronto, modello, scheda, segno) for confronto in confronti]
    return min((salto for salto in salti if salto is not None), default=10**9)


def _break(confronto: Confronto, modello: Modello, scheda: Scheda, segno: int) -> int | None:
    if confronto.parita:
        return 1 if modello.touches(scheda, confronto) else None
    if confronto.alternative:
        salti = [_break(altro, modello, scheda, segno) for altro in confronto.alternative]
        if any(salto is None for salto in salti):
            return None
        return max(salto for salto in salti if salto is not None)
    effetto = modello.effect(scheda, confronto.forma) * segno
    return None if effetto >= 0 else confronto.scarto // -effetto + 1
