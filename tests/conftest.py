"""Shared fixtures: plain, free of surprises."""

import os
from pathlib import Path

import pytest

# Tests never write in the archive of the installation.
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "electoral.settings")


@pytest.fixture(autouse=True)
def archivio_di_prova(request, tmp_path):
    """Files written by a test go to its own folder (only where Django is in play)."""
    in_gioco = {"settings", "db", "transactional_db", "client", "live_server"} & set(request.fixturenames)
    if not in_gioco and not request.node.get_closest_marker("django_db"):
        yield
        return
    settings = request.getfixturevalue("settings")
    storages = {**settings.STORAGES}
    storages["default"] = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(tmp_path / "archivio"), "base_url": None},
    }
    settings.STORAGES = storages
    settings.PUBBLICAZIONE_DIR = tmp_path / "pubblico"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    yield


#: The templates that there are: the tests that fill every table with any words make acts of none.
_MODELLI = {file.stem for file in (Path(__file__).parents[1] / "templates" / "documenti").glob("*.typ")}
#: Kinds of act already made again in this run.
_rigenerati: set[str] = set()


@pytest.fixture(autouse=True)
def atti_rigenerabili(request, archivio_di_prova):
    """The first act of each kind that any test produces is made again, bit by bit, before the test is undone.

    So a new kind of act, in any room, cannot be forgotten.
    """
    if not request.node.get_closest_marker("django_db"):
        yield
        return
    request.getfixturevalue("_django_db_helper")
    yield
    from django.db import connection

    if connection.connection is None or connection.connection.closed:
        return  # a streamed answer closed it: its acts are gone, another test makes them
    from comuni.atti import reproduce_pdf
    from comuni.models import Atto
    from electoral.documenti import impronta_modello

    for atto in Atto.objects.filter(modello__in=_MODELLI - _rigenerati).order_by("pk"):
        if atto.modello in _rigenerati or atto.impronta_modello != impronta_modello(atto.modello):
            continue  # an act of an older template, as some tests make on purpose
        with atto.file.open("rb") as file:
            assert reproduce_pdf(atto) == file.read(), f"atto non rigenerabile: {atto.modello}"
        _rigenerati.add(atto.modello)


@pytest.fixture(scope="module")
def chromium():
    """One headless Chromium for the journeys of a module, closed with its event loop at the end of it.

    While Playwright runs, its loop occupies the thread: a later test with ``asyncio.run`` (the signatures)
    would fail, so the browser never outlives the module that asked for it.
    """
    from playwright.sync_api import sync_playwright

    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # the ORM is used in the thread of the loop
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"),
            args=["--no-sandbox", "--disable-gpu"],
        )
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
