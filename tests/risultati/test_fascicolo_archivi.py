"""Folders, archives and the commands that read and write them."""

import io
import zipfile

import pytest
from django.core.management import CommandError, call_command

from comuni.models import Elezione
from risultati.fascicolo.cartella import FascicoloErrato, read_cartella, read_zip
from risultati.fascicolo.esportazione import export_fascicolo, write_zip
from tests.risultati.fascicolo_di_prova import fascicolo

pytestmark = pytest.mark.django_db


def zip_di(contenuti, cartella=""):
    uscita = io.BytesIO()
    with zipfile.ZipFile(uscita, "w") as archivio:
        for nome, contenuto in contenuti.items():
            archivio.writestr(cartella + nome, contenuto)
    return uscita.getvalue()


@pytest.mark.parametrize("cartella", ["", "prova-2021/", "elezioni/prova-2021/"])
def test_uno_zip_si_apre_con_o_senza_la_sua_cartella(cartella):
    assert read_zip(zip_di(fascicolo(), cartella), nome="f.zip") == fascicolo()


@pytest.mark.parametrize(
    "contenuto",
    [b"non uno zip", zip_di({"a/sindaci.csv": "x", "b/liste.csv": "y"}), zip_di({"../../sindaci.csv": "x"})],
    ids=["non zip", "più cartelle", "percorso che esce"],
)
def test_uno_zip_strano_si_rifiuta(contenuto):
    with pytest.raises(FascicoloErrato) as errore:
        read_zip(contenuto, nome="f.zip")

    assert [e.codice for e in errore.value.errori] == ["E923"]


def test_i_comandi_importano_ed_esportano_una_cartella(tmp_path, capsys):
    origine = tmp_path / "origine"
    origine.mkdir()
    for nome, contenuto in fascicolo().items():
        (origine / nome).write_bytes(contenuto)

    call_command("importa_fascicolo", str(origine))
    call_command("esporta_fascicolo", "prova-2021", str(tmp_path / "scritta"))

    assert "voti_liste.csv: 4 nuovi" in capsys.readouterr().out
    assert read_cartella(tmp_path / "scritta") == export_fascicolo(Elezione.objects.get())
    assert read_zip(write_zip(Elezione.objects.get()), nome="f.zip") == export_fascicolo(
        Elezione.objects.get()
    )


def test_il_comando_con_errori_li_elenca_ed_esce_male(tmp_path, capsys):
    (tmp_path / "sindaci.csv").write_text("numero,cognome\n1,ALFA\n")

    with pytest.raises(CommandError, match="non è stato salvato nulla"):
        call_command("importa_fascicolo", str(tmp_path))

    scritto = capsys.readouterr().err
    assert "[E918]" in scritto
    assert "«nome»" in scritto
