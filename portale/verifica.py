#!/usr/bin/env python3
"""Verifica tu stesso: ricalcola seggi ed eletti dai dati pubblicati e li confronta con quelli proclamati.

Uso:  python3 verifica.py riparto.json          (il file scaricato dalla pagina dei risultati)
      python3 verifica.py https://…/dati/comune-anno/riparto.json

Serve solo Python 3.9 o successivo: nessun'altra libreria. È una seconda scrittura delle regole, indipendente
dal programma che ha fatto il riparto. Esce con 0 se tutto coincide, 1 se qualcosa è diverso,
2 se il file non si legge, 3 se il caso non è fra quelli che sa rifare (lo dice).
"""

import json
import sys
from fractions import Fraction
from urllib.request import urlopen

from portale.verifica_gruppi import (
    Gruppi,
)
from portale.verifica_regole import (
    LETTURE,
    Diverso,
    NonVerificabile,
    Tavola,
    arrotonda,
    impronta,
    ordine,
    primi_di,
    supera,
)


class Riparto(Gruppi):
    """The council of the election: seats by list, losing sindaci, elected."""

    def consiglio(self, sindaco, turno):
        """(seats by list, losing sindaci seated)."""
        self.seggi, self.seduti, self.per_gruppo = dict.fromkeys(self.liste, 0), [], {}
        if self.unica is not None:
            self.seggi[self.unica] = min(self.n, self._capienza(self.unica))
        elif self.grande:
            self._grande(sindaco, turno)
        else:
            self._piccolo(sindaco)
            self.seggi = {i: min(n, self._capienza(i)) for i, n in self.seggi.items()}
        return self.seggi, self.seduti

    def miglior_perdente(self, sindaco):
        """Sicilia: the best losing sindaco with at least 20% of the votes for sindaci (l.r. 17/2016)."""
        altri = {i: v for i, v in self.primo.items() if i != sindaco}
        if not self.sicilia or not altri or not supera(max(altri.values()), Fraction(1, 5), self.t):
            return None
        primi = primi_di(altri)
        scelto = primi[0]
        if len(primi) > 1:
            scelto = self.sorti.decide(primi, altri[scelto], fra="sindaci", tipo="miglior_perdente")
        return scelto

    def perdenti(self, sindaco):
        return [] if self.sicilia else [s for s in self.sindaci if s != sindaco and self.proclamabile(s)]

    def _piccolo(self, sindaco):
        gruppi = self.gruppi(self.liste)
        quota = Fraction(2, 3)
        if self.fvg and self.dati["popolazione"] > 3000:
            quota = Fraction(3, 5)
        maggioranza = arrotonda(quota * self.n, eccesso=False)
        if self.fvg and self.opzioni["fvg_maggioranza_naturale"]:
            prova = Tavola(self.cifre(gruppi), self.n, "gruppi")
            if prova.avuti[sindaco] + prova.incerti > maggioranza:
                prova.chiudi(self.sorti)
            maggioranza = max(maggioranza, prova.avuti[sindaco])
        altri = {s: v for s, v in self.cifre(gruppi).items() if s != sindaco}
        if self.sicilia:
            return self._seconda_lista(gruppi, sindaco, altri, maggioranza)
        sole = all(len(liste) == 1 for liste in gruppi.values())
        nome = {s: liste[0] if sole else s for s, liste in gruppi.items()}
        fra = "liste" if sole else "gruppi"
        resto = Tavola({nome[s]: v for s, v in altri.items()}, self.n - maggioranza, fra).chiudi(self.sorti)
        per_gruppo = {sindaco: maggioranza, **{s: resto.avuti[nome[s]] for s in altri}}
        return self._dentro(gruppi, per_gruppo, self.perdenti(sindaco))

    def _seconda_lista(self, gruppi, sindaco, altri, maggioranza):
        """Sicilia: the whole minority to the second list, one seat of it to the best losing sindaco."""
        primo, per_gruppo = self.miglior_perdente(sindaco), {sindaco: maggioranza}
        perdente = primo if primo is not None and self.proclamabile(primo) else None
        if any(altri.values()):
            pari = {gruppi[s][0]: s for s in primi_di(altri)}
            seconda = next(iter(pari))
            if len(pari) > 1:
                cifra = max(altri.values())
                seconda = self.sorti.decide(list(pari), cifra, fra="liste", tipo="seconda_lista")
            per_gruppo[pari[seconda]] = self.n - maggioranza - (perdente is not None)
            surrogato = primo is not None and perdente is None and pari[seconda] != primo
            if surrogato and altri.get(primo):  # not eligible: his seat to his list (CGARS 530/2023)
                per_gruppo[pari[seconda]] -= 1
                per_gruppo[primo] = 1
        self._dentro(gruppi, per_gruppo, [])
        self.seduti += [] if perdente is None else [perdente]

    def _base(self, solita):
        """The votes a share is measured on: of the sindaci, unless the ente reads «of the lists»."""
        return "liste" if solita == "sindaci" and self.opzioni["denominatore_soglie"] == "liste" else solita

    def ammesse(self, sindaco):
        """3% of the votes, list or group (art. 73 c. 7); Sicilia 5% of the list votes; FVG all."""
        base = self.tutte if self.sicilia or self._base("sindaci") == "liste" else self.t
        quota = Fraction(0) if self.fvg else Fraction(1, 20) if self.sicilia else Fraction(3, 100)
        gruppi = self.cifre(self.gruppi(self.liste))
        stretto = self.opzioni["soglia_gruppo_stretta"]

        def entra(i):
            salva = self.regione == "ordinario" and supera(gruppi[self.capo[i]], quota, base, stretto=stretto)
            ammesso = self.opzioni["vincitore_sotto_soglia"] == "ammesso" and not self.sicilia
            vince = ammesso and self.capo[i] == sindaco
            return supera(self.voti[i], quota, base) or salva or vince

        return [i for i in self.liste if entra(i)]

    def _premio(self):
        """60% of the seats, up; arithmetic in Sicilia under l.r. 6/2020, or where the ente reads so."""
        scelta = self.opzioni["arrotondamento_premio"]
        aritmetico = self.sicilia and "2020-03-06" <= self.giorno < "2022-03-16"
        eccesso = scelta == "eccesso" or (scelta == "di_legge" and not aritmetico)
        return arrotonda(Fraction(60 * self.n, 100), eccesso=eccesso)

    def _esito_premio(self, sindaco, turno, dentro, cifre, prova):
        base = self._base("liste_ammesse" if self.sicilia else "sindaci")
        voti_base = {
            "sindaci": self.t,
            "liste": self.tutte,
            "liste_ammesse": sum(self.voti[i] for i in dentro),
        }[base]
        primo = self.cifre(self.gruppi(dentro if base == "liste_ammesse" else self.liste))
        stretto = not (self.sicilia and self.opzioni["sicilia_blocco_premio"] == "almeno")
        meta = [s for s, v in primo.items() if supera(v, Fraction(1, 2), voti_base, stretto=stretto)]
        if not cifre.get(sindaco):
            return "negato"
        if prova.avuti[sindaco] >= self._premio():
            return "non_necessario"
        if set(meta) - {sindaco}:
            return "negato"
        basta = turno == 2 or supera(primo.get(sindaco, 0), Fraction(2, 5), voti_base)
        return "assegnato" if basta else "negato"

    def _grande(self, sindaco, turno):
        dentro = self.ammesse(sindaco)
        gruppi = self.gruppi(dentro, sindaco, turno)
        cifre = self.cifre(gruppi)
        altri = {s: v for s, v in cifre.items() if s != sindaco}
        prova = Tavola(cifre, self.n, "gruppi")
        self.premio = self._esito_premio(sindaco, turno, dentro, cifre, prova)
        perdente = self.miglior_perdente(sindaco)
        if perdente is not None and not self.proclamabile(perdente):
            perdente = None
        entrano = [perdente] if perdente is not None else self.perdenti(sindaco)
        minoranza = None
        if perdente is not None and self.premio != "negato":
            if self.premio == "non_necessario" and sindaco in prova.pari:
                prova.chiudi(self.sorti)
            mia = self._premio() if self.premio == "assegnato" else prova.avuti[sindaco]
            minoranza = self.n - mia
        if minoranza:  # Sicilia: one seat of the minority is his before its d'Hondt
            resto = Tavola(altri, minoranza - 1, "gruppi").chiudi(self.sorti)
            self._dentro(gruppi, {sindaco: mia, **resto.avuti}, [])
            self.seduti.append(perdente)
        elif self.premio == "assegnato":
            mia = self._premio()
            resto = Tavola(altri, self.n - mia, "gruppi").chiudi(self.sorti)
            self._dentro(gruppi, {sindaco: mia, **resto.avuti}, entrano)
        else:
            self._dentro(gruppi, prova.chiudi(self.sorti).avuti, entrano)
        if perdente is not None and perdente not in self.seduti:  # his lists have no seat to take it from
            meno_uno = Tavola(cifre, self.n - 1, "gruppi").chiudi(self.sorti)
            self.seduti = []
            self._dentro(gruppi, meno_uno.avuti, [])
            self.seduti.append(perdente)
        self._esaurite(gruppi)
        if not self.sicilia:
            self._tardivi(self.perdenti(sindaco))

    def graduatorie(self, seggi):
        """(elected, not elected) of each list: preferences, then place (artt. 71 c. 9, 73 c. 12)."""
        eletti, altri = {}, {}
        for i, lista in self.liste.items():
            if lista.get("candidati"):
                possibili = [c for c in lista["candidati"] if c.get("proclamabile", True)]
                possibili.sort(key=lambda c: -c.get("preferenze", 0))  # the sort keeps the list order
                nomi, quanti = [c["id"] for c in possibili], seggi.get(i, 0)
                eletti[str(i)], altri[str(i)] = nomi[:quanti], nomi[quanti:]
        return eletti, altri


def verifica(pubblicato):
    """Lines to print and whether everything agrees."""
    dati, atteso = pubblicato["dati"], pubblicato["esito"]
    righe, giusto = [], True

    def confronta(cosa, nostro, loro):
        nonlocal giusto
        uguale = nostro == loro
        giusto = giusto and uguale
        righe.append(
            f"{'✔' if uguale else '✖'} {cosa}" + ("" if uguale else f": qui {nostro}, pubblicato {loro}")
        )

    confronta(f"impronta dei dati {impronta(dati)[:16]}", impronta(dati), pubblicato["impronta_dati"])
    elezione = Riparto(dati, atteso.get("seggi_consiglio"))
    if atteso["esito"] not in ("riparto", "nulla"):
        raise NonVerificabile(f"l'esito pubblicato è «{atteso['esito']}»")
    if elezione.opzioni != LETTURE:
        scelte = sorted(nome for nome in LETTURE if elezione.opzioni[nome] != LETTURE[nome])
        righe.append(f"· letture della legge adottate dall'ente: {', '.join(scelte)}")
    try:
        sindaco, turno = elezione.eleggi()
    except Diverso as errore:
        righe.append(f"✖ {errore}")
        return righe, False
    nullo = sindaco is None
    cosa = "l'elezione è valida" if elezione.unica is None else "quorum della lista unica"
    confronta(cosa, "nulla" if nullo else "riparto", atteso["esito"])
    if nullo or atteso["esito"] == "nulla":
        return righe, giusto
    confronta("sindaco eletto e turno", (sindaco, turno), (atteso["sindaco"], atteso["turno"]))
    seggi, seduti = elezione.consiglio(sindaco, turno)
    nostri = {str(i): seggi.get(i, 0) for i in elezione.liste}
    confronta("seggi di ogni lista", nostri, atteso["seggi_per_lista"])
    confronta(
        "sindaci non eletti in consiglio",
        sorted(seduti, key=ordine),
        sorted(atteso["consiglieri_sindaci"], key=ordine),
    )
    eletti, altri = elezione.graduatorie(seggi)
    confronta("consiglieri eletti", eletti, atteso["eletti"])
    if "non_eletti" in atteso:
        confronta("graduatoria dei non eletti", altri, atteso["non_eletti"])
    return righe, giusto


def main(argomenti):
    if len(argomenti) != 1 or argomenti[0] in ("-h", "--help"):
        print(__doc__)
        return 0 if argomenti else 2
    try:
        if argomenti[0].startswith(("http://", "https://")):
            with urlopen(argomenti[0], timeout=30) as risposta:
                pubblicato = json.loads(risposta.read())
        else:
            with open(argomenti[0], encoding="utf-8") as file:
                pubblicato = json.load(file)
        righe, giusto = verifica(pubblicato)
    except NonVerificabile as errore:
        print(f"Questo caso non si può rifare con questo programma: {errore}.")
        return 3
    except OSError as errore:
        print(f"Il file non si apre: {errore.strerror or errore}.")
        return 2
    except json.JSONDecodeError as errore:
        print(f"Il file non è JSON (riga {errore.lineno}): scaricarlo di nuovo dalla pagina dei risultati.")
        return 2
    except KeyError as errore:
        print(f"Nel file manca {errore}: non è un riparto.json di Urna, o è incompleto.")
        return 2
    except Exception as errore:  # a file written by hand or broken: any shape may come
        print(f"Il file non è un riparto.json di Urna, o è rovinato ({type(errore).__name__}: {errore}).")
        return 2
    print("\n".join(righe))
    print("Tutto coincide." if giusto else "ATTENZIONE: qualcosa non coincide.")
    if giusto:
        print("L'impronta dev'essere anche quella scritta sul verbale delle operazioni.")
    return 0 if giusto else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
