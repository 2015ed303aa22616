"""The pages of the count, as a browser without JavaScript sends them."""

import json

import pytest
from django.urls import reverse

from candidature.models import Candidato
from comuni.models import Elezione, Sistema
from electoral.permessi import Ruolo
from risultati.models import BozzaPasso, Scrutinio
from risultati.stati import Stato
from tests.factories import ElezioneFactory, utente_con_ruolo
from tests.risultati.sezioni import CIFRE, Squadra, elezione_piccola, sezione_digitata

pytestmark = pytest.mark.django_db


def indirizzo(nome: str, elezione: Elezione, *altri, numero: int = 1, turno: int = 1) -> str:
    return reverse(f"giornata:{nome}", args=[elezione.slug, turno, numero, *altri])


def send_passo(client, elezione: Elezione, nome: str, *, versione: int = 0, visti: str = "", **cambiate):
    cifre = {campo: "" if valore is None else str(valore) for campo, valore in CIFRE.items()}
    cifre |= {campo.replace("__", "."): valore for campo, valore in cambiate.items()}
    url = indirizzo("passo", elezione, nome)
    return client.post(url, cifre | {"versione": str(versione), "visti": visti})


PASSI = ["schede", "sindaco", "liste", "preferenze.1", "preferenze.2", "preferenze.3"]


def test_a_section_is_typed_step_by_step_and_closed(client):
    elezione = elezione_piccola()
    client.force_login(Squadra(elezione).anna)

    percorso = [client.get(indirizzo("digita", elezione)).url]
    for nome in PASSI:
        percorso.append(send_passo(client, elezione, nome).url)
    chiusa = client.post(indirizzo("controlla", elezione), follow=True)

    assert percorso == [
        *(indirizzo("passo", elezione, nome) for nome in PASSI),
        indirizzo("controlla", elezione),
    ]
    assert "Sezione 1 definitiva." in chiusa.content.decode()
    assert Scrutinio.objects.get().stato == Stato.DEFINITIVO


def test_leaving_a_step_with_a_finding_stays_on_it_and_says_so_neutrally(client):
    elezione = elezione_piccola()
    client.force_login(Squadra(elezione).anna)
    send_passo(client, elezione, "schede")

    risposta = send_passo(client, elezione, "sindaco", voti_sindaci__1="102")
    pagina = client.get(risposta.url)

    assert risposta.url == indirizzo("passo", elezione, "sindaco")
    assert "E420" in pagina.content.decode()
    assert "182" not in pagina.content.decode()


def test_the_responsabile_reads_the_diagnosis(client):
    elezione = elezione_piccola()
    client.force_login(Squadra(elezione).responsabile)
    send_passo(client, elezione, "schede")
    send_passo(client, elezione, "sindaco", voti_sindaci__1="102", totale_sindaci="")

    assert "182" in client.get(indirizzo("passo", elezione, "sindaco")).content.decode()


def test_what_has_been_seen_does_not_stop_twice_and_an_edit_asks_again(client):
    elezione = elezione_piccola()
    client.force_login(Squadra(elezione).anna)
    send_passo(client, elezione, "schede")
    send_passo(client, elezione, "sindaco", voti_sindaci__1="102")
    visti = client.get(indirizzo("passo", elezione, "sindaco")).context["visti"]

    uguale = send_passo(client, elezione, "sindaco", versione=1, visti=visti, voti_sindaci__1="102")
    diverso = send_passo(client, elezione, "sindaco", versione=2, visti=visti, voti_sindaci__1="112")

    assert uguale.url == indirizzo("passo", elezione, "liste")
    assert diverso.url == indirizzo("passo", elezione, "sindaco")


def test_letters_save_nothing_and_keep_what_was_typed(client):
    elezione = elezione_piccola()
    client.force_login(Squadra(elezione).anna)

    risposta = send_passo(client, elezione, "schede", votanti="2l0")

    assert risposta.status_code == 422
    assert "«2l0» non è un numero" in risposta.content.decode()
    assert not Scrutinio.objects.get().digitazioni.get().passi.exists()


def test_the_second_save_of_two_people_is_a_page_field_by_field(client):
    elezione = elezione_piccola()
    squadra = Squadra(elezione)
    client.force_login(squadra.anna)
    send_passo(client, elezione, "schede")
    client.force_login(squadra.carlo)

    conflitto = send_passo(client, elezione, "schede", schede_bianche="3", schede_nulle="7")
    scelta = send_passo(client, elezione, "schede", versione=1, schede_bianche="3", schede_nulle="7")

    assert conflitto.status_code == 409
    assert "Schede bianche" in conflitto.content.decode()
    assert scelta.status_code == 302


def test_drafts_survive_without_saving(client):
    elezione = elezione_piccola()
    client.force_login(Squadra(elezione).anna)
    url = indirizzo("bozza", elezione, "schede")

    client.post(url, json.dumps({"celle": {"votanti": "21"}, "numero": 5}), content_type="application/json")
    pagina = client.get(indirizzo("passo", elezione, "schede")).content.decode()

    assert 'value="21"' in pagina
    assert "Bozza ripresa" in pagina


@pytest.mark.parametrize(
    "corpo", ["", "[]", "{}", '{"celle": 1, "numero": 1}', '{"celle": {}, "numero": "x"}']
)
def test_a_broken_draft_is_refused(client, corpo):
    elezione = elezione_piccola()
    client.force_login(Squadra(elezione).anna)

    risposta = client.post(indirizzo("bozza", elezione, "schede"), corpo, content_type="application/json")

    assert risposta.status_code == 400
    assert not BozzaPasso.objects.exists()


def test_a_digitatore_opens_only_her_sections(client):
    elezione = elezione_piccola(sezioni=2)
    digitatrice = utente_con_ruolo(elezione.comune, Ruolo.DIGITATORE)
    digitatrice.appartenenze.get().sezioni.add(elezione.sezioni.get(numero=2))
    client.force_login(digitatrice)

    stati = {n: client.get(indirizzo("passo", elezione, "schede", numero=n)).status_code for n in (1, 2, 3)}

    assert stati == {1: 404, 2: 200, 3: 404}
    assert client.get(reverse("giornata:tabellone", args=[elezione.slug])).status_code == 403


def test_another_comune_is_not_found(client):
    elezione = elezione_piccola()
    client.force_login(utente_con_ruolo(ElezioneFactory().comune, Ruolo.RESPONSABILE))

    nomi = ["sezione", "digita", "controlla", "differenze", "rilettura", "lettura"]

    assert {client.get(indirizzo(nome, elezione)).status_code for nome in nomi} == {404}


def test_the_operatore_does_not_see_the_first_reading_before_the_end(client):
    elezione = elezione_piccola(digitazione=Elezione.Digitazione.DOPPIA)
    squadra = Squadra(elezione)
    sezione_digitata(elezione, by=squadra.anna)
    client.force_login(squadra.carlo)

    pagina = client.get(indirizzo("sezione", elezione)).content.decode()

    assert "120" not in pagina
    assert "seconda digitazione resta indipendente" in pagina


def test_differences_are_settled_on_their_page(client):
    elezione = elezione_piccola(digitazione=Elezione.Digitazione.DOPPIA)
    squadra = Squadra(elezione)
    sezione_digitata(elezione, by=squadra.anna)
    sezione_digitata(elezione, by=squadra.carlo, preferenze__2__1=11, preferenze__2__2=3)
    client.force_login(squadra.responsabile)

    pagina = client.get(indirizzo("differenze", elezione)).content.decode()
    scelte = {"scelta-preferenze.2.1": "prima", "scelta-preferenze.2.2": "prima", "motivo": "riletto"}
    client.post(indirizzo("differenze", elezione), scelte)

    assert "due righe scambiate?" in pagina
    assert Scrutinio.objects.get().stato == Stato.DEFINITIVO


def test_boxes_sent_back_are_read_again_without_the_two_figures(client):
    elezione = elezione_piccola(digitazione=Elezione.Digitazione.DOPPIA)
    squadra = Squadra(elezione)
    sezione_digitata(elezione, by=squadra.anna)
    sezione_digitata(elezione, by=squadra.carlo, voti_sindaci__1=119, voti_sindaci__2=81)
    client.force_login(squadra.responsabile)
    rimanda = {"scelta-voti_sindaci.1": "rimanda", "scelta-voti_sindaci.2": "rimanda", "motivo": "macchia"}
    client.post(indirizzo("differenze", elezione), rimanda)

    client.force_login(squadra.anna)
    pagina = client.get(indirizzo("digita", elezione), follow=True).content.decode()
    client.post(indirizzo("rilettura", elezione), {"voti_sindaci.1": "120", "voti_sindaci.2": "80"})

    assert "macchia" in pagina
    assert "119" not in pagina
    assert Scrutinio.objects.get().stato == Stato.DEFINITIVO


@pytest.mark.parametrize("turno", [1, 2])
@pytest.mark.parametrize("sistema", Sistema.values)
def test_every_form_opens(client, sistema, turno):
    elezione = elezione_piccola(sistema=sistema, popolazione_legale=None)
    client.force_login(Squadra(elezione).responsabile)

    for nome in ["schede", "sindaco"]:
        assert client.get(indirizzo("passo", elezione, nome, turno=turno)).status_code == 200


@pytest.mark.parametrize("nome", ["boh", "preferenze.99", "preferenze", "liste.1"])
def test_an_unknown_step_is_not_found(client, nome):
    elezione = elezione_piccola()
    client.force_login(Squadra(elezione).anna)

    assert client.get(indirizzo("passo", elezione, nome)).status_code == 404


@pytest.mark.parametrize("candidati", [4, 40])
def test_opening_and_saving_a_step_cost_the_same_queries_with_ten_times_the_candidates(
    client, candidati, django_assert_max_num_queries
):
    elezione = elezione_piccola()
    for lista in elezione.liste.all():
        Candidato.objects.bulk_create(
            Candidato(lista=lista, numero=n, cognome=f"ALTRO{n}", nome="PROVA")
            for n in range(5, candidati + 1)
        )
    client.force_login(Squadra(elezione).anna)
    passo = f"/ufficio/{elezione.slug}/giornata/scrutinio/1/1/passo/preferenze.3/"
    client.get(passo)
    client.post(passo, {"versione": "0"})

    with django_assert_max_num_queries(18):
        assert client.get(passo).status_code == 200
    with django_assert_max_num_queries(23):
        assert client.post(passo, {"versione": "1", "preferenze.3.1": "4"}).status_code == 302


def test_a_box_left_empty_in_the_rereading_decides_nothing(client):
    elezione = elezione_piccola(digitazione=Elezione.Digitazione.DOPPIA)
    squadra = Squadra(elezione)
    sezione_digitata(elezione, by=squadra.anna)
    sezione_digitata(elezione, by=squadra.carlo, schede_bianche=6, schede_nulle=4)
    client.force_login(squadra.responsabile)
    rimanda = {"scelta-schede_bianche": "rimanda", "scelta-schede_nulle": "rimanda", "motivo": "macchia"}
    client.post(indirizzo("differenze", elezione), rimanda)

    client.force_login(squadra.anna)
    risposta = client.post(indirizzo("rilettura", elezione), {"schede_bianche": "4", "schede_nulle": ""})

    assert risposta.status_code == 422
    assert "Scriva la cifra, anche se è 0." in risposta.content.decode()
    assert Scrutinio.objects.get().stato == Stato.DIFFORME


def test_the_differences_page_says_which_reading_tallies_and_which_sections_wait(client):
    elezione = elezione_piccola(sezioni=2, digitazione=Elezione.Digitazione.DOPPIA)
    squadra = Squadra(elezione)
    for numero in (1, 2):
        sezione_digitata(elezione, by=squadra.anna, numero=numero)
        sezione_digitata(elezione, by=squadra.carlo, numero=numero, voti_sindaci__1=102)
    client.force_login(squadra.responsabile)

    pagina = client.get(indirizzo("differenze", elezione)).content.decode()

    assert "La prima lettura:</strong> i conti di questo passo tornano" in " ".join(pagina.split())
    assert "E420" in pagina
    assert "cifre invertite?" in pagina
    assert indirizzo("differenze", elezione, numero=2) in pagina


STRANEZZE = ["²", "9" * 5_000, "\x00", "-1", "1e9", "Infinity", "<script>", "٣"]


@pytest.mark.parametrize("strano", STRANEZZE, ids=[ascii(s)[:12] for s in STRANEZZE])
def test_nothing_a_person_can_send_breaks_a_page(client, strano):
    elezione = elezione_piccola(digitazione=Elezione.Digitazione.DOPPIA)
    squadra = Squadra(elezione)
    sezione_digitata(elezione, by=squadra.anna)
    sezione_digitata(elezione, by=squadra.carlo, schede_bianche=6, schede_nulle=4)
    client.force_login(squadra.responsabile)
    base = f"/ufficio/{elezione.slug}/giornata"
    mandate = [
        client.get(f"{base}/scrutinio/1/", {"numero": strano}),
        client.get(f"{base}/file/1/esporta/", {"sezione": strano}),
        client.get(f"{base}/tabellone/1/", {"filtro": strano, "plesso": strano}),
        client.post(f"{base}/affluenza/1/12/", {"versione-1": strano, "votanti-1": strano}),
        client.post(f"{base}/affluenza/1/12/inviata/", {"ora": strano}),
        client.post(f"{base}/scrutinio/1/1/note/", {"testo": f"nota {strano}", "tipo": "nota"}),
        client.post(f"{base}/scrutinio/1/1/note/", {"testo": "x", "tipo": strano}),
        client.post(f"{base}/scrutinio/1/1/lettura/", {"chi": strano}),
        client.post(
            f"{base}/scrutinio/1/1/differenze/",
            {"motivo": strano, "scelta-schede_bianche": strano, "scelta-schede_nulle": "prima"},
        ),
        client.post(f"{base}/scrutinio/1/1/stato/", {"azione": "scarta-seconda", "motivo": f"m {strano}"}),
        client.post(f"{base}/scrutinio/1/1/stato/", {"azione": "riapri", "motivo": f"m {strano}"}),
        client.post(f"{base}/scrutinio/1/1/passo/sindaco/", {"versione": strano, "voti_sindaci.1": strano}),
        client.post(
            f"{base}/scrutinio/1/1/passo/sindaco/bozza/",
            json.dumps({"celle": {"voti_sindaci.1": strano}, "numero": 5}),
            content_type="application/json",
        ),
        client.post(f"{base}/scrutinio/1/1/controlla/", {f"motivo-{strano}": strano}),
    ]
    assert [r.status_code for r in mandate if r.status_code >= 500] == []


@pytest.mark.parametrize(
    "corpo", ['{"celle": {}, "numero": Infinity}', "[" * 100_000, '{"celle": {"a": 1}, "numero": {}}']
)
def test_a_draft_nobody_could_type_is_refused(client, corpo):
    elezione = elezione_piccola()
    client.force_login(Squadra(elezione).anna)
    risposta = client.post(indirizzo("bozza", elezione, "sindaco"), corpo, content_type="application/json")
    assert risposta.status_code == 400
