"""The comparisons that decide an allocation, as linear inequalities in the votes.

An allocation takes the same path, so has the same outcome, as long as every inequality written here
holds. Each is ``sum(coefficient * votes) + constant >= 0`` on integers; where a tie was broken by age,
cifra or draw, one ballot may change things and the inequality has no slack at all (``PARITA``).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from norme.ingresso import Id
from norme.riparto import passi as p
from norme.riparto.esito import Esito
from norme.riparto.tipi import FINO_15000, DatiRiparto, Soglia

Livello = Literal["sindaco", "seggi", "eletti"]
Voce = tuple[Id, ...]
Forma = Mapping[Voce, int]


@dataclass(frozen=True, slots=True)
class Confronto:
    """``forma`` on the votes plus ``costante``; ``scarto`` is its value now, never below zero.

    With ``alternative`` the comparison holds while any of them holds; a ``parita`` has no slack.
    """

    livello: Livello
    forma: Forma
    scarto: int
    alternative: tuple["Confronto", ...] = ()
    parita: bool = False
    turno: int = 0

    def is_touched(self, turno: int) -> bool:
        """Whether ballots of a round can break it; a tie says of which round it is (0: of any)."""
        return self.turno in (0, turno)


class Confronti:
    """Reads the steps of an outcome and collects the comparisons behind them."""

    def __init__(self, dati: DatiRiparto, esito: Esito) -> None:
        self.dati = esito.dati or dati
        self.esito = esito
        self.fino = _is_fino(esito)
        self.tutti: list[Confronto] = []
        self._gruppi: dict[Id, tuple[Id, ...]] = {}
        self._premio: p.VerificaPremio | None = next(
            (passo for passo in esito.passi if isinstance(passo, p.VerificaPremio)), None
        )
        self._riservato = any(
            isinstance(passo, p.SeggioSindacoNonEletto) and passo.criterio == "minoranza"
            for passo in esito.passi
        )
        for passo in esito.passi:
            self._read(passo)
        if esito.esito == "sorteggio":
            self._tie("sindaco" if esito.sindaco is None else "seggi")
        self._check_voted_lists()

    def _add(self, livello: Livello, forma: Forma, costante: int = 0) -> None:
        self.tutti.append(self._make(livello, forma, costante))

    def _make(self, livello: Livello, forma: Forma, costante: int = 0) -> Confronto:
        valore = sum(coefficiente * self._votes(voce) for voce, coefficiente in forma.items()) + costante
        return Confronto(livello, forma, max(valore, 0))

    def _tie(self, livello: Livello, *, turno: int = 0) -> None:
        self.tutti.append(Confronto(livello, {}, 0, parita=True, turno=turno))

    def _votes(self, voce: Voce) -> int:
        genere, ident = voce[0], voce[1]
        if genere == "s":
            return self.dati.sindaco_per_id[ident].voti
        if genere == "b":
            return self.dati.sindaco_per_id[ident].voti_ballottaggio or 0
        if genere == "l":
            return self.dati.lista_per_id[ident].voti
        candidati = self.dati.lista_per_id[ident].candidati or ()
        return next(candidato.preferenze for candidato in candidati if candidato.id == voce[2])

    def _sindaci(self) -> list[Id]:
        return [sindaco.id for sindaco in self.dati.sindaci]

    def _lists(self, liste: Iterable[Id], coefficiente: int = 1) -> dict[Voce, int]:
        """Votes of some lists; up to 15.000 (ordinary) they are the votes of their sindaco."""
        forma: dict[Voce, int] = {}
        for ident in liste:
            voce: Voce = ("l", ident)
            if self.fino and self.dati.ordinamento == "ordinario":
                voce = ("s", self.dati.lista_per_id[ident].sindaco)
            forma[voce] = forma.get(voce, 0) + coefficiente
        return forma

    def _base(self, base: str, ammesse: Iterable[Id] = ()) -> dict[Voce, int]:
        if base == "sindaci":
            return {("s", ident): 1 for ident in self._sindaci()}
        if base == "liste":
            return self._lists(lista.id for lista in self.dati.liste)
        return self._lists(ammesse)

    def _share(self, voti: Forma, base: Forma, soglia: Soglia, *, raggiunta: bool) -> tuple[Forma, int]:
        """The inequality that says a threshold is (or is not) met."""
        den, num = soglia.quota.denominator, soglia.quota.numerator
        forma = _sum((voti, den), (base, -num))
        stretta = soglia.criterio == "oltre"
        if raggiunta:
            return forma, -int(stretta)
        return _sum((forma, -1)), -int(not stretta)

    def _read(self, passo: p.Passo) -> None:
        lettori: dict[type, Callable[[Any], None]] = {
            p.SindacoEletto: self._read_eletto,
            p.AmmessiBallottaggio: self._read_ammessi,
            p.SpareggioSindaci: lambda x: self._tie("sindaco", turno=int(x.per == "ballottaggio")),
            p.SubentroBallottaggio: lambda _: self._tie("sindaco", turno=1),
            p.ElezioneNulla: lambda _: self._tie("sindaco"),
            p.QuorumListaUnica: self._read_quorum,
            p.SorteggioApplicato: lambda x: self._tie("seggi", turno=int(x.richiesta["tipo"] != "sindaco")),
            p.Gruppi: self._read_gruppi,
            p.Sbarramento: self._read_sbarramento,
            p.TabellaQuozienti: self._read_tabella,
            p.VerificaPremio: self._read_premio,
            p.SecondaLista: self._read_seconda_lista,
            p.MigliorPerdente: self._read_miglior_perdente,
            p.ListaEsaurita: self._read_esaurita,
            p.Graduatoria: self._read_graduatoria,
        }
        if type(passo) in lettori:
            lettori[type(passo)](passo)

    def _beats(self, livello: Livello, genere: str, vince: Id, altri: Iterable[Id]) -> None:
        """One has strictly more votes than each of the others."""
        for altro in altri:
            if altro != vince:
                self._add(livello, {(genere, vince): 1, (genere, altro): -1}, -1)

    def _read_eletto(self, passo: p.SindacoEletto) -> None:
        if passo.criterio == "lista_unica":
            return
        genere = "s" if passo.turno == 1 else "b"
        rivali = self._sindaci()
        if passo.turno == 2:
            rivali = [s.id for s in self.dati.sindaci if s.voti_ballottaggio is not None]
        self._beats("sindaco", genere, passo.sindaco, rivali)
        if passo.soglia is not None:
            voti: Forma = {("s", passo.sindaco): 1}
            self._add("sindaco", *self._share(voti, self._base("sindaci"), passo.soglia, raggiunta=True))

    def _read_ammessi(self, passo: p.AmmessiBallottaggio) -> None:
        if passo.soglia is None:
            self._tie("sindaco", turno=1)
            return
        base = self._base("sindaci")
        for ident in self._sindaci():
            voti: Forma = {("s", ident): 1}
            self._add("sindaco", *self._share(voti, base, passo.soglia, raggiunta=False))
            if ident not in passo.ammessi:
                for ammesso in passo.ammessi:
                    self._beats("sindaco", "s", ammesso, [ident])

    def _read_quorum(self, passo: p.QuorumListaUnica) -> None:
        """Ballots may change the voters too; the two quorums together, on the worst side."""
        sindaco = self.dati.lista_per_id[passo.lista].sindaco
        if passo.votanti is None or passo.elettori is None:
            self._tie("sindaco")
            return
        quota, voti = passo.quota_voti, [("s", sindaco), ("v", sindaco)]
        scarto = abs(passo.voti * quota.denominator - passo.votanti * quota.numerator)
        forma: dict[Voce, int] = dict.fromkeys(voti, quota.denominator)
        self.tutti.append(Confronto("sindaco", forma, scarto))
        base = passo.elettori - passo.esclusi_aire
        scarto = abs(passo.votanti * passo.quota_votanti.denominator - base * passo.quota_votanti.numerator)
        self.tutti.append(Confronto("sindaco", {("v", sindaco): passo.quota_votanti.denominator}, scarto))

    def _read_gruppi(self, passo: p.Gruppi) -> None:
        self._gruppi = {riga.sindaco: riga.liste for riga in passo.righe}
        sedi: dict[Id, set[Id]] = {}
        for capo, liste in self._gruppi.items():
            for lista in liste:
                sedi.setdefault(self.dati.lista_per_id[lista].sindaco, set()).add(capo)
        if any(len(capi) > 1 for capi in sedi.values()):
            self._tie("seggi", turno=1)

    def _read_sbarramento(self, passo: p.Sbarramento) -> None:
        if passo.soglia.quota == 0:
            return
        base = self._base(passo.base)
        for riga in passo.righe:
            prove = [(self._lists([riga.lista]), passo.soglia)]
            if passo.soglia_gruppo is not None:
                capo = self.dati.lista_per_id[riga.lista].sindaco
                gruppo = [lista.id for lista in self.dati.liste_per_sindaco[capo]]
                prove.append((self._lists(gruppo), passo.soglia_gruppo))
            forme = [
                self._make("seggi", *self._share(voti, base, soglia, raggiunta=riga.ammessa))
                for voti, soglia in prove
            ]
            if riga.perche == "vincitore":
                continue
            if riga.ammessa:
                self.tutti.append(Confronto("seggi", {}, 0, alternative=tuple(forme)))
            else:
                self.tutti.extend(forme)

    def _contender(self, passo: p.TabellaQuozienti, ident: Id) -> Forma:
        if passo.fra == "liste":
            return self._lists([ident])
        liste = self._gruppi.get(ident) or [lista.id for lista in self.dati.liste_per_sindaco[ident]]
        return self._lists(liste)

    def _read_tabella(self, passo: p.TabellaQuozienti) -> None:
        """Every last winning quotient beats every next one (71.8, 73.8)."""
        if passo.scopo == "prova" and not self._riservato and self._read_trial(passo):
            return
        if passo.incerti:
            self._tie("seggi", turno=1)
            return
        vinti, gia = passo.seggi_per(), dict(passo.gia)
        voti = {ident: self._contender(passo, ident) for ident, _ in passo.cifre}
        divisori = {ident: gia.get(ident, 0) + vinti[ident] for ident, _ in passo.cifre}
        for ident, _ in passo.cifre:
            if len(passo.graduatoria) < passo.seggi and not vinti[ident]:
                self._add("seggi", _sum((voti[ident], -1)))
            if not vinti[ident]:
                continue
            self._add("seggi", voti[ident], -1)
            for altro, _ in passo.cifre:
                if altro != ident:
                    prossimo = divisori[altro] + 1
                    forma = _sum((voti[ident], prossimo), (voti[altro], -divisori[ident]))
                    self._add("seggi", forma, -int(divisori[ident] <= prossimo))

    def _read_trial(self, passo: p.TabellaQuozienti) -> bool:
        """With the premio given only this counts: the quotients alone would not give more than it."""
        premio = self._premio
        if premio is None or premio.esito != "assegnato":
            return False
        minoranza = next(
            (x for x in self.esito.passi if isinstance(x, p.TabellaQuozienti) and x.scopo == "minoranza"),
            None,
        )
        if minoranza is None or len(minoranza.graduatoria) < minoranza.seggi or not minoranza.graduatoria:
            return False
        ultimo = minoranza.graduatoria[-1]
        voti, maggioranza = self._contender(passo, ultimo.a), self._contender(passo, premio.sindaco)
        forma = _sum((voti, premio.seggi_premio + 1), (maggioranza, -ultimo.divisore))
        self._add("seggi", forma, -1)
        return True

    def _read_premio(self, passo: p.VerificaPremio) -> None:
        sue = self._gruppi.get(passo.sindaco, ())
        if passo.perche == "senza_liste" and sue:
            self._tie("seggi", turno=1)
        elif sue:
            self._add("seggi", self._lists(sue), -1)
        ammesse = {
            riga.lista
            for altro in self.esito.passi
            if isinstance(altro, p.Sbarramento)
            for riga in altro.righe
            if riga.ammessa
        }
        base = self._base(passo.base, ammesse)
        contano = ammesse if passo.base == "liste_ammesse" else {lista.id for lista in self.dati.liste}
        for capo, liste in self.dati.liste_per_sindaco.items():
            voti = self._lists(lista.id for lista in liste if lista.id in contano)
            if capo == passo.sindaco:
                if passo.turno == 1 and passo.perche in ("spetta", "sotto_soglia"):
                    raggiunta = passo.perche == "spetta"
                    self._add("seggi", *self._share(voti, base, passo.soglia, raggiunta=raggiunta))
            elif passo.perche == "spetta":
                self._add("seggi", *self._share(voti, base, passo.blocco, raggiunta=False))
            elif passo.perche == "bloccato" and capo == passo.altro:
                self._add("seggi", *self._share(voti, base, passo.blocco, raggiunta=True))

    def _read_seconda_lista(self, passo: p.SecondaLista) -> None:
        """Sicilia: it has votes, and more than every other list of the minority."""
        self._add("seggi", {("l", passo.lista): 1}, -1)
        self._beats("seggi", "l", passo.lista, self._rival_lists(passo.lista))

    def _rival_lists(self, ident: Id) -> list[Id]:
        eletto = self.esito.sindaco
        return [lista.id for lista in self.dati.liste if lista.id != ident and lista.sindaco != eletto]

    def _read_miglior_perdente(self, passo: p.MigliorPerdente) -> None:
        altri = [ident for ident in self._sindaci() if ident not in (passo.sindaco, self.esito.sindaco)]
        voti: Forma = {("s", passo.sindaco): 1}
        raggiunta = passo.soglia.is_met(passo.voti, passo.totale)
        base = self._base("sindaci")
        self._add("seggi", *self._share(voti, base, passo.soglia, raggiunta=raggiunta))
        for altro in altri:
            if raggiunta:
                self._beats("seggi", "s", passo.sindaco, [altro])
            else:
                forma, costante = self._share({("s", altro): 1}, base, passo.soglia, raggiunta=False)
                self._add("seggi", forma, costante)

    def _read_esaurita(self, passo: p.ListaEsaurita) -> None:
        """A list without votes takes no surplus seat; with one vote it might."""
        for lista in self.dati.liste:
            if lista.voti == 0:
                self._add("seggi", self._lists([lista.id], -1))

    def _read_graduatoria(self, passo: p.Graduatoria) -> None:
        """The last elected stays ahead of each other, and each elected ahead of the first excluded."""
        dentro = [riga for riga in passo.righe if riga.eletto]
        fuori = [riga for riga in passo.righe if not riga.eletto and riga.proclamabile]
        if not dentro or not fuori:
            return
        coppie = [(dentro[-1], riga) for riga in fuori] + [(riga, fuori[0]) for riga in dentro[:-1]]
        for eletto, escluso in coppie:
            forma: dict[Voce, int] = {
                ("p", passo.lista, eletto.candidato): 1,
                ("p", passo.lista, escluso.candidato): -1,
            }
            self._add("eletti", forma, -int(eletto.posto > escluso.posto))

    def _check_voted_lists(self) -> None:
        """Up to 15.000, how many lists have votes decides whether the rule of the single list applies."""
        if not self.fino or len(self.dati.liste) < 2:
            return
        if self.dati.ordinamento == "sicilia" and not any(
            isinstance(passo, p.SecondaLista) for passo in self.esito.passi
        ):
            self._tie("seggi", turno=1)
        votate = sorted(self.dati.liste, key=lambda lista: -lista.voti)
        seconda = self._lists([votate[1].id])
        if votate[1].voti:
            self._add("sindaco", seconda, -1)
        else:
            for lista in votate[1:]:
                self._add("sindaco", self._lists([lista.id], -1))


def _sum(*addendi: tuple[Forma, int]) -> dict[Voce, int]:
    """Linear combination of forms."""
    totale: dict[Voce, int] = {}
    for forma, fattore in addendi:
        for voce, coefficiente in forma.items():
            totale[voce] = totale.get(voce, 0) + coefficiente * fattore
    return totale


def _is_fino(esito: Esito) -> bool:
    """Whether the outcome followed the rules up to 15.000 inhabitants."""
    return esito.sistema == FINO_15000
