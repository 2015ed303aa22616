"""Lists with more seats than candidates (TUEL 73.8, last sentence): where the surplus goes."""

from collections.abc import Collection, Iterable, Mapping

from norme.ingresso import Id
from norme.riparto.gruppi import Gruppo
from norme.riparto.interno import Seggi, draw_charged, group_table, lowest
from norme.riparto.passi import ListaEsaurita, Quoziente, SeggioSindacoNonEletto
from norme.riparto.tipi import Lista
from norme.riparto.verbale import Verbale


def leave_vacant(verbale: Verbale, seggi: Seggi) -> None:
    """Up to 15.000 inhabitants nothing moves the surplus to other lists: it stays vacant."""
    for lista in verbale.dati.liste:
        _cut(verbale, lista, seggi, articolo=verbale.regole.articolo("seggi"), destinazione="vacante")


def redistribute(verbale: Verbale, gruppi: Mapping[Id, Gruppo], seggi: Seggi) -> None:
    """Give surplus seats to the next quotients: first of the same group (default), then of the others.

    A quotient already spent on the seat of a losing sindaco is not given again.
    """
    tutte = [lista for gruppo in gruppi.values() for lista in gruppo.liste]
    if not any(_exceeds(lista, seggi) for lista in tutte):
        return
    nel_gruppo = verbale.regole.opzioni.liste_esaurite == "gruppo"
    for gruppo in gruppi.values():
        # A group all of one sindaco divides what remains of its total: there nothing is spent.
        if not nel_gruppo or len(gruppo.per_primo_turno()) > 1:
            _record_spent(verbale, gruppo, seggi)
    restano = 0
    for gruppo in gruppi.values():
        eccedenza = sum(
            _cut(
                verbale,
                lista,
                seggi,
                articolo=verbale.regole.articolo("esaurite"),
                destinazione="gruppo" if nel_gruppo else "tutte",
            )
            for lista in gruppo.liste
        )
        if eccedenza and nel_gruppo:
            dati = _give(verbale, gruppo.liste, eccedenza, seggi, gruppo=gruppo.capo)
            eccedenza -= dati
        if nel_gruppo:
            seggi.per_gruppo[gruppo.capo] = seggi.per_gruppo.get(gruppo.capo, 0) - eccedenza
        restano += eccedenza
    if restano and nel_gruppo:
        _give_to_groups(verbale, gruppi, restano, seggi)
    elif restano:
        _give(verbale, tutte, restano, seggi, gruppo=None)


def seat_late_losers(
    verbale: Verbale, gruppi: Mapping[Id, Gruppo], seggi: Seggi, *, perdenti: Collection[Id]
) -> None:
    """A losing sindaco whose lists had their first seats from the surplus takes the last of them (73.11)."""
    for sindaco in verbale.dati.sindaci:
        sue = [lista for lista in verbale.dati.liste_per_sindaco[sindaco.id] if seggi.per_lista.get(lista.id)]
        if sindaco.id not in perdenti or sindaco.id in seggi.sindaci or not sue:
            continue
        ultimi = {lista.id: Quoziente(lista.id, lista.voti, seggi.per_lista[lista.id]) for lista in sue}
        cede = draw_charged(verbale, lowest(ultimi), sindaco=sindaco.id, fra="liste")
        capo = next(capo for capo, gruppo in gruppi.items() if any(x.id == cede for x in gruppo.liste))
        prima = seggi.per_lista[cede]
        seggi.per_lista[cede] -= 1
        seggi.sindaci.append(sindaco.id)
        articolo = verbale.regole.articolo("sindaci_non_eletti")
        verbale.write(SeggioSindacoNonEletto(articolo, sindaco.id, capo, prima, prima - 1, "eccedenza"))


def _record_spent(verbale: Verbale, gruppo: Gruppo, seggi: Seggi) -> None:
    """Which quotients of a group gave their seats to losing sindaci and not to its lists."""
    posti = seggi.per_gruppo.get(gruppo.capo, 0)
    if posti == sum(seggi.per_lista.get(lista.id, 0) for lista in gruppo.liste):
        return
    piena = verbale.settle(group_table(verbale, gruppo, posti)).seggi_per()
    for lista in gruppo.liste:
        seggi.spesi[lista.id] = max(0, piena[lista.id] - seggi.per_lista.get(lista.id, 0))


def _exceeds(lista: Lista, seggi: Seggi) -> bool:
    return lista.capienza is not None and seggi.per_lista.get(lista.id, 0) > lista.capienza


def _cut(verbale: Verbale, lista: Lista, seggi: Seggi, *, articolo: str, destinazione: str) -> int:
    """Bring a list down to its candidates; how many seats it could not fill."""
    avuti, capienza = seggi.per_lista.get(lista.id, 0), lista.capienza
    if capienza is None or avuti <= capienza:
        return 0
    seggi.per_lista[lista.id] = capienza
    verbale.write(ListaEsaurita(articolo, lista.id, avuti, capienza, destinazione))  # type: ignore[arg-type]
    return avuti - capienza


def _room(lista: Lista, seggi: Seggi, massimo: int) -> int:
    """How many more seats a list can fill; one without votes gets none."""
    if lista.voti == 0:
        return 0
    if lista.capienza is None:
        return massimo
    return lista.capienza - seggi.per_lista.get(lista.id, 0)


def _give(verbale: Verbale, liste: Iterable[Lista], quanti: int, seggi: Seggi, *, gruppo: Id | None) -> int:
    """Give surplus seats to the next quotients of these lists; how many found a place."""
    aperte = {lista.id: lista for lista in liste if _room(lista, seggi, quanti) > 0}
    if not aperte:
        return 0
    tavola = verbale.divide(
        {nome: lista.voti for nome, lista in aperte.items()},
        quanti,
        articolo=verbale.regole.articolo("esaurite"),
        scopo="eccedenza",
        fra="liste",
        gruppo=gruppo,
        capienze={nome: _room(lista, seggi, quanti) for nome, lista in aperte.items()},
        gia={nome: seggi.per_lista.get(nome, 0) + seggi.spesi[nome] for nome in aperte},
    )
    for nome, altri in tavola.seggi_per().items():
        seggi.per_lista[nome] += altri
    return len(tavola.graduatoria)


def _give_to_groups(verbale: Verbale, gruppi: Mapping[Id, Gruppo], quanti: int, seggi: Seggi) -> None:
    """A whole group is exhausted: its seats go to the next quotients of the other groups."""
    spazi = {
        capo: sum(_room(lista, seggi, quanti) for lista in gruppo.liste) for capo, gruppo in gruppi.items()
    }
    aperti = {capo: gruppo for capo, gruppo in gruppi.items() if spazi[capo] > 0}
    if not aperti:
        return
    tavola = verbale.divide(
        {capo: gruppo.cifra for capo, gruppo in aperti.items()},
        quanti,
        articolo=verbale.regole.articolo("esaurite"),
        scopo="eccedenza",
        fra="gruppi",
        capienze=spazi,
        gia={capo: seggi.per_gruppo.get(capo, 0) for capo in aperti},
    )
    for capo, altri in tavola.seggi_per().items():
        seggi.per_gruppo[capo] = seggi.per_gruppo.get(capo, 0) + altri
        liste = aperti[capo].liste
        if len(liste) == 1:
            seggi.per_lista[liste[0].id] += altri
        elif altri:
            _give(verbale, liste, altri, seggi, gruppo=capo)
