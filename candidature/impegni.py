"""Who runs or signs and also sits in an office of a section: asked of the other rooms, never imported.

A candidate may not be in an office (TU 23): the candidature stands, the office is to be changed. A signer
may: it is only noted, by the line of the sheet and never by name.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from candidature.fatti import esaminati
from candidature.models import Lista, Sottoscrizione
from comuni.fonti import persone_impegnate
from comuni.indice import IndicePersone
from comuni.models import Elezione
from electoral.ordine import chiave_ordine
from norme.liste import EsitoLista, Stato
from norme.rilievi import Rilievo

COMPONENTI = "componenti"
RIGHE_DETTE = 12


def add_impegni(elezione: Elezione, liste: Iterable[Lista], esiti: Iterable[EsitoLista]) -> list[EsitoLista]:
    """The same examinations with who is also in an office; nothing changes in what they propose."""
    esiti = list(esiti)
    indice = IndicePersone(persone_impegnate(elezione, vesti=[COMPONENTI]))
    if not indice:
        return esiti
    liste = list(liste)
    firme = _righe_di_componenti(liste, indice)
    return [
        _noted(_noted(esito, "d", _candidati(lista, indice)), "a", _sottoscrittori(firme.get(lista.pk, [])))
        for lista, esito in zip(liste, esiti, strict=True)
    ]


def _candidati(lista: Lista, indice: IndicePersone) -> list[Rilievo]:
    persone = [(f"candidati.{c.pk}", c) for c in esaminati(lista)]
    trovati = []
    for campo, chi in [*persone, ("sindaco", lista.sindaco)]:
        parte = indice.find(
            chiave=chi.chiave, data_nascita=chi.data_nascita, codice_fiscale=chi.codice_fiscale
        )
        if parte is not None:
            trovati.append(Rilievo("W208", (campo,), {"candidato": str(chi), "veste": parte.veste}))
    return trovati


def _righe_di_componenti(liste: Iterable[Lista], indice: IndicePersone) -> Mapping[int, list[int]]:
    righe: defaultdict[int, list[int]] = defaultdict(list)
    campi = ("lista_id", "riga", "cognome", "nome", "data_nascita", "codice_fiscale")
    firme = Sottoscrizione.objects.con_nomi().filter(lista__in=liste).order_by("lista", "riga")
    for lista, riga, cognome, nome, nascita, codice in firme.values_list(*campi):
        chiave = chiave_ordine(f"{cognome} {nome}")
        if indice.find(chiave=chiave, data_nascita=nascita, codice_fiscale=codice) is not None:
            righe[lista].append(riga)
    return righe


def _sottoscrittori(righe: list[int]) -> list[Rilievo]:
    if not righe:
        return []
    dette = ", ".join(f"n. {riga}" for riga in righe[:RIGHE_DETTE])
    if len(righe) > RIGHE_DETTE:
        dette += " e altri"
    return [Rilievo("W209", ("sottoscrizioni",), {"quanti": len(righe), "righe": dette})]


def _noted(esito: EsitoLista, lettera: str, rilievi: list[Rilievo]) -> EsitoLista:
    """The findings added to a step: a step without findings is now one with warnings."""
    if not rilievi:
        return esito
    return replace(
        esito,
        verifiche=tuple(
            replace(
                v,
                rilievi=(*v.rilievi, *rilievi),
                stato=Stato.RILIEVI if v.stato in (Stato.SUPERATA, Stato.NON_DOVUTA) else v.stato,
            )
            if v.lettera == lettera
            else v
            for v in esito.verifiche
        ),
    )
