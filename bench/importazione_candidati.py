"""Preview of 1,700 candidates with 12 wrong rows: server time, beside reading the same file with ``csv``.

python bench/importazione_candidati.py      (in a transaction that is rolled back)
"""

import csv
import io
import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "electoral.settings")
import django  # noqa: E402

django.setup()
from django.db import transaction  # noqa: E402

from candidature.importazione import confirm, preview_caricamento, upload  # noqa: E402

RIGHE, ERRATE, GIRI = 1_700, 12, 7
COLONNE = ["lista", "numero", "cognome", "nome", "sesso", "data_nascita"]


def write_file() -> bytes:
    """43 names a list; every hundredth row has a birth date that does not exist."""
    uscita = io.StringIO()
    scrive = csv.writer(uscita)
    scrive.writerow(COLONNE)
    for n in range(RIGHE):
        lista, posto = n // 43 + 1, n % 43 + 1
        errata = n % 100 == 50 and n // 100 < ERRATE
        nascita = "32/01/1980" if errata else "01/02/1980"
        scrive.writerow([lista, posto, f"COGNOME {lista}-{posto}", "PROVA", "MF"[n % 2], nascita])
    return uscita.getvalue().encode()


def measure(azione: Callable[[], object]) -> tuple[float, float]:
    """Median of the clock and of the processor, in seconds."""
    orologio, processore = [], []
    for _ in range(GIRI):
        inizio, calcolo = time.perf_counter(), time.process_time()
        azione()
        orologio.append(time.perf_counter() - inizio)
        processore.append(time.process_time() - calcolo)
    return statistics.median(orologio), statistics.median(processore)


def main() -> None:
    from tests.factories import (
        CandidatoSindacoFactory,
        ComuneFactory,
        ElezioneFactory,
        ListaFactory,
        UtenteFactory,
    )

    contenuto = write_file()
    with transaction.atomic():
        elezione = ElezioneFactory(
            comune=ComuneFactory(nome="Misura delle importazioni"),
            slug="misura-importazione",
            popolazione_legale=2_000_000,
        )
        sindaco = CandidatoSindacoFactory(elezione=elezione, numero=1)
        for numero in range(1, 41):
            ListaFactory(sindaco=sindaco, numero=numero)
        dati = {"tipo": "candidati", "elezione": elezione, "nome_file": "c.csv"}
        by = UtenteFactory(username="misura-importazione")
        caricamento = upload(contenuto, by=by, **dati)
        nuda, _ = measure(lambda: list(csv.DictReader(io.StringIO(contenuto.decode()))))
        vista = preview_caricamento(caricamento)
        orologio, processore = measure(lambda: preview_caricamento(caricamento))
        confirm(caricamento, anche_con_errori=True)
        ancora = upload(contenuto, by=by, **dati)
        di_nuovo, _ = measure(lambda: preview_caricamento(ancora))
        uguali = preview_caricamento(ancora)
        transaction.set_rollback(True)
    print(f"anteprima di {len(vista.nuovi)} righe buone e {len(vista.righe_errate)} errate:")
    print(f"  {orologio * 1000:.0f} ms d'orologio, {processore * 1000:.0f} ms di processore")
    print(f"  {orologio / nuda:.0f} volte la sola lettura del file con csv ({nuda * 1000:.1f} ms)")
    print(f"seconda anteprima, {uguali.da_salvare} da salvare: {di_nuovo * 1000:.0f} ms")


if __name__ == "__main__":
    main()
