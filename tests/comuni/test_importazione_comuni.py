"""The comuni of a table."""

import pytest

from comuni.importazione_comuni import import_comuni, title_nome
from comuni.models import Comune
from tests.factories import ComuneFactory

TESTA = "regione,provincia,comune,popolazione_legale_2011\n"


@pytest.mark.parametrize(
    ("scritto", "atteso"),
    [
        ("ARQUATA SCRIVIA", "Arquata Scrivia"),
        ("SAN BENEDETTO DEL TRONTO", "San Benedetto del Tronto"),
        ("ISOLA SANT'ANTONIO", "Isola Sant'Antonio"),
        ("ROCCA D'ARAZZO", "Rocca d'Arazzo"),
        ("ROCCAFORTE MONDOVI'", "Roccaforte Mondovì"),
        ("PIOVA' MASSAIA", "Piovà Massaia"),
        ("L'AQUILA", "L'Aquila"),
        ("FORLÌ-CESENA", "Forlì-Cesena"),
    ],
)
def test_un_nome_in_maiuscolo_si_scrive_come_lo_scrive_il_comune(scritto, atteso):
    assert title_nome(scritto) == atteso


@pytest.mark.django_db
def test_i_comuni_si_creano_una_volta_sola_e_chi_c_e_resta_com_e():
    ComuneFactory(nome="Asti", provincia="Asti", popolazione_legale=1)
    tabella = f"{TESTA}Piemonte,ASTI,ASTI,2\nPiemonte,CUNEO,ROCCAFORTE MONDOVI',3\n".encode()

    assert import_comuni(tabella, file="comuni.csv")[0] == 1
    assert import_comuni(tabella, file="comuni.csv")[0] == 0
    assert list(Comune.objects.values_list("nome", "capoluogo", "popolazione_legale")) == [
        ("Asti", False, 1),
        ("Roccaforte Mondovì", False, 3),
    ]


@pytest.mark.django_db
def test_una_tabella_sbagliata_non_crea_nulla():
    creati, lettura = import_comuni(f"{TESTA}Piemonte,ASTI,ASTI,tanti\n".encode(), file="comuni.csv")

    assert (creati, [e.codice for e in lettura.errori]) == (0, ["E908"])
    assert Comune.objects.count() == 0
