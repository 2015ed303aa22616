"""After the filing: a forgotten name, a name too many, a typing error. The filed version never changes."""

import pytest
from django.urls import reverse

from candidature import rettifiche
from candidature.decisioni import decide_lista
from candidature.presentazione import NonConsentito, freeze_lista
from electoral.permessi import Ruolo
from tests.candidature.costruzione import elezione_di, presenta
from tests.factories import UtenteFactory, utente_con_ruolo

pytestmark = pytest.mark.django_db


@pytest.fixture
def lista():
    lista = presenta(elezione_di(40_000, seggi=24), sessi="MF" * 8)
    freeze_lista(lista, by=UtenteFactory())
    return lista


@pytest.fixture
def pagina(client, lista):
    client.force_login(utente_con_ruolo(lista.elezione.comune, Ruolo.OPERATORE))
    return reverse("candidature:rettifica", args=[lista.elezione.slug, lista.pk])


def nuovo(**altro):
    dati = {
        "azione": "aggiungi",
        "nuovo-numero": 5,
        "nuovo-cognome": "DIMENTICATA",
        "nuovo-nome": "ADA",
        "nuovo-sesso": "F",
        "nuovo-data_nascita": "3/10/1980",
        "nuovo-cittadinanza": "IT",
        "nuovo-accettazione": "presente",
        "nuovo-iscrizione": "presente",
        "nuovo-sposta": "on",
        "nuovo-motivo": "Saltata nella digitazione",
    }
    return dati | altro


def nomi(lista) -> list[str]:
    return [c.cognome for c in lista.candidati.order_by("numero")]


def test_a_forgotten_candidate_takes_his_place_and_the_others_go_down(client, lista, pagina):
    prima = nomi(lista)
    impronta = lista.versione_presentata.impronta

    client.post(pagina, nuovo())

    assert nomi(lista) == [*prima[:4], "DIMENTICATA", *prima[4:]]
    assert [c.numero for c in lista.candidati.order_by("numero")] == list(range(1, 18))
    assert [(r.dato, r.prima, r.dopo, r.motivo) for r in lista.rettifiche.all()] == [
        ("posizioni dei candidati", "5-16", "6-17", "Saltata nella digitazione"),
        ("candidato n. 5", "", "DIMENTICATA ADA", "Saltata nella digitazione"),
    ]
    lista.versione_presentata.refresh_from_db()
    assert lista.versione_presentata.impronta == impronta
    assert "DIMENTICATA" not in str(lista.versione_presentata.contenuto)


@pytest.mark.parametrize(
    ("dati", "errore"),
    [
        ({"nuovo-motivo": ""}, "obbligatorio"),
        ({"nuovo-sposta": ""}, "è già occupata"),
        ({"nuovo-numero": 40}, "lascerebbe un vuoto"),
        ({"nuovo-cognome": ""}, "obbligatorio"),
        ({"nuovo-codice_fiscale": "RSSMRA80A01H501X"}, "non è valido"),
        ({"nuovo-data_nascita": "mai"}, "data valida"),
    ],
)
def test_what_cannot_be_added_is_said_in_its_place_and_nothing_changes(client, lista, pagina, dati, errore):
    prima = nomi(lista)

    risposta = client.post(pagina, nuovo(**dati))

    assert risposta.status_code == 422
    assert errore in risposta.content.decode()
    assert (nomi(lista), lista.rettifiche.count()) == (prima, 0)


def test_a_name_too_many_goes_and_the_others_come_up(client, lista, pagina):
    prima = nomi(lista)

    client.post(pagina, {"azione": "togli", "togli-numero": 2, "togli-motivo": "Non è nella dichiarazione"})

    assert nomi(lista) == [prima[0], *prima[2:]]
    assert [c.numero for c in lista.candidati.order_by("numero")] == list(range(1, 16))


def test_a_name_struck_by_the_commissione_is_not_taken_away(lista):
    terzo = lista.candidati.get(numero=3)
    decide_lista(
        lista,
        esito="ammessa_con_esclusioni",
        motivazione="Manca l'accettazione.",
        esclusi={terzo.pk: "Manca l'accettazione."},
        by=UtenteFactory(),
    )

    with pytest.raises(NonConsentito, match="compare in una decisione"):
        rettifiche.remove_candidato(lista, numero=3, motivo="Errore", by=UtenteFactory())


def test_only_the_values_that_change_become_corrections(client, lista, pagina):
    terzo = lista.candidati.get(numero=3)
    dati = {
        "azione": "correggi",
        "chi": "candidati.3",
        "giusto-cognome": "CORRETTO",
        "giusto-nome": terzo.nome,
        "giusto-sesso": terzo.sesso,
        "giusto-data_nascita": "07/03/1981",
        "giusto-cittadinanza": "IT",
        "giusto-motivo": "Letto male",
    }

    client.post(pagina, dati)

    assert [(r.dato, r.dopo) for r in lista.rettifiche.all()] == [
        ("candidato n. 3, cognome", "CORRETTO"),
        ("candidato n. 3, data nascita", "1981-03-07"),
    ]
    terzo.refresh_from_db()
    assert str(terzo) == f"CORRETTO {terzo.nome}"


def test_the_desk_says_what_was_corrected_after_the_decision(client, lista, pagina):
    decide_lista(lista, esito="ammessa", motivazione="", by=UtenteFactory())

    client.post(pagina, nuovo())

    della_lista = client.get(reverse("candidature:lista", args=[lista.elezione.slug, lista.pk]))
    assert "2 rettifiche, la più recente" in della_lista.content.decode()
    banco = client.get(reverse("candidature:banco", args=[lista.elezione.slug, lista.pk])).content.decode()
    assert "Conferma la decisione o decidi di nuovo" in banco
    assert "DIMENTICATA ADA" in banco


def test_a_list_not_yet_sent_is_changed_directly(client):
    lista = presenta(elezione_di(40_000, seggi=24), sessi="MF")
    client.force_login(utente_con_ruolo(lista.elezione.comune, Ruolo.OPERATORE))

    risposta = client.get(reverse("candidature:rettifica", args=[lista.elezione.slug, lista.pk]))

    assert risposta.url == reverse("candidature:lista", args=[lista.elezione.slug, lista.pk])
