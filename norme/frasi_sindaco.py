"""The sentences of the choice of the sindaco: votes, ties, runoff, the quorum of a single list."""

from collections.abc import Sequence
from datetime import date

from norme.ingresso import Id
from norme.parole import join, percento, quota, soglia
from norme.registro import migliaia
from norme.riparto import passi as p
from norme.riparto.tipi import DatiRiparto


class Nomi:
    """Names of sindaci and lists, to be said instead of their identifiers."""

    def __init__(self, dati: DatiRiparto) -> None:
        self.sindaci = {sindaco.id: sindaco.nome for sindaco in dati.sindaci}
        self.liste = {lista.id: f"«{lista.nome}»" for lista in dati.liste}
        self.candidati = {
            (lista.id, candidato.id): candidato.nome
            for lista in dati.liste
            for candidato in lista.candidati or ()
        }

    def gruppo(self, capo: Id) -> str:
        return f"gruppo di {self.sindaci[capo]}"

    def soggetto(self, ident: Id, fra: str) -> str:
        """A contender of a division: a list, or a group by the name of its sindaco."""
        return self.liste[ident] if fra == "liste" else self.gruppo(ident)

    def elenca(self, idents: Sequence[Id], fra: str) -> str:
        if fra == "sindaci":
            return join([self.sindaci[ident] for ident in idents])
        return join([self.soggetto(ident, fra) for ident in idents])


def voti_sindaci(passo: p.VotiSindaci, nomi: Nomi) -> str:
    turno = "primo turno" if passo.turno == 1 else "ballottaggio"
    if passo.totale == 0:
        return f"Al {turno} nessun candidato sindaco ha voti validi."
    righe = [
        f"{nomi.sindaci[ident]} {migliaia(cifra)} ({percento(cifra, passo.totale)})"
        for ident, cifra in passo.righe
    ]
    return f"Al {turno} i voti validi per i sindaci sono {migliaia(passo.totale)}: {join(righe)}."


def spareggio(passo: p.SpareggioSindaci, nomi: Nomi) -> str:
    fra = join([nomi.sindaci[ident] for ident in passo.fra])
    vince = nomi.sindaci[passo.prevale]
    scopo = "è eletto" if passo.per == "elezione" else "va al ballottaggio"
    valori = join([f"{nomi.sindaci[i]} {v}" for i, v in zip(passo.fra, passo.valori, strict=False)])
    motivi = {
        "cifra": f"la maggiore cifra delle liste collegate ({valori})",
        "anziano": f"la maggiore età (nascita: {valori})",
        "giovane": f"la minore età (nascita: {valori})",
        "sorteggio": "il sorteggio",
    }
    return f"A parità di voti fra {fra} {scopo} {vince}: decide {motivi[passo.criterio]}."


def ammessi(passo: p.AmmessiBallottaggio, nomi: Nomi) -> str:
    chi = join([nomi.sindaci[ident] for ident in passo.ammessi])
    if passo.soglia is None:
        return f"I primi sono a pari voti: si va al ballottaggio fra {chi}."
    return f"Nessuno ha da solo {soglia(passo.soglia)} dei voti validi: si va al ballottaggio fra {chi}."


def subentro(passo: p.SubentroBallottaggio, nomi: Nomi) -> str:
    causa = "deceduto" if passo.causa == "morte" else "impedito in modo permanente"
    chi = f"{nomi.sindaci[passo.al_posto_di]}, {causa}, non partecipa al ballottaggio"
    if passo.subentra is None:
        return f"{chi} e nessun altro candidato può prendere il suo posto."
    quando = f"{date.fromisoformat(passo.si_vota_il):%d.%m.%Y}"
    return (
        f"{chi}: al suo posto va {nomi.sindaci[passo.subentra]}, che segue nella graduatoria."
        f" Si vota il {quando}, la domenica che segue i giorni fissati dalla legge."
    )


def eletto(passo: p.SindacoEletto, nomi: Nomi) -> str:
    chi, quando = nomi.sindaci[passo.sindaco], "al primo turno" if passo.turno == 1 else "al ballottaggio"
    if passo.criterio == "lista_unica":
        return f"{chi}, candidato dell'unica lista, è eletto sindaco."
    ha = f"{migliaia(passo.voti)} voti su {migliaia(passo.totale)} ({percento(passo.voti, passo.totale)})"
    if passo.criterio == "spareggio":
        return f"{chi} è eletto sindaco {quando} per spareggio, con {ha}."
    if passo.soglia is not None:
        return f"{chi} è eletto sindaco {quando}: {ha}, {soglia(passo.soglia)} dei voti validi."
    return f"{chi} è eletto sindaco {quando} con il maggior numero di voti: {ha}."


def quorum(passo: p.QuorumListaUnica, nomi: Nomi) -> str:
    if passo.votanti is None:
        lista = nomi.liste[passo.lista]
        return f"È votata la sola lista {lista}: mancano i votanti, i quorum non sono verificati."
    frase = f"C'è una sola lista, {nomi.liste[passo.lista]}."
    if passo.elettori is not None:
        base = passo.elettori - passo.esclusi_aire
        esclusi = f", tolti {migliaia(passo.esclusi_aire)} iscritti all'AIRE che non hanno votato"
        frase += (
            f" Votanti {migliaia(passo.votanti)} su {migliaia(base)} elettori"
            f"{esclusi if passo.esclusi_aire else ''} ({percento(passo.votanti, base)}):"
            f" serve almeno {quota(passo.quota_votanti)}, {_esito(passo.votanti_sufficienti)}."
        )
    return (
        f"{frase} Voti validi {migliaia(passo.voti)} su {migliaia(passo.votanti)} votanti"
        f" ({percento(passo.voti, passo.votanti)}): serve almeno {quota(passo.quota_voti)},"
        f" {_esito(passo.voti_sufficienti)}."
    )


def _esito(raggiunto: bool | None) -> str:
    return "raggiunto" if raggiunto else "non raggiunto"


def nulla(passo: p.ElezioneNulla, nomi: Nomi) -> str:
    motivi = {
        "nessun_voto": "non ci sono voti validi",
        "quorum_votanti": "i votanti sono meno di quanti ne chiede la legge",
        "quorum_voti": "i voti della lista sono meno di quanti ne chiede la legge",
        "rinvio_morte": "un candidato sindaco è morto prima del voto e l'elezione va rinviata",
    }
    return f"L'elezione non dà eletti: {motivi[passo.motivo]}."
