"""Scans and photos of the verbale: checked by content, kept private, never replaced."""

import hashlib

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from comuni.models import Sezione
from risultati.models import Scansione

BYTE_MASSIMI = 15 * 1024 * 1024
FIRME = {
    b"%PDF-": ("application/pdf", ".pdf"),
    b"\xff\xd8\xff": ("image/jpeg", ".jpg"),
    b"\x89PNG\r\n\x1a\n": ("image/png", ".png"),
}


class ScansioneRifiutata(Exception):
    """A file that cannot be kept, with the reason and the remedy."""


def keep_scansione(sezione: Sezione, turno: int, file: UploadedFile, *, by) -> Scansione:
    """Keep a PDF, JPEG or PNG; the kind is read from the content, not from the name."""
    if file.size > BYTE_MASSIMI:
        raise ScansioneRifiutata(
            "Il file supera 15 MB: lo scansioni a risoluzione più bassa (200 dpi bastano)."
        )
    contenuto = file.read()
    tipo = next((tipo for firma, tipo in FIRME.items() if contenuto.startswith(firma)), None)
    if tipo is None:
        raise ScansioneRifiutata("Il file non è un PDF, un JPEG o un PNG: lo salvi in uno di questi formati.")
    impronta = hashlib.sha256(contenuto).hexdigest()
    gia = Scansione.objects.filter(sezione=sezione, turno=turno, sha256=impronta, ritirata_il=None).first()
    if gia:
        raise ScansioneRifiutata("Questo file è già allegato alla sezione.")
    scansione = Scansione(
        sezione=sezione,
        turno=turno,
        nome=(file.name or "verbale")[-120:],
        tipo_mime=tipo[0],
        byte=len(contenuto),
        sha256=impronta,
        caricata_da=by,
    )
    nome = f"{sezione.elezione.slug}-t{turno}-sez{sezione.numero}-{impronta[:12]}{tipo[1]}"
    scansione.file.save(nome, ContentFile(contenuto), save=False)
    scansione.save()
    return scansione


def verbali_accanto(sezione: Sezione, turno: int) -> list[Scansione]:
    """The scans that stand beside the figures, in the order they were attached."""
    return list(Scansione.objects.filter(sezione=sezione, turno=turno, ritirata_il=None))


def withdraw_scansione(scansione: Scansione, *, motivo: str) -> None:
    """A scan attached by mistake is withdrawn with a reason; the file and its hash stay."""
    scansione.ritirata_il, scansione.motivo_ritiro = timezone.now(), motivo.strip()
    scansione.save(update_fields=["ritirata_il", "motivo_ritiro"])
