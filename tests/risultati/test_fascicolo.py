"""The fascicolo: what comes in goes out, twice changes nothing, and a wrong one leaves nothing behind."""

import csv
import io
import zipfile
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import transaction

from candidature.models import Candidato, CandidatoSindaco, Lista
from comuni.fascicolo import find_file
from comuni.importazione import export_file, import_file
from comuni.models import Comune, Elezione, Sezione
from electoral.csv_scrittura import unescape_formula
from risultati.fascicolo.cartella import FascicoloErrato, read_cartella, read_zip
from risultati.fascicolo.esportazione import export_fascicolo, write_zip
from risultati.fascicolo.importazione import import_fascicolo
from risultati.models import Affluenza, Digitazione, Passaggio, Scrutinio, VotiLista, VotiPreferenza
from risultati.riparto import RipartoImpossibile, run_riparto_elezione
from tests.factories import ComuneFactory, ElezioneFactory
from tests.risultati.fascicolo_di_prova import BASE, fascicolo

pytestmark = pytest.mark.django_db

REALI = sorted((Path(__file__).parents[2] / "dati" / "fascicoli").iterdir())


def importa(contenuti=None, **opzioni):
    importazione = import_fascicolo(contenuti or fascicolo(), **opzioni)
    assert [e.messaggio for e in importazione.errori] == []
    return importazione


def errori_di(**file):
    """(file, row, column, code) of every error; and nothing was saved."""
    importazione = import_fascicolo(fascicolo(**file))
    assert Elezione.objects.count() == 0
    assert Comune.objects.count() == 0
    assert all(e.rimedio for e in importazione.errori)
    return [(e.file, e.riga, e.colonna, e.codice) for e in importazione.errori]


def history_rows():
    return sum(m.objects.count() for m in apps.get_models() if m.__name__.endswith("Event"))


def rows(scritto: bytes):
    """A file as rows of named values, without those that say nothing."""
    testa, *righe = csv.reader(scritto.decode().splitlines())
    return [
        {nome: valore for nome, valore in zip(testa, map(unescape_formula, riga), strict=True) if valore}
        for riga in righe
    ]


# --- Real elections ------------------------------------------------------------------------------------


@pytest.mark.parametrize("cartella", REALI, ids=lambda c: c.name)
def test_ogni_fascicolo_reale_entra_esce_uguale_e_rientra_uguale(cartella):
    contenuti = read_cartella(cartella)
    with transaction.atomic():
        esportati = export_fascicolo(importa(contenuti).elezione)
        transaction.set_rollback(True)

    ripetuti = export_fascicolo(importa(esportati).elezione)

    assert ripetuti == esportati
    for nome in contenuti:
        if nome.endswith(".csv"):
            dati = rows(contenuti[nome])
            scritti = rows(esportati[nome])
            colonne = {colonna for riga in dati for colonna in riga}
            ridotti = [{c: v for c, v in riga.items() if c in colonne} for riga in scritti]
            assert sorted(ridotti, key=str) == sorted(dati, key=str)


def test_il_fascicolo_piu_grande_due_volte_non_cambia_nulla():
    cartella = next(c for c in REALI if c.name.startswith("san-benedetto"))
    elezione = importa(read_cartella(cartella)).elezione
    prima = history_rows()

    seconda = importa(read_cartella(cartella))

    assert seconda.cambiati == 0
    assert history_rows() == prima
    assert (elezione.sezioni.count(), elezione.liste.count()) == (43, 19)
    assert Candidato.objects.count() == 425
    assert VotiPreferenza.objects.count() == 6402
    assert Scrutinio.objects.definitivi().count() == 44


# --- What an import means ------------------------------------------------------------------------------


def test_vuoto_e_ignoto_e_non_zero():
    importa()

    totale = Scrutinio.objects.get(turno=2)
    assert (totale.sezione, totale.votanti, totale.schede_bianche) == (None, 20, None)


def test_senza_sezioni_csv_le_sezioni_nascono_dagli_scrutini_con_i_loro_elettori():
    importa()

    assert list(Sezione.objects.values_list("numero", "elettori_m", "elettori_f")) == [
        (1, 10, 20),
        (2, 11, 21),
    ]


def test_chi_ha_voti_e_ammesso_e_le_cifre_importate_sono_definitive():
    importa()

    assert set(Lista.objects.values_list("stato", flat=True)) == {Lista.Stato.AMMESSA}
    assert set(CandidatoSindaco.objects.values_list("stato", flat=True)) == {CandidatoSindaco.Stato.AMMESSO}
    assert set(Scrutinio.objects.values_list("stato", flat=True)) == {Scrutinio.Stato.DEFINITIVO}
    assert Passaggio.objects.filter(a=Scrutinio.Stato.DEFINITIVO).count() == 3


def test_prima_del_voto_le_liste_restano_presentate():
    importa(fascicolo(scrutinio=None, voti_sindaci=None, voti_liste=None, voti_preferenze=None))

    assert set(Lista.objects.values_list("stato", flat=True)) == {Lista.Stato.PRESENTATA}


def test_sistema_e_ordinamento_si_ricavano_da_popolazione_e_regione():
    elezione = importa().elezione

    assert (elezione.sistema, elezione.ordinamento) == ("oltre_15000", "ordinario")


def test_il_nome_breve_se_manca_e_comune_e_anno():
    senza = BASE["elezione.toml"].replace('slug = "prova-2021"\n', "")

    assert importa(fascicolo(elezione=senza)).elezione.slug == "comune-di-prova-2021"


def test_un_comune_gia_presente_si_riconosce_per_nome_e_provincia():
    comune = ComuneFactory(nome="COMUNE DI PROVA", provincia="PROVINCIA DI PROVA")

    assert importa().elezione.comune == comune


def test_una_correzione_cambia_solo_la_riga_corretta_e_lo_dice():
    importa()
    corretti = fascicolo(voti_liste=BASE["voti_liste.csv"].replace("2,2,8", "2,2,7"))

    importazione = importa(corretti)

    (differenza,) = importazione.differenze
    assert (differenza.file, differenza.campo, differenza.prima, differenza.dopo) == (
        "voti_liste.csv",
        "voti",
        "8",
        "7",
    )
    assert importazione.cambiati == 1
    assert list(Scrutinio.objects.filter(turno=1).values_list("sezione__numero", "versione")) == [
        (1, 0),
        (2, 1),
    ]


def test_una_preferenza_che_sparisce_dal_fascicolo_diventa_zero():
    importa()

    importazione = importa(
        fascicolo(voti_preferenze="sezione,lista,candidato,preferenze\n1,1,1,3\n2,1,2,1\n")
    )

    assert importazione.conteggi["voti_preferenze.csv"].azzerati == 1
    assert VotiPreferenza.objects.get(candidato__cognome="TRE").preferenze == 0


def test_la_prova_dice_che_cosa_cambierebbe_e_non_salva():
    importazione = importa(prova=True)

    assert importazione.conteggi["voti_liste.csv"].nuovi == 4
    assert Elezione.objects.count() == 0


def test_l_affluenza_si_importa_per_sezione():
    importa(fascicolo(affluenza="turno,rilevazione,sezione,votanti\n1,12,1,5\n1,12,2,6\n1,19,1,9\n"))

    assert list(Affluenza.objects.values_list("rilevazione", "sezione__numero", "votanti")) == [
        ("12", 1, 5),
        ("12", 2, 6),
        ("19", 1, 9),
    ]


def test_un_solo_file_si_importa_in_una_elezione_che_c_e():
    elezione = importa().elezione

    importazione = import_file(
        elezione, find_file("voti_liste.csv"), b"sezione;lista;voti\n2;2;7\n", nome="correzione.csv"
    )

    assert importazione.errori == []
    assert VotiLista.objects.get(lista__numero=2, scrutinio__sezione__numero=2).voti == 7


def test_un_solo_file_di_preferenze_azzera_soltanto_le_liste_di_cui_parla():
    elezione = importa().elezione
    file = b"sezione,lista,candidato,preferenze\n1,1,2,4\n"

    import_file(elezione, find_file("voti_preferenze.csv"), file, nome="voti_preferenze.csv")

    preferenze = VotiPreferenza.objects.filter(scrutinio__sezione__numero=1)
    assert set(preferenze.values_list("candidato__cognome", "preferenze")) == {
        ("UNO", 0),
        ("DUE", 4),
        ("TRE", 2),
    }


def test_un_file_vuoto_da_riempire_ha_le_sue_intestazioni():
    assert export_file(ElezioneFactory(), find_file("voti_liste.csv"), vuoto=True) == b"sezione,lista,voti\n"


# --- Wrong fascicoli -----------------------------------------------------------------------------------

TOML = BASE["elezione.toml"]
PRIMO_TURNO = {
    nome: "\n".join(riga for riga in BASE[f"{nome}.csv"].splitlines() if not riga.startswith("2,"))
    for nome in ("scrutinio", "voti_sindaci")
}
"""The same figures without a second round."""
SBAGLIATI = {
    "cifra non numerica": (
        {"voti_liste": "sezione,lista,voti\n1,1,otto\n"},
        [("voti_liste.csv", 2, "voti", "E908")],
    ),
    "lista che non esiste": (
        {"voti_liste": "sezione,lista,voti\n1,9,8\n"},
        [("voti_liste.csv", 2, "lista", "E914")],
    ),
    "candidato che non esiste": (
        {"voti_preferenze": "sezione,lista,candidato,preferenze\n1,1,9,8\n"},
        [("voti_preferenze.csv", 2, "candidato", "E914")],
    ),
    "sindaco che non esiste": (
        {"liste": "numero,denominazione,sindaco\n1,ROSA,1\n2,BLU,3\n"},
        [("liste.csv", 3, "sindaco", "E914")],
    ),
    "sezione che non è in sezioni.csv": (
        {"sezioni": "numero\n1\n", "scrutinio": None, "voti_sindaci": None, "voti_preferenze": None},
        [("voti_liste.csv", 4, "sezione", "E914"), ("voti_liste.csv", 5, "sezione", "E914")],
    ),
    "apparentata con il proprio sindaco": (
        {"liste": "numero,denominazione,sindaco,apparentata_con\n1,ROSA,1,1\n2,BLU,2,\n"},
        [("liste.csv", 2, "apparentata_con", "E925")],
    ),
    "colonna mancante": ({"sindaci": "numero,cognome\n1,ALFA\n"}, [("sindaci.csv", 1, "nome", "E903")]),
    "colonna sconosciuta": (
        {"sindaci": "numero,cognome,nome,eta\n1,ALFA,ADA,40\n2,BETA,BRUNO,50\n"},
        [("sindaci.csv", 1, "eta", "E904")],
    ),
    "numero ripetuto": (
        {"sindaci": "numero,cognome,nome\n1,ALFA,ADA\n2,BETA,BRUNO\n2,GAMMA,GINO\n"},
        [("sindaci.csv", 4, "numero", "E913")],
    ),
    "totale insieme alle sezioni": (
        {"voti_liste": "sezione,lista,voti\n1,1,8\n,2,15\n"},
        [("voti_liste.csv", 3, "sezione", "E915")],
    ),
    "sezione dove c'è il totale": (
        {"voti_sindaci": BASE["voti_sindaci.csv"] + "2,1,1,3\n"},
        [
            ("voti_sindaci.csv", 6, "sezione", "E915"),
            ("voti_sindaci.csv", 7, "sezione", "E915"),
            ("voti_sindaci.csv", 8, "sezione", "E938"),
        ],
    ),
    "turno tre": (
        {"voti_sindaci": "turno,sezione,sindaco,voti\n3,1,1,8\n"},
        [("voti_sindaci.csv", 2, "turno", "E909")],
    ),
    "file obbligatorio mancante": (
        {"liste": None, "voti_liste": None, "candidati": None, "voti_preferenze": None},
        [("liste.csv", None, "", "E918")],
    ),
    "file non previsto": ({"appunti": "a\n1\n"}, [("appunti.csv", None, "", "E919")]),
    "toml rotto": ({"elezione": TOML + "giorni = \n"}, [("elezione.toml", None, "", "E920")]),
    "toml senza comune": (
        {"elezione": TOML.replace('comune = "Comune di prova"\n', "")},
        [("elezione.toml", None, "comune", "E921")],
    ),
    "toml con una voce ignota": (
        {"elezione": TOML + "giorno = 1\n"},
        [("elezione.toml", None, "giorno", "E922")],
    ),
    "toml con un numero fra virgolette": (
        {"elezione": TOML.replace("giorni = 2", 'giorni = "2"')},
        [("elezione.toml", None, "giorni", "E922")],
    ),
    "toml con una regione inventata": (
        {"elezione": TOML.replace('"Marche"', '"Padania"')},
        [("elezione.toml", None, "regione", "E922")],
    ),
    "toml con il ballottaggio prima del voto": (
        {"elezione": TOML.replace("2021-10-17", "2021-10-01")},
        [("elezione.toml", None, "data_ballottaggio", "E922")],
    ),
    "toml troppo annidato": (
        {"elezione": TOML + "\n[interpretazioni]\na = " + "[" * 2000 + "]" * 2000},
        [("elezione.toml", None, "", "E920")],
    ),
    "toml con un numero di cinquemila cifre": (
        {"elezione": TOML.replace("20000", "9" * 5000)},
        [("elezione.toml", None, "", "E920")],
    ),
    "toml con un anno impossibile": (
        {"elezione": TOML.replace("2021-10-03", "9999-12-31").replace("data_ballottaggio = 2021-10-17", "")},
        [("elezione.toml", None, "data", "E922")],
    ),
    "toml con una lettura della legge che non c'è": (
        {"elezione": TOML + '\n[interpretazioni]\nparita = "si"\n'},
        [("elezione.toml", None, "parita", "E922")],
    ),
    "toml con una lettura della legge sbagliata": (
        {"elezione": TOML + '\n[interpretazioni]\nparita_di_tre = "moneta"\n'},
        [("elezione.toml", None, "parita_di_tre", "E922")],
    ),
    "toml con il nome di una pagina": (
        {"elezione": TOML.replace("prova-2021", "utenti")},
        [("elezione.toml", None, "slug", "E922")],
    ),
    "sezioni collegate in cerchio": (
        {"sezioni": "numero,sezione_madre\n1,2\n2,1\n"},
        [("sezioni.csv", 2, "sezione_madre", "E925"), ("sezioni.csv", 3, "sezione_madre", "E925")],
    ),
    "nascita nell'anno novemila": (
        {"sindaci": "numero,cognome,nome,data_nascita\n1,ALFA,ADA,9999-12-31\n2,BETA,BRUNO,\n"},
        [("sindaci.csv", 2, "data_nascita", "E910")],
    ),
    "toml con caratteri nulli": (
        {"elezione": TOML.replace("Comune di prova", "Comune\\u0000")},
        [("elezione.toml", None, "", "E920")],
    ),
}


@pytest.mark.parametrize(("file", "attesi"), SBAGLIATI.values(), ids=SBAGLIATI)
def test_un_fascicolo_sbagliato_non_lascia_nulla_e_dice_dove_rimediare(file, attesi):
    assert errori_di(**file) == attesi


def test_gli_errori_di_file_diversi_si_dicono_tutti_insieme():
    errori = errori_di(
        sindaci="numero,cognome,nome\n1,ALFA,ADA\n2,,BRUNO\n",
        voti_liste="sezione,lista,voti\n1,1,x\n0,1,3\n",
    )

    assert errori == [
        ("sindaci.csv", 3, "cognome", "E907"),
        ("voti_liste.csv", 2, "voti", "E908"),
        ("voti_liste.csv", 3, "sezione", "E909"),
    ]


@pytest.mark.parametrize(
    "codifica", ["utf-8-sig", "cp1252", "utf-16"], ids=["con BOM", "di Windows", "in UTF-16"]
)
def test_i_file_di_excel_si_leggono_con_accenti_e_punti_e_virgola(codifica):
    sindaci = "numero;cognome;nome\r\n1;PERÒ;NICCOLÒ\r\n2;BETA;BRUNO\r\n".encode(codifica)

    importa(fascicolo(sindaci=sindaci))

    assert str(CandidatoSindaco.objects.get(numero=1)) == "PERÒ NICCOLÒ"


def test_un_secondo_nome_breve_per_lo_stesso_giorno_si_rifiuta():
    importa()

    importazione = import_fascicolo(fascicolo(elezione=TOML.replace("prova-2021", "altra-2021")))

    assert [e.codice for e in importazione.errori] == ["E922"]
    assert "prova-2021" in importazione.errori[0].testo
    assert Elezione.objects.count() == 1


def test_il_nome_breve_di_un_altro_comune_si_rifiuta():
    importa()

    importazione = import_fascicolo(fascicolo(elezione=TOML.replace('"Comune di prova"', '"Altro comune"')))

    assert [e.codice for e in importazione.errori] == ["E924"]
    assert Comune.objects.count() == 1


def test_dove_non_si_puo_scrivere_non_si_importa():
    importazione = import_fascicolo(fascicolo(), puo_scrivere=lambda comune, azione: False)

    assert {e.codice for e in importazione.errori} == {"E922", "E939"}
    assert Comune.objects.count() == 0


@pytest.mark.parametrize(
    ("stato", "codice"), [(Scrutinio.Stato.DEFINITIVO, "E926"), (Scrutinio.Stato.PRIMA, "E936")]
)
def test_cio_che_una_persona_ha_digitato_non_si_copre(stato, codice):
    importazione = importa()
    scrutinio = Scrutinio.objects.get(sezione__numero=2)
    Digitazione.objects.create(scrutinio=scrutinio, iniziata_il=importazione.adesso)
    Scrutinio.objects.filter(pk=scrutinio.pk).update(stato=stato)

    seconda = import_fascicolo(fascicolo(voti_liste="sezione,lista,voti\n2,2,5\n"))

    assert codice in [e.codice for e in seconda.errori]
    assert VotiLista.objects.get(lista__numero=2, scrutinio=scrutinio).voti == 8


# --- Folders, archives, commands -----------------------------------------------------------------------


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


def test_senza_sindaci_si_dice_solo_che_mancano():
    errori = errori_di(sindaci=None)
    assert errori == [("sindaci.csv", None, "", "E918")]


def test_le_scelte_dei_parametri_vanno_e_tornano_e_non_fermano_il_riparto():
    scelte = '\n[interpretazioni]\nparita_di_tre = "due_piu_anziani"\neta_massima_ruoli = ["presidente"]\n'
    elezione = importa(fascicolo(elezione=TOML + scelte, **PRIMO_TURNO)).elezione
    assert elezione.interpretazioni == {
        "parita_di_tre": "due_piu_anziani",
        "eta_massima_ruoli": ["presidente"],
    }
    assert run_riparto_elezione(elezione).dati["opzioni"] == {"parita_di_tre": "due_piu_anziani"}
    importa(export_fascicolo(elezione))
    elezione.refresh_from_db()
    assert len(elezione.interpretazioni) == 2


def test_il_comando_con_errori_li_elenca_ed_esce_male(tmp_path, capsys):
    (tmp_path / "sindaci.csv").write_text("numero,cognome\n1,ALFA\n")

    with pytest.raises(CommandError, match="non è stato salvato nulla"):
        call_command("importa_fascicolo", str(tmp_path))

    scritto = capsys.readouterr().err
    assert "[E918]" in scritto
    assert "«nome»" in scritto


def test_senza_voti_di_lista_i_seggi_non_si_inventano():
    elezione = importa(fascicolo(voti_liste=None, voti_preferenze=None, **PRIMO_TURNO)).elezione
    with pytest.raises(RipartoImpossibile, match=r"voti_liste\.csv"):
        run_riparto_elezione(elezione)


def test_una_data_senza_legge_conosciuta_ha_una_risposta():
    toml = TOML.replace("2021-10-03", "1998-05-24").replace("2021-10-17", "1998-06-07")
    toml = toml.replace("seggi_consiglio = 16\n", "")
    elezione = importa(fascicolo(elezione=toml, **PRIMO_TURNO)).elezione
    with pytest.raises(RipartoImpossibile, match="fra i parametri"):
        run_riparto_elezione(elezione)
