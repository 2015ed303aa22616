"""Draw over 50,000 names against the physical limit: the bare sha256 of as many lines.

Prints seconds and their ratio, in one run: ``make bench``.
"""

from hashlib import sha256
from time import perf_counter

from norme.sorteggio import freeze_elenco, sorteggia

NOMI = 50_000


def best(prova, volte=5):
    tempi = []
    for _ in range(volte):
        inizio = perf_counter()
        prova()
        tempi.append(perf_counter() - inizio)
    return min(tempi)


def main():
    nomi = [f"ELETTORE {numero:05d} NATO IL {1940 + numero % 60}" for numero in range(NOMI)]
    elenco = freeze_elenco(nomi)
    righe = [f"seme\n{elenco.impronta}\n{nome}".encode() for nome in nomi]
    limite = best(lambda: [sha256(riga).digest() for riga in righe])
    congela = best(lambda: freeze_elenco(nomi).impronta)
    estrai = best(lambda: sorteggia(elenco, seme="dadi 4 2 6 1", posti=1_000))
    print(f"solo sha256 di {NOMI} righe  {limite:.3f} s")
    print(f"elenco congelato             {congela:.3f} s  {congela / limite:.1f} volte")
    print(f"sorteggio                    {estrai:.3f} s  {estrai / limite:.1f} volte")


if __name__ == "__main__":
    main()
