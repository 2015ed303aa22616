"""Produced documents: numbered, hashed, kept. A new version is a new row."""

import hashlib
from collections.abc import Mapping
from datetime import date

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from comuni.models import Atto, Convocazione, Elezione
from comuni.parole_data import data_estesa, giorni_estesi
from electoral import documenti
from electoral.permessi import Azione

#: Where the pictures printed in the acts are kept, by hash.
IMMAGINI = "immagini_atti"


def cornice(elezione: Elezione, titolo: str, *, data: date) -> dict[str, object]:
    """What every document of an election begins and ends with: comune, days of the vote, who signs."""
    return {
        "titolo": titolo,
        "comune": elezione.comune.nome,
        "provincia": elezione.comune.provincia,
        "giorni_brevi": giorni_estesi(elezione.data, quanti=elezione.giorni),
        "luogo": elezione.comune.nome,
        "data": data_estesa(data),
        **chi_firma(elezione),
    }


def chi_firma(elezione: Elezione) -> dict[str, str]:
    """The organ that signs for the comune, as the convocation says: a commissario, where there is one."""
    convocazione = Convocazione.objects.filter(elezione=elezione).first()
    return {
        "qualifica": convocazione.qualifica if convocazione else "Il Sindaco",
        "firmatario": convocazione.firmatario if convocazione else "",
    }


def produce_atto(
    elezione: Elezione,
    *,
    tipo: str,
    titolo: str,
    modello: str,
    contesto: Mapping[str, object],
    oggetto: str = "",
    azione: Azione = Azione.VEDERE_ELEZIONE,
    immagini: Mapping[str, bytes] | None = None,
    by=None,
) -> Atto:
    """Render the document and keep it with its frozen context, for those who may do ``azione``.

    The same kind, object, template and context give back the act already kept, so that a job may run twice.
    """
    momento = timezone.now().replace(microsecond=0)
    if immagini:
        contesto = {**contesto, "_immagini": _keep_immagini(immagini)}
    with transaction.atomic():
        # the row of the election is the lock of its numbering, and of two executors of the same job
        Elezione.objects.select_for_update().get(pk=elezione.pk)
        esistente = Atto.objects.filter(elezione=elezione).ultimo(tipo, oggetto)
        if (
            esistente
            and documenti.impronta(esistente.contesto) == documenti.impronta(contesto)
            and esistente.impronta_modello == documenti.impronta_modello(modello)
        ):
            return esistente
        numero = (Atto.objects.di(elezione).aggregate(n=Max("numero"))["n"] or 0) + 1
        documento = documenti.render_documento(
            modello,
            {**contesto, "numero_atto": numero},
            momento=timezone.localtime(momento),
            prova=elezione.prova,
            immagini=immagini,
        )
        atto = Atto(
            elezione=elezione,
            tipo=tipo,
            oggetto=oggetto,
            azione=azione.value,
            numero=numero,
            titolo=titolo,
            modello=modello,
            impronta_modello=documento.impronta_modello,
            contesto=dict(contesto),
            sha256=documento.sha256,
            prodotto_da=by,
            prodotto_il=momento,
        )
        atto.file.save(f"{elezione.slug}-{tipo}-{numero}.pdf", ContentFile(documento.pdf), save=False)
        atto.save()
    return atto


def _keep_immagini(immagini: Mapping[str, bytes]) -> dict[str, str]:
    """Keep the pictures of an act under their hash: the coat of arms of today may change tomorrow."""
    impronte = {}
    for nome, contenuto in immagini.items():
        impronte[nome] = hashlib.sha256(contenuto).hexdigest()
        percorso = f"{IMMAGINI}/{impronte[nome]}"
        if not default_storage.exists(percorso):
            default_storage.save(percorso, ContentFile(contenuto))
    return impronte


def reproduce_pdf(atto: Atto) -> bytes:
    """The same bytes again, from the frozen context (to verify an act; the template must be the same)."""
    immagini = {}
    for nome, chiave in atto.contesto.get("_immagini", {}).items():
        with default_storage.open(f"{IMMAGINI}/{chiave}") as file:
            immagini[nome] = file.read()
    return documenti.render_documento(
        atto.modello,
        {**atto.contesto, "numero_atto": atto.numero},
        momento=timezone.localtime(atto.prodotto_il),
        prova=atto.elezione.prova,
        immagini=immagini,
    ).pdf
