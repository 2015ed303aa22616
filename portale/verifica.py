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

from portale.verifica_regole import (
    LETTURE,
    Diverso,
    Elezione,
    NonVerificabile,
    Tavola,
    arrotonda,
    impronta,
    ordine,
    primi_di,
    supera,
)


class Riparto(Elezione):
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

    def _capienza(self, lista):
        nomi = self.liste[lista].get("candidati")
        return sum(c.get("proclamabile", True) for c in nomi) if nomi else self.n

    def gruppi(self, ammesse, sindaco=None, turno=1):
        """Lists by sindaco: of the first round or, for the seats after a runoff, with the new links."""
        gruppi = {s: [] for s in self.sindaci}
        for i in ammesse:
            vale = turno == 2 and (self.opzioni["raggruppa_perdenti"] or self.con[i] == sindaco)
            gruppi[self.con[i] if vale and self.con[i] is not None else self.capo[i]].append(i)
        return {s: liste for s, liste in gruppi.items() if liste}

    def cifre(self, gruppi):
        return {s: sum(self.voti[i] for i in liste) for s, liste in gruppi.items()}

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
            self._tardivi(sindaco)

    # --- inside the groups (art. 73 c. 9 and 11) ---
    def _blocchi(self, liste):
        blocchi = {}
        for i in liste:
            blocchi.setdefault(self.capo[i], []).append(i)
        return blocchi

    def _tavola_liste(self, liste, quanti):
        return Tavola({i: self.voti[i] for i in liste}, quanti, "liste")

    def _quozienti(self, liste, quanti):
        if len(liste) == 1 or not quanti:
            return dict.fromkeys(liste, quanti)
        return self._tavola_liste(liste, quanti).chiudi(self.sorti).avuti

    def _dentro(self, gruppi, per_gruppo, possono):
        """Seats inside each group; a losing sindaco costs one to the lists he had at the first round."""
        self.seggi, self.per_gruppo = dict.fromkeys(self.liste, 0), dict(per_gruppo)
        sede = self._sedi(gruppi, per_gruppo, possono)
        for capo, liste in gruppi.items():
            quanti = per_gruppo.get(capo, 0)
            if not quanti:
                continue
            blocchi = self._blocchi(liste)
            entrano = [s for s in blocchi if s in possono and sede.get(s, capo) == capo]
            if len(blocchi) == 1:
                self.seduti += entrano
                self.seggi.update(self._quozienti(liste, quanti - len(entrano)))
            elif self.opzioni["addebito_sindaco_perdente"] == "ultimo_quoziente_gruppo":
                avuti = self._tavola_liste(liste, quanti).chiudi(self.sorti).avuti
                entrano = [s for s in entrano if any(avuti[i] for i in blocchi[s])]
                self.seduti += entrano
                self.seggi.update(self._quozienti(liste, quanti - len(entrano)))
            else:
                self._uniti(blocchi, self._tavola_liste(liste, quanti), entrano)
        self.seduti = [s for s in self.sindaci if s in self.seduti]

    def _uniti(self, blocchi, tavola, entrano):
        """Groups joined for the runoff: the lowest quotient won by his own lists is the losing sindaco's."""
        contesi = {self.capo[i] for i in tavola.pari}
        if len(contesi) != 1 or not contesi <= set(entrano):
            tavola.chiudi(self.sorti)
        for capo, liste in blocchi.items():
            vinti = sum(tavola.avuti[i] for i in liste) + (tavola.incerti if capo in contesi else 0)
            if capo in entrano and vinti:
                self.seduti.append(capo)
                self.seggi.update(self._quozienti(liste, vinti - 1))
            else:
                self.seggi.update({i: tavola.avuti[i] for i in liste})

    def _sedi(self, gruppi, per_gruppo, possono):
        """Whose lists parted at the runoff: he is charged where their lowest winning quotient is."""
        sede = {}
        for capo in possono:
            ultimi = []
            dove = [g for g, liste in gruppi.items() if per_gruppo.get(g) and capo in self._blocchi(liste)]
            for g in dove if len(dove) > 1 else []:
                tavola, vinti = self._tavola_liste(gruppi[g], per_gruppo[g]).chiudi(self.sorti), {}
                for i in tavola.ordine:
                    vinti[i] = vinti.get(i, 0) + 1
                suoi = [
                    (Fraction(self.voti[i], vinti[i]), self.voti[i]) for i in vinti if self.capo[i] == capo
                ]
                if suoi:
                    ultimi.append((*min(suoi), g))
            if ultimi:
                sede[capo] = self._addebitato(capo, ultimi)
        return sede

    def _addebitato(self, capo, ultimi):
        """Equal quotients and cifre: the lists that stayed with him, or the draw between those that left."""
        quoziente, cifra = min(voce[:2] for voce in ultimi)
        pari = [g for q, c, g in ultimi if (q, c) == (quoziente, cifra)]
        if len(pari) == 1 or capo in pari:
            return capo if capo in pari else pari[0]
        return self.sorti.decide(pari, cifra, fra="gruppi", divisore=int(cifra / quoziente), tipo="addebito")

    # --- lists with more seats than candidates (art. 73 c. 8) ---
    def _posto(self, i, massimo):
        if not self.voti[i]:
            return 0
        return self._capienza(i) - self.seggi[i] if self.liste[i].get("candidati") else massimo

    def _esaurite(self, gruppi):
        nel_gruppo, restano = self.opzioni["liste_esaurite"] == "gruppo", 0
        self.spesi = dict.fromkeys(self.liste, 0)
        if any(self.seggi[i] > self._capienza(i) for i in self.liste if self.liste[i].get("candidati")):
            for capo, liste in gruppi.items():
                if not nel_gruppo or len(self._blocchi(liste)) > 1:
                    self._spesi(capo, liste)
        for capo, liste in gruppi.items():
            eccesso = 0
            for i in liste:
                troppi = max(0, self.seggi[i] - self._capienza(i)) if self.liste[i].get("candidati") else 0
                self.seggi[i] -= troppi
                eccesso += troppi
            if eccesso and nel_gruppo:
                eccesso -= self._dai(liste, eccesso)
            self.per_gruppo[capo] = self.per_gruppo.get(capo, 0) - (eccesso if nel_gruppo else 0)
            restano += eccesso
        if not nel_gruppo:
            self._dai([i for liste in gruppi.values() for i in liste], restano)
        elif restano:
            spazi = {s: sum(self._posto(i, restano) for i in liste) for s, liste in gruppi.items()}
            cifre = {s: v for s, v in self.cifre(gruppi).items() if spazi[s] > 0}
            tavola = Tavola(cifre, restano, "gruppi", spazi, self.per_gruppo).chiudi(self.sorti)
            for s, n in tavola.avuti.items():
                self._dai(gruppi[s], n)

    def _dai(self, liste, quanti):
        """The surplus to the next quotients of these lists; how many found a place."""
        aperte = {i: self.voti[i] for i in liste if quanti and self._posto(i, quanti) > 0}
        posti = {i: self._posto(i, quanti) for i in aperte}
        gia = {i: self.seggi[i] + self.spesi[i] for i in aperte}
        tavola = Tavola(aperte, quanti, "liste", posti, gia).chiudi(self.sorti)
        for i, n in tavola.avuti.items():
            self.seggi[i] += n
        return len(tavola.ordine)

    def _spesi(self, capo, liste):
        """Quotients of the group that seated losing sindaci: spent, the surplus does not give them again."""
        posti = self.per_gruppo.get(capo, 0)
        if posti != sum(self.seggi[i] for i in liste):
            piena = self._tavola_liste(liste, posti).chiudi(self.sorti).avuti
            self.spesi.update({i: max(0, piena[i] - self.seggi[i]) for i in liste})

    def _tardivi(self, sindaco):
        """A losing sindaco whose lists had their first seats from the surplus takes the last of them."""
        for s in self.perdenti(sindaco):
            sue = [i for i in self.liste if self.capo[i] == s and self.seggi[i]]
            if s in self.seduti or not sue:
                continue
            ultimi = {i: (Fraction(self.voti[i], self.seggi[i]), self.voti[i]) for i in sue}
            pari = [i for i in sue if ultimi[i] == min(ultimi.values())]
            cede = pari[0]
            if len(pari) > 1:
                volte = self.seggi[cede]
                cede = self.sorti.decide(pari, self.voti[cede], fra="liste", divisore=volte, tipo="addebito")
            self.seggi[cede] -= 1
            self.seduti = [altro for altro in self.sindaci if altro in (*self.seduti, s)]

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
