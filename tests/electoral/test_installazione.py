"""What an installation must say, its backup and its restore."""

import json
import subprocess
import sys
import tarfile

import pytest
from django.conf import settings as impostazioni
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from electoral.checks import check_produzione
from electoral.salvataggio import SalvataggioNonRiuscito, check_backup, restore_all, save_all
from tests.factories import ElezioneFactory

COMPLETE = {
    "PRODUZIONE": True,
    "CHIAVE_DATA": True,
    "ALLOWED_HOSTS": ["elezioni.example.it"],
    "DATABASE_URL": "postgres://…",
    "REDIS_URL": "redis://…",
    "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
    "URNA_INDIRIZZO": "https://elezioni.example.it",
    "DEFAULT_FROM_EMAIL": "elezioni@example.it",
}
MANCANZE = {
    "CHIAVE_DATA": (False, "electoral.E003"),
    "ALLOWED_HOSTS": (["localhost"], "electoral.E004"),
    "DATABASE_URL": ("", "electoral.E005"),
    "EMAIL_BACKEND": ("django.core.mail.backends.console.EmailBackend", "electoral.E006"),
    "URNA_INDIRIZZO": ("http://localhost:8000", "electoral.E007"),
    "DEFAULT_FROM_EMAIL": ("urna@localhost", "electoral.E008"),
    "REDIS_URL": ("", "electoral.W001"),
}


@pytest.fixture
def produzione(settings):
    for nome, valore in COMPLETE.items():
        setattr(settings, nome, valore)
    return settings


def test_a_complete_installation_has_nothing_to_mend(produzione):
    assert check_produzione(None) == []


@pytest.mark.parametrize("nome", MANCANZE)
def test_what_is_missing_is_named_with_its_remedy(produzione, nome):
    valore, codice = MANCANZE[nome]
    setattr(produzione, nome, valore)

    (trovato,) = check_produzione(None)

    assert trovato.id == codice
    assert nome in trovato.msg or nome.startswith(("CHIAVE", "EMAIL"))
    assert trovato.hint


def test_a_laptop_is_asked_nothing(settings):
    settings.PRODUZIONE = False

    assert check_produzione(None) == []


def test_production_starts_clean_from_the_environment(tmp_path):
    """The real command in a new process: ``check --deploy`` with the variables of the documentation."""
    ambiente = {
        "PATH": "/usr/bin:/bin",
        "PRODUZIONE": "1",
        "SECRET_KEY": "k" * 60 + "0123456789",
        "ALLOWED_HOSTS": "elezioni.example.it",
        "DATABASE_URL": "postgres://urna@db.example.it:5432/urna",
        "REDIS_URL": "redis://redis.example.it:6379/0",
        "EMAIL_URL": "smtp+tls://urna:segreta@posta.example.it:587",
        "DEFAULT_FROM_EMAIL": "elezioni@example.it",
        "URNA_INDIRIZZO": "https://elezioni.example.it",
        "URNA_DATI": str(tmp_path),
    }
    comando = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    esito = subprocess.run(
        comando, cwd=impostazioni.BASE_DIR, env=ambiente, capture_output=True, text=True, check=False
    )

    assert esito.returncode == 0, esito.stderr


@pytest.fixture
def cartelle(settings, tmp_path):
    """An installation whose files stay in the folder of the test."""
    settings.DATI_DIR = tmp_path / "dati"
    (settings.DATI_DIR / "archivio").mkdir(parents=True)
    (settings.DATI_DIR / "archivio" / "atto.pdf").write_bytes(b"%PDF-1.7")
    settings.PUBBLICAZIONE_DIR = settings.DATI_DIR / "pubblico"
    return tmp_path


@pytest.mark.django_db(transaction=True)
def test_a_backup_holds_everything_and_says_its_fingerprints(cartelle):
    ElezioneFactory(slug="salvata-2026")
    default_storage.save("prova.txt", ContentFile(b"x"))

    indice = save_all(cartelle / "salvataggio")

    assert check_backup(cartelle / "salvataggio") == indice
    with tarfile.open(cartelle / "salvataggio" / "archivio.tar.gz") as archivio:
        assert "archivio/atto.pdf" in archivio.getnames()
    with pytest.raises(SalvataggioNonRiuscito, match="non è vuota"):
        save_all(cartelle / "salvataggio")


@pytest.mark.django_db(transaction=True)
def test_a_touched_backup_is_refused_and_nothing_is_overwritten(cartelle):
    salvataggio = cartelle / "salvataggio"
    save_all(salvataggio)
    with pytest.raises(SalvataggioNonRiuscito, match="La banca dati non è vuota"):
        restore_all(salvataggio)

    (salvataggio / "archivio.tar.gz").write_bytes(b"altro")
    with pytest.raises(SalvataggioNonRiuscito, match="non è quello salvato"):
        check_backup(salvataggio)
    (salvataggio / "salvataggio.json").write_text(json.dumps({}), "utf-8")
    with pytest.raises(SalvataggioNonRiuscito):
        check_backup(salvataggio)
