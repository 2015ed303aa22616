"""Produced documents: numbered, hashed, kept. A new version is a new row."""

from collections.abc import Mapping
from datetime import date

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from comuni.models import Atto, Convocazione, Elezione
from comuni.parole_data import data_estesa, giorni_estesi
from electoral import documenti
from electoral.permessi import Azione


def cornice(elezione: Elezione, titolo: str, *, data: date) -> dict[str, object]:
    """What every document of an election begins and ends with: comune, days of the vote, who signs."""
    convocazione = Convocazione.objects.filter(elezione=elezione).first()
    return {
        "titolo": titolo,
        "comune": elezione.comune.nome,
        "provincia": elezione.comune.provincia,
        "giorni_brevi": giorni_estesi(elezione.data, quanti=elezione.giorni),
        "luogo": elezione.comune.nome,
        "data": data_estesa(data),
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


def reproduce_pdf(atto: Atto, *, immagini: Mapping[str, bytes] | None = None) -> bytes:
    """The same bytes again, from the frozen context (to verify an act; the template must be the same)."""
    return documenti.render_documento(
        atto.modello,
        {**atto.contesto, "numero_atto": atto.numero},
        momento=timezone.localtime(atto.prodotto_il),
        prova=atto.elezione.prova,
        immagini=immagini,
    ).pdf
