"""Verb ``compensi``: what is due to the members of the offices.

Input: ``data`` and optionally ``popolazione``, ``ordinamento`` or ``regione``, ``capoluogo``, ``sistema``,
``scelte``; ``componenti``: [{``id``, ``ruolo``, ``tipo``, ``elezioni``, ``giorni``, ``covid``,
``ballottaggio``, ``durate``: minutes served by each who held the post}]; ``adunanza``: {``giorni``,
``componenti``, ``circoscrizioni``: whether for the consigli circoscrizionali}.
Output: one fee per member with its entries, parts to the cent, the total in cents.
"""

from collections.abc import Mapping
from typing import Any

from norme.comandi.elezione import choose, refuse_unknown, unique
from norme.comandi.parametri import read_parametri_senza_sistema
from norme.compensi import (
    Voce,
    compute_adunanza,
    compute_compenso,
    explain_covid,
    format_euro,
    has_aumento_covid,
    split_compenso,
)
from norme.ingresso import ErroreIngresso, Oggetto
from norme.parametri import Parametri
from norme.uffici import COMPONENTI, Tipo


def run(dati: Mapping[str, Any]) -> dict[str, object]:
    """The fees of one turno and their sum."""
    radice = Oggetto(dati)
    parametri = read_parametri_senza_sistema(radice)
    if scelte := radice.oggetto_facoltativo("scelte"):
        parametri = choose(parametri, scelte)
    componenti = radice.oggetti("componenti")
    unique(componenti, "il componente")
    compensi = [_compute(componente, parametri) for componente in componenti]
    adunanza = radice.oggetto_facoltativo("adunanza")
    somma = sum(int(str(compenso["centesimi"])) for compenso in compensi)
    esito: dict[str, object] = {"compensi": compensi}
    if adunanza:
        voce = _compute_adunanza(adunanza, parametri)
        quanti = adunanza.intero("componenti", minimo=1)
        refuse_unknown(adunanza)
        esito["adunanza"] = {"ciascuno": voce.as_dict(), "centesimi": voce.centesimi * quanti}
        somma += voce.centesimi * quanti
    refuse_unknown(radice)
    return esito | {"centesimi": somma, "euro": format_euro(somma)}


def _compute_adunanza(adunanza: Oggetto, parametri: Parametri) -> Voce:
    giorni = adunanza.intero("giorni", minimo=1)
    circoscrizioni = adunanza.booleano("circoscrizioni", default=False)
    try:
        return compute_adunanza(giorni, parametri=parametri, circoscrizioni=circoscrizioni)
    except ValueError as errore:
        raise _not_allowed("adunanza", errore) from errore


def _not_allowed(campo: str, perche: object) -> ErroreIngresso:
    return ErroreIngresso("valore_non_ammesso", campo, f"Campo «{campo}»: {perche}.")


def _compute(componente: Oggetto, parametri: Parametri) -> dict[str, object]:
    ruolo = componente.scelta("ruolo", [ruolo.value for ruolo in COMPONENTI])
    tipo = componente.scelta("tipo", [tipo.value for tipo in Tipo], default=Tipo.ORDINARIA.value)
    covid = componente.booleano("covid", default=False)
    if covid and "maggiorazione_covid" in parametri and not has_aumento_covid(tipo, parametri):
        raise _not_allowed(componente.percorso("covid"), explain_covid(parametri))
    compenso = compute_compenso(
        ruolo,
        parametri=parametri,
        tipo=tipo,
        elezioni=componente.intero("elezioni", minimo=1, default=1),
        giorni=componente.intero_facoltativo("giorni", minimo=1),
        covid=covid,
        ballottaggio=componente.booleano("ballottaggio", default=False),
    )
    durate = _read_durate(componente)
    esito = {"id": componente.identificativo("id"), **compenso.as_dict()}
    if durate:
        esito["parti"] = list(split_compenso(compenso.centesimi, durate))
    refuse_unknown(componente)
    return esito


def _read_durate(componente: Oggetto) -> list[int]:
    componente.letti.add("durate")
    durate = componente.dati.get("durate") or []
    interi = isinstance(durate, list) and all(type(durata) is int and durata >= 0 for durata in durate)
    if not interi or (durate and not any(durate)):
        campo = componente.percorso("durate")
        messaggio = f"Campo «{campo}»: servono minuti interi, almeno uno positivo."
        raise ErroreIngresso("tipo_errato", campo, messaggio)
    return list(durate)
