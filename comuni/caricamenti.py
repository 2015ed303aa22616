"""Uploads that wait for a confirmation: in the private archive, under a name nobody can guess, for a day."""

from datetime import timedelta
from pathlib import PurePosixPath
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

CARTELLA = "caricamenti"
SCADENZA = timedelta(days=1)


def keep(contenuto: bytes) -> str:
    """Keep the bytes; the name that finds them again."""
    return PurePosixPath(default_storage.save(f"{CARTELLA}/{uuid4().hex}", ContentFile(contenuto))).name


def read(nome: str) -> bytes:
    """Raises ``FileNotFoundError`` when it is no longer there."""
    with default_storage.open(f"{CARTELLA}/{PurePosixPath(nome).name}", "rb") as file:
        return file.read()


def forget(nome: str) -> None:
    default_storage.delete(f"{CARTELLA}/{PurePosixPath(nome).name}")


def purge() -> int:
    """Delete the uploads nobody confirmed; how many they were."""
    if not default_storage.exists(CARTELLA):
        return 0
    limite, tolti = timezone.now() - SCADENZA, 0
    for nome in default_storage.listdir(CARTELLA)[1]:
        if default_storage.get_modified_time(f"{CARTELLA}/{nome}") < limite:
            default_storage.delete(f"{CARTELLA}/{nome}")
            tolti += 1
    return tolti
