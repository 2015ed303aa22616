"""First steps of the examination: the receipt, the signatures, the mark, the sindaco, the papers of the list.

Letters: 0 term, a signatures, b mark, s sindaco and papers (TU 28, 30, 32, 33; TUEL 71, 72, 73).
"""

from datetime import datetime
from typing import Final

from norme.candidati import check_candidato_sindaco
from norme.candidature import is_earlier, italian_time, termini_presentazione
from norme.contrassegno import check_contrassegno
from norme.delegati import check_delegati, regola_delegati
from norme.esame import Esame, Stato
from norme.parametri import ParametroIgnoto
from norme.rilievi import Rilievo, has_errori
from norme.sottoscrizioni import limiti_firme, say_poche


def check_termine(esame: Esame) -> None:
    """0 · The receipt: after the term the list cannot be received (TU 28, 32)."""
    titolo = "Presentazione nei termini"
    if esame.lista.presentata_il is None:
        manca = Rilievo("W115", ("presentata_il",), {"lista": esame.lista.denominazione})
        return esame.note("0", titolo, "manca la ricevuta", (manca,), da_verificare=True)
    try:
        inizio, fine = termini_presentazione(esame.parametri)
    except ParametroIgnoto as ignoto:
        return esame.note("0", titolo, str(ignoto), (), da_verificare=True)
    quando = italian_time(esame.lista.presentata_il)
    codice, limite = ("E101", fine) if quando > fine else ("W114", inizio)
    if inizio <= quando <= fine:
        return esame.note("0", titolo, f"presentata {_moment(quando)}", ())
    contesto = {"presentata": _moment(quando), "termine": _moment(limite)}
    esame.ricusata |= codice == "E101"
    return esame.note(
        "0", titolo, f"presentata {_moment(quando)}", (Rilievo(codice, ("presentata_il",), contesto),)
    )


def check_firme(esame: Esame) -> None:
    """a · Valid signatures against the minimum; above the maximum is only noted."""
    titolo, lista = "Sottoscrizioni", esame.lista
    try:
        limiti = limiti_firme(esame.parametri)
    except ParametroIgnoto as ignoto:
        return esame.note_unknown("a", titolo, "W110", ignoto)
    if not limiti.minimo:
        return esame.note("a", titolo, "non richieste", (), stato=Stato.NON_DOVUTA)
    massimo = "" if limiti.massimo is None else f", massimo {limiti.massimo}"
    misura = f"minimo {limiti.minimo}{massimo}"
    if lista.firme_valide is None:
        return esame.note("a", titolo, f"da contare ({misura})", (), da_verificare=True)
    trovati = []
    possibili = lista.firme_valide + lista.firme_dubbie
    if lista.firme_valide < limiti.minimo:
        trovati.append(say_poche(lista.firme_valide, lista.firme_dubbie, limiti.minimo))
    if possibili < limiti.minimo:
        curabile = esame.may_cure_papers() and possibili + lista.firme_curabili >= limiti.minimo
        esame.refuse(curabile=curabile)
    presentate = lista.firme_valide if lista.firme_presentate is None else lista.firme_presentate
    if limiti.massimo is not None and presentate > limiti.massimo:
        contesto = {"presentate": presentate, "massimo": limiti.massimo}
        trovati.append(Rilievo("W101", ("sottoscrizioni",), contesto))
    testo = f"{lista.firme_valide} valide su {presentate} ({misura})"
    aperta = lista.firme_valide - lista.firme_da_verificare < limiti.minimo <= possibili
    if aperta and lista.firme_da_verificare:
        testo += f"; certificati da verificare: {lista.firme_da_verificare}"
    return esame.note("a", titolo, testo, trovati, da_verificare=aperta)


def check_mark(esame: Esame) -> None:
    """b · The mark against those presented earlier; a new one within 48 hours (TU 30 b)."""
    contrassegno = esame.lista.contrassegno
    if contrassegno is None:
        return esame.note("b", "Contrassegno", "da guardare", (), da_verificare=True)
    precedenti = [
        altra.contrassegno for altra in esame.liste if altra.contrassegno and is_earlier(altra, esame.lista)
    ]
    trovati = check_contrassegno(contrassegno, precedenti=precedenti, parametri=esame.parametri)
    if has_errori(trovati):
        esame.refuse(curabile=esame.parametri.intero("contrassegno_nuovo_ore") > 0)
    testo = "guardato" if trovati else "nessuna somiglianza"
    da_vedere = contrassegno.presente and contrassegno.simbolo_partito and contrassegno.autorizzato is None
    if da_vedere:
        testo += "; da verificare: autorizzazione del partito"
    return esame.note("b", "Contrassegno", testo, trovati, da_verificare=da_vedere)


def check_sindaco_e_atti(esame: Esame) -> None:
    """s · The link with a candidate sindaco who stands, and the papers of the list (TUEL 71, 72, 73)."""
    lista, contesto = esame.lista, {"lista": esame.lista.denominazione}
    trovati = _papers(esame)
    if lista.sindaco is None or lista.collegamento is False:
        trovati.append(Rilievo("E110", ("sindaco",), contesto))
        esame.refuse(curabile=esame.may_cure_papers())
    da_vedere = _unseen_papers(esame)
    if lista.sindaco is not None:
        esito = check_candidato_sindaco(lista.sindaco, parametri=esame.parametri)
        trovati += esito.rilievi
        da_vedere += [_CARTE[carta] for carta in esito.da_verificare]
        if esito.cancellato:
            trovati.append(Rilievo("E111", ("sindaco",), {**contesto, "sindaco": str(lista.sindaco)}))
            esame.refuse(curabile=esito.curabile and esame.may_cure_papers())
    testo = f"collegata a {lista.sindaco}" if lista.sindaco else "nessun candidato sindaco"
    if da_vedere:
        testo += f"; da verificare: {', '.join(da_vedere)}"
    titolo = "Candidato sindaco e atti della lista"
    return esame.note("s", titolo, testo, trovati, da_verificare=bool(da_vedere))


_CARTE: Final = {
    "accettazione": "accettazione del candidato sindaco",
    "certificato": "certificato elettorale del candidato sindaco",
    "documenti_ue": "documenti del cittadino dell'Unione",
    "candidatura_unica": "dichiarazione di non candidarsi a sindaco altrove",
}


def _unseen_papers(esame: Esame) -> list[str]:
    """The papers due with the list that nobody has looked at, in words."""
    lista = esame.lista
    stati = {"collegamento": lista.collegamento, "programma": lista.programma}
    regola = regola_delegati(esame.parametri)
    if regola is not None and not regola.facoltativi:
        stati["delegati"] = lista.delegati
    if _needs_bilancio(esame):
        stati["bilancio di spesa"] = lista.bilancio
    return [nome for nome, stato in stati.items() if stato is None]


def _needs_bilancio(esame: Esame) -> bool:
    richiesto = esame.parametri.get("bilancio_di_spesa_richiesto")
    return richiesto is not None and bool(richiesto.valore)


def _papers(esame: Esame) -> list[Rilievo]:
    lista, contesto = esame.lista, {"lista": esame.lista.denominazione}
    trovati = []
    if lista.programma is False:
        trovati.append(Rilievo("W105", ("programma",), contesto))
    trovati += check_delegati(lista, parametri=esame.parametri)
    if lista.bilancio is False and _needs_bilancio(esame):
        trovati.append(Rilievo("W107", ("bilancio",)))
    return trovati


def _moment(quando: datetime) -> str:
    return f"{quando:%d.%m.%Y alle %H:%M}"
