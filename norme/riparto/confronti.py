"""The comparisons that decide an allocation, as linear inequalities in the votes.

An allocation takes the same path, so has the same outcome, as long as every inequality written here
holds. Each is ``sum(coefficient * votes) + constant >= 0`` on integers; where a tie was broken by age,
cifra or draw, one ballot may change things and the inequality has no slack at all (``parita``).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from norme.ingresso import Id
from norme.riparto import passi as p
from norme.riparto.confronti_sindaco import ConfrontiSindaco
from norme.riparto.esito import Esito
from norme.riparto.forme import Confronto, Forma, Voce, combine, differences
from norme.riparto.quozienti import dhondt
from norme.riparto.tipi import DatiRiparto


class Confronti(ConfrontiSindaco):
    """Reads the steps of an outcome and collects the comparisons behind them."""

    def __init__(self, dati: DatiRiparto, esito: Esito) -> None:
        super().__init__(dati, esito)
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
            self._read_open_draw()
        self._check_voted_lists()
        self._check_divided_groups()

    def _read(self, passo: p.Passo) -> None:
        lettori: dict[type, Callable[[Any], None]] = {
            p.SindacoEletto: self._read_eletto,
            p.AmmessiBallottaggio: self._read_ammessi,
            p.SpareggioSindaci: lambda x: self._read_spareggio(x.per, x.criterio, x.fra, x.prevale),
            p.SubentroBallottaggio: lambda _: self._tie("sindaco", turno=1),
            p.ElezioneNulla: lambda _: self._tie("sindaco"),
            p.QuorumListaUnica: self._read_quorum,
            p.SorteggioApplicato: self._read_draw,
            p.Gruppi: self._read_gruppi,
            p.Sbarramento: self._read_sbarramento,
            p.TabellaQuozienti: self._read_tabella,
            p.VerificaPremio: self._read_premio,
            p.SecondaLista: self._read_seconda_lista,
            p.MigliorPerdente: self._read_miglior_perdente,
            p.SindacoFuori: self._read_fuori,
            p.SeggioSindacoNonEletto: self._read_seduto,
            p.ListaEsaurita: self._read_esaurita,
            p.Graduatoria: self._read_graduatoria,
        }
        if type(passo) in lettori:
            lettori[type(passo)](passo)

    def _read_draw(self, passo: p.SorteggioApplicato) -> None:
        """A seat drawn is drawn in the same way while those drawn have the same figures.

        The draws among the candidates sindaco, or of whom to charge, are read with the tie they settle.
        """
        richiesta = passo.richiesta
        nomi = richiesta["contendenti"]
        if richiesta["tipo"] not in ("sindaco", "ballottaggio", "addebito"):
            if richiesta["fra"] == "sindaci":
                uguali: Iterable[Forma] = differences("s", nomi)
            else:
                forme = [self._contender(richiesta["fra"], ident) for ident in nomi]
                uguali = [combine((forme[0], 1), (forma, -1)) for forma in forme[1:]]
            self._tie("seggi", turno=1, uguali=uguali)

    def _read_gruppi(self, passo: p.Gruppi) -> None:
        self._gruppi = {riga.sindaco: riga.liste for riga in passo.righe}

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

    def _contender(self, fra: str, ident: Id) -> Forma:
        if fra == "liste":
            return self._lists([ident])
        liste = self._gruppi.get(ident) or [lista.id for lista in self.dati.liste_per_sindaco[ident]]
        return self._lists(liste)

    def _read_tabella(self, passo: p.TabellaQuozienti) -> None:
        """Every last winning quotient beats every next one (71.8, 73.8)."""
        if passo.scopo == "prova" and not self._riservato and self._read_trial(passo):
            return
        vinti, gia = passo.seggi_per(), dict(passo.gia)
        voti = {ident: self._contender(passo.fra, ident) for ident, _ in passo.cifre}
        divisori = {ident: gia.get(ident, 0) + vinti[ident] for ident, _ in passo.cifre}
        if passo.incerti:
            self._read_tied(passo.in_parita, voti, divisori)
        if len(passo.graduatoria) + passo.incerti < passo.seggi:
            for ident, _ in passo.cifre:
                if not vinti[ident]:
                    self._add("seggi", combine((voti[ident], -1)))
        self._compare_quotients(voti, divisori, vincono=[ident for ident, numero in vinti.items() if numero])

    def _compare_quotients(
        self, voti: Mapping[Id, Forma], divisori: Mapping[Id, int], *, vincono: Iterable[Id] | None = None
    ) -> None:
        """The last winning quotient of each comes before the next one of every other."""
        for ident in [x for x in voti if divisori[x]] if vincono is None else vincono:
            self._add("seggi", voti[ident], -1)
            for altro in voti:
                if altro != ident:
                    self._outrank(voti[ident], divisori[ident], voti[altro], divisori[altro] + 1)

    def _outrank(self, forte: Forma, divisore: int, debole: Forma, altro: int) -> None:
        """A quotient comes before another; equal, the greater cifra (so the greater divisor) does."""
        self._add("seggi", combine((forte, altro), (debole, -divisore)), -int(divisore <= altro))

    def _read_tied(
        self, in_parita: Sequence[Id], voti: Mapping[Id, Forma], divisori: Mapping[Id, int]
    ) -> None:
        """The last seats left open among equals: they stay equal, and ahead of the others."""
        primo = in_parita[0]
        uguali = [combine((voti[primo], 1), (voti[altro], -1)) for altro in in_parita[1:]]
        self._tie("seggi", turno=1, uguali=uguali)
        for altro in voti:
            if altro not in in_parita:
                self._outrank(voti[primo], divisori[primo] + 1, voti[altro], divisori[altro] + 1)

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
        voti, maggioranza = self._contender(passo.fra, ultimo.a), self._contender(passo.fra, premio.sindaco)
        forma = combine((voti, premio.seggi_premio + 1), (maggioranza, -ultimo.divisore))
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

    def _read_seduto(self, passo: p.SeggioSindacoNonEletto) -> None:
        """Seated by the surplus: which of his lists pays is not read here, so any ballot may matter."""
        if passo.criterio == "eccedenza":
            self._tie("seggi", turno=1)

    def _read_fuori(self, passo: p.SindacoFuori) -> None:
        """Sicilia, up to 15.000: his seat goes to his list if it has votes."""
        if self.fino and self.dati.ordinamento == "sicilia":
            for lista in self.dati.liste_per_sindaco[passo.sindaco]:
                segno = 1 if lista.voti else -1
                self._add("seggi", self._lists([lista.id], segno), -int(lista.voti > 0))

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
        prima, seconda, *_ = sorted(self.dati.liste, key=lambda lista: -lista.voti)
        if seconda.voti:
            self._add("sindaco", self._lists([seconda.id]), -1)
            return
        for lista in self.dati.liste:
            if not lista.voti:
                self._add("sindaco", self._lists([lista.id], -1))
        if prima.voti:
            self._add("sindaco", self._lists([prima.id]), -1)
            self._check_voted_sindaci(prima.sindaco)

    def _check_voted_sindaci(self, solo: Id) -> None:
        """One list alone has votes: its rule also needs that no other sindaco has any."""
        altri: list[Voce] = [("s", sindaco.id) for sindaco in self.dati.sindaci if sindaco.id != solo]
        if any(self._votes(voce) for voce in altri):
            self._add("sindaco", dict.fromkeys(altri, 1), -1)
        else:
            for voce in altri:
                self._add("sindaco", {voce: -1})

    def _check_divided_groups(self) -> None:
        """A losing sindaco whose lists parted is charged where their lowest winning quotient is."""
        sedi: dict[Id, list[Id]] = {}
        for capo, liste in self._gruppi.items():
            for sindaco in dict.fromkeys(self.dati.lista_per_id[lista].sindaco for lista in liste):
                sedi.setdefault(sindaco, []).append(capo)
        divisi = {sindaco: capi for sindaco, capi in sedi.items() if len(capi) > 1}
        if not divisi:
            return
        if self.esito.esito != "riparto" or any(isinstance(x, p.ListaEsaurita) for x in self.esito.passi):
            self._tie("seggi", turno=1)
            return
        for sindaco, capi in divisi.items():
            ultimi = [q for capo in capi for q in self._last_quotients(capo, sindaco)]
            if ultimi:
                lista, divisore, quoziente = min(ultimi, key=lambda q: (q[2], q[1]))
                for altra, suo, suo_quoziente in ultimi:
                    if altra == lista:
                        continue
                    if (suo, suo_quoziente) == (divisore, quoziente):
                        forma = combine((self._lists([altra]), 1), (self._lists([lista]), -1))
                        self._tie("seggi", turno=1, uguali=[forma])
                    else:
                        self._outrank(self._lists([altra]), suo, self._lists([lista]), divisore)

    def _last_quotients(self, capo: Id, sindaco: Id) -> list[tuple[Id, int, Fraction]]:
        """The last winning quotient of each list of a sindaco inside a group, by its full seats."""
        suoi = self.esito.seggi_per_lista
        liste = [self.dati.lista_per_id[ident] for ident in self._gruppi[capo]]
        posti = sum(suoi[lista.id] for lista in liste) + sum(
            isinstance(x, p.SeggioSindacoNonEletto) and x.gruppo == capo for x in self.esito.passi
        )
        tavola = dhondt({lista.id: lista.voti for lista in liste}, posti)
        if tavola.incerti:
            self._tie("seggi", turno=1)
            return []
        vinti = {lista.id: tavola.conta(lista.id) for lista in liste}
        self._compare_quotients({ident: self._lists([ident]) for ident in vinti}, vinti)
        return [
            (lista.id, vinti[lista.id], Fraction(lista.voti, vinti[lista.id]))
            for lista in liste
            if lista.sindaco == sindaco and vinti[lista.id]
        ]
