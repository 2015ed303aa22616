"""Last steps of the examination: the names. Each works on the names the step before left.

Letters: c papers and requirements, d names in other lists, d-bis sexes, e number (TU 30, 33; TUEL 71, 73).
"""

from collections.abc import Sequence

from norme.candidati import Candidato, check_candidato
from norme.candidature import Lista, is_earlier, is_same_or_identical, italian_time, limiti_lista
from norme.esame import Esame
from norme.genere import SESSI, RegolaGenere, cut_to_max, regola_genere, strike_excess
from norme.parametri import ParametroIgnoto
from norme.rilievi import Rilievo


def check_nomi(esame: Esame) -> None:
    """c · Acceptance, enrolment, eligibility of each name."""
    trovati: list[Rilievo] = []
    da_vedere = 0
    quando = esame.lista.presentata_il
    presentata = italian_time(quando).date() if quando else None
    for candidato in tuple(esame.restano):
        esito = check_candidato(candidato, parametri=esame.parametri, presentata=presentata)
        trovati += esito.rilievi
        da_vedere += bool(esito.da_verificare)
        if esito.cancellato:
            curabile = esito.curabile and esame.may_cure_papers()
            esame.strike(candidato, "c", esito.motivi, curabile=curabile)
    testo = f"documenti di {da_vedere} candidati da verificare" if da_vedere else "documenti completi"
    trovati += _numbering(esame)
    return esame.note("c", "Documenti e requisiti dei candidati", testo, trovati, da_verificare=da_vedere > 0)


def check_altre_liste(esame: Esame) -> None:
    """d · Names already in a list presented earlier; twice in this one; the sindaco among them."""
    trovati: list[Rilievo] = []
    visti: list[Candidato] = []
    for candidato in tuple(esame.restano):
        sindaco = esame.lista.sindaco
        if sindaco is not None and is_same_or_identical(candidato, sindaco):
            trovati.append(_about(esame, candidato, "W201"))
        if any(is_same_or_identical(candidato, altro) for altro in visti):
            trovati.append(_about(esame, candidato, "E211"))
            esame.strike(candidato, "d", trovati[-1:])
            continue
        visti.append(candidato)
        trovati += _elsewhere(esame, candidato)
    trovati += _sindaco_elsewhere(esame)
    return esame.note("d", "Nomi in altre liste", "confrontati con tutte le liste", trovati)


def check_genere(esame: Esame) -> None:
    """d-bis · Neither sex above its share: the names to strike, from the last upwards."""
    titolo = "Rappresentanza dei sessi"
    try:
        regola = regola_genere(esame.parametri)
        esame.limiti = limiti_lista(esame.parametri)
    except ParametroIgnoto as ignoto:
        return esame.note_unknown("d-bis", titolo, "W111", ignoto)
    mancanti = sum(candidato.sesso not in SESSI for candidato in esame.restano)
    if mancanti:
        rilievo = Rilievo("W112", ("candidati",), {"mancanti": mancanti})
        return esame.note("d-bis", titolo, "sesso non indicato", (rilievo,), da_verificare=True)
    uomini = sum(candidato.sesso == "M" for candidato in esame.restano)
    conto = {"uomini": uomini, "donne": len(esame.restano) - uomini}
    testo = f"{uomini} uomini, {conto['donne']} donne"
    if regola.is_respected(uomini, conto["donne"]):
        return esame.note("d-bis", titolo, testo, ())
    if regola.tipo == "presenza":
        return esame.note("d-bis", titolo, testo, _one_sex_only(esame, regola))
    return esame.note("d-bis", titolo, testo, _excess(esame, regola, conto))


def check_numero(esame: Esame) -> None:
    """e · Fewer than the minimum: refused; more than the maximum: the last names fall."""
    titolo = "Numero dei candidati"
    try:
        limiti = esame.limiti = limiti_lista(esame.parametri)
    except ParametroIgnoto as ignoto:
        return esame.note_unknown("e", titolo, "W109", ignoto)
    candidati = len(esame.restano)
    trovati: list[Rilievo] = []
    if candidati < limiti.minimo:
        trovati.append(Rilievo("E106", ("candidati",), {"candidati": candidati, "minimo": limiti.minimo}))
        esame.refuse()
    elif candidati > limiti.massimo:
        _cut(esame, limiti.massimo, trovati)
    testo = f"{candidati} candidati (minimo {limiti.minimo}, massimo {limiti.massimo})"
    return esame.note("e", titolo, testo, trovati)


def _one_sex_only(esame: Esame, regola: RegolaGenere) -> list[Rilievo]:
    contesto = {"candidati": len(esame.restano)}
    if regola.sanzione == "nessuna":
        return [Rilievo("W102", ("candidati",), contesto)]
    esame.refuse()
    return [Rilievo("E108", ("candidati",), contesto)]


def _excess(esame: Esame, regola: RegolaGenere, conto: dict[str, int]) -> list[Rilievo]:
    assert esame.limiti is not None
    minimo = esame.limiti.minimo
    sessi = [candidato.sesso for candidato in esame.restano]
    piena = strike_excess(sessi, regola, minimo=0)
    contesto = {**conto, "massimo": max(conto.values()) - len(piena.cancellati)}
    if regola.sanzione == "non_nota":
        esame.incerta = True
        return [Rilievo("E112", ("candidati",), contesto)]
    riduzione = piena
    if regola.sanzione == "riduzione_fino_al_minimo":
        riduzione = strike_excess(sessi, regola, minimo=minimo)
    elif (restano := len(sessi) - len(piena.cancellati)) < minimo:
        esame.refuse()
        return [Rilievo("E109", ("candidati",), {**conto, "restano": restano, "minimo": minimo})]
    trovati = _strike_positions(esame, "d-bis", riduzione.cancellati, "E104", contesto)
    if not riduzione.rispettata:
        uomini = sum(candidato.sesso == "M" for candidato in esame.restano)
        restanti = {"uomini": uomini, "donne": len(esame.restano) - uomini, "minimo": minimo}
        trovati.append(Rilievo("W103", ("candidati",), restanti))
    return trovati


def _cut(esame: Esame, massimo: int, trovati: list[Rilievo]) -> None:
    try:
        regola: RegolaGenere | None = regola_genere(esame.parametri)
    except ParametroIgnoto:
        regola = None
    sessi = [candidato.sesso for candidato in esame.restano]
    if not set(sessi) <= set(SESSI):
        regola = None
    contesto = {"candidati": len(sessi), "massimo": massimo}
    trovati += _strike_positions(esame, "e", cut_to_max(sessi, massimo, regola), "E107", contesto)


def _strike_positions(
    esame: Esame, lettera: str, posizioni: Sequence[int], codice: str, contesto: dict[str, int]
) -> list[Rilievo]:
    if not posizioni:
        return []
    nomi = [esame.restano[posizione] for posizione in posizioni]
    rilievo = Rilievo(codice, tuple(f"candidati.{nome.id}" for nome in nomi), contesto)
    for nome in reversed(nomi):
        esame.strike(nome, lettera, (rilievo,))
    return [rilievo]


def _elsewhere(esame: Esame, candidato: Candidato) -> list[Rilievo]:
    stessa, omonima = esame.registro.elsewhere(candidato, esame.lista)
    trovati = [_about(esame, candidato, "W205", altra) for altra in omonima]
    prime = [altra for altra in stessa if is_earlier(altra, esame.lista)]
    dubbie = [
        altra for altra in stessa if not is_earlier(altra, esame.lista) and not is_earlier(esame.lista, altra)
    ]
    if prime:
        motivo = _about(esame, candidato, "E205", prime[0])
        esame.strike(candidato, "d", (motivo,))
        return [*trovati, motivo]
    esame.incerta |= bool(dubbie)
    return [*trovati, *(_about(esame, candidato, "E212", altra) for altra in dubbie)]


def _sindaco_elsewhere(esame: Esame) -> list[Rilievo]:
    """The sindaco in a list linked to another candidate: who falls is for the commission to say."""
    sindaco = esame.lista.sindaco
    if sindaco is None:
        return []
    stessa, _ = esame.registro.elsewhere(sindaco, esame.lista)
    esame.incerta |= bool(stessa)
    return [_about(esame, sindaco, "E213", altra) for altra in stessa]


def _numbering(esame: Esame) -> list[Rilievo]:
    numeri = [candidato.numero for candidato in esame.lista.candidati]
    if None in numeri or numeri == list(range(1, len(numeri) + 1)):
        return []
    return [Rilievo("W113", ("candidati",))]


def _about(esame: Esame, candidato: Candidato, codice: str, altra: Lista | None = None) -> Rilievo:
    contesto = {"candidato": str(candidato), "altra": altra.denominazione if altra else ""}
    return Rilievo(codice, (f"candidati.{candidato.id}",), contesto)
