"""One file from the admin: upload, preview, confirm; nothing before, nothing of another comune."""

import pytest
from django.urls import reverse

from candidature.models import Candidato, Lista, RilievoCandidatura
from candidature.presentazione import freeze_lista
from comuni.fascicolo import files_fascicolo
from comuni.models import Sezione
from electoral.csv_io import to_xlsx
from electoral.permessi import Ruolo
from risultati.fascicolo.importazione import import_fascicolo
from risultati.models import VotiLista
from tests.caricamento import MODELLI, carica, conferma, pagina
from tests.factories import ElezioneFactory, UtenteFactory
from tests.risultati.fascicolo_di_prova import fascicolo

pytestmark = pytest.mark.django_db


@pytest.fixture
def elezione():
    return import_fascicolo(fascicolo()).elezione


@pytest.fixture
def responsabile(client, elezione):
    utente = UtenteFactory()
    utente.appartenenze.create(comune=elezione.comune, ruolo=Ruolo.RESPONSABILE)
    client.force_login(utente)
    return client


def test_ogni_file_del_fascicolo_si_importa_dal_suo_archivio():
    assert {file.nome for file in files_fascicolo()} - {"sottoscrittori.csv"} == set(MODELLI)


def test_l_anteprima_dice_che_cosa_cambia_e_non_salva(responsabile, elezione):
    file = b"sezione;lista;voti\n1;1;9\n1;2;7\n2;1;8\n"
    anteprima = carica(responsabile, elezione, "voti_liste.csv", file)
    testo = anteprima.content.decode()
    assert anteprima.context["conteggio"].modificati == 1
    assert anteprima.context["conteggio"].invariati == 2
    assert "Conferma e salva" in testo
    assert VotiLista.objects.get(lista__numero=1, scrutinio__sezione__numero=1).voti == 8

    risposta = conferma(responsabile, "voti_liste.csv", anteprima)

    assert "1 modificati, 2 già uguali" in risposta.content.decode()
    assert VotiLista.objects.get(lista__numero=1, scrutinio__sezione__numero=1).voti == 9


def test_dopo_un_file_di_candidati_i_rilievi_delle_liste_sono_quelli_di_adesso(responsabile, elezione):
    giovane = b"lista,numero,cognome,nome,data_nascita\n1,1,UNO,ANNA,2010-01-01\n"
    anteprima = carica(responsabile, elezione, "candidati.csv", giovane)
    assert not RilievoCandidatura.objects.exists()

    conferma(responsabile, "candidati.csv", anteprima)

    candidata = Candidato.objects.get(cognome="UNO")
    assert RilievoCandidatura.objects.filter(candidato=candidata, codice="E201").exists()


def test_un_foglio_xlsx_entra_come_un_csv(responsabile, elezione):
    foglio = to_xlsx(["numero", "plesso"], [[1, "=Scuola"], [3, "Palestra"]])
    anteprima = carica(responsabile, elezione, "sezioni.csv", foglio, nome="sedi.xlsx")
    assert (anteprima.context["conteggio"].nuovi, anteprima.context["conteggio"].modificati) == (1, 1)
    conferma(responsabile, "sezioni.csv", anteprima)
    assert dict(Sezione.objects.values_list("numero", "plesso")) == {1: "=Scuola", 2: "", 3: "Palestra"}


def test_con_un_errore_non_si_conferma_e_le_righe_errate_si_scaricano(responsabile, elezione):
    file = b"numero,denominazione,sindaco\n1,ROSA,1\n2,=BLU,9\n"
    anteprima = carica(responsabile, elezione, "liste.csv", file)
    testo = anteprima.content.decode()
    assert "Conferma e salva" not in testo
    assert "E914" in testo

    righe = responsabile.get(anteprima.context["url_errate"]).content.decode("utf-8-sig")

    assert righe.splitlines()[0] == "numero;denominazione;sindaco;errore"
    assert righe.splitlines()[1].startswith("2;'=BLU;9;")
    assert Lista.objects.get(numero=2).denominazione == "BLU"


def test_le_righe_errate_corrette_si_ricaricano_con_la_colonna_dell_errore(responsabile, elezione):
    file = "numero;denominazione;sindaco;errore\n2;AZZURRA;2;sindaco: non esiste\n".encode("utf-8-sig")
    anteprima = carica(responsabile, elezione, "liste.csv", file)
    assert anteprima.context["conteggio"].modificati == 1


def test_confermare_due_volte_non_fa_nulla_la_seconda(responsabile, elezione):
    anteprima = carica(responsabile, elezione, "sezioni.csv", b"numero,plesso\n1,Scuola\n")
    conferma(responsabile, "sezioni.csv", anteprima)
    ancora = conferma(responsabile, "sezioni.csv", anteprima)
    assert "già stato importato o è scaduto" in ancora.content.decode()


def test_il_caricamento_di_un_altro_non_si_conferma(responsabile, elezione, client):
    anteprima = carica(responsabile, elezione, "sezioni.csv", b"numero,plesso\n1,Scuola\n")
    altro = UtenteFactory()
    altro.appartenenze.create(comune=elezione.comune, ruolo=Ruolo.RESPONSABILE)
    client.force_login(altro)
    risposta = conferma(client, "sezioni.csv", anteprima)
    assert "caricato da un&#x27;altra persona" in risposta.content.decode()
    assert client.get(anteprima.context["url_errate"]).status_code == 404
    assert Sezione.objects.get(numero=1).plesso == ""


@pytest.mark.parametrize("campi", [{"format": "x"}, {"resource": "9"}, {"import_file_name": "../../x"}])
def test_una_conferma_alterata_non_fa_nulla(responsabile, elezione, campi):
    anteprima = carica(responsabile, elezione, "sezioni.csv", b"numero,plesso\n1,Scuola\n")
    assert conferma(responsabile, "sezioni.csv", anteprima, **campi).status_code == 200
    assert Sezione.objects.get(numero=1).plesso == ("Scuola" if "format" in campi else "")


def test_l_elezione_di_un_altro_comune_non_c_e(responsabile):
    altrui = ElezioneFactory()
    risposta = carica(responsabile, altrui, "sezioni.csv", b"numero\n7\n")
    assert "elezione" in risposta.context["form"].errors
    assert not altrui.sezioni.exists()
    scarica = f"{pagina('sezioni.csv')}scarica/?elezione={altrui.slug}&file=sezioni.csv"
    assert responsabile.get(scarica).status_code == 404


@pytest.mark.parametrize(
    ("ruolo", "ammessi"),
    [
        (Ruolo.OPERATORE, {"sezioni.csv", "sindaci.csv", "liste.csv", "candidati.csv", "affluenza.csv"}),
        (Ruolo.PREFETTURA, set()),
        (Ruolo.RAGIONERIA, set()),
        (Ruolo.COMMISSIONE, set()),
        (Ruolo.DIGITATORE, set()),
    ],
)
def test_ogni_ruolo_importa_soltanto_cio_che_gli_spetta(client, elezione, ruolo, ammessi):
    utente = UtenteFactory()
    utente.appartenenze.create(comune=elezione.comune, ruolo=ruolo)
    client.force_login(utente)
    nomine = {"albo_scrutatori.csv", "albo_presidenti.csv", "nomine.csv", "rappresentanti.csv"}
    aperti = {file for file in MODELLI if client.get(pagina(file)).status_code == 200}
    assert aperti == (ammessi | nomine if ammessi else set())


def test_il_modello_vuoto_e_il_file_di_adesso_si_scaricano(responsabile, elezione):
    base = f"{pagina('liste.csv')}scarica/?elezione={elezione.slug}&file=liste.csv"
    vuoto = responsabile.get(f"{base}&vuoto").content.decode("utf-8-sig")
    assert vuoto.startswith("numero;denominazione;sindaco;apparentata_con")
    assert "1,ROSA,1," in responsabile.get(base).content.decode()


@pytest.mark.parametrize("contenuto", [b"", b"\x00\x01", b"%PDF-1.4", b"PK\x03\x04no", b"a\n\xff\n"])
def test_un_file_qualunque_ha_una_risposta(responsabile, elezione, contenuto):
    risposta = carica(responsabile, elezione, "liste.csv", contenuto or b" ")
    assert risposta.status_code == 200
    assert risposta.context["result"].errori


def test_gli_archivi_offrono_l_importazione_a_chi_puo(responsabile):
    assert "Importa da file" in responsabile.get(reverse("admin:comuni_sezione_changelist")).content.decode()
    assert responsabile.get(f"{pagina('liste.csv')}?elezione=prova-2021").status_code == 200


def test_una_lista_trasmessa_alla_commissione_non_cambia_con_un_file(responsabile, elezione):
    lista = Lista.objects.get(elezione=elezione, numero=1)
    primo = lista.candidati.order_by("numero").first()
    freeze_lista(lista, by=UtenteFactory())
    file = f"lista;numero;cognome;nome\n1;{primo.numero};CAMBIATO;{primo.nome}\n".encode()

    anteprima = carica(responsabile, elezione, "candidati.csv", file)

    assert "serve una rettifica motivata" in anteprima.content.decode()
    assert "Conferma e salva" not in anteprima.content.decode()
    primo.refresh_from_db()
    assert primo.cognome != "CAMBIATO"
