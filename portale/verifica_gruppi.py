"""Inside the groups: lists by quotients, losing sindaci, lists with more seats than candidates."""

from fractions import Fraction

from portale.verifica_regole import (
    Elezione,
    Tavola,
)


class Gruppi(Elezione):
    """Lists linked to one sindaco, and how they divide the seats of their group."""

    def gruppi(self, ammesse, sindaco=None, turno=1):
        """Lists by sindaco: of the first round or, for the seats after a runoff, with the new links."""
        gruppi = {s: [] for s in self.sindaci}
        for i in ammesse:
            vale = turno == 2 and (self.opzioni["raggruppa_perdenti"] or self.con[i] == sindaco)
            gruppi[self.con[i] if vale and self.con[i] is not None else self.capo[i]].append(i)
        return {s: liste for s, liste in gruppi.items() if liste}

    def cifre(self, gruppi):
        return {s: sum(self.voti[i] for i in liste) for s, liste in gruppi.items()}

    def _capienza(self, lista):
        nomi = self.liste[lista].get("candidati")
        return sum(c.get("proclamabile", True) for c in nomi) if nomi else self.n

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

    def _tardivi(self, perdenti):
        """A losing sindaco whose lists had their first seats from the surplus takes the last of them."""
        for s in perdenti:
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
