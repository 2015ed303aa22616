"""Elections nobody has seen, written as offices write: the same data, or a clear answer and nothing saved."""

from pathlib import Path

import pytest
from django.db import transaction

from comuni.models import Comune, Elezione
from risultati.fascicolo.cartella import FascicoloErrato, read_cartella
from risultati.fascicolo.esportazione import export_fascicolo
from risultati.fascicolo.importazione import import_fascicolo
from tests.risultati.fascicolo_di_prova import fascicolo, importa
from tests.risultati.perturbazioni import (
    INNOCUE,
    cella,
    con,
    in_coda,
    nomi,
    senza,
    senza_colonna,
    toml,
    written,
    zip_di,
)

pytestmark = pytest.mark.django_db

REALI = Path(__file__).parents[2] / "dati" / "fascicoli"
LISTE, SINDACI, PREFERENZE = "voti_liste.csv", "voti_sindaci.csv", "voti_preferenze.csv"


def esportato(contenuti) -> dict[str, bytes]:
    """What comes out after the import; nothing stays."""
    with transaction.atomic():
        scritti = export_fascicolo(importa(contenuti).elezione)
        transaction.set_rollback(True)
    return scritti


@pytest.fixture(params=["prova", "triora-2018", "lonigo-2026"])
def contenuti(request):
    reale = {} if request.param == "prova" else read_cartella(REALI / request.param)
    return {nome: b for nome, b in reale.items() if nome != "esito_ufficiale.json"} or fascicolo()


def test_lo_stesso_fascicolo_scritto_in_altro_modo_e_la_stessa_elezione(contenuti):
    atteso = esportato(contenuti)
    diversi = {}
    for nome, modo in INNOCUE.items():
        scritti = esportato(modo(contenuti))
        if scritti != atteso:
            diversi[nome] = [file for file in atteso if scritti.get(file) != atteso[file]]

    assert diversi == {}


SBAGLIATI = {
    "notazione scientifica di Excel": (cella(LISTE, 2, "voti", "1,2E+03"), (LISTE, 2, "voti", "E908")),
    "notazione scientifica col punto": (cella(LISTE, 2, "voti", "1.2E+03"), (LISTE, 2, "voti", "E908")),
    "negativo": (cella(LISTE, 2, "voti", "-5"), (LISTE, 2, "voti", "E909")),
    "cifra enorme": (cella(LISTE, 2, "voti", "99999999999"), (LISTE, 2, "voti", "E909")),
    "decimale": (cella(LISTE, 2, "voti", "12,5"), (LISTE, 2, "voti", "E908")),
    "migliaia monche": (cella(LISTE, 2, "voti", "1.23"), (LISTE, 2, "voti", "E908")),
    "trattino al posto dello zero": (cella(LISTE, 2, "voti", "-"), (LISTE, 2, "voti", "E908")),
    "non disponibile": (cella(LISTE, 2, "voti", "n.d."), (LISTE, 2, "voti", "E908")),
    "lettera O al posto di zero": (cella(LISTE, 2, "voti", "1O"), (LISTE, 2, "voti", "E908")),
    "errore di formula": (cella(LISTE, 2, "voti", "#RIF!"), (LISTE, 2, "voti", "E908")),
    "cifre di un altro alfabeto": (cella(LISTE, 2, "voti", "١٢"), (LISTE, 2, "voti", "E908")),
    "cifra vuota": (cella(LISTE, 2, "voti", ""), (LISTE, 2, "voti", "E907")),
    "sezione zero": (cella(LISTE, 2, "sezione", "0"), (LISTE, 2, "sezione", "E909")),
    "sezione vuota fra le altre": (cella(LISTE, 2, "sezione", ""), (LISTE, 2, "sezione", "E915")),
    "parola Totale": (cella(LISTE, 2, "sezione", "Totale"), (LISTE, 2, "", "E935")),
    "riga di totale in fondo": (in_coda(LISTE, "Totale generale,,99\n"), (LISTE, 6, "", "E935")),
    "riga doppia con altra cifra": (in_coda(LISTE, "1,1,99\n"), (LISTE, 6, "lista", "E913")),
    "riga corta": (in_coda(LISTE, "2,1\n"), (LISTE, 6, "", "E906")),
    "riga lunga": (in_coda(LISTE, "2,1,9,9\n"), (LISTE, 6, "", "E906")),
    "virgolette aperte": (in_coda("liste.csv", '3,"aperta,1\n'), ("liste.csv", 4, "", "E934")),
    "lista scritta per nome": (cella(LISTE, 2, "lista", "ROSA"), (LISTE, 2, "lista", "E908")),
    "lista ignota": (cella(LISTE, 2, "lista", "99"), (LISTE, 2, "lista", "E914")),
    "sindaco ignoto": (cella(SINDACI, 2, "sindaco", "99"), (SINDACI, 2, "sindaco", "E914")),
    "candidato ignoto": (cella(PREFERENZE, 2, "candidato", "99"), (PREFERENZE, 2, "candidato", "E914")),
    "candidato di una lista ignota": (
        cella("candidati.csv", 2, "lista", "99"),
        ("candidati.csv", 2, "lista", "E914"),
    ),
    "turno zero": (cella(SINDACI, 2, "turno", "0"), (SINDACI, 2, "turno", "E909")),
    "senza la colonna del turno": (senza_colonna(SINDACI, "turno"), (SINDACI, 1, "turno", "E903")),
    "senza la colonna dei voti": (senza_colonna(LISTE, "voti"), (LISTE, 1, "voti", "E903")),
    "solo le intestazioni": (con(LISTE, b"sezione,lista,voti\n"), (LISTE, None, "", "E902")),
    "file vuoto": (con(LISTE, b""), (LISTE, None, "", "E902")),
    "pagina web chiamata csv": (con("liste.csv", b"<html><table></table>"), ("liste.csv", None, "", "E901")),
    "PDF chiamato csv": (con("liste.csv", b"%PDF-1.4"), ("liste.csv", None, "", "E901")),
    "byte nulli": (in_coda("liste.csv", "\x00"), ("liste.csv", None, "", "E901")),
    "data di nascita con due cifre": (
        con("sindaci.csv", b"numero,cognome,nome,data_nascita\n1,ALFA,ADA,03/10/70\n2,BETA,BRUNO,\n"),
        ("sindaci.csv", 2, "data_nascita", "E910"),
    ),
    "data di nascita come numero di Excel": (
        con("sindaci.csv", b"numero,cognome,nome,data_nascita\n1,ALFA,ADA,25569\n2,BETA,BRUNO,\n"),
        ("sindaci.csv", 2, "data_nascita", "E910"),
    ),
    "data dell'elezione all'italiana": (
        toml(r"^data = .*", "data = 03/10/2021"),
        ("elezione.toml", None, "", "E920"),
    ),
    "popolazione con il punto": (
        toml(r"popolazione_legale = 20000", "popolazione_legale = 20.000"),
        ("elezione.toml", None, "popolazione_legale", "E922"),
    ),
    "tre giorni di voto": (toml(r"^giorni = .*", "giorni = 3"), ("elezione.toml", None, "giorni", "E922")),
    "lo stesso file due volte": (
        con("liste.xlsx", b"numero,denominazione,sindaco\n1,ROSA,1\n"),
        ("liste.xlsx", None, "", "E940"),
    ),
    "nome di file con un prefisso": (
        lambda file: senza("sezioni.csv")(nomi(lambda n: f"2021 {n}" if n == LISTE else n)(file)),
        (f"2021 {LISTE}", None, "", "E919"),
    ),
}


@pytest.mark.parametrize(("modo", "atteso"), SBAGLIATI.values(), ids=SBAGLIATI)
def test_cio_che_non_si_puo_leggere_ha_una_risposta_e_non_lascia_nulla(modo, atteso):
    importazione = import_fascicolo(modo(fascicolo()))

    primo = importazione.errori[0]
    assert (primo.file, primo.riga, primo.colonna, primo.codice) == atteso
    assert all(errore.rimedio for errore in importazione.errori)
    assert not Elezione.objects.exists()
    assert not Comune.objects.exists()


def test_uno_zip_con_altre_cartelle_si_rifiuta():
    with pytest.raises(FascicoloErrato, match="più cartelle"):
        zip_di("c/", in_piu=("c/scansioni/verbale.pdf",))(fascicolo())


def test_un_nome_di_file_quasi_giusto_ha_un_suggerimento():
    importazione = import_fascicolo(nomi(lambda n: n.replace("voti_liste", "voti_lista"))(fascicolo()))

    assert "Forse volevi «voti_liste»." in importazione.errori[0].rimedio


@pytest.mark.parametrize(
    ("modo", "codici"),
    [
        (in_coda("liste.csv", "3,VERDE,1,\n"), ["W910"]),
        (in_coda("sindaci.csv", "3,GAMMA,GINO\n"), ["W910"]),
        (con(LISTE, written([["sezione", "lista", "voti"], ["1", "1", "8"], ["1", "2", "7"]])), ["W907"]),
        (cella(LISTE, 2, "sezione", "9"), ["W907", "W910"]),
        (toml(r"popolazione_legale = 20000", 'popolazione_legale = 20000\nsistema = "fino_15000"'), ["W911"]),
        (toml(r"Comune di prova", "Città di prova"), []),
    ],
    ids=["lista", "sindaco", "sezione", "sezione scritta male", "sistema", "accento"],
)
def test_cio_che_manca_o_stona_si_dice(modo, codici):
    assert sorted(avviso.codice for avviso in importa(modo(fascicolo())).avvisi) == codici


def test_le_righe_che_mancano_si_nominano():
    importazione = importa(cella(LISTE, 2, "sezione", "9")(fascicolo()))

    assert [avviso.testo for avviso in importazione.avvisi] == [
        "Nel file voti_sindaci.csv mancano le sezioni 9.",
        "Nel file voti_liste.csv non c'è la riga di lista 2 (sezione 9); lista 1 (sezione 1): "
        "senza riga i voti contano zero.",
    ]


def test_un_toml_di_windows_si_legge_con_i_suoi_accenti():
    contenuti = toml(r"Comune di prova", "Città di prova")(fascicolo())
    contenuti["elezione.toml"] = contenuti["elezione.toml"].decode().encode("cp1252")

    importazione = importa(contenuti)

    assert importazione.elezione.comune.nome == "Città di prova"
    assert [avviso.codice for avviso in importazione.avvisi] == ["W901"]


@pytest.mark.parametrize(("scritto", "sesso"), [("m", "M"), ("Femmina", "F"), ("uomo", "M"), ("D", "F")])
def test_il_sesso_si_scrive_in_parole(scritto, sesso):
    sindaci = f"numero,cognome,nome,sesso\n1,ALFA,ADA,{scritto}\n2,BETA,BRUNO,\n"

    elezione = importa(fascicolo(sindaci=sindaci)).elezione

    assert elezione.candidati_sindaco.get(numero=1).sesso == sesso


def test_un_nome_resta_come_e_scritto():
    sindaci = 'numero,cognome,nome\n1,"D\'AMICO DÈ\n ROSSI",Zoë\n2,D’AMICO,Nicolo\u0300\n'

    elezione = importa(fascicolo(sindaci=sindaci)).elezione

    assert [str(s) for s in elezione.candidati_sindaco.order_by("numero")] == [
        "D'AMICO DÈ ROSSI Zoë",
        "D’AMICO Nicolò",
    ]


def test_un_codice_fiscale_di_un_altra_persona_si_dice():
    candidati = "lista,numero,cognome,nome,codice_fiscale\n1,1,BIANCHI,MARIO,RSSMRA80A01H501U\n"

    importazione = importa(fascicolo(candidati=candidati, voti_preferenze=None))

    assert [(avviso.codice, avviso.riga) for avviso in importazione.avvisi] == [("W906", 2)]
