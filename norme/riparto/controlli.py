"""Findings on the data of an allocation: doubtful, never silent, never in the way of the calculation."""

from norme.riparto.tipi import OLTRE_15000
from norme.riparto.verbale import Verbale


def check_dati(verbale: Verbale) -> None:
    """Compare what was given with what can be derived, and the tallies with each other."""
    dati, regole = verbale.dati, verbale.regole
    derivati = regole.seggi_derivati()
    if dati.seggi_consiglio is not None and derivati not in (None, dati.seggi_consiglio):
        verbale.find("W501", "seggi_consiglio", indicati=dati.seggi_consiglio, derivati=derivati or 0)
    sistema = regole.sistema_derivato
    if dati.sistema is not None and sistema not in (None, dati.sistema):
        verbale.find("W502", "sistema", indicato=dati.sistema, derivato=sistema or "")
    if dati.campi_ignoti:
        verbale.find("W504", *dati.campi_ignoti, campi=", ".join(dati.campi_ignoti))
    if regole.opzioni.changed():
        verbale.find("W513", "opzioni", opzioni=", ".join(regole.opzioni.changed()))
    if regole.sistema == OLTRE_15000:
        _check_oltre_15000(verbale)
    _check_preferences(verbale)


def _check_oltre_15000(verbale: Verbale) -> None:
    dati = verbale.dati
    if len(dati.liste) == 1:
        verbale.find("E506", "liste")
    if dati.ordinamento == "friuli-venezia-giulia":
        verbale.find("W509")
    if dati.ordinamento != "sicilia" and dati.totale_liste > dati.totale_sindaci:
        verbale.find("E501", "liste", liste=dati.totale_liste, sindaci=dati.totale_sindaci)


def _check_preferences(verbale: Verbale) -> None:
    """A candidate cannot have more preferences than his list has votes."""
    for posto, lista in enumerate(verbale.dati.liste):
        for numero, candidato in enumerate(lista.candidati or ()):
            if candidato.preferenze > lista.voti:
                verbale.find(
                    "E502",
                    f"liste[{posto}].candidati[{numero}].preferenze",
                    candidato=candidato.nome,
                    preferenze=candidato.preferenze,
                    lista=lista.nome,
                    voti=lista.voti,
                )
