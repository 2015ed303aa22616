"""The whole allocation: from ``DatiRiparto`` to ``Esito``. Pure; every open legal outcome is a value."""

from dataclasses import replace

from norme.ingresso import ErroreIngresso, Id
from norme.riparto.controlli import check_dati
from norme.riparto.eletti import rank_candidates
from norme.riparto.esito import Esito
from norme.riparto.interno import Seggi
from norme.riparto.lista_unica import elect_lista_unica, find_lista_unica, seats_lista_unica
from norme.riparto.maggioritario import assign_fino_15000
from norme.riparto.passi import SindacoEletto
from norme.riparto.perdenti import write_losers_left_out
from norme.riparto.proporzionale import assign_oltre_15000
from norme.riparto.sindaco import Ballottaggio, Eletto, Nulla, elect_sindaco
from norme.riparto.sorteggi import InAttesaDiSorteggio
from norme.riparto.tipi import FINO_15000, DatiRiparto
from norme.riparto.verbale import Verbale


def calcola(dati: DatiRiparto) -> Esito:
    """Sindaco, seats and elected of one election, with every step, or what is still open.

    Raises ``ErroreIngresso`` for data that contradict each other or lack what the law needs,
    ``ParametroIgnoto`` for a rule nobody has found.
    """
    verbale = Verbale(dati)
    _require_one_list_each(verbale)
    verbale.dati = _with_cifre(verbale)
    try:
        esito = _allocate(verbale)
    except InAttesaDiSorteggio as attesa:
        esito = _open_draw(verbale, attesa)
    if esito.esito == "riparto":
        _find_unused_draws(verbale)
    check_dati(verbale)
    return replace(
        esito,
        passi=tuple(verbale.passi),
        rilievi=tuple(verbale.rilievi),
        parametri=tuple(verbale.regole.usati[nome] for nome in sorted(verbale.regole.usati)),
        dati=verbale.dati,
        sistema=verbale.regole.sistema,
    )


def _open_draw(verbale: Verbale, attesa: InAttesaDiSorteggio) -> Esito:
    """The question to draw, with the sindaco if he is already known."""
    eletto = next((passo for passo in verbale.passi if isinstance(passo, SindacoEletto)), None)
    return Esito(
        esito="sorteggio",
        sindaco=None if eletto is None else eletto.sindaco,
        turno=None if eletto is None else eletto.turno,
        richiesta=attesa.richiesta,
    )


def _allocate(verbale: Verbale) -> Esito:
    unica = find_lista_unica(verbale)
    scelta = elect_sindaco(verbale) if unica is None else elect_lista_unica(verbale, unica)
    if isinstance(scelta, Nulla):
        return Esito(esito="nulla")
    if isinstance(scelta, Ballottaggio):
        return Esito(esito="ballottaggio", ammessi_ballottaggio=scelta.ammessi)
    _require_list_votes(verbale.dati)
    _check_links(verbale, scelta)
    premio = "non_previsto"
    if unica is not None:
        seggi = seats_lista_unica(verbale, unica)
    elif verbale.regole.sistema == FINO_15000:
        seggi = assign_fino_15000(verbale, sindaco=scelta.sindaco)
    else:
        seggi, premio = assign_oltre_15000(verbale, sindaco=scelta.sindaco, turno=scelta.turno)
    write_losers_left_out(verbale, scelta.sindaco, seggi.sindaci)
    return _conclude(verbale, scelta, seggi, premio)


def _conclude(verbale: Verbale, scelta: Eletto, seggi: Seggi, premio: str) -> Esito:
    """Rank the candidates and count the seats nobody can fill."""
    dati = verbale.dati
    per_lista = {lista.id: seggi.per_lista.get(lista.id, 0) for lista in dati.liste}
    vacanti = verbale.regole.seggi_consiglio() - sum(per_lista.values()) - len(seggi.sindaci)
    if vacanti:
        verbale.find("W507", numero=vacanti)
    graduatorie = rank_candidates(verbale, per_lista)
    eletti: dict[Id, tuple[Id, ...]] = {}
    non_eletti: dict[Id, tuple[Id, ...]] = {}
    for graduatoria in graduatorie:
        righe = graduatoria.righe
        eletti[graduatoria.lista] = tuple(r.candidato for r in righe if r.eletto)
        non_eletti[graduatoria.lista] = tuple(r.candidato for r in righe if not r.eletto and r.proclamabile)
    ordine = [sindaco.id for sindaco in dati.sindaci]
    return Esito(
        esito="riparto",
        sindaco=scelta.sindaco,
        turno=scelta.turno,
        premio=premio,
        seggi_per_lista=per_lista,
        consiglieri_sindaci=tuple(sorted(seggi.sindaci, key=ordine.index)),
        eletti=eletti,
        non_eletti=non_eletti,
        seggi_vacanti=vacanti,
        seggi_consiglio=verbale.regole.seggi_consiglio(),
    )


def _with_cifre(verbale: Verbale) -> DatiRiparto:
    """Up to 15.000 the cifra of a list is the votes of its sindaco (TUEL 71.7): one tally, not two.

    In FVG, where lists may be linked, list votes count; a list alone of which nobody gave them has its
    sindaco's. Given as zero they are zero.
    """
    dati = verbale.dati
    if verbale.regole.sistema != FINO_15000 or dati.ordinamento == "sicilia":
        return dati
    liste = []
    for lista in dati.liste:
        sola = len(dati.liste_per_sindaco[lista.sindaco]) == 1
        if lista.voti_del_sindaco or dati.ordinamento == "ordinario" or (sola and not lista.voti_noti):
            voti = dati.sindaco_per_id[lista.sindaco].voti
            lista = replace(lista, voti=voti, voti_noti=True, voti_del_sindaco=True)
        liste.append(lista)
    return replace(dati, liste=tuple(liste))


def _require_list_votes(dati: DatiRiparto) -> None:
    """Seats rest on list votes where they are a tally of their own: nobody's silence counts as zero."""
    for posto, lista in enumerate(dati.liste):
        if not lista.voti_noti:
            campo = f"liste[{posto}].voti"
            messaggio = f"Per assegnare i seggi servono i voti della lista {lista.nome} (0 se non ne ha)."
            raise ErroreIngresso("dato_necessario", campo, messaggio)


def _require_one_list_each(verbale: Verbale) -> None:
    """Up to 15.000 each sindaco has one list (TUEL 71.2); only FVG allows linked lists."""
    dati = verbale.dati
    if verbale.regole.sistema != FINO_15000 or dati.ordinamento == "friuli-venezia-giulia":
        return
    for sindaco in dati.sindaci:
        if len(dati.liste_per_sindaco[sindaco.id]) > 1:
            nome = sindaco.nome
            messaggio = f"Fino a 15.000 abitanti ogni sindaco ha una sola lista: {nome} ne ha più d'una."
            raise ErroreIngresso("piu_liste_per_sindaco", dati.campo_sindaco(sindaco.id, "id"), messaggio)


def _check_links(verbale: Verbale, eletto: Eletto) -> None:
    """The links of the runoff are to a finalist, and the finalists' own lists cannot leave them (72.7)."""
    if verbale.regole.sistema == FINO_15000 or eletto.turno == 1:
        if any(lista.apparentata_con not in (None, lista.sindaco) for lista in verbale.dati.liste):
            verbale.find("W510", "liste")
        return
    for posto, lista in enumerate(verbale.dati.liste):
        con = lista.apparentata_con
        if con is None or con == lista.sindaco:
            continue
        campo = f"liste[{posto}].apparentata_con"
        if con not in eletto.finalisti:
            messaggio = f"La lista {lista.nome} è apparentata con chi non è al ballottaggio."
            raise ErroreIngresso("apparentamento_impossibile", campo, messaggio)
        if lista.sindaco in eletto.finalisti:
            messaggio = f"La lista {lista.nome} è di un candidato al ballottaggio: non può lasciarlo."
            raise ErroreIngresso("apparentamento_impossibile", campo, messaggio)


def _find_unused_draws(verbale: Verbale) -> None:
    for posto in verbale.sorteggi.non_usati:
        verbale.find("W503", f"sorteggi[{posto}]", numero=posto + 1)
