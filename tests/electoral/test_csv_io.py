"""What people really upload: every file gets rows or a clear answer, and nothing is lost in silence."""

import io
import zipfile
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from electoral import csv_fogli
from electoral.csv_io import (
    Colonna,
    booleano,
    codice_fiscale,
    data,
    intero,
    istante,
    read_table,
    scelta,
    testo,
    to_csv,
    to_xlsx,
)
from electoral.csv_scrittura import escape_formula, unescape_formula

COLONNE = (
    Colonna("sezione", intero(1, 9999), obbligatoria=True),
    Colonna("lista", testo(40), obbligatoria=True),
    Colonna("voti_validi", intero()),
)


def read(contenuto: str | bytes, **opzioni):
    if isinstance(contenuto, str):
        contenuto = contenuto.encode()
    return read_table(contenuto, file="voti.csv", **{"colonne": COLONNE, "chiave": ("sezione",), **opzioni})


def righe_di(lettura):
    return [(r["sezione"], r["lista"], r["voti_validi"]) for r in lettura.righe]


def codici(lettura):
    return [e.codice for e in lettura.errori]


LEGGIBILI = {
    "comuni virgole": "sezione,lista,voti_validi\n1,ROSA,10\n",
    "con il BOM": "\ufeffsezione,lista,voti_validi\n1,ROSA,10\n",
    "punto e virgola": "sezione;lista;voti_validi\n1;ROSA;10\n",
    "tabulazioni": "sezione\tlista\tvoti_validi\n1\tROSA\t10\n",
    "barre": "sezione|lista|voti_validi\n1|ROSA|10\n",
    "a capo di Windows": "sezione,lista,voti_validi\r\n1,ROSA,10\r\n",
    "a capo dei vecchi Mac": "sezione,lista,voti_validi\r1,ROSA,10\r",
    "senza a capo finale": "sezione,lista,voti_validi\n1,ROSA,10",
    "spazi attorno": " sezione , lista , voti_validi \n 1 , ROSA , 10 \n",
    "spazi che non si spezzano": "sezione,lista,voti_validi\n1,\xa0ROSA\xa0,10\n",
    "riga sep di Excel": "sep=;\nsezione;lista;voti_validi\n1;ROSA;10\n",
    "maiuscole e spazi nei nomi": "Sezione,LISTA,Voti validi\n1,ROSA,10\n",
    "colonne in altro ordine": "voti_validi,lista,sezione\n10,ROSA,1\n",
    "tutto fra virgolette": '"sezione","lista","voti_validi"\n"1","ROSA","10"\n',
    "righe vuote in mezzo": "\nsezione,lista,voti_validi\n\n1,ROSA,10\n,,\n\n",
    "colonna vuota in fondo": "sezione,lista,voti_validi,\n1,ROSA,10,\n",
    "celle vuote di troppo": "sezione,lista,voti_validi\n1,ROSA,10,,\n",
    "riga identica ripetuta": "sezione,lista,voti_validi\n1,ROSA,10\n1,ROSA,10\n",
}


@pytest.mark.parametrize("contenuto", LEGGIBILI.values(), ids=LEGGIBILI)
def test_una_riga_si_legge_comunque_sia_scritto_il_file(contenuto):
    lettura = read(contenuto)

    assert lettura.errori == []
    assert righe_di(lettura) == [(1, "ROSA", 10)]


def test_un_file_in_utf_16_si_legge_e_lo_si_dice():
    lettura = read("sezione,lista,voti_validi\n1,PERÒ,10\n".encode("utf-16"))

    assert righe_di(lettura) == [(1, "PERÒ", 10)]
    assert [a.codice for a in lettura.avvisi] == ["W901"]


def test_un_file_windows_conserva_gli_accenti_e_lo_si_dice():
    lettura = read("sezione;lista;voti_validi\n1;Però D’Angelo €;10\n".encode("cp1252"))

    assert righe_di(lettura) == [(1, "Però D’Angelo €", 10)]
    assert [a.codice for a in lettura.avvisi] == ["W901"]


CIFRE = {
    "10": 10,
    "0": 0,
    "": None,
    "1.234": 1234,
    "1.234.567": 1_234_567,
    "1 234": 1234,
    "1'234": 1234,
    "12.0": 12,
    "12,00": 12,
    "007": 7,
}


@pytest.mark.parametrize(("scritto", "letto"), CIFRE.items(), ids=CIFRE)
def test_le_cifre_si_leggono_come_le_legge_una_persona(scritto, letto):
    lettura = read(f"sezione;lista;voti_validi\n1;ROSA;{scritto}\n")

    assert lettura.errori == []
    assert righe_di(lettura) == [(1, "ROSA", letto)]


def test_una_cifra_con_i_punti_avvisa_di_come_e_stata_letta():
    (avviso,) = read("sezione;lista;voti_validi\n1;ROSA;1.234\n").avvisi

    assert (avviso.codice, avviso.riga, avviso.colonna) == ("W908", 2, "voti_validi")
    assert "1234" in avviso.testo


TESTA = "sezione,lista,voti_validi\n"
SBAGLIATI = {
    # contenuto -> (codice, riga, colonna)
    "vuoto": ("", ("E902", None, "")),
    "solo spazi": ("  \n \n", ("E902", None, "")),
    "solo intestazioni": (TESTA, ("E902", None, "")),
    "colonna mancante": ("sezione,voti_validi\n1,10\n", ("E903", 1, "lista")),
    "colonna sconosciuta": ("sezione,lista,voti_valdi\n1,ROSA,10\n", ("E904", 1, "voti_valdi")),
    "colonna ripetuta": ("sezione,lista,lista\n1,A,B\n", ("E905", 1, "lista")),
    "valori di troppo": (TESTA + "1,ROSA,10,20\n", ("E906", 2, "")),
    "valori in meno": (TESTA + "1,ROSA\n", ("E906", 2, "")),
    "valore sotto una colonna senza nome": ("sezione,lista,\n1,ROSA,10\n", ("E906", 2, "")),
    "obbligatorio vuoto": (TESTA + "1,,10\n", ("E907", 2, "lista")),
    "numero in lettere": (TESTA + "1,ROSA,dieci\n", ("E908", 2, "voti_validi")),
    "numero con decimali": (TESTA + "1,ROSA,10.5\n", ("E908", 2, "voti_validi")),
    "punti nel posto sbagliato": (TESTA + "1,ROSA,12.34.5\n", ("E908", 2, "voti_validi")),
    "cifre di un altro alfabeto": (TESTA + "1,ROSA,٣\n", ("E908", 2, "voti_validi")),
    "notazione scientifica": (TESTA + "1,ROSA,1E+05\n", ("E908", 2, "voti_validi")),
    "numero negativo": (TESTA + "1,ROSA,-10\n", ("E909", 2, "voti_validi")),
    "numero enorme": (TESTA + "1,ROSA,99999999999\n", ("E909", 2, "voti_validi")),
    "sezione zero": (TESTA + "0,ROSA,1\n", ("E909", 2, "sezione")),
    "testo lungo": (TESTA + f"1,{'A' * 41},1\n", ("E912", 2, "lista")),
    "riga doppia diversa": (TESTA + "1,ROSA,10\n2,BLU,1\n1,ROSA,11\n", ("E913", 4, "sezione")),
    "carattere di controllo": (TESTA + "1,RO\x07SA,10\n", ("E928", 2, "lista")),
    "testo girato": (TESTA + "1,RO\u202eSA,10\n", ("E928", 2, "lista")),
    "virgolette mai chiuse": (TESTA + '1,"ROSA,10\n2,BLU,1\n', ("E934", 2, "")),
    "virgolette a metà": (TESTA + '1,"RO"SA,10\n', ("E934", 2, "")),
    "riga di totale": (TESTA + "1,ROSA,10\nTOTALE,,10\n", ("E935", 3, "")),
    "riga di totale generale": (TESTA + "1,ROSA,10\n,Totale generale:,10\n", ("E935", 3, "")),
    "XLS chiamato csv": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64), ("E901", None, "")),
    "PDF chiamato csv": (b"%PDF-1.7 ...", ("E901", None, "")),
    "pagina web chiamata xls": ("<html><table><tr><td>sezione", ("E901", None, "")),
    "byte nulli": (TESTA.encode() + b"1,RO\x00SA,10\n", ("E901", None, "")),
    "byte di nessuna codifica": (TESTA.encode() + b"1,RO\x81\x8d\xffSA,10\n", ("E901", None, "")),
    "zip rotto": (b"PK\x03\x04" + bytes(40), ("E923", None, "")),
}


@pytest.mark.parametrize(("contenuto", "atteso"), SBAGLIATI.values(), ids=SBAGLIATI)
def test_un_file_sbagliato_ha_una_risposta_che_dice_dove_e_come_rimediare(contenuto, atteso):
    lettura = read(contenuto)

    (errore,) = lettura.errori
    assert (errore.codice, errore.riga, errore.colonna) == atteso
    assert "voti.csv" in errore.messaggio
    assert errore.rimedio


def test_gli_errori_si_raccolgono_tutti_e_le_righe_buone_restano():
    lettura = read(TESTA + "1,ROSA,dieci\n2,,x\n3,BLU,7\n")

    assert [(e.codice, e.riga, e.colonna) for e in lettura.errori] == [
        ("E908", 2, "voti_validi"),
        ("E907", 3, "lista"),
        ("E908", 3, "voti_validi"),
    ]
    assert righe_di(lettura) == [(3, "BLU", 7)]


def test_una_colonna_sconosciuta_propone_la_piu_vicina():
    (errore,) = read("sezione,lista,voti_valdi\n1,ROSA,10\n").errori

    assert "Forse volevi «voti_validi»." in errore.rimedio


def test_un_valore_su_piu_righe_non_sposta_i_numeri_di_riga():
    lettura = read(TESTA + '1,"ROSA\nFRESCA",10\n2,BLU,x\n')

    assert [e.riga for e in lettura.errori] == [4]
    assert righe_di(lettura) == [(1, "ROSA FRESCA", 10)]


def test_centomila_righe_si_leggono():
    contenuto = TESTA + "".join(f"{n},LISTA,1\n" for n in range(1, 10_000)) * 11

    lettura = read(contenuto, chiave=())

    assert len(lettura.righe) == 109_989


def test_vuoto_non_e_zero_e_una_colonna_assente_non_e_una_colonna_vuota():
    (con,) = read(TESTA + "1,ROSA,\n").righe
    (senza,) = read("sezione,lista\n1,ROSA\n").righe

    assert con["voti_validi"] is None
    assert con.ha("voti_validi")
    assert not senza.ha("voti_validi")


def xlsx(*righe, fogli=1):
    cartella = Workbook()
    for n in range(fogli):
        foglio = cartella.active if n == 0 else cartella.create_sheet()
        for riga in righe:
            foglio.append(riga)
    uscita = io.BytesIO()
    cartella.save(uscita)
    return uscita.getvalue()


def test_un_foglio_xlsx_si_legge_anche_se_si_chiama_csv():
    lettura = read(xlsx(["sezione", "lista", "voti validi"], [1.0, "ROSA", 12.0]))

    assert righe_di(lettura) == [(1, "ROSA", 12)]


def test_le_date_di_un_foglio_si_leggono_come_date():
    colonne = (Colonna("nata", data()),)

    lettura = read_table(xlsx(["nata"], [date(1970, 1, 2)]), file="a.xlsx", colonne=colonne)

    assert [r["nata"] for r in lettura.righe] == [date(1970, 1, 2)]


def test_un_foglio_con_piu_pagine_piene_chiede_di_lasciarne_una():
    assert codici(read(xlsx(["sezione", "lista"], [1, "A"], fogli=2))) == ["E927"]


def test_un_foglio_con_celle_unite_si_rifiuta():
    cartella = Workbook()
    for riga in (["sezione", "lista"], [1, "A"], [2, "B"]):
        cartella.active.append(riga)
    cartella.active.merge_cells("B2:B3")
    uscita = io.BytesIO()
    cartella.save(uscita)

    assert codici(read(uscita.getvalue())) == ["E927"]


def test_un_archivio_che_esplode_si_rifiuta_senza_aprirlo():
    uscita = io.BytesIO()
    with zipfile.ZipFile(uscita, "w", zipfile.ZIP_DEFLATED) as archivio:
        archivio.writestr("xl/worksheets/sheet1.xml", b"0" * (30 * csv_fogli.MIB))

    assert codici(read(uscita.getvalue())) == ["E923"]


def test_un_archivio_che_non_e_un_foglio_si_rifiuta():
    uscita = io.BytesIO()
    with zipfile.ZipFile(uscita, "w") as archivio:
        archivio.writestr("ciao.txt", "ciao")

    assert codici(read(uscita.getvalue())) == ["E927"]


def test_i_caratteri_che_xml_non_ammette_non_fermano_un_foglio():
    lettura = read_table(to_xlsx(["lista"], [["RO\x1bSA"]]), file="a.xlsx", colonne=(Colonna("lista"),))

    assert [riga["lista"] for riga in lettura.righe] == ["ROSA"]


def test_anche_una_intestazione_non_si_esporta_come_formula():
    assert to_csv(["=1+1"], []) == b"'=1+1\n"


def _xlsx_con(celle: str) -> bytes:
    """A sheet as a spreadsheet writes it, with its cells replaced."""
    uscita = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(xlsx(["sezione"], [1]))) as vero,
        zipfile.ZipFile(uscita, "w", zipfile.ZIP_DEFLATED) as archivio,
    ):
        for voce in vero.namelist():
            contenuto = vero.read(voce)
            if voce == "xl/worksheets/sheet1.xml":
                inizio, _, resto = contenuto.decode().partition("<sheetData>")
                contenuto = (
                    f"{inizio}<sheetData>{celle}</sheetData>{resto.partition('</sheetData>')[2]}".encode()
                )
            archivio.writestr(voce, contenuto)
    return uscita.getvalue()


@pytest.mark.parametrize(
    "celle",
    [
        '<row r="40000"><c r="XFD40000"><v>1</v></c></row>',
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        '<row a=">" r="1048576"><c a="> r=" r=\'A1048576\'><v>1</v></c></row>',
        f"<row>{'<c><v>1</v></c>' * 501}</row>",
    ],
    ids=["largo", "largo e alto", "nascosto negli attributi", "senza posto"],
)
def test_un_foglio_con_una_cella_lontanissima_si_rifiuta_senza_aprirlo(celle):
    assert codici(read(_xlsx_con(f'<row r="1"><c r="A1"><v>1</v></c></row>{celle}'))) == ["E917"]


def test_le_celle_vuote_lontane_che_lasciano_i_fogli_di_calcolo_non_contano():
    celle = (
        '<row r="1"><c r="A1" t="inlineStr"><is><t>sezione</t></is></c>'
        '<c r="B1" t="inlineStr"><is><t>lista</t></is></c><c r="XFD1" s="0"/></row>'
        '<row r="2"><c r="A2"><v>7</v></c><c r="B2" t="inlineStr"><is><t>ROSA</t></is></c></row>'
        '<row r="1048576" hidden="false"/>'
    )

    assert righe_di(read(_xlsx_con(celle))) == [(7, "ROSA", None)]


def test_troppe_righe_in_un_foglio_si_rifiutano(monkeypatch):
    monkeypatch.setattr(csv_fogli, "MASSIMO_RIGHE_XLSX", 2)

    lettura = read(xlsx(["sezione", "lista"], [1, "A"], [2, "B"], [3, "C"]))

    assert codici(lettura) == ["E917"]
    assert lettura.righe == []


VALORI = (
    Colonna("giorno", data()),
    Colonna("ora", istante()),
    Colonna("tipo", scelta({"Ordinaria": "ordinaria", "ospedaliera": "ospedaliera"})),
    Colonna("letti", booleano()),
    Colonna("cf", codice_fiscale()),
)


def leggi_valori(riga: str):
    return read_table(f"giorno;ora;tipo;letti;cf\n{riga}\n".encode(), file="v.csv", colonne=VALORI)


def test_date_ore_scelte_e_codici_fiscali_si_leggono_come_si_scrivono():
    (riga,) = leggi_valori("3/10/2021;03/09/2021 11.40;ORDINARIA;Sì;rssmra80a01 h501u").righe

    assert riga["giorno"] == date(2021, 10, 3)
    assert riga["ora"].strftime("%Y-%m-%d %H:%M %z") == "2021-09-03 11:40 +0200"
    assert (riga["tipo"], riga["letti"], riga["cf"]) == ("ordinaria", True, "RSSMRA80A01H501U")


def test_date_ore_scelte_e_codici_fiscali_sbagliati_hanno_il_loro_codice():
    lettura = leggi_valori("31/02/2021;domani;mobile;forse;RSSMRA80A01H501X")

    assert codici(lettura) == ["E910", "E910", "E911", "E911", "E916"]
    assert "ordinaria" in lettura.errori[2].testo.lower()


FORMULE = ["=cmd|'/c calc'!A1", "+1", "-1", "@SUM(1)", "\t=1", "'=1", "''-2", "D'Angelo", "'ndrangheta"]


@pytest.mark.parametrize("scrivi", [to_csv, to_xlsx], ids=["csv", "xlsx"])
def test_una_formula_in_un_nome_si_esporta_innocua_e_torna_com_era(scrivi):
    scritto = scrivi(["nome"], [[formula] for formula in FORMULE])

    lettura = read_table(scritto, file="nomi", colonne=(Colonna("nome"),))

    assert [riga["nome"] for riga in lettura.righe] == FORMULE


def test_nessuna_cella_esportata_comincia_come_una_formula():
    scritto = to_csv(["nome"], [[formula] for formula in FORMULE]).decode()

    celle = [riga.strip('"') for riga in scritto.splitlines()[1:]]
    assert [cella for cella in celle if cella[0] in "=+-@\t\r"] == []


def test_il_csv_per_excel_ha_bom_e_punto_e_virgola():
    scritto = to_csv(["nome", "voti"], [["PERÒ", 1]], per_excel=True)

    assert scritto == "\ufeffnome;voti\r\nPERÒ;1\r\n".encode()


def test_numeri_date_e_ignoti_si_scrivono_senza_ambiguita():
    scritto = to_csv(list("abcde"), [[None, 0, -3, date(2021, 10, 3), datetime(2021, 10, 3, 23, 0)]])  # noqa: DTZ001

    assert scritto == b"a,b,c,d,e\n,0,-3,2021-10-03,2021-10-03T23:00:00\n"


@settings(max_examples=200, deadline=None)
@given(st.text())
def test_proteggere_e_togliere_la_protezione_sono_inverse(valore):
    assert unescape_formula(escape_formula(valore)) == valore


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300))
def test_nessuna_sequenza_di_byte_fa_cadere_la_lettura(contenuto):
    lettura = read(contenuto)

    assert lettura.righe or lettura.errori
