"""Server time of the main pages with 1,191 comuni and a whole election, beside a trivial page.

python bench/pagine.py      (uses the database of DATABASE_URL inside a rolled-back transaction)
"""

import os
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "electoral.settings")
import django  # noqa: E402

django.setup()
from django.conf import settings  # noqa: E402
from django.contrib import admin  # noqa: E402
from django.db import transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import URLPattern, get_resolver, reverse  # noqa: E402

GIRI, SOGLIA_MS = 5, 300
PRINCIPALE = "san-benedetto-del-tronto-2021"


def build():
    """The comuni of 2021 and the election of San Benedetto, proclaimed."""
    from comuni.models import Comune, Elezione
    from electoral.models import Utente
    from risultati.dimostrazione import DATI, load_comuni
    from risultati.fascicolo.cartella import read_cartella
    from risultati.fascicolo.importazione import import_fascicolo
    from risultati.percorso import conclude

    load_comuni()
    import_fascicolo(read_cartella(DATI / "fascicoli" / PRINCIPALE))
    elezione = Elezione.objects.get(slug=PRINCIPALE)
    conclude(elezione)
    print(f"{Comune.objects.count()} comuni, {elezione.sezioni.count()} sezioni")
    return elezione, Utente.objects.create(username="misura", is_superuser=True, is_staff=True)


def addresses(slug: str):
    """Every page of the office without an object in its address, the lists of the archives, the site."""
    for percorso in sorted(set(_patterns(get_resolver()))):
        if percorso.startswith(("ufficio/", "admin/cron")) and "<" not in percorso.replace("<slug:slug>", ""):
            yield "/" + percorso.replace("<slug:slug>", slug)
    for modello in admin.site._registry:
        yield reverse(f"admin:{modello._meta.app_label}_{modello._meta.model_name}_changelist")
    yield from ("/", f"/{slug}/", "/admin/")
    yield from (f"/ufficio/{slug}/giornata/{pagina}" for pagina in ("scrutinio/1/", "tabellone/1/"))


def _patterns(resolver, prefisso: str = ""):
    for voce in resolver.url_patterns:
        percorso = prefisso + str(voce.pattern)
        if isinstance(voce, URLPattern):
            yield percorso
        else:
            yield from _patterns(voce, percorso)


def measure(client: Client, indirizzo: str) -> tuple[int, float, float]:
    """Status, median milliseconds by the clock and of this process alone, after a warm-up."""
    stato = client.get(indirizzo).status_code
    orologio, processore = [], []
    for _ in range(GIRI):
        inizio, consumo = time.perf_counter(), time.process_time()
        client.get(indirizzo)
        orologio.append(1000 * (time.perf_counter() - inizio))
        processore.append(1000 * (time.process_time() - consumo))
    return stato, statistics.median(orologio), statistics.median(processore)


def main() -> None:
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
    with transaction.atomic():
        elezione, utente = build()
        client = Client()
        client.force_login(utente)
        nuda = measure(client, reverse("accessibilita"))
        righe = [(*measure(client, indirizzo), indirizzo) for indirizzo in addresses(elezione.slug)]
        transaction.set_rollback(True)
    aperte = sorted((riga for riga in righe if riga[0] == 200), key=lambda riga: -riga[2])
    print(f"{'pagina nuda':70} {nuda[1]:7.0f} ms  {nuda[2]:6.0f} ms di processore")
    for _, orologio, processore, indirizzo in aperte:
        oltre = "  OLTRE LA SOGLIA" if processore > SOGLIA_MS else ""
        volte = processore / nuda[2]
        print(f"{indirizzo:70} {orologio:7.0f} ms  {processore:6.0f} ms  {volte:5.1f} volte{oltre}")
    print(f"{len(aperte)} pagine; più lenta {aperte[0][2]:.0f} ms di processore (soglia {SOGLIA_MS})")


if __name__ == "__main__":
    main()
