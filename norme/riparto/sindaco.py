"""Who is sindaco (TUEL 71.6, 72): at the first round, at the runoff, or not yet."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from norme.calendario import first_sunday_after
from norme.ingresso import ErroreIngresso, Id
from norme.riparto.passi import (
    AmmessiBallottaggio,
    ElezioneNulla,
    RigaVoti,
    SindacoEletto,
    SpareggioSindaci,
    SubentroBallottaggio,
    VotiSindaci,
)
from norme.riparto.sorteggi import in_order
from norme.riparto.tipi import FINO_15000, Soglia
from norme.riparto.verbale import Verbale


@dataclass(frozen=True, slots=True)
class Eletto:
    """The sindaco and the round of his election."""

    sindaco: Id
    turno: int
    finalisti: tuple[Id, ...] = ()


@dataclass(frozen=True, slots=True)
class Ballottaggio:
    """A second round is needed between these."""

    ammessi: tuple[Id, ...]


@dataclass(frozen=True, slots=True)
class Nulla:
    """Nobody can be elected; the last step of the record says why."""


EsitoSindaco = Eletto | Ballottaggio | Nulla
Per = Literal["elezione", "ballottaggio"]


def elect_sindaco(verbale: Verbale) -> EsitoSindaco:
    """The sindaco of this election, under the system of the comune."""
    if verbale.regole.sistema == FINO_15000:
        return _elect_fino_15000(verbale)
    return _elect_oltre_15000(verbale)


def _elect_fino_15000(verbale: Verbale) -> EsitoSindaco:
    """Most votes wins; a tie between two is settled by a runoff (TUEL 71.6), in FVG by age."""
    regole = verbale.regole
    if died_before(verbale):
        verbale.find("E503", "sindaci")
        verbale.write(ElezioneNulla(regole.articolo("rinvio"), "rinvio_morte"))
        return Nulla()
    voti = {sindaco.id: sindaco.voti for sindaco in verbale.dati.sindaci}
    if not _write_votes(verbale, voti, turno=1):
        return Nulla()
    primi = _highest(voti)
    if len(primi) == 1:
        return _elected(verbale, primi[0], voti, turno=1, criterio="piu_voti")
    if regole.valore("parita_primo_turno") == "eta":
        prescelto = _prevail(verbale, primi, per="elezione", posto=1)
        return _elected(verbale, prescelto, voti, turno=1, criterio="spareggio")
    posti = regole.valore("ammessi_al_ballottaggio")
    ammessi = primi if len(primi) == posti else _admit_tied(verbale, primi, posti)
    verbale.write(AmmessiBallottaggio(regole.articolo("ballottaggio"), ammessi, "parita", None))
    for nome in ammessi:
        if not verbale.dati.sindaco_per_id[nome].is_disponibile:
            verbale.find("E508", "sindaci", sindaco=verbale.dati.sindaco_per_id[nome].nome)
    return _hold_runoff(verbale, ammessi, cifre=None)


def _elect_oltre_15000(verbale: Verbale) -> EsitoSindaco:
    """Absolute majority (or the regional share), else a runoff between the first two (TUEL 72.4-72.9)."""
    regole = verbale.regole
    if died_before(verbale):
        atto = verbale.dati.prosegue_con
        if atto:
            verbale.find("W519", "prosegue_con", atto=atto)
        else:
            verbale.find("E504", "sindaci")
    voti = {sindaco.id: sindaco.voti for sindaco in verbale.dati.sindaci}
    if not _write_votes(verbale, voti, turno=1):
        return Nulla()
    soglia = regole.soglia("soglia_sindaco_primo_turno")
    primi = _highest(voti)
    if soglia.is_met(voti[primi[0]], verbale.dati.totale_sindaci):
        if len(primi) == 1:
            return _elected(verbale, primi[0], voti, turno=1, criterio="soglia", soglia=soglia)
        if regole.valore("parita_primo_turno") == "eta":
            cifre = _linked_cifre(verbale, al_ballottaggio=False)
            prescelto = _prevail(verbale, primi, per="elezione", posto=1, cifre=cifre)
            return _elected(verbale, prescelto, voti, turno=1, criterio="spareggio", soglia=soglia)
    ammessi = _admit(verbale, voti)
    verbale.write(AmmessiBallottaggio(regole.articolo("ammissione"), ammessi, "sotto_soglia", soglia))
    ammessi = _replace_unavailable(verbale, ammessi, voti)
    return _hold_runoff(verbale, ammessi, cifre=_linked_cifre(verbale, al_ballottaggio=True))


def died_before(verbale: Verbale) -> bool:
    """Whether a candidate sindaco died before the voting day."""
    giorno = verbale.dati.data
    return any(s.deceduto_il is not None and s.deceduto_il < giorno for s in verbale.dati.sindaci)


def _write_votes(verbale: Verbale, voti: Mapping[Id, int], *, turno: int) -> bool:
    """Write the votes of a round; without any valid vote nobody is elected."""
    articolo = verbale.regole.articolo("sindaco" if turno == 1 else "ballottaggio")
    righe = tuple(
        RigaVoti(nome, voti[nome]) for nome in sorted(in_order(tuple(voti)), key=lambda n: -voti[n])
    )
    totale = sum(voti.values())
    verbale.write(VotiSindaci(articolo, turno, righe, totale))
    if totale == 0:
        verbale.write(ElezioneNulla(articolo, "nessun_voto"))
    return totale > 0


def _highest(voti: Mapping[Id, int]) -> tuple[Id, ...]:
    massimo = max(voti.values())
    return in_order([nome for nome, numero in voti.items() if numero == massimo])


def _elected(
    verbale: Verbale,
    sindaco: Id,
    voti: Mapping[Id, int],
    *,
    turno: int,
    criterio: Literal["piu_voti", "soglia", "spareggio"],
    soglia: Soglia | None = None,
) -> Eletto:
    if turno == 1:
        _refuse_runoff_votes(verbale, ammessi=())
    articolo = verbale.regole.articolo("sindaco" if turno == 1 else "ballottaggio")
    totale = sum(voti.values())
    verbale.write(SindacoEletto(articolo, sindaco, turno, criterio, voti[sindaco], totale, soglia))
    check_proclamabile(verbale, sindaco)
    return Eletto(sindaco, turno, tuple(voti) if turno == 2 else ())


def check_proclamabile(verbale: Verbale, sindaco: Id) -> None:
    """Whoever has the votes may not be the sindaco: dead, prevented or not eligible."""
    prescelto = verbale.dati.sindaco_per_id[sindaco]
    if not prescelto.proclamabile or not prescelto.is_disponibile:
        verbale.find("E507", "sindaci", sindaco=prescelto.nome)


def _admit_tied(verbale: Verbale, primi: Sequence[Id], posti: int) -> tuple[Id, ...]:
    """Three or more first with equal votes: the law is silent, the two are drawn (or the oldest)."""
    per_eta = verbale.regole.opzioni.parita_di_tre == "due_piu_anziani"
    verbale.find("W505", "sindaci", numero=len(primi))
    ammessi: list[Id] = []
    while len(ammessi) < posti:
        restano = [nome for nome in primi if nome not in ammessi]
        posto = len(ammessi) + 1
        scelta = _by_age if per_eta else _by_draw
        ammessi.append(scelta(verbale, restano, per="ballottaggio", posto=posto))
    return in_order(ammessi)


def _admit(verbale: Verbale, voti: Mapping[Id, int]) -> tuple[Id, ...]:
    """The first two by votes; ties by cifra of the linked lists, then by age (TUEL 72.5)."""
    cifre = _linked_cifre(verbale, al_ballottaggio=False)
    ammessi: list[Id] = []
    for _ in range(min(verbale.regole.valore("ammessi_al_ballottaggio"), len(voti))):
        restano = {nome: numero for nome, numero in voti.items() if nome not in ammessi}
        ammessi.append(_next_in_ranking(verbale, restano, posto=len(ammessi) + 1, cifre=cifre, tutti=voti))
    return tuple(ammessi)


def _next_in_ranking(
    verbale: Verbale,
    restano: Mapping[Id, int],
    *,
    posto: int,
    cifre: Mapping[Id, int],
    tutti: Mapping[Id, int],
) -> Id:
    """The best of the remaining candidates; two who are both admitted anyway need no tie-break."""
    primi = _highest(restano)
    posti = verbale.regole.valore("ammessi_al_ballottaggio")
    if len(primi) == 1 or posto - 1 + len(primi) <= posti:
        return primi[0]
    return _prevail(verbale, primi, per="ballottaggio", posto=posto, cifre=cifre)


def _replace_unavailable(verbale: Verbale, ammessi: tuple[Id, ...], voti: Mapping[Id, int]) -> tuple[Id, ...]:
    """A finalist who died or is prevented gives way to the next in the ranking (TUEL 72.6)."""
    cifre = _linked_cifre(verbale, al_ballottaggio=False)
    finali = list(ammessi)
    for posto, nome in enumerate(ammessi):
        sindaco = verbale.dati.sindaco_per_id[nome]
        if sindaco.is_disponibile or sindaco.voti_ballottaggio is not None:
            continue
        restano = {
            s.id: voti[s.id]
            for s in verbale.dati.sindaci
            if s.is_disponibile and s.id not in finali and s.id not in ammessi and s.voti > 0
        }
        subentra = None
        if restano:
            primi = _highest(restano)
            subentra = (
                primi[0]
                if len(primi) == 1
                else _prevail(verbale, primi, per="ballottaggio", posto=posto + 1, cifre=cifre)
            )
        causa: Literal["morte", "impedimento"] = "morte" if sindaco.deceduto_il else "impedimento"
        evento = sindaco.deceduto_il or sindaco.impedito_il
        assert evento is not None
        attesa = verbale.regole.valore("ballottaggio_dopo_subentro_giorni")
        si_vota = first_sunday_after(evento, giorni=attesa).isoformat()
        articolo = verbale.regole.articolo("subentro")
        verbale.write(SubentroBallottaggio(articolo, nome, causa, subentra, si_vota))
        if subentra is None:
            verbale.find("E505", "sindaci", sindaco=sindaco.nome)
            finali.remove(nome)
        else:
            finali[finali.index(nome)] = subentra
    return tuple(finali)


def _hold_runoff(
    verbale: Verbale, ammessi: tuple[Id, ...], *, cifre: Mapping[Id, int] | None
) -> EsitoSindaco:
    """The result of the runoff, or the runoff itself when it has not been held."""
    _refuse_runoff_votes(verbale, ammessi=ammessi)
    voti = {nome: verbale.dati.sindaco_per_id[nome].voti_ballottaggio for nome in ammessi}
    espressi = {nome: numero for nome, numero in voti.items() if numero is not None}
    if not espressi:
        return Ballottaggio(ammessi)
    if len(espressi) < len(voti):
        manca = next(nome for nome, numero in voti.items() if numero is None)
        messaggio = f"Mancano i voti di ballottaggio di {verbale.dati.sindaco_per_id[manca].nome}."
        campo = verbale.dati.campo_sindaco(manca, "voti_ballottaggio")
        raise ErroreIngresso("ballottaggio_incompleto", campo, messaggio)
    if not _write_votes(verbale, espressi, turno=2):
        return Nulla()
    primi = _highest(espressi)
    if len(primi) == 1:
        return _elected(verbale, primi[0], espressi, turno=2, criterio="piu_voti")
    prescelto = _prevail(verbale, primi, per="elezione", posto=1, cifre=cifre)
    return _elected(verbale, prescelto, espressi, turno=2, criterio="spareggio")


def _refuse_runoff_votes(verbale: Verbale, *, ammessi: Sequence[Id]) -> None:
    """Runoff votes of who is not in a runoff contradict the first round."""
    for sindaco in verbale.dati.sindaci:
        if sindaco.voti_ballottaggio and sindaco.id not in ammessi:
            perche = "non è ammesso al ballottaggio" if ammessi else "il sindaco è eletto al primo turno"
            messaggio = f"{sindaco.nome} ha voti di ballottaggio, ma {perche}: ricontrollare i voti."
            campo = verbale.dati.campo_sindaco(sindaco.id, "voti_ballottaggio")
            raise ErroreIngresso("ballottaggio_incoerente", campo, messaggio)


def _linked_cifre(verbale: Verbale, *, al_ballottaggio: bool) -> dict[Id, int]:
    """First-round votes of the lists linked to each sindaco; at the runoff with the new links (72.9)."""
    cifre = {sindaco.id: 0 for sindaco in verbale.dati.sindaci}
    for lista in verbale.dati.liste:
        capo = lista.apparentata_con if al_ballottaggio else None
        cifre[lista.sindaco if capo is None else capo] += lista.voti
    return cifre


def _prevail(
    verbale: Verbale,
    contendenti: Sequence[Id],
    *,
    per: Per,
    posto: int,
    cifre: Mapping[Id, int] | None = None,
) -> Id:
    """Among equals in votes: the higher linked cifra, then age, then a draw."""
    restano = in_order(contendenti)
    if cifre is not None:
        migliori = _highest({nome: cifre[nome] for nome in restano})
        if len(migliori) == 1:
            valori = tuple(str(cifre[nome]) for nome in restano)
            _write_tie(verbale, per, "cifra", restano, valori, migliori[0])
            return migliori[0]
        restano = migliori
    return _by_age(verbale, restano, per=per, posto=posto)


def _by_age(verbale: Verbale, contendenti: Sequence[Id], *, per: Per, posto: int) -> Id:
    """The oldest (in FVG the youngest); equal birth dates are drawn."""
    restano = in_order(contendenti)
    if len(restano) == 1:
        return restano[0]
    criterio: Literal["anziano", "giovane"] = verbale.regole.valore("spareggio_eta")
    nascite = {nome: verbale.dati.nascita(nome) for nome in restano}
    scegli: Callable[..., object] = min if criterio == "anziano" else max
    migliore = scegli(nascite.values())
    primi = tuple(nome for nome in restano if nascite[nome] == migliore)
    if len(primi) > 1:
        return _by_draw(verbale, primi, per=per, posto=posto)
    valori = tuple(nascite[nome].isoformat() for nome in restano)
    _write_tie(verbale, per, criterio, restano, valori, primi[0])
    return primi[0]


def _by_draw(verbale: Verbale, contendenti: Sequence[Id], *, per: Per, posto: int) -> Id:
    restano = in_order(contendenti)
    if len(restano) == 1:
        return restano[0]
    voti = verbale.dati.sindaco_per_id[restano[0]].voti
    scelto = verbale.draw(
        "sindaco" if per == "elezione" else "ballottaggio",
        restano,
        articolo=verbale.regole.articolo("ballottaggio" if per == "ballottaggio" else "sindaco"),
        fra="sindaci",
        ambito=per,
        posto=posto,
        cifra=voti,
    )
    _write_tie(verbale, per, "sorteggio", restano, (), scelto)
    return scelto


def _write_tie(
    verbale: Verbale,
    per: Per,
    criterio: Literal["cifra", "anziano", "giovane", "sorteggio"],
    fra: tuple[Id, ...],
    valori: tuple[str, ...],
    prevale: Id,
) -> None:
    articolo = verbale.regole.articolo("ballottaggio")
    verbale.write(SpareggioSindaci(articolo, per, criterio, fra, valori, prevale))
