"""An election with a single list, up to 15.000 inhabitants (TUEL 71.10)."""

from fractions import Fraction

from norme.ingresso import ErroreIngresso
from norme.riparto.interno import Seggi
from norme.riparto.passi import ElezioneNulla, QuorumListaUnica, SindacoEletto
from norme.riparto.sindaco import Eletto, EsitoSindaco, Nulla, check_proclamabile, died_before
from norme.riparto.tipi import FINO_15000, Lista
from norme.riparto.verbale import Verbale


def find_lista_unica(verbale: Verbale) -> Lista | None:
    """The list admitted and voted alone, if there is only one (71.10: "ammessa e votata").

    None where a candidate sindaco died before the vote: the election is put off whatever the lists (71.11).
    """
    dati, regole = verbale.dati, verbale.regole
    if regole.sistema != FINO_15000 or died_before(verbale):
        return None
    if len(dati.liste) == 1:
        return dati.liste[0]
    votate = [lista for lista in dati.liste if lista.voti > 0]
    if len(votate) != 1 or regole.opzioni.una_sola_lista_votata != "lista_unica":
        return None
    if "quorum_lista_unica_votanti" not in regole.parametri:
        return None
    if dati.sindaco_per_id[votate[0].sindaco].voti != dati.totale_sindaci:
        return None
    verbale.find("W511", "liste", lista=votate[0].nome)
    return votate[0]


def elect_lista_unica(verbale: Verbale, lista: Lista) -> EsitoSindaco:
    """Sindaco and list are elected if enough electors voted and enough voters chose the list."""
    quorum = _measure(verbale, lista)
    verbale.write(quorum)
    articolo = quorum.articolo
    if quorum.votanti_sufficienti is False:
        verbale.write(ElezioneNulla(articolo, "quorum_votanti"))
        return Nulla()
    if quorum.voti_sufficienti is False or lista.voti == 0:
        verbale.write(ElezioneNulla(articolo, "quorum_voti"))
        return Nulla()
    voti = verbale.dati.sindaco_per_id[lista.sindaco].voti
    verbale.write(SindacoEletto(articolo, lista.sindaco, 1, "lista_unica", voti, voti, None))
    check_proclamabile(verbale, lista.sindaco)
    return Eletto(lista.sindaco, 1)


def seats_lista_unica(verbale: Verbale, lista: Lista) -> Seggi:
    """All the seats are of the single list; those beyond its candidates stay vacant."""
    seggi = {altra.id: 0 for altra in verbale.dati.liste}
    consiglio = verbale.regole.seggi_consiglio()
    capienza = consiglio if lista.capienza is None else min(lista.capienza, consiglio)
    return Seggi(seggi | {lista.id: capienza})


def _measure(verbale: Verbale, lista: Lista) -> QuorumListaUnica:
    """The two tests, in integers. Unknown electors are an error only if the list was alone from the start."""
    regole, conto = verbale.regole, verbale.dati.votanti
    quota_votanti, quota_voti = (
        regole.quota("quorum_lista_unica_votanti"),
        regole.quota("quorum_lista_unica_voti"),
    )
    senza_aire = regole.valore("base_lista_unica") == "iscritti_senza_aire_non_votanti"
    aire, votanti_aire = conto.elettori_aire, conto.votanti_aire
    esclusi = None if aire is None or votanti_aire is None else aire - votanti_aire
    if not senza_aire:
        esclusi = 0
    if conto.elettori is None or conto.votanti is None:
        _require_electors(verbale)
    votanti_ok = voti_ok = None
    if conto.votanti is not None:
        voti_ok = _reaches(lista.voti, quota_voti, conto.votanti)
    if conto.elettori is not None and conto.votanti is not None:
        votanti_ok = _reaches(conto.votanti, quota_votanti, conto.elettori - (esclusi or 0))
        if esclusi is None and not votanti_ok:
            verbale.find("W512", "elettori_aire", "votanti_aire")
    return QuorumListaUnica(
        regole.articolo("lista_unica"),
        lista.id,
        conto.elettori,
        esclusi or 0,
        conto.votanti,
        lista.voti,
        quota_votanti,
        quota_voti,
        votanti_ok,
        voti_ok,
    )


def _reaches(numero: int, quota: Fraction, base: int) -> bool:
    return numero * quota.denominator >= base * quota.numerator


def _require_electors(verbale: Verbale) -> None:
    if len(verbale.dati.liste) > 1:
        verbale.find("E509", "elettori", "votanti")
        return
    campo = "elettori" if verbale.dati.votanti.elettori is None else "votanti"
    messaggio = f"Con una sola lista servono elettori e votanti: manca «{campo}»."
    raise ErroreIngresso("dato_necessario", campo, messaggio)
