"""First half of the one-file verifier: figures, draws, who is sindaco. Published inside ``verifica.py``."""

import hashlib
import json
from fractions import Fraction
from math import ceil, floor

#: The usual reading of every doubtful point; the ente may have adopted another (``opzioni`` in the data).
LETTURE = {
    "denominatore_soglie": "sindaci",
    "arrotondamento_premio": "di_legge",
    "raggruppa_perdenti": True,
    "addebito_sindaco_perdente": "liste_primo_turno",
    "parita_di_tre": "sorteggio",
    "soglia_gruppo_stretta": False,
    "vincitore_sotto_soglia": "non_ammesso",
    "liste_esaurite": "gruppo",
    "una_sola_lista_votata": "lista_unica",
    "sicilia_blocco_premio": "oltre",
    "fvg_maggioranza_naturale": False,
}


class NonVerificabile(Exception):
    """A case this short program does not recompute; it says which."""


class Diverso(Exception):
    """What is published cannot follow from the data, whatever the seats: it says why."""


def impronta(dati):
    """sha256 of the canonical JSON: sorted keys, no spaces, UTF-8."""
    testo = json.dumps(dati, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(testo.encode()).hexdigest()


def arrotonda(quota, *, eccesso):
    """Whole seats: always up, or up only beyond the half."""
    return ceil(quota) if eccesso else floor(quota) + (quota - floor(quota) > Fraction(1, 2))


def supera(voti, quota, base, *, stretto=False):
    """Whether the votes reach (or exceed) a share of a base; nothing is reached of an empty base."""
    if not base:
        return quota == 0
    return voti > quota * base if stretto else voti >= quota * base


def primi_di(voti):
    return [i for i in voti if voti[i] == max(voti.values())]


class Sorti:
    """The recorded draws, asked by who is tied, for which place, with which figures."""

    def __init__(self, sorteggi):
        self.sorteggi = sorteggi

    def decide(self, contendenti, cifra, *, fra, posto=1, divisore=1, tipo="seggio"):
        chi = sorted(str(c) for c in contendenti)
        nostra = (tipo, fra, posto, cifra, divisore, chi)
        for voce in self.sorteggi:
            domanda = voce["richiesta"]
            nomi = sorted(str(c) for c in domanda["contendenti"])
            campi = (domanda.get(campo) for campo in ("tipo", "fra", "posto", "cifra"))
            if (*campi, domanda.get("divisore", 1), nomi) == nostra:
                scelto = [c for c in contendenti if str(c) == str(voce["esito"])]
                if scelto:
                    return scelto[0]
        raise NonVerificabile(f"parità fra {', '.join(chi)} senza un sorteggio registrato")


class Tavola:
    """A d'Hondt (artt. 71 c. 8, 73 c. 8): equal quotient, higher cifra; the last ties wait for ``chiudi``."""

    def __init__(self, voti, seggi, fra, posti=None, gia=None):
        self.voti, self.fra, self.gia = voti, fra, gia or {}
        self.avuti, self.ordine, self.pari, self.incerti = dict.fromkeys(voti, 0), [], [], 0
        while len(self.ordine) < seggi:
            aperti = [
                n for n in voti if voti[n] > 0 and (posti is None or self.avuti[n] < min(posti[n], seggi))
            ]
            if not aperti:
                break
            chiave = {n: (Fraction(voti[n], self.divisore(n)), voti[n]) for n in aperti}
            primi = primi_di(chiave)
            if len(primi) > seggi - len(self.ordine):
                self.pari, self.incerti = primi, seggi - len(self.ordine)
                break
            for vince in primi:
                self.da(vince)

    def divisore(self, n):
        return self.gia.get(n, 0) + self.avuti[n] + 1

    def da(self, vince):
        self.avuti[vince] += 1
        self.ordine.append(vince)

    def chiudi(self, sorti):
        """The tied seats by the recorded draws, one place at a time."""
        if self.pari:
            cifra, divisore = self.voti[self.pari[0]], self.divisore(self.pari[0])
        while self.incerti:
            posto = len(self.ordine) + 1
            vince = sorti.decide(self.pari, cifra, fra=self.fra, posto=posto, divisore=divisore)
            self.pari = [n for n in self.pari if n != vince]
            self.da(vince)
            self.incerti -= 1
        return self


class Elezione:
    """The published data, and the rules that apply to them."""

    def __init__(self, dati, seggi=None):
        self.dati, self.giorno = dati, dati["data"]
        self.regione = dati.get("ordinamento", "ordinario")
        if self.regione not in ("ordinario", "sicilia", "friuli-venezia-giulia"):
            raise NonVerificabile(f"ordinamento «{self.regione}»")
        self.sicilia, self.fvg = self.regione == "sicilia", self.regione == "friuli-venezia-giulia"
        self.opzioni = {**LETTURE, **(dati.get("opzioni") or {})}
        ignote = sorted(set(self.opzioni) - set(LETTURE))
        if ignote:
            raise NonVerificabile(f"lettura della legge sconosciuta: {', '.join(ignote)}")
        self.sindaci = {s["id"]: s for s in dati["sindaci"]}
        self.liste = {x["id"]: x for x in dati["liste"]}
        uguali = {str(i): i for i in self.sindaci}
        self.capo = {i: uguali[str(x["sindaco"])] for i, x in self.liste.items()}
        self.con = {i: uguali.get(str(x.get("apparentata_con"))) for i, x in self.liste.items()}
        self.sorti = Sorti(dati.get("sorteggi", []))
        self.grande = dati["sistema"] == "oltre_15000"
        self.n = dati.get("seggi_consiglio", seggi)
        if type(self.n) is not int or not 1 <= self.n <= 200:  # else the divisions would never end
            raise ValueError(f"seggi del consiglio: {self.n!r}")
        self.primo = {i: s["voti"] for i, s in self.sindaci.items()}
        self.t = sum(self.primo.values())
        self.voti = {i: self._cifra(i) for i in self.liste}
        self.tutte = sum(self.voti.values())
        self.unica = self._unica()

    def _cifra(self, lista):
        """Up to 15.000 a list has the votes of its sindaco; in FVG too, alone and without a tally."""
        capo, voti = self.capo[lista], self.liste[lista].get("voti")
        sola = list(self.capo.values()).count(capo) == 1
        if not self.grande and not self.sicilia and (not self.fvg or (sola and voti is None)):
            return self.primo[capo]
        return voti or 0

    # --- single list (art. 71 c. 10) ---
    def _unica(self):
        if self.grande:
            return None  # artt. 72-73 have no rule of their own for it: it takes the ordinary way
        if len(self.liste) == 1:
            return next(iter(self.liste))
        votate = [i for i in self.liste if self.voti[i] > 0]
        if len(votate) != 1 or self.fvg or self.opzioni["una_sola_lista_votata"] != "lista_unica":
            return None
        return votate[0] if self.primo[self.capo[votate[0]]] == self.t else None

    def quorum(self):
        """Enough electors voted, enough voters chose it. What is not known cannot void it."""
        if self.fvg:
            raise NonVerificabile("lista unica in Friuli-Venezia Giulia: la regola non è stata trovata")
        elettori, votanti = self.dati.get("elettori"), self.dati.get("votanti")
        if len(self.liste) == 1 and None in (elettori, votanti):
            raise NonVerificabile("lista unica senza elettori o votanti")
        proroga = "2021-05-08" <= self.giorno <= "2026-12-31"  # 40%, without the AIRE that did not vote
        senza_aire = self.giorno >= "2019-01-01" if self.sicilia else proroga
        quota = Fraction(2, 5) if proroga and not self.sicilia else Fraction(1, 2)
        aire, votanti_aire = self.dati.get("elettori_aire"), self.dati.get("votanti_aire")
        if senza_aire and None not in (elettori, aire, votanti_aire):
            elettori -= aire - votanti_aire
        bastano = None in (elettori, votanti) or votanti >= quota * elettori
        return (
            bastano
            and self.voti[self.unica] > 0
            and (votanti is None or 2 * self.voti[self.unica] >= votanti)
        )

    # --- sindaco (artt. 71 c. 6, 72) ---
    def eleggi(self):
        """(sindaco, turno); (None, None) when nobody can be elected."""
        morti = [s for s in self.sindaci.values() if s.get("deceduto_il") and s["deceduto_il"] < self.giorno]
        if morti and not self.grande:
            return None, None
        if self.unica is not None:
            return (self.capo[self.unica], 1) if self.quorum() else (None, None)
        if self.t == 0:
            return None, None
        primi = primi_di(self.primo)
        if not self.grande:
            if len(primi) == 1:
                return self._eletto(primi[0])
            if self.fvg:
                return self._eletto(self._per_eta(primi, "sindaco", 1))
            ammessi = primi if len(primi) == 2 else self._due_di(primi)
            return self._ballottaggio(ammessi, cifre=None)
        bassa = self.sicilia or (self.fvg and self.giorno >= "2024-03-30")
        quota = Fraction(2, 5) if bassa else Fraction(1, 2)
        if supera(self.primo[primi[0]], quota, self.t, stretto=not bassa):
            if len(primi) == 1:
                return self._eletto(primi[0])
            if self.fvg:
                return self._eletto(self._prevale(primi, self._collegate(False), "sindaco", 1))
        return self._ballottaggio(self._ammessi(), cifre=self._collegate(True))

    def _eletto(self, sindaco):
        if any(s.get("voti_ballottaggio") for s in self.sindaci.values()):
            raise Diverso("ci sono voti di ballottaggio, ma il sindaco è eletto al primo turno")
        return sindaco, 1

    def _collegate(self, al_ballottaggio):
        cifre = dict.fromkeys(self.sindaci, 0)
        for i, capo in self.capo.items():
            con = self.con[i] if al_ballottaggio else None
            cifre[capo if con is None else con] += self.voti[i]
        return cifre

    def _due_di(self, primi):
        """Three or more first with equal votes: two of them are drawn, or are the oldest."""
        per_eta = self.opzioni["parita_di_tre"] == "due_piu_anziani"
        scegli = self._per_eta if per_eta else self._sorteggia
        uno = scegli(primi, "ballottaggio", 1)
        return [uno, scegli([i for i in primi if i != uno], "ballottaggio", 2)]

    def _ammessi(self):
        """The first two, and who takes the place of a finalist who died or is prevented (art. 72 c. 5-6)."""
        ammessi, cifre = [], self._collegate(False)
        for posto in (1, 2)[: len(self.sindaci)]:
            restano = {i: v for i, v in self.primo.items() if i not in ammessi}
            primi = primi_di(restano)
            insieme = len(primi) == 1 or posto - 1 + len(primi) <= 2
            scelto = min(primi, key=ordine) if insieme else self._prevale(primi, cifre, "ballottaggio", posto)
            ammessi.append(scelto)
        finali = list(ammessi)
        for posto, chi in enumerate(ammessi, start=1):
            if self._presente(chi) or self.sindaci[chi].get("voti_ballottaggio") is not None:
                continue
            fuori = {*finali, *ammessi}
            altri = {i: v for i, v in self.primo.items() if v and i not in fuori and self._presente(i)}
            if altri:
                finali[finali.index(chi)] = self._prevale(primi_di(altri), cifre, "ballottaggio", posto)
            else:
                finali.remove(chi)
        return finali

    def _ballottaggio(self, ammessi, cifre):
        voti = {i: self.sindaci[i].get("voti_ballottaggio") for i in ammessi}
        altri = [i for i, s in self.sindaci.items() if s.get("voti_ballottaggio") and i not in voti]
        if altri or None in voti.values():
            raise Diverso(f"al ballottaggio vanno {', '.join(map(str, ammessi))}: i voti non sono i loro")
        if not any(voti.values()):
            return None, None
        return self._prevale(primi_di(voti), cifre, "sindaco", 1), 2

    def _prevale(self, pari, cifre, tipo, posto):
        """Among equals: the higher cifra of the linked lists, then age, then a draw."""
        if len(pari) > 1 and cifre is not None:
            pari = primi_di({i: cifre[i] for i in pari})
        return self._per_eta(pari, tipo, posto)

    def _per_eta(self, pari, tipo, posto):
        if len(pari) == 1:
            return pari[0]
        nascite = {i: self.sindaci[i].get("nascita") for i in pari}
        if None in nascite.values():
            raise NonVerificabile("parità fra candidati sindaco: i dati non hanno le date di nascita")
        scelta = max(nascite.values()) if self.fvg else min(nascite.values())
        return self._sorteggia([i for i in pari if nascite[i] == scelta], tipo, posto)

    def _sorteggia(self, pari, tipo, posto):
        if len(pari) == 1:
            return pari[0]
        cifra = self.primo[min(pari, key=ordine)]
        return self.sorti.decide(pari, cifra, fra="sindaci", posto=posto, tipo=tipo)

    def _presente(self, capo):
        return not self.sindaci[capo].get("deceduto_il") and not self.sindaci[capo].get("impedito_il")

    def proclamabile(self, capo):
        return self.sindaci[capo].get("proclamabile", True) and self._presente(capo)


def ordine(ident):
    """Numbers first, by value: the same tie is always the same question."""
    testo = str(ident)
    numero = testo.isascii() and testo.isdecimal()
    return (not numero, int(testo) if numero else 0, testo)
