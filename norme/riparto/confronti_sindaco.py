"""The comparisons behind the choice of the sindaco: most votes, shares, ties, the quorum of a single list."""

from collections.abc import Sequence

from norme.ingresso import Id
from norme.riparto import passi as p
from norme.riparto.forme import Confronto, Forma, Raccolta, Voce, combine, differences


class ConfrontiSindaco(Raccolta):
    """Reads the steps up to the election of the sindaco."""

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
        self._al_ballottaggio = True
        if passo.soglia is None:  # a tie at the top, up to 15.000
            primo = passo.ammessi[0]
            self._tie("sindaco", turno=1, uguali=differences("s", passo.ammessi))
            meno = [
                ident for ident in self._sindaci() if self._votes(("s", ident)) < self._votes(("s", primo))
            ]
            self._beats("sindaco", "s", primo, meno)
            return
        base = self._base("sindaci")
        for ident in self._sindaci():
            voti: Forma = {("s", ident): 1}
            self._add("sindaco", *self._share(voti, base, passo.soglia, raggiunta=False))
            if ident not in passo.ammessi:
                for ammesso in passo.ammessi:
                    self._beats("sindaco", "s", ammesso, [ident])

    def _read_spareggio(self, per: str, criterio: str, fra: Sequence[Id], prevale: Id) -> None:
        """Equal in votes as long as their votes stay; then the cifra, and only among equals the rest."""
        secondo = per == "elezione" and self._al_ballottaggio
        genere = "b" if secondo else "s"
        self._tie("sindaco", turno=2 if secondo else 1, uguali=differences(genere, fra))
        if self.fino:
            return
        sua, suoi_voti = self._linked(prevale, secondo), self._votes((genere, prevale))
        for altro in self.dati.sindaci:
            if altro.id == prevale or self._votes((genere, altro.id)) != suoi_voti:
                continue
            forma = combine((sua, 1), (self._linked(altro.id, secondo), -1))
            if criterio != "cifra" and not sum(peso * self._votes(voce) for voce, peso in forma.items()):
                self._tie("sindaco", turno=1, uguali=[forma])
            else:
                self._add("sindaco", forma, -1)

    def _linked(self, sindaco: Id, al_ballottaggio: bool) -> Forma:
        """The list votes linked to a sindaco; at the runoff with the new links."""
        capi = {
            lista.id: (lista.apparentata_con if al_ballottaggio else None) or lista.sindaco
            for lista in self.dati.liste
        }
        return self._lists(lista for lista, capo in capi.items() if capo == sindaco)

    def _read_open_draw(self) -> None:
        """A draw not made yet: at the runoff it is known between whom; else any ballot may matter."""
        domanda = self.esito.richiesta
        if domanda is not None and domanda.tipo == "sindaco" and self._al_ballottaggio:
            nomi = domanda.contendenti
            self._read_spareggio("elezione", "sorteggio", nomi, nomi[0])
        else:
            self._tie("sindaco" if self.esito.sindaco is None else "seggi")

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
