"""Verb ``sorteggio``: a draw anyone can repeat (see :mod:`norme.sorteggio`)."""

from collections.abc import Mapping
from typing import Any

from norme.comandi.elezione import refuse_unknown
from norme.ingresso import ErroreIngresso, Oggetto
from norme.sorteggio import ElencoErrato, freeze_elenco, script_verifica, sorteggia


def run(dati: Mapping[str, Any]) -> dict[str, object]:
    """The order drawn, with what is needed to publish it and to repeat it."""
    radice = Oggetto(dati)
    try:
        elenco = freeze_elenco(_read_righe(radice))
    except ElencoErrato as errore:
        raise ErroreIngresso("elenco_errato", "elenco", str(errore)) from errore
    righe = len(elenco.righe)
    posti = radice.intero("posti", massimo=righe, default=righe)
    seme = radice.testo("seme")
    refuse_unknown(radice)
    if not seme:
        raise ErroreIngresso(
            "campo_mancante", "seme", "Campo «seme»: scrivere i numeri estratti in pubblico."
        )
    esito = sorteggia(elenco, seme=seme, posti=posti)
    return {
        "impronta": esito.impronta,
        "seme": esito.seme,
        "posti": esito.posti,
        "sorteggiati": list(esito.sorteggiati),
        "riserve": list(esito.riserve),
        "verifica": script_verifica(),
    }


def _read_righe(radice: Oggetto) -> list[str]:
    righe = radice.elenco("elenco")
    for posto, riga in enumerate(righe):
        if not isinstance(riga, str):
            campo = f"{radice.percorso('elenco')}[{posto}]"
            raise ErroreIngresso("tipo_errato", campo, f"Campo «{campo}»: serve un testo.")
    if not righe:
        raise ErroreIngresso("elenco_troppo_corto", "elenco", "Campo «elenco»: serve almeno una riga.")
    return righe
