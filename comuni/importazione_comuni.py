"""The comuni of a table (region, province, name, legal population): created once, never overwritten."""

import re
from collections.abc import Mapping

from django.db import transaction

from comuni.models import Comune
from electoral.csv_io import Colonna, Lettura, intero, read_table, testo
from electoral.ordine import chiave_ordine

COLONNE = (
    Colonna("regione", testo(60), obbligatoria=True),
    Colonna("provincia", testo(60), obbligatoria=True),
    Colonna("comune", testo(120), obbligatoria=True),
    Colonna("popolazione_legale_2011", intero(), aiuto="Censimento del 2011."),
    Colonna("rinnovo_anticipato", intero(0, 1)),
    Colonna("nota", testo(200)),
)
_MINUSCOLE = {
    *("di", "da", "de", "del", "dei", "degli", "della", "delle", "dello", "dell", "d", "in", "con", "per"),
    *("a", "al", "alla", "alle", "ai", "agli", "all", "e", "ed", "su", "sul", "sulla", "sui", "nell", "nel"),
}
_ACCENTI = {"a'": "à", "e'": "è", "i'": "ì", "o'": "ò", "u'": "ù"}


def title_nome(nome: str) -> str:
    """A place name in capitals as the comune writes it: «Isola Sant'Antonio», «Rocca d'Arazzo»."""
    parole = re.split(r"([\s'’-]+)", re.sub(r"[aeiou]'(?=\s|$)", _accent, nome.lower()))
    return "".join(
        parola if posto and parola in _MINUSCOLE else parola[:1].upper() + parola[1:]
        for posto, parola in enumerate(parole)
    )


def _accent(trovata: re.Match[str]) -> str:
    return _ACCENTI[trovata[0]]


def import_comuni(contenuto: bytes, *, file: str) -> tuple[int, Lettura]:
    """Create the comuni that are missing; returns how many, and the reading with its errors (then zero)."""
    lettura = read_table(contenuto, file=file, colonne=COLONNE, chiave=("provincia", "comune"))
    if lettura.errori:
        return 0, lettura
    with transaction.atomic():
        presenti = {
            (chiave, chiave_ordine(provincia))
            for chiave, provincia in Comune.objects.values_list("chiave", "provincia")
        }
        nuovi = [
            _comune(riga.valori)
            for riga in lettura.righe
            if (chiave_ordine(riga["comune"]), chiave_ordine(riga["provincia"])) not in presenti
        ]
        Comune.objects.bulk_create(nuovi, batch_size=1000)
    return len(nuovi), lettura


def _comune(valori: Mapping) -> Comune:
    nome, provincia = title_nome(valori["comune"]), title_nome(valori["provincia"])
    return Comune(
        nome=nome,
        chiave=chiave_ordine(nome),
        provincia=provincia,
        regione=valori["regione"],
        capoluogo=chiave_ordine(nome) == chiave_ordine(provincia),
        popolazione_legale=valori.get("popolazione_legale_2011"),
    )
