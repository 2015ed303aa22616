"""CSV of the sections: out at any moment, in as if somebody had typed them (with the same checks)."""

import io
import zipfile
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from electoral.csv_io import Colonna, RigaErrata, intero, read_table, to_csv
from risultati.caselle import Modulo
from risultati.consolidamento import celle_da_tabelle
from risultati.digitazione import celle_di, get_scrutinio, open_digitazione, save_passo
from risultati.models import Digitazione, PassoDigitato, Scrutinio
from risultati.stati import PassaggioVietato

TURNO = Colonna("turno", intero(1, 2))
SEZIONE = Colonna("sezione", intero(1, 9999), obbligatoria=True)
COLONNE = {
    "scrutinio.csv": (
        TURNO,
        SEZIONE,
        *(Colonna(campo, intero()) for campo in (*Scrutinio.CIFRE, *Scrutinio.CIFRE_IN_PIU)),
    ),
    "voti_sindaci.csv": (
        TURNO,
        SEZIONE,
        Colonna("sindaco", intero(1, 999), obbligatoria=True),
        Colonna("voti", intero(), obbligatoria=True),
        Colonna("solo_sindaco", intero()),
    ),
    "voti_liste.csv": (
        SEZIONE,
        Colonna("lista", intero(1, 999), obbligatoria=True),
        Colonna("voti", intero(), obbligatoria=True),
    ),
    "voti_preferenze.csv": (
        SEZIONE,
        Colonna("lista", intero(1, 999), obbligatoria=True),
        Colonna("candidato", intero(1, 999), obbligatoria=True),
        Colonna("preferenze", intero(), obbligatoria=True),
    ),
}
CHIAVI = {
    "scrutinio.csv": ("sezione",),
    "voti_sindaci.csv": ("sezione", "sindaco"),
    "voti_liste.csv": ("sezione", "lista"),
    "voti_preferenze.csv": ("sezione", "lista", "candidato"),
}
