"""How fast the allocation is, against votelib and apportionment in the same run: ratios, not seconds."""

import random
import time
from collections.abc import Callable

import apportionment.methods
import votelib.evaluate.proportional

from norme.riparto.calcolo import calcola
from norme.riparto.lettura import read_dati
from norme.riparto.quozienti import dhondt
from norme.riparto.tipi import DatiRiparto
from norme.spiegazione import explain

SEGGI, LISTE, GIRI = 48, 40, 200


def measure(prova: Callable[[], object]) -> float:
    """Seconds of processor of the quickest run: what else the machine is doing does not count."""
    tempi = []
    for _ in range(GIRI):
        inizio = time.process_time()
        prova()
        tempi.append(time.process_time() - inizio)
    return min(tempi)


def build_elezione() -> dict[str, object]:
    """An election above 15.000 with 10 sindaci and 40 lists, all of them linked."""
    sorte = random.Random(2021)
    liste = [
        {"id": f"L{i}", "sindaco": f"S{i % 10}", "voti": sorte.randint(800, 9_000)} for i in range(LISTE)
    ]
    totali = [sum(x["voti"] for x in liste if x["sindaco"] == f"S{i}") for i in range(10)]
    primi = sorted(range(10), key=lambda i: -totali[i])[:2]
    return {
        "data": "2021-10-03",
        "sistema": "oltre_15000",
        "seggi_consiglio": SEGGI,
        "sindaci": [
            {"id": f"S{i}", "voti": totale + 300, "voti_ballottaggio": 50_000 + i if i in primi else None}
            for i, totale in enumerate(totali)
        ],
        "liste": liste,
    }


def explain_all(dati: DatiRiparto) -> list[str]:
    """The whole allocation and the sentence of every step."""
    esito = calcola(dati)
    return explain(esito.passi, dati)


def main() -> None:
    """Print the ratios."""
    elezione = build_elezione()
    voti = {lista["id"]: lista["voti"] for lista in elezione["liste"]}
    elenco = list(voti.values())
    votelib_dhondt = votelib.evaluate.proportional.HighestAverages("d_hondt")
    dati = read_dati(elezione)
    conto = votelib_dhondt.evaluate(voti, SEGGI)
    assert {nome: dhondt(voti, SEGGI).conta(nome) for nome in conto} == conto
    nostro = measure(lambda: dhondt(voti, SEGGI))
    di_votelib = measure(lambda: votelib_dhondt.evaluate(voti, SEGGI))
    di_apportionment = measure(
        lambda: apportionment.methods.compute("dhondt", elenco, SEGGI, fractions=True, verbose=False)
    )
    intero = measure(lambda: explain_all(dati))
    in_json = measure(lambda: calcola(dati).as_dict())
    print(f"d'Hondt esatto, {SEGGI} seggi e {LISTE} liste: {nostro * 1e6:.0f} µs")
    print(f"  contro votelib: {di_votelib / nostro:.1f} volte più veloce (soglia 5)")
    print(f"  contro apportionment: {di_apportionment / nostro:.1f} volte più veloce (soglia 5)")
    print(f"Riparto intero spiegato: {intero * 1e6:.0f} µs, {intero / di_votelib:.2f} × votelib (soglia 3)")
    print(f"  con la risposta in JSON: {in_json * 1e6:.0f} µs, {in_json / di_votelib:.2f} × votelib")


if __name__ == "__main__":
    main()
