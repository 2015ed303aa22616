"""The single list in doubt: open sections bring voters too, and its two quorums pull opposite ways (71.10).

For a number of valid ballots the election is valid while the voters are enough (a least number) and not too
many for its votes (a greatest one): so of all the numbers of voters only three need to be tried.
"""

from collections.abc import Iterator
from dataclasses import replace

from norme.riparto.esito import Esito
from norme.riparto.passi import QuorumListaUnica
from norme.riparto.tipi import DatiRiparto
from norme.riparto.variazioni import Scheda, outcome


def find_quorum(esito: Esito) -> QuorumListaUnica | None:
    """The measure of the quorums, where the rule of the single list was applied."""
    return next((passo for passo in esito.passi if isinstance(passo, QuorumListaUnica)), None)


def outcomes_with_voters(dati: DatiRiparto, *, almeno: int, al_piu: int) -> Iterator[tuple[int, Esito]]:
    """The outcomes with ``almeno`` to ``al_piu`` voters more: each that can differ, with how many."""
    votanti = dati.votanti.votanti
    if votanti is None or al_piu == 0:
        yield 0, outcome(dati)
        return
    minimo = outcome(_with_voters(dati, votanti + almeno))
    yield almeno, minimo
    quorum = find_quorum(minimo)
    if quorum is None:
        return
    prove = {al_piu, min(max(_least_voters(quorum) - votanti, almeno), al_piu)} - {almeno}
    for altri in sorted(prove):
        yield altri, outcome(_with_voters(dati, votanti + altri))


def extreme_changes(
    dati: DatiRiparto, quorum: QuorumListaUnica, *, gia_votanti: int, nuovi_votanti: int, togliibili: int
) -> Iterator[tuple[tuple[Scheda, ...], tuple[Scheda, ...]]]:
    """With one list on the ballot: the most votes for each useful number of voters, and the fewest.

    Whatever any other choice of ballots does to the quorums, one of these does too.
    """
    sua = Scheda(dati.lista_per_id[quorum.lista].sindaco, quorum.lista)
    if quorum.votanti is not None:
        utili = min(max(_least_voters(quorum) - quorum.votanti, 0), nuovi_votanti)
        yield (sua,) * (gia_votanti + utili), ()
    yield (sua,) * (gia_votanti + nuovi_votanti), ()
    yield (), (sua,) * min(togliibili, quorum.voti)


def _least_voters(quorum: QuorumListaUnica) -> int:
    """The fewest voters that make the election valid; 0 where the electors are not known."""
    if quorum.elettori is None:
        return 0
    base, quota = quorum.elettori - quorum.esclusi_aire, quorum.quota_votanti
    return -(-base * quota.numerator // quota.denominator)


def _with_voters(dati: DatiRiparto, votanti: int) -> DatiRiparto:
    return replace(dati, votanti=replace(dati.votanti, votanti=votanti))
