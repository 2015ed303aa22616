"""The decisions of the commissione: taken by a named person, with reason and hour, never overwritten."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from candidature.istruttoria import EsameLista, examine_elezione, refresh_rilievi
from candidature.models import (
    Audizione,
    Candidato,
    CandidatoSindaco,
    Decisione,
    Esclusione,
    Lista,
    Notifica,
    Seduta,
)
from candidature.presentazione import NonConsentito, freeze_lista
from comuni.models import Elezione

STATO_DOPO = {
    Decisione.Esito.AMMESSA: Lista.Stato.AMMESSA,
    Decisione.Esito.AMMESSA_CON_ESCLUSIONI: Lista.Stato.AMMESSA_CON_ESCLUSIONI,
    Decisione.Esito.DA_INTEGRARE: Lista.Stato.DA_INTEGRARE,
    Decisione.Esito.RICUSATA: Lista.Stato.RICUSATA,
}


@transaction.atomic
def decide_lista(
    lista: Lista,
    *,
    esito: str,
    motivazione: str,
    by,
    esclusi: Mapping[int, str] | None = None,
    integrare_entro: datetime | None = None,
    esame: EsameLista | None = None,
) -> Decisione:
    """Decide on a list; ``esclusi`` maps the pk of each struck candidate to the reason.

    The first decision freezes the version filed. A later decision replaces the names struck by the former.
    """
    lista = Lista.objects.select_for_update().select_related("elezione", "sindaco").get(pk=lista.pk)
    esclusi = dict(esclusi or {})
    candidati = {c.pk: c for c in lista.candidati.esaminati()}
    esame = esame or examine_elezione(lista.elezione).get(lista.pk)
    _check_decisione(lista, esito, motivazione, esclusi, integrare_entro, candidati)
    if candidati:
        freeze_lista(lista, by=by)
    decisione = Decisione.objects.create(
        elezione=lista.elezione,
        lista=lista,
        seduta=seduta_aperta(lista.elezione),
        esito=esito,
        motivazione=motivazione.strip(),
        integrare_entro=integrare_entro if esito == Decisione.Esito.DA_INTEGRARE else None,
        rilievi=[r.as_dict() for r in esame.rilievi] if esame else [],
        decisa_da=by,
        decisa_il=timezone.now(),
    )
    _strike(decisione, lista, esclusi, candidati, esame)
    lista.stato = STATO_DOPO[Decisione.Esito(esito)]
    lista.save(update_fields=["stato"])
    _settle_sindaco(lista.sindaco, by=by)
    refresh_rilievi(lista.elezione)
    return decisione


def _check_decisione(lista, esito, motivazione, esclusi, integrare_entro, candidati) -> None:
    esiti = Decisione.Esito
    if esito not in esiti.values:
        raise NonConsentito("Scegli l'esito della decisione.")
    if lista.stato == Lista.Stato.RITIRATA:
        raise NonConsentito("La lista è stata ritirata: non c'è nulla da decidere.")
    if not lista.numero_provvisorio and lista.elezione.sorteggi_numeri.filter(annullato_il=None).exists():
        raise NonConsentito(
            "I numeri sono già stati sorteggiati: per cambiare una decisione annulla il sorteggio."
        )
    if esito in (esiti.AMMESSA, esiti.AMMESSA_CON_ESCLUSIONI) and not candidati:
        raise NonConsentito("La lista non ha candidati inseriti: inseriscili prima di ammetterla.")
    if set(esclusi) - set(candidati):
        raise NonConsentito(
            "Fra i nomi da escludere ce n'è uno che non è di questa lista, o che ha rinunciato."
        )
    if esito == esiti.AMMESSA_CON_ESCLUSIONI and not esclusi:
        raise NonConsentito("Per ammettere con esclusioni indica almeno un nome da escludere.")
    if esito == esiti.AMMESSA and esclusi:
        raise NonConsentito("Ci sono nomi da escludere: scegli «ammessa con esclusioni».")
    if esito == esiti.AMMESSA_CON_ESCLUSIONI and len(esclusi) == len(candidati):
        raise NonConsentito("Senza candidati la lista non può essere ammessa: scegli «ricusata».")
    if esito != esiti.AMMESSA and not motivazione.strip():
        raise NonConsentito("Scrivi la motivazione: va nel verbale e nella notifica ai delegati.")
    if esito == esiti.DA_INTEGRARE and integrare_entro is None:
        raise NonConsentito("Indica entro quando la lista deve integrare.")
    if esito == esiti.DA_INTEGRARE and lista.presentata_il and integrare_entro < lista.presentata_il:
        raise NonConsentito("Il termine per integrare viene prima della presentazione: ricontrollalo.")


def _strike(decisione, lista, esclusi, candidati, esame) -> None:
    """Strike the names of this decision and give back those struck only by a former one."""
    if decisione.esito in (Decisione.Esito.DA_INTEGRARE, Decisione.Esito.RICUSATA):
        esclusi = {}
    motivi = esame.cancellati if esame else {}
    Esclusione.objects.bulk_create(
        [
            Esclusione(
                decisione=decisione,
                candidato=candidati[pk],
                codice=motivi[pk][0].codice if pk in motivi else "",
                motivo=motivo[:400],
            )
            for pk, motivo in esclusi.items()
        ]
    )
    for candidato in candidati.values():
        stato = Candidato.Stato.ESCLUSO if candidato.pk in esclusi else Candidato.Stato.PRESENTATO
        if candidato.stato != stato:
            candidato.stato = stato
            candidato.save(update_fields=["stato"])


def _settle_sindaco(sindaco: CandidatoSindaco, *, by) -> None:
    """A sindaco whose lists are all refused falls; he stands again when one is admitted after all."""
    liste = list(sindaco.liste.exclude(stato=Lista.Stato.RITIRATA))
    ricusate = [lista for lista in liste if lista.stato == Lista.Stato.RICUSATA]
    d_ufficio = sindaco.decisioni.order_by("-pk").first()
    if sindaco.stato in (sindaco.Stato.RITIRATO, sindaco.Stato.DECEDUTO):
        return
    if liste and len(ricusate) == len(liste) and sindaco.stato != sindaco.Stato.ESCLUSO:
        motivo = "Tutte le liste collegate sono ricusate: la candidatura a sindaco non può restare."
        _decide_sindaco(sindaco, Decisione.Esito.RICUSATA, motivo, by=by, d_ufficio=True)
    elif (
        sindaco.stato == sindaco.Stato.ESCLUSO
        and d_ufficio
        and d_ufficio.d_ufficio
        and len(ricusate) < len(liste)
    ):
        motivo = "Una lista collegata è stata ammessa: la candidatura a sindaco torna valida."
        _decide_sindaco(sindaco, Decisione.Esito.AMMESSA, motivo, by=by, d_ufficio=True)
    elif sindaco.stato == sindaco.Stato.PRESENTATO and any(lista.is_ammessa for lista in liste):
        CandidatoSindaco.objects.filter(pk=sindaco.pk).update(stato=sindaco.Stato.AMMESSO)


@transaction.atomic
def decide_sindaco(sindaco: CandidatoSindaco, *, escluso: bool, motivazione: str, by) -> Decisione:
    """Strike a candidate for sindaco, or take him back; his lists are then to be decided on."""
    sindaco = CandidatoSindaco.objects.select_for_update().get(pk=sindaco.pk)
    if sindaco.stato in (sindaco.Stato.RITIRATO, sindaco.Stato.DECEDUTO):
        raise NonConsentito(
            f"{sindaco} è {sindaco.get_stato_display()}: non c'è nulla da decidere su di lui."
        )
    if escluso and not motivazione.strip():
        raise NonConsentito("Scrivi la motivazione dell'esclusione.")
    esito = Decisione.Esito.RICUSATA if escluso else Decisione.Esito.AMMESSA
    decisione = _decide_sindaco(sindaco, esito, motivazione.strip(), by=by, d_ufficio=False)
    refresh_rilievi(sindaco.elezione)
    return decisione


def _decide_sindaco(sindaco, esito, motivazione, *, by, d_ufficio) -> Decisione:
    sindaco.stato = sindaco.Stato.ESCLUSO if esito == Decisione.Esito.RICUSATA else sindaco.Stato.AMMESSO
    sindaco.save(update_fields=["stato"])
    return Decisione.objects.create(
        elezione=sindaco.elezione,
        sindaco=sindaco,
        seduta=seduta_aperta(sindaco.elezione),
        esito=esito,
        motivazione=motivazione,
        d_ufficio=d_ufficio,
        decisa_da=by,
        decisa_il=timezone.now(),
    )


def accept_proposta(lista: Lista, *, by) -> Decisione:
    """Decide as the examination proposes (bulk action of the archive); a doubtful list is refused to it."""
    esame = examine_elezione(lista.elezione).get(lista.pk)
    if esame is None or esame.esito.proposta != "ammessa":
        raise NonConsentito(f"«{lista.denominazione}»: ci sono rilievi, va decisa al banco d'esame.")
    return decide_lista(lista, esito=Decisione.Esito.AMMESSA, motivazione="", by=by, esame=esame)


# --- sittings, hearings, notifications ------------------------------------------------------------------


def seduta_aperta(elezione: Elezione) -> Seduta | None:
    return Seduta.objects.di(elezione).filter(chiusa_il__isnull=True).first()


@transaction.atomic
def open_seduta(elezione: Elezione, *, tipo: str, by, **dati) -> Seduta:
    if seduta_aperta(elezione):
        raise NonConsentito("C'è già una seduta aperta: chiudila prima di aprirne un'altra.")
    seduta = Seduta.objects.create(elezione=elezione, tipo=Seduta.Tipo(tipo), aperta_da=by, **dati)
    refresh_rilievi(elezione)
    return seduta


def close_seduta(seduta: Seduta, *, by, osservazioni: str = "") -> Seduta:
    """Close the sitting; the final one closes only when every list is decided."""
    da_decidere = Lista.objects.di(seduta.elezione).da_decidere()
    if seduta.tipo == Seduta.Tipo.DEFINITIVA and da_decidere.exists():
        nomi = ", ".join(f"«{lista.denominazione}»" for lista in da_decidere)
        raise NonConsentito(f"Restano liste da decidere: {nomi}.")
    in_attesa = da_decidere.filter(stato=Lista.Stato.PRESENTATA)
    if seduta.tipo == Seduta.Tipo.ESAME and in_attesa.exists():
        nomi = ", ".join(f"«{lista.denominazione}»" for lista in in_attesa)
        raise NonConsentito(f"Restano liste da esaminare: {nomi}.")
    seduta.chiusa_il, seduta.chiusa_da = timezone.now(), by
    seduta.osservazioni = osservazioni or seduta.osservazioni
    seduta.save()
    return seduta


def hear_delegato(
    lista: Lista, *, sentito: str, sentito_il: datetime, by, deduzioni: str = "", documenti_nuovi: str = ""
) -> Audizione:
    """Record who was heard and what he brought (TU 33, last comma)."""
    if not sentito.strip():
        raise NonConsentito("Scrivi chi è stato sentito.")
    if not (deduzioni.strip() or documenti_nuovi.strip()):
        raise NonConsentito("Scrivi che cosa ha detto o quali documenti ha portato.")
    return Audizione.objects.create(
        lista=lista,
        seduta=seduta_aperta(lista.elezione),
        sentito=sentito.strip(),
        sentito_il=sentito_il,
        deduzioni=deduzioni,
        documenti_nuovi=documenti_nuovi,
        registrata_da=by,
    )


def record_notifica(
    decisione: Decisione, *, destinatario: str, modalita: str, notificata_il: datetime, by
) -> Notifica:
    """Record how and when the decision reached the delegate."""
    if not destinatario.strip():
        raise NonConsentito("Scrivi a chi è stata notificata.")
    if notificata_il < decisione.decisa_il.replace(second=0, microsecond=0):
        raise NonConsentito("La notifica non può precedere la decisione.")
    return Notifica.objects.create(
        decisione=decisione,
        destinatario=destinatario.strip(),
        modalita=Notifica.Modalita(modalita),
        notificata_il=notificata_il,
        registrata_da=by,
    )
