"""Who is elected inside each list (TUEL 71.9, 73.6, 73.12) and the consigliere anziano (TUEL 40.2)."""

from collections.abc import Mapping

from norme.ingresso import Id
from norme.riparto.passi import ConsigliereAnziano, Graduatoria, RigaGraduatoria
from norme.riparto.tipi import Lista
from norme.riparto.verbale import Verbale


def rank_candidates(verbale: Verbale, per_lista: Mapping[Id, int]) -> tuple[Graduatoria, ...]:
    """The ranking of every list whose candidates are known; the first of each are its elected."""
    con_lista = verbale.regole.valore("cifra_individuale") == "lista_e_preferenze"
    graduatorie = tuple(
        rank_list(
            lista,
            seggi=per_lista.get(lista.id, 0),
            con_lista=con_lista,
            articolo=verbale.regole.articolo("graduatoria"),
        )
        for lista in verbale.dati.liste
        if lista.candidati is not None
    )
    for graduatoria in graduatorie:
        verbale.write(graduatoria)
    note = {graduatoria.lista for graduatoria in graduatorie}
    if all(lista in note for lista, seggi in per_lista.items() if seggi):
        _write_anziano(verbale, graduatorie)
    return graduatorie


def rank_list(lista: Lista, *, seggi: int, con_lista: bool, articolo: str) -> Graduatoria:
    """Cifra individuale, then place in the list; who cannot be proclaimed gives way to the next."""
    base = lista.voti if con_lista else 0
    candidati = list(enumerate(lista.candidati or (), start=1))
    candidati.sort(key=lambda voce: (-voce[1].preferenze, voce[0]))
    righe: list[RigaGraduatoria] = []
    restano = seggi
    for posto, candidato in candidati:
        eletto = restano > 0 and candidato.proclamabile
        restano -= eletto
        righe.append(
            RigaGraduatoria(
                candidato.id,
                base + candidato.preferenze,
                candidato.preferenze,
                posto,
                eletto,
                candidato.proclamabile,
            )
        )
    return Graduatoria(articolo, lista.id, seggi, lista.voti, tuple(righe))


def _write_anziano(verbale: Verbale, graduatorie: tuple[Graduatoria, ...]) -> None:
    """The elected with the highest cifra individuale, once every list with seats has its candidates."""
    eletti = [
        (riga.cifra_individuale, graduatoria.lista, riga.candidato)
        for graduatoria in graduatorie
        for riga in graduatoria.righe
        if riga.eletto
    ]
    if not eletti:
        return
    massima = max(cifra for cifra, _, _ in eletti)
    primi = [(candidato, lista) for cifra, lista, candidato in eletti if cifra == massima]
    verbale.write(
        ConsigliereAnziano(
            "TUEL art. 40 c. 2",
            tuple(candidato for candidato, _ in primi),
            tuple(lista for _, lista in primi),
            massima,
        )
    )
