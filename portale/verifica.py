#!/usr/bin/env python3
"""Verifica tu stesso: ricalcola seggi ed eletti dai dati pubblicati e li confronta con quelli proclamati.

Uso:  python3 verifica.py riparto.json          (il file scaricato dalla pagina dei risultati)
      python3 verifica.py https://…/dati/comune-anno/riparto.json

Serve solo Python 3.9 o successivo: nessun'altra libreria. È una seconda scrittura delle regole, indipendente
dal programma che ha fatto il riparto. Esce con 0 se tutto coincide, 1 se qualcosa è diverso,
2 se il file non si legge, 3 se il caso non è fra quelli che sa rifare (lo dice).
"""

import hashlib
import json
import sys
from fractions import Fraction
from math import ceil
from urllib.request import urlopen


class NonVerificabile(Exception):
    """A case this short program does not recompute; it says which."""


def impronta(dati):
    """sha256 of the canonical JSON: sorted keys, no spaces, UTF-8."""
    testo = json.dumps(dati, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(testo.encode()).hexdigest()


class Sorti:
    """The recorded draws, asked by who is tied and for which place."""

    def __init__(self, sorteggi):
        self.sorteggi = sorteggi

    def decide(self, contendenti, cifra, divisore):
        chi = sorted(str(c) for c in contendenti)
        for voce in self.sorteggi:
            domanda = voce["richiesta"]
            stessi = sorted(str(c) for c in domanda["contendenti"]) == chi
            if stessi and (domanda["cifra"], domanda.get("divisore", 1)) == (cifra, divisore):
                return next(c for c in contendenti if str(c) == str(voce["esito"]))
        raise NonVerificabile(f"parità fra {', '.join(chi)} senza un sorteggio registrato")


def dhondt(voti, seggi, sorti, posti=None, gia=None):
    """Seats to the highest quotients: equal quotient, higher cifra; then draw (artt. 71 c. 8, 73 c. 8)."""
    avuti, ordine = dict.fromkeys(voti, 0), []
    prima = gia or {}
    for _ in range(seggi):
        aperti = [n for n in voti if voti[n] > 0 and (posti is None or avuti[n] < posti.get(n, seggi))]
        if not aperti:
            break
        chiave = {n: (Fraction(voti[n], prima.get(n, 0) + avuti[n] + 1), voti[n]) for n in aperti}
        migliore = max(chiave.values())
        primi = [n for n in aperti if chiave[n] == migliore]
        restano = seggi - len(ordine)
        scelto = primi[0]
        if len(primi) > restano:
            scelto = sorti.decide(primi, voti[scelto], prima.get(scelto, 0) + avuti[scelto] + 1)
        avuti[scelto] += 1
        ordine.append(scelto)
    return avuti, ordine


class Elezione:
    """The published data, and the rules that apply to them."""

    def __init__(self, dati):
        if dati.get("opzioni"):
            raise NonVerificabile("il comune ha adottato letture della legge diverse da quelle usuali")
        self.dati = dati
        self.regione = dati.get("ordinamento", "ordinario")
        if self.regione not in ("ordinario", "sicilia"):
            raise NonVerificabile(f"ordinamento «{self.regione}»")
        self.sindaci = {s["id"]: s for s in dati["sindaci"]}
        self.liste = {x["id"]: x for x in dati["liste"]}
        self.sorti = Sorti(dati.get("sorteggi", []))
        self.grande = dati["sistema"] == "oltre_15000"
        self.n = dati["seggi_consiglio"]
        if type(self.n) is not int or not 1 <= self.n <= 100:  # else the divisions would never end
            raise ValueError(f"seggi del consiglio: {self.n!r}")
        if len(self.liste) == 1 or sum(bool(s["voti"]) for s in self.sindaci.values()) == 1:
            self.unica = True
        else:
            self.unica = False
        self.t = sum(s["voti"] for s in self.sindaci.values())
        self.voti = {
            i: self.sindaci[x["sindaco"]]["voti"]
            if not self.grande and self.regione == "ordinario"
            else x.get("voti", 0)
            for i, x in self.liste.items()
        }

    def quorum(self):
        """Single list up to 15.000 (art. 71 c. 10): enough electors voted, enough voters chose it."""
        if self.grande or self.regione != "ordinario":
            raise NonVerificabile("lista unica oltre 15.000 abitanti o in Sicilia")
        elettori, votanti = self.dati.get("elettori"), self.dati.get("votanti")
        if elettori is None or votanti is None:
            raise NonVerificabile("lista unica senza elettori o votanti")
        quota, assenti = Fraction(1, 2), 0
        if "2021-05-08" <= self.dati["data"] <= "2026-12-31":  # 40%, without the AIRE that did not vote
            quota = Fraction(2, 5)
            if self.dati.get("elettori_aire") is not None:
                assenti = max(0, self.dati["elettori_aire"] - (self.dati.get("votanti_aire") or 0))
        return votanti >= quota * (elettori - assenti) and 2 * self.t >= votanti and self.t > 0

    # --- sindaco ---
    def eleggi(self):
        """(sindaco, turno) from the votes of the two rounds."""
        secondo = {
            i: s["voti_ballottaggio"]
            for i, s in self.sindaci.items()
            if s.get("voti_ballottaggio") is not None
        }
        if secondo:
            return self._il_primo(secondo, al_ballottaggio=True), 2
        primo = {i: s["voti"] for i, s in self.sindaci.items()}
        migliore = max(primo, key=primo.get)
        if self.grande:
            soglia = Fraction(2, 5) if self.regione == "sicilia" else Fraction(1, 2)
            quota = Fraction(primo[migliore], self.t)
            basta = quota >= soglia if self.regione == "sicilia" else quota > soglia
            if not basta:
                raise NonVerificabile("manca il ballottaggio")
        elif list(primo.values()).count(primo[migliore]) > 1:
            raise NonVerificabile("parità al primo turno senza ballottaggio")
        return migliore, 1

    def _il_primo(self, voti, *, al_ballottaggio):
        primi = [i for i in voti if voti[i] == max(voti.values())]
        if len(primi) > 1 and self.grande:
            cifre = {
                i: sum(
                    self.voti[n]
                    for n, x in self.liste.items()
                    if (x.get("apparentata_con") or x["sindaco"]) == i
                )
                for i in primi
            }
            primi = [i for i in primi if cifre[i] == max(cifre.values())]
        if len(primi) > 1:
            nascite = {i: self.sindaci[i].get("nascita") for i in primi}
            if None in nascite.values():
                raise NonVerificabile("parità al ballottaggio: i dati non hanno le date di nascita")
            primi = [i for i in primi if nascite[i] == min(nascite.values())]
        return primi[0]

    # --- council ---
    def gruppo(self, capo, liste, turno):
        """Lists of a sindaco, with the runoff links if he was elected then."""
        return [
            i
            for i in liste
            if ((self.liste[i].get("apparentata_con") if turno == 2 else None) or self.liste[i]["sindaco"])
            == capo
        ]

    def consiglio(self, sindaco, turno):
        """(seats by list, losing sindaci seated)."""
        if self.unica:
            unica = next(i for i, x in self.liste.items() if x["sindaco"] == sindaco)
            nomi = self.liste[unica].get("candidati")
            return {unica: min(self.n, len(nomi) if nomi else self.n)}, []
        if not self.grande:
            return self._piccolo(sindaco)
        return self._grande(sindaco, turno)

    def miglior_perdente(self, sindaco):
        """Sicilia: the best losing sindaco with at least 20% of the votes for sindaci."""
        altri = {i: s["voti"] for i, s in self.sindaci.items() if i != sindaco}
        if self.regione != "sicilia" or not altri:
            return None
        primo = max(altri, key=altri.get)
        if list(altri.values()).count(altri[primo]) > 1:
            raise NonVerificabile("parità fra i migliori sindaci non eletti")
        return primo if Fraction(altri[primo], self.t) >= Fraction(1, 5) else None

    def proclamabile(self, capo):
        s = self.sindaci[capo]
        return s.get("proclamabile", True) and not s.get("deceduto_il") and not s.get("impedito_il")

    def _piccolo(self, sindaco):
        due_terzi = Fraction(2 * self.n, 3)
        maggioranza = int(due_terzi) + (due_terzi - int(due_terzi) > Fraction(1, 2))
        sua = next(i for i, x in self.liste.items() if x["sindaco"] == sindaco)
        altre = {i: v for i, v in self.voti.items() if i != sua}
        seggi, seduti = {sua: maggioranza}, []
        if self.regione == "sicilia":
            seconda = max(altre, key=altre.get)
            if list(altre.values()).count(altre[seconda]) > 1:
                raise NonVerificabile("parità fra le seconde liste")
            perdente = self.miglior_perdente(sindaco)
            seggi[seconda] = self.n - maggioranza - (perdente is not None)
            seduti = [perdente] if perdente is not None else []
        else:
            avuti, _ = dhondt(altre, self.n - maggioranza, self.sorti)
            for lista, quanti in avuti.items():
                capo = self.liste[lista]["sindaco"]
                entra = quanti > 0 and self.proclamabile(capo)
                seggi[lista] = quanti - entra
                seduti += [capo] if entra else []
        return {i: min(n, self._capienza(i)) for i, n in seggi.items()}, seduti

    def _capienza(self, lista):
        nomi = self.liste[lista].get("candidati")
        return self.n if nomi is None else sum(c.get("proclamabile", True) for c in nomi)

    def ammesse(self):
        """Lists that take part: 3% of the votes for sindaci, list or group; Sicilia 5% of the list votes."""
        tutte = sum(self.voti.values())
        if self.regione == "sicilia":
            return [i for i in self.liste if Fraction(self.voti[i], tutte) >= Fraction(1, 20)]
        gruppi = {s: sum(self.voti[i] for i in self.gruppo(s, self.liste, 1)) for s in self.sindaci}
        tre = Fraction(3 * self.t, 100)
        return [i for i, x in self.liste.items() if self.voti[i] >= tre or gruppi[x["sindaco"]] >= tre]

    def _premio(self):
        sessanta = Fraction(60 * self.n, 100)
        giorno = self.dati["data"]
        if self.regione == "sicilia" and "2020-03-06" <= giorno < "2022-03-16":  # l.r. 6/2020
            return int(sessanta) + (sessanta - int(sessanta) > Fraction(1, 2))
        return ceil(sessanta)

    def _grande(self, sindaco, turno):
        dentro = self.ammesse()
        gruppi = {s: self.gruppo(s, dentro, turno) for s in self.sindaci}
        cifre = {s: sum(self.voti[i] for i in liste) for s, liste in gruppi.items() if liste}
        prova, _ = self._prova(cifre)
        contano = dentro if self.regione == "sicilia" else list(self.liste)
        base = sum(self.voti[i] for i in dentro) if self.regione == "sicilia" else self.t
        primo = {s: sum(self.voti[i] for i in self.gruppo(s, contano, 1)) for s in self.sindaci}
        premio, suoi = self._premio(), prova.get(sindaco, 0)
        bloccato = any(2 * v > base for s, v in primo.items() if s != sindaco)
        spetta = bool(cifre.get(sindaco)) and suoi < premio and not bloccato
        if turno == 1 and 5 * primo[sindaco] < 2 * base:
            spetta = False
        perdente = self.miglior_perdente(sindaco)
        altri = {s: v for s, v in cifre.items() if s != sindaco}
        riservato = perdente is not None and (spetta or suoi >= premio)
        if spetta or riservato:
            maggioranza = premio if spetta else suoi
            resto, _ = dhondt(altri, self.n - maggioranza - riservato, self.sorti)
            per_gruppo = {sindaco: maggioranza, **resto}
        else:
            per_gruppo, _ = dhondt(cifre, self.n, self.sorti)
        if self.regione == "sicilia":
            candidati = [] if riservato or perdente is None else [perdente]
        else:
            candidati = [s for s in self.sindaci if s != sindaco and self.proclamabile(s)]
        seggi, seduti = {}, [perdente] if riservato else []
        for capo, liste in gruppi.items():
            avuti, entrati = self._dentro(liste, per_gruppo.get(capo, 0), candidati)
            seggi.update(avuti)
            seduti += entrati
        return self._esaurite(seggi, gruppi), [s for s in self.sindaci if s in seduti]

    def _prova(self, cifre):
        try:
            return dhondt(cifre, self.n, self.sorti)
        except NonVerificabile:  # a tie of the trial division may not matter: count the certain seats only
            return dhondt(cifre, self.n - 1, Sorti([]))

    def _dentro(self, liste, quanti, candidati):
        """Seats inside a group; each losing sindaco takes the last seat of his own first-round lists."""
        avuti, ordine = dhondt({i: self.voti[i] for i in liste}, quanti, self.sorti)
        entrati = []
        for capo in candidati:
            sue = [i for i in liste if self.liste[i]["sindaco"] == capo]
            posti = [i for i in ordine if i in sue]
            if posti:
                avuti[posti[-1]] -= 1
                del ordine[len(ordine) - 1 - ordine[::-1].index(posti[-1])]
                entrati.append(capo)
        return avuti, entrati

    def _esaurite(self, seggi, gruppi):
        """A list with fewer candidates than seats gives the rest to the next quotients of its group."""
        for liste in gruppi.values():
            eccesso = sum(max(0, seggi[i] - self._capienza(i)) for i in liste)
            if not eccesso:
                continue
            for i in liste:
                seggi[i] = min(seggi[i], self._capienza(i))
            spazi = {i: self._capienza(i) - seggi[i] for i in liste}
            altri, _ = dhondt({i: self.voti[i] for i in liste}, eccesso, self.sorti, spazi, dict(seggi))
            if sum(altri.values()) < eccesso:
                raise NonVerificabile("un intero gruppo di liste ha esaurito i candidati")
            for i, n in altri.items():
                seggi[i] += n
        return seggi

    def eletti(self, seggi):
        """The first of each ranking: preferences, then place in the list (artt. 71 c. 9, 73 c. 12)."""
        esito = {}
        for i, lista in self.liste.items():
            if lista.get("candidati"):
                possibili = [c for c in lista["candidati"] if c.get("proclamabile", True)]
                ordine = sorted(possibili, key=lambda c: -c["preferenze"])  # the sort keeps the list order
                esito[str(i)] = [c["id"] for c in ordine[: seggi.get(i, 0)]]
        return esito


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
    elezione = Elezione(dati)
    if atteso["esito"] not in ("riparto", "nulla"):
        raise NonVerificabile(f"l'esito pubblicato è «{atteso['esito']}»")
    if elezione.unica:
        valida = elezione.quorum()
        confronta("quorum della lista unica", valida, atteso["esito"] == "riparto")
        if not valida:
            return righe, giusto
    elif atteso["esito"] == "nulla":
        confronta("l'elezione è valida: c'è più di una lista", "riparto", "nulla")
        return righe, giusto
    sindaco, turno = elezione.eleggi()
    confronta("sindaco eletto e turno", (sindaco, turno), (atteso["sindaco"], atteso["turno"]))
    seggi, seduti = elezione.consiglio(sindaco, turno)
    nostri = {str(i): seggi.get(i, 0) for i in elezione.liste}
    confronta("seggi di ogni lista", nostri, atteso["seggi_per_lista"])
    confronta("sindaci non eletti in consiglio", sorted(seduti), sorted(atteso["consiglieri_sindaci"]))
    confronta("consiglieri eletti", elezione.eletti(seggi), atteso["eletti"])
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
