"""Allocation of a stored election: rows -> the JSON input of ``python -m norme riparto`` -> a ``Riparto``.

Identifiers are the numbers people know: of the sindaco, of the list, of the candidate in his list.
"""

import json
from collections import defaultdict

from django.conf import settings
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from candidature.models import Candidato
from candidature.sopravvenienze import Decesso, decessi_prima_del_voto
from comuni.models import Elezione, Ordinamento, Sistema
from electoral.documenti import impronta
from norme.ingresso import ErroreIngresso
from norme.parametri import ParametroIgnoto
from norme.riparto.interpretazioni import PUNTI
from risultati.letture import compare_letture
from risultati.models import Riparto, Turno, Vicenda, VotiLista, VotiPreferenza, VotiSindaco
from risultati.motore import run_riparto
from risultati.stato import StatoTurno, filtro_definitivi, stato_turni

#: Events that change what a candidate sindaco is for the engine, and the field that says so.
_CAMPI_VICENDA = {Vicenda.Tipo.MORTE: "deceduto_il", Vicenda.Tipo.IMPEDIMENTO: "impedito_il"}


class RipartoImpossibile(Exception):
    """The stored data cannot be allocated, in words for the clerk."""


def collect_dati(
    elezione: Elezione, *, stati: dict[int, StatoTurno] | None = None, con_candidati: bool = True
) -> dict:
    """The input of the engine (DESIGN 5.1) from definitive counts only.

    Without candidates it stops at the seats of the lists, and sums no preference.
    """
    stati = stati or stato_turni(elezione)
    primo = stati[Turno.PRIMO]
    decessi = decessi_prima_del_voto(elezione)
    dati = {
        "ordinamento": elezione.ordinamento,
        "data": elezione.data.isoformat(),
        "popolazione": elezione.popolazione_legale,
        "capoluogo": elezione.capoluogo,
        "sistema": elezione.sistema,
        "seggi_consiglio": elezione.seggi_consiglio,
        "elettori": primo.elettori,
        "votanti": primo.votanti,
        "elettori_aire": elezione.elettori_aire,
        "votanti_aire": elezione.votanti_aire,
        "sindaci": _sindaci(elezione, stati, decessi),
        "liste": _liste(elezione, primo, con_candidati=con_candidati),
        "sorteggi": [
            {"richiesta": sorteggio.richiesta, "esito": _as_id(sorteggio.esito)}
            for sorteggio in elezione.sorteggi.validi().order_by("pk")
        ],
    }
    if decessi and all(decesso.prosegue_con for decesso in decessi):
        dati["prosegue_con"] = "; ".join(decesso.prosegue_con for decesso in decessi)
    if opzioni := {nome: scelta for nome, scelta in elezione.interpretazioni.items() if nome in PUNTI}:
        dati["opzioni"] = opzioni  # the other choices are of the parameters, not of the engine
    return {nome: valore for nome, valore in dati.items() if valore is not None}


def _as_id(testo: str) -> int | str:
    return int(testo) if testo.isdecimal() else testo


def _somme(modello, chiave: str, campo: str, elezione: Elezione, stato: StatoTurno) -> dict[int, int]:
    """Votes of a round by candidate or list, summed in the database."""
    righe = (
        modello.objects.filter(filtro_definitivi(stato, prefisso="scrutinio__"), scrutinio__elezione=elezione)
        .order_by()
        .values(chiave)
        .annotate(somma=Sum(campo))
    )
    return {riga[chiave]: riga["somma"] for riga in righe}


def _sindaci(elezione: Elezione, stati: dict[int, StatoTurno], decessi: list[Decesso]) -> list[dict]:
    primo = _somme(VotiSindaco, "sindaco", "voti", elezione, stati[Turno.PRIMO])
    secondo = _somme(VotiSindaco, "sindaco", "voti", elezione, stati[Turno.BALLOTTAGGIO])
    vicende = defaultdict(dict)
    for decesso in decessi:
        vicende[decesso.sindaco]["deceduto_il"] = decesso.giorno.isoformat()
    for vicenda in elezione.vicende.filter(sindaco__isnull=False):
        if vicenda.tipo in _CAMPI_VICENDA:
            vicende[vicenda.sindaco_id][_CAMPI_VICENDA[vicenda.tipo]] = vicenda.data.isoformat()
        elif vicenda.tipo == Vicenda.Tipo.INCANDIDABILITA:
            vicende[vicenda.sindaco_id]["proclamabile"] = False
    righe = []
    for sindaco in elezione.candidati_sindaco.in_corsa().order_by("numero"):
        riga = {
            "id": sindaco.numero,
            "nome": str(sindaco),
            "voti": primo.get(sindaco.pk, 0),
            "voti_ballottaggio": secondo.get(sindaco.pk),
            **vicende[sindaco.pk],
        }
        if sindaco.data_nascita:
            riga["nascita"] = sindaco.data_nascita.isoformat()
        righe.append(riga)
    return righe


def _liste(elezione: Elezione, primo: StatoTurno, *, con_candidati: bool) -> list[dict]:
    voti = _somme(VotiLista, "lista", "voti", elezione, primo)
    # In FVG up to 15.000 a list alone may have no tally of its own: unknown, it has its sindaco's.
    fvg = elezione.ordinamento == Ordinamento.FRIULI_VENEZIA_GIULIA and elezione.sistema == Sistema.FINO_15000
    candidati = _candidati(elezione, primo) if con_candidati else {}
    righe = []
    for lista in elezione.liste.in_corsa().select_related("sindaco", "apparentata_con").order_by("numero"):
        riga = {
            "id": lista.numero,
            "nome": lista.denominazione,
            "sindaco": lista.sindaco.numero,
            "voti": voti.get(lista.pk, None if fvg else 0),
        }
        if lista.apparentata_con_id:
            riga["apparentata_con"] = lista.apparentata_con.numero
        if lista.pk in candidati:
            riga["candidati"] = candidati[lista.pk]
        righe.append(riga)
    return righe


def _candidati(elezione: Elezione, primo: StatoTurno) -> dict[int, list[dict]]:
    """Candidates by list in their order; none where no preference has been recorded at all.

    Without preferences the ranking would be the order of the list: it would look real and be false.
    """
    preferenze = _somme(VotiPreferenza, "candidato", "preferenze", elezione, primo)
    if not preferenze:
        return {}
    esclusi = set(
        elezione.vicende.filter(tipo=Vicenda.Tipo.INCANDIDABILITA, candidato__isnull=False).values_list(
            "candidato", flat=True
        )
    )
    per_lista = defaultdict(list)
    for candidato in Candidato.objects.in_corsa().filter(lista__elezione=elezione).order_by("numero"):
        riga = {
            "id": candidato.numero,
            "nome": str(candidato),
            "preferenze": preferenze.get(candidato.pk, 0),
        }
        if candidato.pk in esclusi:
            riga["proclamabile"] = False
        per_lista[candidato.lista_id].append(riga)
    return per_lista


def compute_esito(dati: dict) -> dict:
    """The outcome; data the engine cannot read become a sentence for the clerk."""
    try:
        return run_riparto(dati)
    except ErroreIngresso as errore:
        raise RipartoImpossibile(errore.messaggio) from errore
    except ParametroIgnoto as errore:
        raise RipartoImpossibile(f"La legge di quel giorno non è fra i parametri. {errore}") from errore


def run_riparto_elezione(elezione: Elezione, *, by=None) -> Riparto:
    """Allocate what is stored now and keep it. Same data, same version: same row, with a new hour."""
    stati = stato_turni(elezione)
    if not stati[Turno.PRIMO].is_iniziato:
        raise RipartoImpossibile(
            "Nessuna sezione è definitiva: il riparto si fa sulle cifre definitive delle sezioni."
        )
    dati = collect_dati(elezione, stati=stati)
    esito = compute_esito(dati)
    if esito["esito"] == "riparto" and not _has_voti_lista(elezione):
        raise RipartoImpossibile(
            "Mancano i voti di lista (voti_liste.csv): con questo sistema i seggi si assegnano su quelli."
        )
    with transaction.atomic():
        riparto, _ = Riparto.objects.update_or_create(
            elezione=elezione,
            impronta=impronta(dati),
            versione_urna=settings.VERSIONE,
            parziale=is_parziale(stati),
            defaults={
                "dati": dati,
                "esito": esito,
                "tipo_esito": esito["esito"],
                "letture": compare_letture(dati, esito),
                "eseguito_il": timezone.now(),
                "eseguito_da": by,
            },
        )
    return riparto


def _has_voti_lista(elezione: Elezione) -> bool:
    """Unknown is not zero: without any list vote the seats of the larger comuni cannot be told."""
    return (
        elezione.sistema != Sistema.OLTRE_15000
        or VotiLista.objects.filter(scrutinio__elezione=elezione).exists()
    )


def is_parziale(stati: dict[int, StatoTurno]) -> bool:
    """Whether some section is still missing: what comes out is a projection."""
    secondo = stati[Turno.BALLOTTAGGIO]
    return not stati[Turno.PRIMO].is_completo or (secondo.is_iniziato and not secondo.is_completo)


def is_aggiornato(riparto: Riparto) -> bool:
    """Whether the stored data are still those of this allocation."""
    stati = stato_turni(riparto.elezione)
    dati = collect_dati(riparto.elezione, stati=stati)
    return riparto.impronta == impronta(dati) and riparto.parziale == is_parziale(stati)


def dumps(valore: object) -> str:
    """JSON as the commands print it."""
    return json.dumps(valore, ensure_ascii=False, indent=2)
