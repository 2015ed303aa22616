"""Proclamation: the outcome is frozen with all that produced it, and who answers for it."""

from datetime import datetime

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from candidature.models import Candidato
from comuni.models import Elezione
from comuni.parole_data import data_estesa
from electoral.documenti import impronta
from risultati.errori_sezioni import errori_aperti
from risultati.models import Eletto, Proclamazione, Riparto, Sorteggio
from risultati.models.congelamento import CHIAVE_BLOCCO
from risultati.passi import frase_parita, nomi_contendenti
from risultati.riparto import collect_dati, is_parziale
from risultati.stato import is_anticipata, stato_turni


class ProclamazioneNonPossibile(Exception):
    """Why it cannot be proclaimed (yet), in words for the ufficio."""


def is_proclamata(elezione: Elezione) -> bool:
    """Whether the data of the election are frozen by a proclamation in force."""
    return elezione.proclamazioni.in_vigore().exists()


def impedimenti(elezione: Elezione, riparto: Riparto | None) -> list[str]:
    """What stops the proclamation of this allocation: empty when nothing does."""
    if is_proclamata(elezione):
        return ["Gli eletti sono già stati proclamati."]
    if riparto is None:
        return ["Il riparto non è ancora stato calcolato."]
    motivi = []
    if is_anticipata(elezione) and not elezione.prova:
        motivi.append("Le votazioni non sono ancora chiuse: i voti registrati non possono essere veri.")
    if riparto.parziale:
        motivi.append("Mancano sezioni: il riparto è solo una proiezione.")
    if riparto.tipo_esito == "sorteggio":
        motivi.append("C'è una parità: va registrato il sorteggio.")
    if riparto.tipo_esito == "ballottaggio":
        motivi.append("Nessuno è eletto al primo turno: si va al ballottaggio.")
    if riparto.tipo_esito == "nulla":
        motivi.append("L'elezione è nulla: non c'è nessuno da proclamare.")
    motivi += [f"{r['codice']}: {r['testo']}" for r in riparto.esito["rilievi"] if r["gravita"] == "E"]
    stati = stato_turni(elezione)
    if impronta(collect_dati(elezione, stati=stati)) != riparto.impronta or (
        is_parziale(stati) != riparto.parziale
    ):
        motivi.append("I dati sono cambiati dopo il riparto: va calcolato di nuovo.")
    return motivi


def proclaim(
    elezione: Elezione,
    *,
    riparto: Riparto,
    presidente: str,
    motivi_avvisi: dict[str, str] | None = None,
    motivo_errori: str = "",
    by=None,
    at: datetime | None = None,
    seduta: dict | None = None,
) -> Proclamazione:
    """Freeze the outcome. Votes, lists and settings of the election cannot change afterwards.

    ``motivi_avvisi``: the reason written for each warning (code -> text), printed in the verbale.
    ``motivo_errori``: why one proclaims although errors of the sections are still open, printed there too.
    ``at``: when the office proclaimed, None for an election of the past whose source does not tell.
    ``seduta``: how the sitting went, for the verbale (``forms_esito.ProclamazioneForm.seduta``).
    """
    with transaction.atomic():
        lock_elezione(elezione)
        motivi = impedimenti(elezione, riparto)
        motivi += _avvisi_senza_motivo(riparto, motivi_avvisi or {})
        if not motivo_errori.strip() and (errori := errori_aperti(elezione)):
            motivi.append(errori.frase)
        if motivi:
            raise ProclamazioneNonPossibile(" ".join(motivi))
        istantanea = build_istantanea(riparto, motivi_avvisi=motivi_avvisi or {}, motivo_errori=motivo_errori)
        proclamazione = Proclamazione.objects.create(
            elezione=elezione,
            riparto=riparto,
            presidente=presidente,
            proclamata_il=at,
            seduta=seduta or {},
            proclamata_da=by,
            impronta=impronta(istantanea),
            istantanea=istantanea,
        )
        Eletto.objects.bulk_create(_eletti(proclamazione))
    return proclamazione


def lock_elezione(elezione: Elezione) -> None:
    """Wait for the changes of votes under way and keep new ones out until this transaction ends."""
    with connection.cursor() as cursore:
        cursore.execute("SELECT pg_advisory_xact_lock(%s, %s)", [CHIAVE_BLOCCO, elezione.pk])


def _avvisi_senza_motivo(riparto: Riparto, motivi: dict[str, str]) -> list[str]:
    """Warnings close with a reason: which have none."""
    senza = sorted(
        {
            r["codice"]
            for r in riparto.esito["rilievi"]
            if r["gravita"] == "W" and not motivi.get(r["codice"], "").strip()
        }
    )
    return [f"Scrivere il motivo per cui si procede nonostante l'avviso {codice}." for codice in senza]


def build_istantanea(riparto: Riparto, *, motivi_avvisi: dict[str, str], motivo_errori: str = "") -> dict:
    """All that produced the outcome: enough to recompute it in fifty years."""
    stati = stato_turni(riparto.elezione)
    return {
        "impronta_dati": riparto.impronta,
        "dati": riparto.dati,
        "esito": riparto.esito,
        "letture": riparto.letture,
        "motivi_avvisi": motivi_avvisi,
        "errori_sezioni": errori_aperti(riparto.elezione).con_motivo(motivo_errori),
        "versione_urna": settings.VERSIONE,
        "riparto_eseguito_il": riparto.eseguito_il,
        "turni": {
            str(turno): {
                "sezioni": stato.sezioni if stato.per_sezione else None,
                "elettori": stato.elettori,
                "votanti": stato.votanti,
                "voti_validi": stato.voti_validi,
                "schede_bianche": stato.schede_bianche,
                "schede_nulle": stato.schede_nulle,
                "contestate_non_attribuite": stato.contestate_non_attribuite,
            }
            for turno, stato in stati.items()
            if stato.is_iniziato
        },
        "sorteggi": [_sorteggio(s, riparto.dati) for s in riparto.elezione.sorteggi.validi()],
        "vicende": [
            {
                "tipo": vicenda.tipo,
                "descrizione": vicenda.get_tipo_display(),
                "persona": str(vicenda.persona),
                "data": vicenda.data,
                "atto": vicenda.atto,
            }
            for vicenda in riparto.elezione.vicende.select_related("sindaco", "candidato")
        ],
    }


def _sorteggio(sorteggio: Sorteggio, dati: dict) -> dict:
    """A draw as the verbale tells it."""
    nomi = nomi_contendenti(sorteggio.richiesta, dati)
    quando = timezone.localtime(sorteggio.eseguito_il)
    return {
        "articolo": sorteggio.richiesta.get("articolo", ""),
        "parita": frase_parita(sorteggio.richiesta, dati),
        "esito": nomi.get(str(sorteggio.esito), sorteggio.esito),
        "modalita": sorteggio.get_modalita_display(),
        "seme": sorteggio.seme,
        "presenti": sorteggio.presenti,
        "eseguito_il": f"{data_estesa(quando.date())}, ore {quando:%H:%M}",
    }


def _eletti(proclamazione: Proclamazione) -> list[Eletto]:
    """The elected in order: sindaco, then by list, each list from the highest cifra, losing sindaci last."""
    esito, elezione = proclamazione.istantanea["esito"], proclamazione.elezione
    sindaci = {s.numero: s for s in elezione.candidati_sindaco.all()}
    righe = [Eletto(carica=Eletto.Carica.SINDACO, sindaco=sindaci[esito["sindaco"]])]
    candidati = {
        (c.lista.numero, c.numero): c
        for c in Candidato.objects.filter(lista__elezione=elezione).select_related("lista")
    }
    cifre = {
        (passo["lista"], riga["candidato"]): riga["cifra_individuale"]
        for passo in esito["passi"]
        if passo["tipo"] == "graduatoria"
        for riga in passo["righe"]
    }
    for lista, numeri in esito["eletti"].items():
        for numero in numeri:
            candidato = candidati[int(lista), numero]
            righe.append(
                Eletto(
                    carica=Eletto.Carica.CONSIGLIERE,
                    candidato=candidato,
                    lista=candidato.lista,
                    cifra_individuale=cifre[int(lista), numero],
                )
            )
    righe += [
        Eletto(carica=Eletto.Carica.CONSIGLIERE_SINDACO, sindaco=sindaci[numero])
        for numero in esito["consiglieri_sindaci"]
    ]
    for ordine, riga in enumerate(righe):
        riga.proclamazione, riga.ordine = proclamazione, ordine
    return righe


def reopen(proclamazione: Proclamazione, *, decisione: str, by=None) -> None:
    """Reopen by a court decision: the data may change again and a new proclamation follows."""
    if not decisione.strip():
        raise ProclamazioneNonPossibile("Servono il giudice, il numero e la data della decisione.")
    cambiate = Proclamazione.objects.filter(pk=proclamazione.pk, riaperta_il__isnull=True).update(
        riaperta_il=timezone.now(), riaperta_da=by, riapertura_decisione=decisione.strip()
    )
    if not cambiate:
        raise ProclamazioneNonPossibile("La proclamazione è già stata riaperta.")
