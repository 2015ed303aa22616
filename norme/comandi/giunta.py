"""Verb ``giunta``: the assessori that a sindaco appoints, against the law of the comune.

Input: ``data`` and optionally ``popolazione``, ``ordinamento`` or ``regione``, ``capoluogo``, ``sistema``,
``scelte``; ``sindaco``: {``sesso``}; ``assessori``: [{``nome``, ``sesso``, ``consigliere``, ``vice``}].
Output: the most assessori, the least of each sex, the findings, and a sentence for each rule not known.
"""

from collections.abc import Mapping
from typing import Any

from norme.comandi.elezione import choose, refuse_unknown
from norme.comandi.parametri import read_parametri_senza_sistema
from norme.genere import SESSI
from norme.giunta import Assessore, check_giunta
from norme.ingresso import Oggetto


def run(dati: Mapping[str, Any]) -> dict[str, object]:
    """The findings on the giunta as proposed."""
    radice = Oggetto(dati)
    parametri = read_parametri_senza_sistema(radice)
    if scelte := radice.oggetto_facoltativo("scelte"):
        parametri = choose(parametri, scelte)
    sindaco = radice.oggetto_facoltativo("sindaco")
    assessori = [_read_assessore(voce) for voce in radice.oggetti("assessori")]
    sesso = _read_sesso(sindaco) if sindaco else ""
    refuse_unknown(radice, *([sindaco] if sindaco else []))
    esito = check_giunta(assessori, parametri=parametri, sesso_sindaco=sesso)
    return {
        "assessori_massimi": esito.massimo,
        "minimo_per_sesso": esito.minimo,
        "componenti": esito.componenti,
        "uomini": esito.uomini,
        "donne": esito.donne,
        "rilievi": [rilievo.as_dict() for rilievo in esito.rilievi],
        "non_controllati": list(esito.non_controllati),
    }


def _read_assessore(voce: Oggetto) -> Assessore:
    assessore = Assessore(
        nome=voce.testo("nome"),
        sesso=_read_sesso(voce),
        consigliere=voce.booleano("consigliere", default=False),
        vice=voce.booleano("vice", default=False),
    )
    refuse_unknown(voce)
    return assessore


def _read_sesso(voce: Oggetto) -> str:
    return voce.scelta_facoltativa("sesso", SESSI) or ""
