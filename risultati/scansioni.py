"""Scans and photos of the verbale: checked by content, kept private, never replaced."""

import hashlib

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from comuni.models import Sezione
from electoral.caricamenti import check_file
from risultati.models import Scansione

#: What a browser shows beside the figures.
TIPI = ("PDF", "JPEG", "PNG")


class ScansioneRifiutata(Exception):
    """A file that cannot be kept, with the reason and the remedy."""


def keep_scansione(sezione: Sezione, turno: int, file: UploadedFile, *, by) -> Scansione:
    """Keep a PDF, JPEG or PNG; the kind is read from the content, not from the name."""
    try:
        tipo = check_file(file, tipi=TIPI)
    except ValidationError as errore:
        raise ScansioneRifiutata(_say(errore)) from errore
    contenuto = file.read()
    impronta = hashlib.sha256(contenuto).hexdigest()
    gia = Scansione.objects.filter(sezione=sezione, turno=turno, sha256=impronta, ritirata_il=None).first()
    if gia:
        raise ScansioneRifiutata("Questo file è già allegato alla sezione.")
    scansione = Scansione(
        sezione=sezione,
        turno=turno,
        nome=(file.name or "verbale")[-120:],
        tipo_mime=tipo.mime,
        byte=len(contenuto),
        sha256=impronta,
        caricata_da=by,
    )
    nome = f"{sezione.elezione.slug}-t{turno}-sez{sezione.numero}-{impronta[:12]}{tipo.estensione}"
    scansione.file.save(nome, ContentFile(contenuto), save=False)
    scansione.save()
    return scansione


def _say(errore: ValidationError) -> str:
    if errore.code == "grande":
        return "Il file supera 15 MB: lo scansioni a risoluzione più bassa (200 dpi bastano)."
    return "Il file non è un PDF, un JPEG o un PNG: lo salvi in uno di questi formati."


def verbali_accanto(sezione: Sezione, turno: int) -> list[Scansione]:
    """The scans that stand beside the figures, in the order they were attached."""
    return list(Scansione.objects.filter(sezione=sezione, turno=turno, ritirata_il=None))


def withdraw_scansione(scansione: Scansione, *, motivo: str) -> None:
    """A scan attached by mistake is withdrawn with a reason; the file and its hash stay."""
    scansione.ritirata_il, scansione.motivo_ritiro = timezone.now(), motivo.strip()
    scansione.save(update_fields=["ritirata_il", "motivo_ritiro"])
