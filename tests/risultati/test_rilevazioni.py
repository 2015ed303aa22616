"""The hours of the turnout: which ones an election has, and how a file may write them."""

from datetime import date

import pytest

from comuni.fascicolo import find_file
from comuni.importazione import export_file, import_file
from risultati.models import Affluenza
from risultati.rilevazioni import read_rilevazione, rilevazioni
from tests.factories import ElezioneFactory
from tests.risultati.fascicolo_di_prova import errori_di, fascicolo, importa

pytestmark = pytest.mark.django_db

DUE_GIORNI = {"data": date(2021, 10, 3), "giorni": 2}
UN_GIORNO = {"data": date(2022, 6, 12), "giorni": 1}
SABATO = {"data": date(2024, 6, 8), "giorni": 2}
ANTICA = {"data": date(2004, 6, 12), "giorni": 2}


@pytest.mark.parametrize(
    ("data", "giorni", "turno", "codici"),
    [
        (date(2021, 10, 3), 2, 1, ["12", "19", "23", "15"]),
        (date(2022, 6, 12), 1, 1, ["12", "19", "23"]),
        (date(2024, 6, 8), 2, 1, ["23-g1", "12", "19", "23"]),
        (date(2024, 6, 8), 2, 2, ["12", "19", "23", "15"]),
        (date(2004, 6, 12), 1, 1, ["23"]),
    ],
)
def test_le_ore_sono_quelle_del_turno(data, giorni, turno, codici):
    elezione = ElezioneFactory(data=data, giorni=giorni)

    assert [voce.codice for voce in rilevazioni(elezione, turno)] == codici


@pytest.mark.parametrize("ordinamento", ["trentino-alto-adige", "valle-d-aosta", "sicilia"])
def test_dove_la_legge_del_ballottaggio_non_si_conosce_le_ore_ci_sono_lo_stesso(ordinamento):
    elezione = ElezioneFactory(ordinamento=ordinamento, data_ballottaggio=None)

    assert rilevazioni(elezione, 2)[-1].is_chiusura


@pytest.mark.parametrize(
    ("scritta", "codice"),
    [
        ("12", "12"),
        ("12:00", "12"),
        ("12.00", "12"),
        ("12:00:00", "12"),
        ("ore 12", "12"),
        ("Ore 19,00", "19"),
        ("alle ore 23", "23"),
        ("h 15", "15"),
        ("12h", "12"),
        ("15 lunedì", "15"),
        ("lun. 15", None),
        ("domenica ore 23", "23"),
        ("ore 23 del 03/10", "23"),
        ("2021-10-04 15:00:00", "15"),
        ("15-g2", "15"),
        ("secondo giorno, ore 15", "15"),
        ("chiusura", "15"),
        ("22", None),
        ("12:30", None),
        ("15 domenica", None),
        ("12 del 04/10", None),
        ("ore 23 del 05/10", None),
        ("mezzogiorno", None),
        ("112", None),
    ],
)
def test_l_ora_si_scrive_come_si_vuole_ma_e_una_di_quelle(scritta, codice):
    assert read_rilevazione(scritta, ElezioneFactory(**DUE_GIORNI), 1) == codice


@pytest.mark.parametrize(
    ("elezione", "scritta", "codice"),
    [
        (UN_GIORNO, "15", None),
        (UN_GIORNO, "ore 23", "23"),
        (SABATO, "23", None),
        (SABATO, "sabato 23", "23-g1"),
        (SABATO, "23-g1", "23-g1"),
        (SABATO, "domenica 23", "23"),
        (SABATO, "12 del 09/06/2024", "12"),
        (ANTICA, "ore 22", "22"),
        (ANTICA, "12 domenica", "12-g2"),
        (ANTICA, "15 del 13/06/2004", "15"),
        (ANTICA, "25", None),
    ],
)
def test_ogni_elezione_ha_le_sue_ore(elezione, scritta, codice):
    assert read_rilevazione(scritta, ElezioneFactory(**elezione), 1) == codice


def test_un_ora_che_non_c_e_si_rifiuta_e_dice_quali_ci_sono():
    righe = "turno,rilevazione,sezione,votanti\n1,12,1,5\n1,ore 22,1,6\n2,19,,3\n"

    assert errori_di(affluenza=righe) == [("affluenza.csv", 3, "rilevazione", "E911")]


def test_il_messaggio_nomina_riga_valore_e_ore_ammesse():
    elezione = importa().elezione
    file = b"turno,rilevazione,sezione,votanti\n1,22,1,5\n"

    (errore,) = import_file(elezione, find_file("affluenza.csv"), file, nome="affluenza.csv").errori

    assert errore.testo == (
        "Alla riga 2, colonna «rilevazione», «22» non è ammesso. Valori ammessi: 12, 19, 23, 15."
    )
    assert not Affluenza.objects.exists()


def test_la_stessa_ora_scritta_in_due_modi_e_una_ripetizione():
    righe = "turno,rilevazione,sezione,votanti\n1,12,1,5\n1,ore 12:00,1,6\n"

    assert errori_di(affluenza=righe) == [("affluenza.csv", 3, "sezione", "E913")]


def test_un_ora_che_torna_due_giorni_si_esporta_con_il_suo_giorno_e_rientra_uguale():
    toml = fascicolo()["elezione.toml"].decode()
    toml = toml.replace("2021-10-03", "2024-06-08").replace("2021-10-17", "2024-06-23")
    righe = "turno,rilevazione,sezione,votanti\n1,23 sabato,1,3\n1,23 domenica,1,6\n2,15,,9\n"
    elezione = importa(fascicolo(elezione=toml, affluenza=righe)).elezione
    scritto = export_file(elezione, find_file("affluenza.csv"))

    importazione = import_file(elezione, find_file("affluenza.csv"), scritto, nome="affluenza.csv")

    assert set(Affluenza.objects.values_list("turno", "rilevazione")) == {(1, "23-g1"), (1, "23"), (2, "15")}
    assert b"23-g2" in scritto
    assert (importazione.errori, importazione.cambiati) == ([], 0)
