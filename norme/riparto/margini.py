"""How far each sindaco, list and candidate is from gaining or losing something, in votes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from norme.ingresso import Id
from norme.riparto.esito import Esito
from norme.riparto.passi import AmmessiBallottaggio, Graduatoria, Sbarramento, SindacoEletto, VerificaPremio
from norme.riparto.resistenza import least_votes, result_at
from norme.riparto.tipi import FINO_15000, DatiRiparto, Lista, Soglia
from norme.riparto.variazioni import Scheda, outcome


@dataclass(frozen=True, slots=True)
class Distanza:
    """Votes against a threshold: ``mancano`` to reach it (0 if reached), ``avanzano`` that could be lost."""

    soglia: str
    mancano: int
    avanzano: int


def distance(voti: int, base: int, soglia: Soglia) -> Distanza:
    """Each vote gained or lost counts also in the base: a ballot more, a ballot less."""
    den, num = soglia.quota.denominator, soglia.quota.numerator
    stretta = int(soglia.criterio == "oltre")
    valore = voti * den - base * num - stretta
    mancano = -(valore // (den - num)) if valore < 0 else 0
    avanzano = valore // (den - num) if valore >= 0 else 0
    nome = f"{'oltre' if stretta else 'almeno'} {num}/{den}"
    return Distanza(nome, mancano, avanzano)


def compute_margini(dati: DatiRiparto) -> dict[str, Any]:
    """Every margin of an election, by name. None: not reachable by that alone."""
    esito = outcome(dati)
    dati = esito.dati or dati
    return {
        "sindaci": [_sindaco_margins(dati, esito, sindaco.id) for sindaco in dati.sindaci],
        "sbarramento": _threshold_margins(esito),
        "premio": _premio_margins(esito),
        "liste": [_list_margins(dati, esito, lista) for lista in dati.liste],
        "candidati": _candidate_margins(esito),
    }


def _own_ballot(dati: DatiRiparto, esito: Esito, sindaco: Id) -> Scheda:
    """The plainest ballot for a sindaco: alone where that can be, else with his list."""
    if esito.sistema != FINO_15000 or dati.ordinamento == "sicilia":
        return Scheda(sindaco)
    return Scheda(sindaco, dati.liste_per_sindaco[sindaco][0].id)


def _sindaco_margins(dati: DatiRiparto, esito: Esito, sindaco: Id) -> dict[str, Any]:
    """Votes to be elected, to reach the runoff, and those he can lose before losing what he has."""
    scheda = _own_ballot(dati, esito, sindaco)
    turno = 2 if esito.turno == 2 and sindaco in _finalists(esito) else 1
    massimo = 2 * (dati.totale_sindaci + sum(s.voti_ballottaggio or 0 for s in dati.sindaci)) + 2
    ammesso = sindaco in _finalists(esito)

    def least(segno: int, changed: Any, al_turno: int) -> int | None:
        return least_votes(
            dati, scheda, turno=al_turno, segno=segno, massimo=massimo, changed=changed, livello="sindaco"
        )

    return {
        "id": sindaco,
        "per_essere_eletto": None
        if esito.sindaco == sindaco
        else least(1, lambda x: x.sindaco == sindaco, turno),
        "per_il_ballottaggio": None
        if ammesso or esito.turno == 1
        else least(1, lambda x: sindaco in _finalists(x), 1),
        "per_perdere_la_carica": least(-1, lambda x: x.sindaco != sindaco, turno)
        if esito.sindaco == sindaco
        else None,
        "per_perdere_il_ballottaggio": least(-1, lambda x: sindaco not in _finalists(x), 1)
        if ammesso
        else None,
    }


def _finalists(esito: Esito) -> tuple[Id, ...]:
    passo = next((x for x in esito.passi if isinstance(x, AmmessiBallottaggio)), None)
    return () if passo is None else passo.ammessi


def _threshold_margins(esito: Esito) -> list[dict[str, Any]]:
    passo = next((x for x in esito.passi if isinstance(x, Sbarramento)), None)
    if passo is None or passo.soglia.quota == 0:
        return []
    righe = []
    for riga in passo.righe:
        propria = distance(riga.cifra, passo.base_voti, passo.soglia)
        gruppo = None
        if passo.soglia_gruppo is not None:
            gruppo = distance(riga.cifra_gruppo, passo.base_voti, passo.soglia_gruppo)
        righe.append(
            {
                "lista": riga.lista,
                "ammessa": riga.ammessa,
                "soglia": propria.soglia,
                "mancano": propria.mancano,
                "avanzano": propria.avanzano,
                "gruppo_mancano": None if gruppo is None else gruppo.mancano,
                "gruppo_avanzano": None if gruppo is None else gruppo.avanzano,
            }
        )
    return righe


def _premio_margins(esito: Esito) -> dict[str, Any] | None:
    """Distance of the winner from the premio share, and of the strongest rival from blocking it."""
    passo = next((x for x in esito.passi if isinstance(x, VerificaPremio)), None)
    eletto = next((x for x in esito.passi if isinstance(x, SindacoEletto)), None)
    if passo is None or eletto is None:
        return None
    proprio = distance(passo.cifra, passo.base_voti, passo.soglia)
    blocco = distance(passo.cifra_altro, passo.base_voti, passo.blocco)
    return {
        "esito": passo.esito,
        "soglia": proprio.soglia if passo.turno == 1 else None,
        "mancano": proprio.mancano if passo.turno == 1 else None,
        "avanzano": proprio.avanzano if passo.turno == 1 else None,
        "altro": passo.altro,
        "blocco": blocco.soglia,
        "blocco_mancano": blocco.mancano,
        "blocco_avanzano": blocco.avanzano,
    }


def _list_margins(dati: DatiRiparto, esito: Esito, lista: Lista) -> dict[str, Any]:
    """Votes for one seat more and one less, every other vote staying as it is.

    None when the sindaco or the runoff would change first: beyond that point the seats are another story.
    """
    seggi: Mapping[Id, int] = esito.seggi_per_lista
    if esito.esito != "riparto":
        return {"lista": lista.id, "seggi": None, "per_un_seggio_in_piu": None, "per_un_seggio_in_meno": None}
    scheda, ora = Scheda(lista.sindaco, lista.id), seggi[lista.id]
    massimo = dati.totale_sindaci + 1

    def stays(nuovo: Esito) -> bool:
        return result_at(nuovo, "sindaco") == result_at(esito, "sindaco")

    def least(segno: int) -> int | None:
        def changed(nuovo: Esito) -> bool:
            return nuovo.esito == "riparto" and (nuovo.seggi_per_lista[lista.id] - ora) * segno > 0

        return least_votes(
            dati,
            scheda,
            turno=1,
            segno=segno,
            massimo=massimo,
            changed=changed,
            while_=stays,
            livello="seggi",
        )

    return {
        "lista": lista.id,
        "seggi": ora,
        "per_un_seggio_in_piu": least(1),
        "per_un_seggio_in_meno": least(-1) if ora else None,
    }


def _candidate_margins(esito: Esito) -> list[dict[str, Any]]:
    """Preferences between each candidate and the other side of the line of the elected."""
    righe: list[dict[str, Any]] = []
    for passo in esito.passi:
        if not isinstance(passo, Graduatoria):
            continue
        dentro = [riga for riga in passo.righe if riga.eletto]
        fuori = [riga for riga in passo.righe if not riga.eletto and riga.proclamabile]
        for riga in passo.righe:
            sfidante = (fuori[0] if fuori else None) if riga.eletto else (dentro[-1] if dentro else None)
            distacco = None
            if sfidante is not None and riga.proclamabile:
                distacco = abs(riga.preferenze - sfidante.preferenze)
                distacco += riga.posto > sfidante.posto if not riga.eletto else sfidante.posto > riga.posto
            righe.append(
                {
                    "lista": passo.lista,
                    "candidato": riga.candidato,
                    "eletto": riga.eletto,
                    "per_essere_eletto": None if riga.eletto else distacco,
                    "per_perdere_il_seggio": distacco if riga.eletto else None,
                }
            )
    return righe
