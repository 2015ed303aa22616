"""A wrong fascicolo leaves nothing behind and says where to mend it."""

import pytest

from candidature.models import CandidatoSindaco
from comuni.models import Comune, Elezione
from risultati.fascicolo.importazione import import_fascicolo
from risultati.models import Digitazione, Scrutinio, VotiLista
from tests.risultati.fascicolo_di_prova import BASE, TOML, errori_di, fascicolo, importa

pytestmark = pytest.mark.django_db


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


def test_senza_sindaci_si_dice_solo_che_mancano():
    errori = errori_di(sindaci=None)
    assert errori == [("sindaci.csv", None, "", "E918")]
