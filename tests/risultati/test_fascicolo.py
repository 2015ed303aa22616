"""The fascicolo: what comes in goes out, and twice changes nothing."""

import csv
from pathlib import Path

import pytest
from django.apps import apps
from django.db import transaction

from candidature.models import Candidato, CandidatoSindaco, Lista
from comuni.fascicolo import find_file
from comuni.importazione import export_file, import_file
from comuni.models import Elezione, Sezione
from electoral.csv_scrittura import unescape_formula
from risultati.fascicolo.cartella import read_cartella
from risultati.fascicolo.esportazione import export_fascicolo
from risultati.models import Affluenza, Passaggio, Scrutinio, VotiLista, VotiPreferenza
from risultati.riparto import RipartoImpossibile, run_riparto_elezione
from tests.factories import ComuneFactory, ElezioneFactory
from tests.risultati.fascicolo_di_prova import BASE, PRIMO_TURNO, TOML, fascicolo, importa

pytestmark = pytest.mark.django_db

REALI = sorted((Path(__file__).parents[2] / "dati" / "fascicoli").iterdir())


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
        elezione = importa(contenuti).elezione
        esportati, prima = export_fascicolo(elezione), run_riparto_elezione(elezione)
        transaction.set_rollback(True)

    rinata = importa(esportati).elezione
    dopo = run_riparto_elezione(rinata)

    assert export_fascicolo(rinata) == esportati
    assert (dopo.impronta, dopo.esito) == (prima.impronta, prima.esito)
    assert importa(esportati).cambiati == 0
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


def test_l_avanzamento_segue_i_file_letti_e_le_righe_salvate():
    detti = []
    cartella = next(c for c in REALI if c.name.startswith("san-benedetto"))

    importa(read_cartella(cartella), progresso=lambda per_cento, testo: detti.append((per_cento, testo)))

    quanti = [per_cento for per_cento, _ in detti]
    assert quanti == sorted(quanti)
    assert (quanti[0], quanti[-1]) == (10, 95)
    assert len({quanto for quanto in quanti if 40 < quanto < 95}) >= 8
    assert (10, "Leggo sindaci.csv") in detti
    assert detti[-1][1] == "Salvo voti_preferenze.csv: 6.402 righe di 6.402"


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
