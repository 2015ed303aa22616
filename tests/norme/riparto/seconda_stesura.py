"""The allocation written a second time, from the law and not from ``norme``: short, slow, with fractions.

It knows no articles, no explanations, no draws: where something is left to chance it raises ``Parita``.
An election is a plain dict: ``N``, ``sindaci`` {id: votes}, ``secondi`` {id: runoff votes} or None,
``liste`` {id: (sindaco, votes, runoff link or None, candidates or None)}.
"""

from collections import Counter
from fractions import Fraction
from math import ceil


class Parita(Exception):
    """Equal in everything that decides."""


def dhondt(cifre, n, *, posti=None, gia=None):
    """The ``n`` highest quotients, best first, as (quotient, list)."""
    gia = gia or {}
    tutti = [
        (Fraction(voti, i), voti, chi)
        for chi, voti in cifre.items()
        if voti
        for i in range(
            gia.get(chi, 0) + 1, gia.get(chi, 0) + (n if posti is None else min(n, posti[chi])) + 1
        )
    ]
    tutti.sort(key=lambda voce: voce[:2], reverse=True)
    if 0 < n < len(tutti) and tutti[n - 1][:2] == tutti[n][:2]:
        raise Parita
    return [(q, chi) for q, _, chi in tutti[:n]]


def count(quozienti):
    return Counter(chi for _, chi in quozienti)


def first(voti):
    """The only one with the most votes."""
    massimo = max(voti.values())
    primi = [chi for chi, v in voti.items() if v == massimo]
    if len(primi) > 1:
        raise Parita
    return primi[0]


def groups(e, ammesse, turno):
    """Lists by the sindaco they stand with: at the runoff, with the new links."""
    gruppi = {}
    for lista, (capo, _, legata, _) in e["liste"].items():
        if lista in ammesse:
            gruppi.setdefault((legata or capo) if turno == 2 else capo, []).append(lista)
    return gruppi


def votes(e, liste):
    return sum(e["liste"][lista][1] for lista in liste)


def fino_15000(e):
    """TUEL 71: two thirds to the winner, rounded up beyond the half; the rest by quotients."""
    n, voti = e["N"], e["sindaci"]
    vince = first(voti)
    lista_di = {capo: lista for lista, (capo, *_) in e["liste"].items()}
    due_terzi = Fraction(2 * n, 3)
    maggioranza = int(due_terzi) + (due_terzi - int(due_terzi) > Fraction(1, 2))
    altri = count(dhondt({capo: v for capo, v in voti.items() if capo != vince}, n - maggioranza))
    seggi = {lista_di[capo]: altri[capo] - (altri[capo] > 0) for capo in voti if capo != vince}
    entrano = sorted(capo for capo in voti if altri[capo])
    return {"sindaco": vince, "turno": 1, "seggi": seggi | {lista_di[vince]: maggioranza}, "entrano": entrano}


def elect(e, passa):
    """The sindaco and the round; ``passa`` says whether the first of the first round is elected."""
    voti, totale = e["sindaci"], sum(e["sindaci"].values())
    primo = first(voti)
    if passa(voti[primo], totale):
        return primo, 1
    if len(voti) > 2:
        secondo = first({chi: v for chi, v in voti.items() if chi != primo})
        assert set(e["secondi"]) == {primo, secondo}
    return first(e["secondi"]), 2


def oltre_15000(e):
    """TUEL 72-73."""
    totale = sum(e["sindaci"].values())
    vince, turno = elect(e, lambda v, t: 2 * v > t)
    dei_sindaci = {capo: [x for x, (c, *_) in e["liste"].items() if c == capo] for capo in e["sindaci"]}
    ammesse = {
        lista
        for lista, (capo, v, _, _) in e["liste"].items()
        if 100 * v >= 3 * totale or 100 * votes(e, dei_sindaci[capo]) >= 3 * totale
    }
    gruppi = groups(e, ammesse, turno)
    prova = None
    premio = ceil(Fraction(60 * e["N"], 100))
    cifre = {capo: votes(e, liste) for capo, liste in gruppi.items()}
    bloccato = any(2 * votes(e, liste) > totale for capo, liste in dei_sindaci.items() if capo != vince)
    basta = turno == 2 or 100 * votes(e, dei_sindaci[vince]) >= 40 * totale
    prova = count(dhondt(cifre, e["N"]))
    if cifre.get(vince, 0) == 0 or (prova[vince] < premio and (bloccato or not basta)):
        esito, seggi = "negato", prova
    elif prova[vince] >= premio:
        esito, seggi = "non_necessario", prova
    else:
        esito = "assegnato"
        resto = dhondt({capo: v for capo, v in cifre.items() if capo != vince}, e["N"] - premio)
        seggi = count(resto) + Counter({vince: premio})
    entra = [capo for capo in e["sindaci"] if capo != vince]
    return {"sindaco": vince, "turno": turno, "premio": esito, **inside(e, gruppi, seggi, entra, tardi=True)}


def sicilia_oltre_15000(e):
    """L.r. 35/1997 art. 4 as applied from Messina 2022 on."""
    totale = sum(e["sindaci"].values())
    vince, turno = elect(e, lambda v, t: 5 * v >= 2 * t)
    di_lista = votes(e, e["liste"])
    ammesse = {lista for lista, (_, v, _, _) in e["liste"].items() if 20 * v >= di_lista}
    base = votes(e, ammesse)
    gruppi, primi = groups(e, ammesse, turno), groups(e, ammesse, 1)
    cifre = {capo: votes(e, liste) for capo, liste in gruppi.items()}
    premio = ceil(Fraction(60 * e["N"], 100))
    prova = count(dhondt(cifre, e["N"]))
    bloccato = any(2 * votes(e, liste) > base for capo, liste in primi.items() if capo != vince)
    basta = turno == 2 or 5 * votes(e, primi.get(vince, ())) >= 2 * base
    perdenti = {capo: v for capo, v in e["sindaci"].items() if capo != vince}
    migliore = first(perdenti) if perdenti and 5 * max(perdenti.values()) >= totale else None
    if cifre.get(vince, 0) == 0 or (prova[vince] < premio and (bloccato or not basta)):
        esito = seat_best_loser(e, gruppi, prova, migliore)
        return {"sindaco": vince, "turno": turno, "premio": "negato", **esito}
    nome, maggioranza = ("assegnato", premio) if prova[vince] < premio else ("non_necessario", prova[vince])
    minoranza = e["N"] - maggioranza
    if not minoranza:
        esito = seat_best_loser(e, gruppi, prova, migliore)
    elif nome == "non_necessario" and migliore is None:
        esito = inside(e, gruppi, prova, [])
    else:
        altri = {capo: v for capo, v in cifre.items() if capo != vince}
        resto = dhondt(altri, minoranza - (migliore is not None))
        esito = inside(e, gruppi, count(resto) + Counter({vince: maggioranza}), [])
        esito["entrano"] = [] if migliore is None else [migliore]
    return {"sindaco": vince, "turno": turno, "premio": nome, **esito}


def seat_best_loser(e, gruppi, seggi, migliore):
    """Without a minority quota his seat comes from his own lists; if they have none no source says."""
    esito = inside(e, gruppi, seggi, [migliore])
    if migliore is not None and migliore not in esito["entrano"]:
        raise Parita
    return esito


def inside(e, gruppi, seggi, possono_entrare, *, tardi=False):
    """Inner quotients; each losing sindaco takes the lowest one won by his own first-round lists.

    ``tardi``: also who has lists that won a seat only because another list was exhausted.
    """
    vinti = {
        gruppo: dhondt({lista: e["liste"][lista][1] for lista in liste}, seggi[gruppo])
        for gruppo, liste in gruppi.items()
        if seggi[gruppo]
    }
    entrano, spesi = [], Counter()
    for capo in possono_entrare:
        suoi = [
            (q, e["liste"][lista][1], gruppo, lista)
            for gruppo, quozienti in vinti.items()
            for q, lista in quozienti
            if e["liste"][lista][0] == capo
        ]
        if not suoi:
            continue
        ultimi = [voce for voce in suoi if voce[:2] == min(voce[:2] for voce in suoi)]
        if len(ultimi) > 1:
            raise Parita
        q, _, gruppo, lista = ultimi[0]
        vinti[gruppo].remove((q, lista))
        entrano.append(capo)
        if len({e["liste"][x][0] for x in gruppi[gruppo]}) > 1:
            spesi[lista] += 1
    per_lista = Counter(lista for quozienti in vinti.values() for _, lista in quozienti)
    finali = fill(e, gruppi, per_lista, spesi)
    for capo in possono_entrare if tardi else ():
        sue = {
            x: Fraction(v, finali[x]) for x, (suo, v, _, _) in e["liste"].items() if suo == capo and finali[x]
        }
        if capo not in entrano and sue:
            ultime = [
                x
                for x in sue
                if (sue[x], e["liste"][x][1]) == min((q, e["liste"][y][1]) for y, q in sue.items())
            ]
            if len(ultime) > 1:
                raise Parita
            finali[ultime[0]] -= 1
            entrano.append(capo)
    return {"seggi": {lista: finali[lista] for lista in e["liste"]}, "entrano": sorted(entrano)}


def fill(e, gruppi, per_lista, spesi):
    """Seats beyond the candidates of a list go to the next quotients of its group (here never beyond it).

    ``spesi``: quotients that seated a losing sindaco in a group of lists of several sindaci.
    """
    pieni = Counter(per_lista)
    for liste in gruppi.values():
        posti = {x: e["liste"][x][3] for x in liste}
        if all(numero is None for numero in posti.values()):
            continue
        troppi = sum(max(0, pieni[x] - posti[x]) for x in liste)
        for x in liste:
            pieni[x] = min(pieni[x], posti[x])
        if troppi:
            liberi = {x: e["liste"][x][1] for x in liste if posti[x] > pieni[x] and e["liste"][x][1]}
            spazio = {x: posti[x] - pieni[x] for x in liberi}
            if sum(spazio.values()) < troppi:
                raise Parita  # the whole group is exhausted: another test looks at that
            pieni += count(dhondt(liberi, troppi, posti=spazio, gia=pieni + spesi))
    return pieni
