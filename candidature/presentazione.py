"""The filing of a list at the segreteria: receipt, papers, and the version that is frozen."""

import hashlib
from datetime import datetime

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Count, Max, Q
from django.utils import timezone

from candidature.contrassegni import clean_contrassegno
from candidature.models import (
    Candidato,
    CandidatoSindaco,
    Documento,
    Lista,
    StatoDocumento,
    VersionePresentata,
)
from comuni.legge import parametri_di
from comuni.models import Elezione
from electoral.documenti import impronta

CAMPI_PERSONA = (
    "cognome",
    "nome",
    "sesso",
    "data_nascita",
    "luogo_nascita",
    "codice_fiscale",
    "cittadinanza",
)
CAMPI_LISTA = ("denominazione", "contrassegno_descrizione", "presentata_da", "firme_dichiarate")


class NonConsentito(ValueError):
    """The step cannot be done now; the message says why, for the clerk."""


def next_numero(modello: type[Lista] | type[CandidatoSindaco], elezione: Elezione) -> int:
    """The provisional number of who comes now: the draw will give the true one."""
    return (modello.objects.filter(elezione=elezione).aggregate(n=Max("numero"))["n"] or 0) + 1


@transaction.atomic
def register_sindaco(elezione: Elezione, **dati) -> CandidatoSindaco:
    """A candidate for sindaco as filed, with a provisional number."""
    Elezione.objects.select_for_update().get(pk=elezione.pk)
    return CandidatoSindaco.objects.create(
        elezione=elezione, numero=next_numero(CandidatoSindaco, elezione), numero_provvisorio=True, **dati
    )


@transaction.atomic
def receive_lista(
    elezione: Elezione,
    *,
    denominazione: str,
    sindaco: CandidatoSindaco,
    presentata_il: datetime,
    presentata_da: str,
    by,
    contrassegno: bytes | None = None,
    **altro,
) -> Lista:
    """Take a list in, at the hour it was filed; its number is provisional until the draw."""
    if sindaco.elezione_id != elezione.pk:
        raise NonConsentito("Il candidato sindaco è di un'altra elezione.")
    Elezione.objects.select_for_update().get(pk=elezione.pk)
    lista = Lista.objects.create(
        elezione=elezione,
        numero=next_numero(Lista, elezione),
        numero_provvisorio=True,
        denominazione=denominazione,
        sindaco=sindaco,
        presentata_il=presentata_il,
        presentata_da=presentata_da,
        ricevuta_da=by,
        **altro,
    )
    ensure_documenti(lista)
    if contrassegno:
        set_contrassegno(lista, contrassegno=contrassegno)
    return lista


def set_contrassegno(lista: Lista, *, contrassegno: bytes) -> None:
    """Keep the mark as filed and its clean picture; raises ``ContrassegnoErrato`` before saving anything."""
    pulito = clean_contrassegno(contrassegno)
    nome = f"{lista.elezione.slug}-lista-{lista.pk}"
    lista.contrassegno.save(f"{nome}.{pulito.estensione}", ContentFile(contrassegno), save=False)
    lista.contrassegno_immagine.save(f"{nome}-immagine.png", ContentFile(pulito.png), save=False)
    lista.contrassegno_impronta = pulito.impronta
    lista.save(update_fields=["contrassegno", "contrassegno_immagine", "contrassegno_impronta"])


def documenti_dovuti(lista: Lista) -> list[Documento.Tipo]:
    """The papers the law asks of this list, in the order of the checklist (TU 28 and 32)."""
    tipo = Documento.Tipo
    dovuti = [tipo.DICHIARAZIONE, tipo.CERTIFICATI_SOTTOSCRITTORI, tipo.CONTRASSEGNO]
    dovuti += [tipo.COLLEGAMENTO_SINDACO, tipo.COLLEGAMENTO_DELEGATI, tipo.PROGRAMMA, tipo.DELEGATI]
    parametri = parametri_di(lista.elezione)
    if "bilancio_di_spesa_richiesto" in parametri and parametri.valore("bilancio_di_spesa_richiesto"):
        dovuti.append(tipo.BILANCIO)
    if lista.simbolo_di_partito:
        dovuti.append(tipo.AUTORIZZAZIONE_SIMBOLO)
    firme = parametri.get("firme")
    if firme is not None and firme.valore["minimo"] == 0:
        dovuti.remove(tipo.CERTIFICATI_SOTTOSCRITTORI)
    return dovuti


def ensure_documenti(lista: Lista) -> None:
    """One row for each paper due; the state of those already looked at stays."""
    presenti = set(lista.documenti.values_list("tipo", flat=True))
    Documento.objects.bulk_create(
        [Documento(lista=lista, tipo=tipo) for tipo in documenti_dovuti(lista) if tipo not in presenti],
        ignore_conflicts=True,  # two people may begin the same checklist together
    )


def documenti_di(lista: Lista) -> list[Documento]:
    """The checklist of the list: its papers with their state, unsaved while nobody has looked at them."""
    presenti = Q(allegati__ritirato_il=None, allegati__cancellato_il=None)
    righe = lista.documenti.select_related("verificato_da").annotate(
        quanti_file=Count("allegati", filter=presenti)
    )
    return list(righe.order_by("pk")) or [
        Documento(lista=lista, tipo=tipo) for tipo in documenti_dovuti(lista)
    ]


def set_documento(documento: Documento, *, stato: str, nota: str = "", by) -> Documento:
    """What was found of one paper, by whom and when."""
    documento.stato, documento.nota = StatoDocumento(stato), nota
    documento.verificato_da, documento.verificato_il = by, timezone.now()
    documento.save()
    return documento


def snapshot(lista: Lista) -> dict[str, object]:
    """The list as it stands now, in the form in which it is frozen."""

    def persona(chi) -> dict[str, object]:
        return {campo: getattr(chi, campo) for campo in CAMPI_PERSONA}

    return {
        "lista": {campo: getattr(lista, campo) for campo in CAMPI_LISTA}
        | {"presentata_il": lista.presentata_il, "contrassegno": _sha256(lista)},
        "sindaco": persona(lista.sindaco),
        "candidati": [{"numero": c.numero, **persona(c)} for c in lista.candidati.order_by("numero")],
        "delegati": [
            {"cognome": d.cognome, "nome": d.nome, "ruolo": d.ruolo, "pec": d.pec}
            for d in lista.delegati.order_by("pk")
        ],
        "documenti": dict(lista.documenti.values_list("tipo", "stato")),
        "sottoscrizioni": lista.sottoscrizioni.count(),
    }


def _sha256(lista: Lista) -> str:
    if not lista.contrassegno:
        return ""
    with lista.contrassegno.open("rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


@transaction.atomic
def freeze_lista(lista: Lista, *, by) -> VersionePresentata:
    """Freeze the list as filed; from now on a change is a correction with author and reason."""
    Lista.objects.select_for_update().get(pk=lista.pk)
    if esistente := VersionePresentata.objects.filter(lista=lista).first():
        return esistente
    if not lista.candidati.exists():
        raise NonConsentito("La lista non ha candidati: inseriscili prima di trasmetterla alla commissione.")
    contenuto = snapshot(lista)
    return VersionePresentata.objects.create(
        lista=lista,
        contenuto=contenuto,
        impronta=impronta(contenuto),
        congelata_il=timezone.now(),
        congelata_da=by,
    )


def is_frozen(lista: Lista) -> bool:
    return VersionePresentata.objects.filter(lista=lista).exists()


def require_open(lista: Lista) -> None:
    """Typing is free only until the list is sent to the commissione."""
    if is_frozen(lista):
        raise NonConsentito(
            "La lista è già stata trasmessa alla commissione: un errore di battitura si corregge con una"
            " rettifica motivata."
        )


def set_candidato(lista: Lista, *, numero: int, **dati) -> Candidato:
    """Add or change the name in one position while the list is still open."""
    require_open(lista)
    candidato = lista.candidati.filter(numero=numero).first() or Candidato(lista=lista, numero=numero)
    for campo, valore in dati.items():
        setattr(candidato, campo, valore)
    candidato.full_clean(exclude=["lista"])
    candidato.save()
    return candidato
