"""The papers of candidates and lists: columns that are written only when something is known of them."""

from typing import Any

from candidature.models import Candidato, CandidatoSindaco, Lista, StatoDocumento
from electoral.csv_io import Colonna, ValoreErrato, booleano, data, intero, scelta, testo


def cittadinanza(cella: str) -> str:
    """Two capital letters: IT, DE…"""
    if len(cella) != 2 or not cella.isascii() or not cella.isalpha():
        raise ValoreErrato("E911", ammessi="due lettere, per esempio IT o DE")
    return cella.upper()


_STATO = scelta(StatoDocumento.values)
_DEL_CANDIDATO = (
    Colonna("cittadinanza", cittadinanza, aiuto="Due lettere; vuoto è IT."),
    Colonna("accettazione", _STATO, aiuto=", ".join(StatoDocumento.values)),
    Colonna("iscrizione", _STATO, aiuto="Certificato elettorale: come sopra."),
    Colonna("incandidabile", booleano(), aiuto="sì o no."),
    Colonna("altri_comuni", intero(0, 99), aiuto="In quanti altri comuni è candidato lo stesso giorno."),
    Colonna("ineleggibilita", testo(200)),
    Colonna("nota_documenti", testo(300), aiuto="Che cosa manca."),
)
DEL_CANDIDATO = (
    *_DEL_CANDIDATO,
    Colonna("consigliere_altrove", booleano(), aiuto="Consigliere in carica in un altro comune."),
    Colonna("lista_aggiunta", _STATO, aiuto="Cittadini UE: iscrizione nella lista aggiunta."),
    Colonna("dichiarazione_ue", _STATO),
    Colonna("attestato_ue", _STATO),
    Colonna("attestato_ue_del", data(), aiuto="Il giorno in cui è stato rilasciato."),
)
DEL_SINDACO = (
    Colonna("numero_provvisorio", booleano(), aiuto="sì finché il numero non è sorteggiato."),
    *_DEL_CANDIDATO,
    Colonna("candidatura_unica", _STATO, aiuto="Dichiarazione di non candidarsi a sindaco altrove."),
    Colonna("mandati", intero(0, 9), aiuto="Mandati consecutivi già svolti."),
    Colonna("mandato_breve", booleano()),
    Colonna("consigliere_altrove", booleano(), aiuto="Consigliere in carica in un altro comune."),
)
DELLA_LISTA = (
    Colonna("numero_provvisorio", booleano(), aiuto="sì finché il numero non è sorteggiato."),
    Colonna("presentata_da", testo(200)),
    Colonna("contrassegno_descrizione", testo(2000)),
    Colonna("simbolo_di_partito", booleano()),
    Colonna("simbolo_religioso", booleano()),
    Colonna("esemplari_contrassegno", intero(0, 99)),
    Colonna("supporto_digitale", booleano()),
    Colonna("firme_dichiarate", intero(0, 100_000)),
    Colonna("firme_accertate", intero(0, 100_000)),
)


def sottintesi(modello: type, colonne: tuple[Colonna, ...]) -> dict[str, Any]:
    """What each column is understood to be when the file does not have it."""
    return {colonna.nome: _di_solito(modello._meta.get_field(colonna.nome)) for colonna in colonne}


def _di_solito(campo) -> Any:
    return None if campo.null else campo.get_default()


SOTTINTESI_SINDACO = sottintesi(CandidatoSindaco, DEL_SINDACO)
SOTTINTESI_LISTA = sottintesi(Lista, DELLA_LISTA)
SOTTINTESI_CANDIDATO = sottintesi(Candidato, DEL_CANDIDATO)
