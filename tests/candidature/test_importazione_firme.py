"""The signers' file: the same rules from its page and from the fascicolo."""

import pytest

from candidature.importazione import preview_caricamento, upload
from candidature.models import Sottoscrizione
from comuni.fascicolo import find_file
from comuni.importazione import import_file
from tests.candidature.costruzione import elezione_di, presenta
from tests.factories import UtenteFactory

pytestmark = pytest.mark.django_db
FILE = "lista,riga,cognome,nome,data_nascita\n{lista},1,VERDI,ADA,01/02/1970\n{lista},2,NERI,UGO,\n"


@pytest.fixture
def lista():
    return presenta(elezione_di(40_000, seggi=24), sessi="")


def importa(lista, contenuto: str):
    file = find_file("sottoscrittori.csv")
    return import_file(lista.elezione, file, contenuto.encode(), nome="sottoscrittori.csv")


def vista(lista, contenuto: str):
    dati = {"tipo": "sottoscrittori", "elezione": lista.elezione, "by": UtenteFactory(), "nome_file": "s.csv"}
    return preview_caricamento(upload(contenuto.encode(), **dati))


def test_cio_che_e_entrato_dal_fascicolo_e_uguale_per_la_pagina(lista):
    assert importa(lista, FILE.format(lista=lista.numero)).errori == []

    anteprima = vista(lista, FILE.format(lista=lista.denominazione))

    assert (anteprima.uguali, anteprima.da_salvare, anteprima.errori) == (2, 0, [])


def test_una_riga_ripetuta_si_rifiuta_anche_dal_fascicolo(lista):
    doppia = FILE.format(lista=lista.numero) + f"{lista.numero},2,GIALLI,EVA,\n"

    assert [(e.riga, e.codice) for e in importa(lista, doppia).errori] == [(4, "E913")]
    assert [(e.riga, e.codice) for e in vista(lista, doppia).errori] == [(4, "E913")]
    assert not Sottoscrizione.objects.exists()


def test_le_firme_cancellate_non_tornano_nemmeno_dalla_pagina(lista):
    importa(lista, FILE.format(lista=lista.numero))
    Sottoscrizione.objects.filter(riga=1).update(
        cancellata_il="2022-01-01T00:00:00Z", cognome="", nome="", data_nascita=None
    )

    anteprima = vista(lista, FILE.format(lista=lista.numero))

    assert [(e.riga, e.codice) for e in anteprima.errori] == [(2, "E933")]


def test_l_impronta_segue_tutti_i_dati_anche_quelli_che_il_file_non_ha(lista):
    importa(lista, FILE.format(lista=lista.numero))
    importa(lista, f"lista,riga,cognome,nome\n{lista.numero},1,VERDI,ADELE\n")

    firma = Sottoscrizione.objects.get(riga=1)
    prima = firma.impronta_nome
    firma.set_impronte()
    assert firma.impronta_nome == prima
