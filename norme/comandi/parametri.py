"""Verb ``parametri``: every value in force for a date, a population, a region.

Input: ``data``, and optionally ``popolazione``, ``ordinamento`` or ``regione``, ``capoluogo``, ``sistema``,
``nomi`` (only these). Output: the case as understood, ``parametri`` by name with article and validity,
the ``scelte`` of a doubtful point, ``ignoti`` the names without a known value for this case.
"""

from collections.abc import Mapping
from typing import Any

from norme.comandi.elezione import refuse_unknown
from norme.fasce import ordinamento_di
from norme.ingresso import ErroreIngresso, Oggetto
from norme.parametri import Parametri, parametri_at
from norme.registro import ORDINAMENTI, SISTEMI, catalogo, to_json


def run(dati: Mapping[str, Any]) -> dict[str, object]:
    """All the values for one election."""
    radice = Oggetto(dati)
    parametri = read_parametri_senza_sistema(radice)
    nomi = _read_nomi(radice)
    refuse_unknown(radice)
    caso = parametri.caso
    return {
        "data": caso.data,
        "popolazione": caso.popolazione,
        "ordinamento": caso.ordinamento,
        "capoluogo": caso.capoluogo,
        "sistema": caso.sistema,
        "parametri": {nome: _describe(nome, parametri) for nome in nomi if nome in parametri},
        "ignoti": [nome for nome in nomi if nome not in parametri],
    }


def read_parametri_senza_sistema(dati: Oggetto) -> Parametri:
    """The parameters of the case; neither the population nor the sistema is compulsory."""
    ordinamento = dati.scelta("ordinamento", ORDINAMENTI, default="ordinario")
    if regione := dati.testo("regione", default=""):
        try:
            ordinamento = ordinamento_di(regione)
        except ValueError as errore:
            campo = dati.percorso("regione")
            raise ErroreIngresso("valore_non_ammesso", campo, f"Campo «{campo}»: {errore}.") from errore
    return parametri_at(
        dati.giorno("data"),
        popolazione=dati.intero_facoltativo("popolazione"),
        ordinamento=ordinamento,
        capoluogo=dati.booleano("capoluogo", default=False),
        sistema=dati.scelta_facoltativa("sistema", SISTEMI),
    )


def _read_nomi(radice: Oggetto) -> list[str]:
    nomi = radice.elenco("nomi")
    if radice.dati.get("nomi") is None:
        return list(catalogo())
    for posto, nome in enumerate(nomi):
        if not isinstance(nome, str) or nome not in catalogo():
            campo = f"nomi[{posto}]"
            messaggio = f"Campo «{campo}»: il parametro «{nome}» non esiste."
            raise ErroreIngresso("valore_non_ammesso", campo, messaggio)
    return nomi


def _describe(nome: str, parametri: Parametri) -> dict[str, object]:
    voce = catalogo()[nome]
    valore = parametri[nome]
    scelte = {"scelte": to_json(valore.scelte)} if valore.scelte else {}
    return {"descrizione": voce.descrizione, "unita": voce.unita, **valore.as_dict(), **scelte}
