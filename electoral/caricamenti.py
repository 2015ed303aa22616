"""Files that people attach: the kind is read from the content, never from the name."""

from collections.abc import Collection
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

MEGA = 1024 * 1024
_FIRME = {
    b"%PDF-": ("application/pdf", ".pdf", "PDF"),
    b"\xff\xd8\xff": ("image/jpeg", ".jpg", "JPEG"),
    b"\x89PNG\r\n\x1a\n": ("image/png", ".png", "PNG"),
    b"0\x82": ("application/pkcs7-mime", ".p7m", "P7M"),
    b"0\x83": ("application/pkcs7-mime", ".p7m", "P7M"),
    b"0\x80": ("application/pkcs7-mime", ".p7m", "P7M"),
}


@dataclass(frozen=True, slots=True)
class TipoFile:
    mime: str
    estensione: str


def check_file(
    file: UploadedFile, *, massimo_mb: int = 15, tipi: Collection[str] = ("PDF", "JPEG", "PNG", "P7M")
) -> TipoFile:
    """The kind of an attached file; ``ValidationError`` with the remedy when it cannot be kept."""
    if file.size > massimo_mb * MEGA:
        raise ValidationError(f"Il file supera {massimo_mb} MB: ridurlo o dividerlo.", code="grande")
    inizio = file.read(16)
    file.seek(0)
    for firma, (mime, estensione, nome) in _FIRME.items():
        if nome in tipi and inizio.startswith(firma):
            return TipoFile(mime, estensione)
    ammessi = ", ".join(sorted(tipi))
    raise ValidationError(f"Il file non è fra i tipi ammessi ({ammessi}): salvarlo come PDF.", code="tipo")
