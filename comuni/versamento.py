"""The package of the acts for the registry and the conservator of the comune: files, descriptions, index.

For every act the PDF as produced, its signed versions, and a JSON with the metadata that the guidelines on
the electronic document ask (AgID, determinazioni 407/2020 and 371/2021, allegato 5): identity and hash,
object, kind, subjects, date, format, whether signed, whether reserved. The XML of a conservator is his own.
"""

import json
import tempfile
import zipfile
from collections.abc import Iterable
from pathlib import PurePath
from typing import IO

from django.utils import timezone

from comuni.models import Atto
from electoral.csv_scrittura import to_csv
from electoral.permessi import Azione

IN_MEMORIA = 8 * 1024 * 1024  # byte kept in memory before the package goes to a temporary file
COLONNE = ("numero", "data", "tipo", "oggetto", "file", "sha256", "firmato", "riservato")


def build_pacchetto(atti: Iterable[Atto]) -> IO[bytes]:
    """A ZIP open for reading, at its start; an act whose file is missing is told in ``mancanti.txt``."""
    uscita: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=IN_MEMORIA)  # noqa: SIM115 (the caller reads it)
    indice, mancanti = [], []
    with zipfile.ZipFile(uscita, "w", zipfile.ZIP_DEFLATED) as pacchetto:
        for atto in atti:
            nome = f"{atto.numero:05d}-{atto.tipo}"
            metadati = describe_atto(atto, nome=nome)
            if not _copy(pacchetto, atto.file, f"{nome}.pdf"):
                mancanti.append(f"{atto}: il file non è nell'archivio (impronta {atto.sha256})")
            for versione, firmata in zip(atto.firmate.all(), metadati["versioni_firmate"], strict=True):
                if not _copy(pacchetto, versione.file, firmata["file"]):
                    mancanti.append(f"{atto}: manca la versione firmata {firmata['file']}")
            pacchetto.writestr(f"{nome}.json", json.dumps(metadati, ensure_ascii=False, indent=1))
            indice.append([metadati[colonna] for colonna in COLONNE])
        pacchetto.writestr("indice.csv", to_csv(COLONNE, indice))
        if mancanti:
            pacchetto.writestr("mancanti.txt", "\n".join(mancanti) + "\n")
    uscita.seek(0)
    return uscita


def describe_atto(atto: Atto, *, nome: str) -> dict:
    """The metadata of one act (``nome``: its name in the package, without the suffix)."""
    elezione = atto.elezione
    firmate = [
        {
            "file": f"{nome}-firmato-{n}{''.join(PurePath(versione.file.name).suffixes[-2:])}",
            "formato": versione.formato,
            "sha256": versione.sha256,
            "firmatari": [firma["firmatario"] for firma in versione.firme],
        }
        for n, versione in enumerate(atto.firmate.all(), start=1)
    ]
    return {
        "identificativo": f"{elezione.slug}/{atto.numero}",
        "numero": atto.numero,
        "data": timezone.localtime(atto.prodotto_il).isoformat(timespec="seconds"),
        "tipo": atto.tipo,
        "oggetto": atto.titolo,
        "soggetto_produttore": f"Comune di {elezione.comune.nome}",
        "codice_istat": elezione.comune.codice_istat,
        "autore": str(atto.prodotto_da or "procedura"),
        "aggregazione": str(elezione),
        "modalita_di_formazione": "creazione tramite programma che produce documenti in formato idoneo",
        "formato": "PDF/A-2a, PDF/UA-1",
        "file": f"{nome}.pdf",
        "algoritmo": "SHA-256",
        "sha256": atto.sha256,
        "modello": atto.modello,
        "firmato": bool(firmate),
        "versioni_firmate": firmate,
        "riservato": atto.azione != Azione.VEDERE_ELEZIONE.value,
        "prova": elezione.prova,
    }


def _copy(pacchetto: zipfile.ZipFile, file, nome: str) -> bool:
    try:
        with file.open("rb") as origine, pacchetto.open(nome, "w") as destinazione:
            for pezzo in origine.chunks():
                destinazione.write(pezzo)
    except FileNotFoundError:
        return False
    return True
