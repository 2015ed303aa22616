"""Every step of an allocation as an Italian sentence that a judge can follow, figures included.

``explain(passi, dati)`` gives one sentence per step. Percentages are shown cut, never rounded up, to two
decimals: the decision itself was made on the whole numbers, which the sentence also gives.
"""

from collections.abc import Callable, Sequence
from fractions import Fraction
from operator import itemgetter
from typing import Any

from norme import frasi_sindaco
from norme.frasi_sindaco import Nomi
from norme.parole import join, percento, quanti, quota, seggi, soglia, voti
from norme.registro import migliaia
from norme.riparto import passi as p
from norme.riparto.tipi import DatiRiparto

BASI = {
    "sindaci": "voti validi per i sindaci",
    "liste": "voti di lista",
    "liste_ammesse": "voti delle liste ammesse",
}


def explain(passi: Sequence[p.Passo], dati: DatiRiparto) -> list[str]:
    """One sentence per step, in order."""
    nomi = Nomi(dati)
    return [FRASI[type(passo)](passo, nomi) for passo in passi]


def _maggioranza(passo: p.SeggiMaggioranza, nomi: Nomi) -> str:
    chi = nomi.sindaci[passo.sindaco]
    esatto = passo.quota * passo.seggi_consiglio
    if passo.quota_di_quozienti:
        return (
            f"Alla maggioranza di {chi} spettano {seggi(passo.seggi)}: i quozienti ne danno più della quota."
        )
    conto = f"{passo.seggi_consiglio} × {passo.quota.numerator}/{passo.quota.denominator}"
    arrotonda = ""
    if esatto.denominator > 1:
        verso = "si arrotonda in su perché la parte decimale supera il mezzo"
        if passo.seggi < esatto:
            verso = "si arrotonda in giù perché la parte decimale non supera il mezzo"
        arrotonda = f" = {_decimale(esatto)}; {verso}"
    su = f"{seggi(passo.seggi)} su {passo.seggi_consiglio}"
    return f"Alla maggioranza di {chi} vanno {su} ({conto}{arrotonda})."


def _decimale(valore: Fraction) -> str:
    centesimi = valore.numerator * 100 // valore.denominator
    return f"{migliaia(centesimi // 100)},{centesimi % 100:02d}"


def _seconda(passo: p.SecondaLista, nomi: Nomi) -> str:
    return (
        f"I {passo.seggi} seggi della minoranza vanno tutti alla seconda lista,"
        f" {nomi.liste[passo.lista]}, con {voti(passo.voti)}."
    )


def _gruppi(passo: p.Gruppi, nomi: Nomi) -> str:
    quando = "al primo turno" if passo.turno == 1 else "al ballottaggio"
    righe = [
        f"{nomi.sindaci[capo]} {migliaia(cifra)} ({quanti(len(liste), 'lista', 'liste')})"
        for capo, liste, cifra in passo.righe
    ]
    return f"Cifre delle liste e dei gruppi ammessi, con i collegamenti {quando}: {join(righe)}."


def _sbarramento(passo: p.Sbarramento, nomi: Nomi) -> str:
    fuori = [riga for riga in passo.righe if not riga.ammessa]
    if passo.soglia.quota == 0:
        return "Non c'è soglia di sbarramento: tutte le liste partecipano ai seggi."
    base = f"{BASI[passo.base]}, {migliaia(passo.base_voti)}"
    gruppo = "" if passo.soglia_gruppo is None else ", da sole o con il loro gruppo del primo turno"
    regola = f"Partecipano ai seggi le liste che hanno {soglia(passo.soglia)} dei {base}{gruppo}"
    if not fuori:
        return f"{regola}: sono ammesse tutte le {len(passo.righe)} liste."
    escluse = join([f"{nomi.liste[r.lista]} ({percento(r.cifra, passo.base_voti)})" for r in fuori])
    return f"{regola}: restano escluse {escluse}."


def _scopo(passo: p.TabellaQuozienti, nomi: Nomi) -> str:
    match passo.scopo:
        case "prova":
            return f"Prova del riparto dei {passo.seggi} seggi senza premio"
        case "consiglio":
            return f"Riparto di tutti i {passo.seggi} seggi"
        case "minoranza":
            return f"Riparto {_dei(passo.seggi)} della minoranza"
        case "gruppo" if passo.gruppo is not None:
            return f"Dentro il {nomi.gruppo(passo.gruppo)}, riparto {_dei(passo.seggi)}"
        case _:
            return f"Seggi rimasti senza candidati ({passo.seggi})"


def _tabella(passo: p.TabellaQuozienti, nomi: Nomi) -> str:
    vinti = [(ident, seggi) for ident, seggi in passo.seggi_per().items() if seggi]
    vinti.sort(key=itemgetter(1), reverse=True)
    righe = [f"{nomi.soggetto(ident, passo.fra)} {seggi}" for ident, seggi in vinti]
    frase = f"{_scopo(passo, nomi)}, ai quozienti più alti: {join(righe) or 'nessuno'}."
    if passo.graduatoria:
        ultimo = passo.graduatoria[-1]
        chi = ("di " if passo.fra == "liste" else "del ") + nomi.soggetto(ultimo.a, passo.fra)
        frase += f" L'ultimo quoziente utile è {chi}: {_quoziente(ultimo.cifra, ultimo.divisore)}."
    if passo.incerti:
        pari = nomi.elenca(passo.in_parita, passo.fra)
        frase += f" La parità fra {pari} per {seggi(passo.incerti)} non cambia l'esito e non si sorteggia."
    return frase


def _dei(valore: int) -> str:
    if valore == 1:
        return "dell'unico seggio"
    return f"{'degli' if valore == 11 or str(valore)[0] == '8' else 'dei'} {valore} seggi"


def _quoziente(cifra: int, divisore: int) -> str:
    return f"{migliaia(cifra)} : {divisore} = {_decimale(Fraction(cifra, divisore))}"


def _premio(passo: p.VerificaPremio, nomi: Nomi) -> str:
    chi = nomi.gruppo(passo.sindaco)
    base = f"{BASI[passo.base]} ({migliaia(passo.base_voti)})"
    esatto = passo.quota * passo.seggi_consiglio
    verso = "per eccesso" if passo.arrotondamento == "eccesso" else "all'unità più vicina"
    conto = "" if esatto.denominator == 1 else f" ({_decimale(esatto)}, arrotondato {verso})"
    cento = f"Il premio è {quota(passo.quota)} di {passo.seggi_consiglio}{conto}: {passo.seggi_premio} seggi"
    if passo.perche == "senza_liste":
        return f"Il {chi} non ha liste ammesse ai seggi: nessun premio."
    if passo.perche == "gia_raggiunto":
        return f"{cento}. Il {chi} ne ottiene già {passo.seggi_ottenuti} con i quozienti: non serve."
    if passo.perche == "bloccato" and passo.altro is not None:
        altro = f"il {nomi.gruppo(passo.altro)} ha {migliaia(passo.cifra_altro)} voti di lista al primo turno"
        return (
            f"Premio negato: {altro}, {percento(passo.cifra_altro, passo.base_voti)} dei {base},"
            f" {soglia(passo.blocco)}."
        )
    propria = f"{migliaia(passo.cifra)} voti di lista, {percento(passo.cifra, passo.base_voti)} dei {base}"
    if passo.perche == "sotto_soglia":
        return f"Premio negato: il {chi} ha {propria}, e ne serve {soglia(passo.soglia)}."
    condizione = f"ha {propria}, {soglia(passo.soglia)}," if passo.turno == 1 else "ha vinto al ballottaggio"
    altri = ""
    if passo.altro is not None:
        altri = (
            f" e nessun altro ha {soglia(passo.blocco)}: il più votato,"
            f" il {nomi.gruppo(passo.altro)}, ha {percento(passo.cifra_altro, passo.base_voti)}"
        )
    return f"{cento}. Il {chi} ne otterrebbe {passo.seggi_ottenuti}, {condizione}{altri}: prende il premio."


def _sindaco_in_consiglio(passo: p.SeggioSindacoNonEletto, nomi: Nomi) -> str:
    chi = f"{nomi.sindaci[passo.sindaco]}, candidato sindaco non eletto, entra in consiglio"
    resta = f"da {passo.seggi_prima} a {passo.seggi_dopo}"
    modi = {
        "unica_lista": f"prende il primo seggio della sua lista ({resta})",
        "gruppo": f"il suo seggio si toglie dal totale del suo gruppo ({resta})",
        "liste_primo_turno": f"il suo seggio si toglie alle sue liste del primo turno ({resta})",
        "ultimo_quoziente_gruppo": f"il suo seggio è l'ultimo quoziente utile del gruppo unito ({resta})",
        "minoranza": f"il suo seggio si toglie dalla quota da dividere, prima dei quozienti ({resta})",
        "seconda_lista": f"il suo seggio si toglie alla seconda lista ({resta})",
        "eccedenza": f"prende il seggio venuto alle sue liste dalle eccedenze ({resta})",
    }
    return f"{chi}: {modi[passo.criterio]}."


def _sindaco_fuori(passo: p.SindacoFuori, nomi: Nomi) -> str:
    motivi = {
        "senza_seggi": "le liste che lo sostenevano non hanno seggi",
        "non_proclamabile": "non può essere proclamato",
        "seggio_alla_lista": "non può essere proclamato, e il seggio va per surroga alla sua lista",
    }
    return f"{nomi.sindaci[passo.sindaco]} non entra in consiglio: {motivi[passo.motivo]}."


def _miglior_perdente(passo: p.MigliorPerdente, nomi: Nomi) -> str:
    ha = f"{voti(passo.voti)} su {migliaia(passo.totale)} ({percento(passo.voti, passo.totale)})"
    esito = "ottiene un seggio" if passo.ottiene else "non ottiene il seggio"
    if not passo.ottiene and passo.soglia.is_met(passo.voti, passo.totale):
        esito = "avrebbe un seggio, ma non può essere proclamato"
    return (
        f"Fra i candidati sindaco non eletti il più votato è {nomi.sindaci[passo.sindaco]}, {ha}:"
        f" {esito}; serve {soglia(passo.soglia)}."
    )


def _esaurita(passo: p.ListaEsaurita, nomi: Nomi) -> str:
    dove = {
        "gruppo": "l'eccedenza passa ai quozienti seguenti dello stesso gruppo, poi degli altri",
        "tutte": "l'eccedenza passa ai quozienti seguenti di tutte le liste",
        "vacante": "l'eccedenza resta vacante",
    }
    return (
        f"Alla lista {nomi.liste[passo.lista]} spettano {seggi(passo.seggi)} ma ha"
        f" {quanti(passo.candidati, 'candidato', 'candidati')}: {dove[passo.destinazione]}."
    )


def _graduatoria(passo: p.Graduatoria, nomi: Nomi) -> str:
    eletti = [
        f"{nomi.candidati[passo.lista, riga.candidato]} ({migliaia(riga.cifra_individuale)})"
        for riga in passo.righe
        if riga.eletto
    ]
    lista = nomi.liste[passo.lista]
    if not eletti:
        return f"Lista {lista}: nessun eletto."
    return f"Lista {lista}, eletti per cifra individuale: {join(eletti)}." + _parita_di_cifra(passo, nomi)


def _parita_di_cifra(passo: p.Graduatoria, nomi: Nomi) -> str:
    """When the last seat goes by the order of the list: who is tied, said where the ranking is told."""
    eletti = [riga for riga in passo.righe if riga.eletto]
    ultima = eletti[-1].cifra_individuale
    fuori = [
        r.candidato for r in passo.righe if not r.eletto and r.proclamabile and r.cifra_individuale == ultima
    ]
    if not fuori:
        return ""
    dentro = [riga.candidato for riga in eletti if riga.cifra_individuale == ultima]
    chi = join([nomi.candidati[passo.lista, c] for c in dentro])
    altri = join([nomi.candidati[passo.lista, c] for c in fuori])
    verbo = "precede" if len(dentro) == 1 else "precedono"
    return f" A parità di cifra ({migliaia(ultima)}) {chi} {verbo} {altri} nell'ordine della lista."


def _anziano(passo: p.ConsigliereAnziano, nomi: Nomi) -> str:
    chi = [nomi.candidati[lista, c] for lista, c in zip(passo.liste, passo.candidati, strict=True)]
    cifra = migliaia(passo.cifra_individuale)
    if len(chi) > 1:
        return f"Hanno pari la maggiore cifra individuale, {cifra}: {join(chi)}."
    return f"Consigliere anziano è {chi[0]}, con la maggiore cifra individuale: {cifra}."


def _sorteggio(passo: p.SorteggioApplicato, nomi: Nomi) -> str:
    richiesta = passo.richiesta
    fra = richiesta["fra"]
    contendenti = nomi.elenca(richiesta["contendenti"], fra)
    vince = nomi.elenca([passo.esito], fra)
    if richiesta["tipo"] == "addebito":
        quoziente = _quoziente(richiesta["cifra"], richiesta["divisore"])
        return (
            f"Le liste di un candidato sindaco non eletto hanno pari l'ultimo quoziente, {quoziente}."
            f" Fra {contendenti} si è sorteggiato chi cede il seggio: {vince}."
        )
    return f"A parità di ogni cifra fra {contendenti} si è sorteggiato: la sorte favorisce {vince}."


FRASI: dict[type, Callable[[Any, Nomi], str]] = {
    p.VotiSindaci: frasi_sindaco.voti_sindaci,
    p.SpareggioSindaci: frasi_sindaco.spareggio,
    p.AmmessiBallottaggio: frasi_sindaco.ammessi,
    p.SubentroBallottaggio: frasi_sindaco.subentro,
    p.SindacoEletto: frasi_sindaco.eletto,
    p.QuorumListaUnica: frasi_sindaco.quorum,
    p.ElezioneNulla: frasi_sindaco.nulla,
    p.SeggiMaggioranza: _maggioranza,
    p.SecondaLista: _seconda,
    p.Gruppi: _gruppi,
    p.Sbarramento: _sbarramento,
    p.TabellaQuozienti: _tabella,
    p.VerificaPremio: _premio,
    p.SeggioSindacoNonEletto: _sindaco_in_consiglio,
    p.SindacoFuori: _sindaco_fuori,
    p.MigliorPerdente: _miglior_perdente,
    p.ListaEsaurita: _esaurita,
    p.Graduatoria: _graduatoria,
    p.ConsigliereAnziano: _anziano,
    p.SorteggioApplicato: _sorteggio,
}
