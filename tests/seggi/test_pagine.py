"""The pages: who may open them, what they say, what bad input does."""

from datetime import date

import pytest
from django.urls import reverse

from comuni.importazione import import_file
from electoral.permessi import Ruolo
from seggi.fascicolo import NOMINE
from seggi.models import Consegna, DatiPagamento, Iscritto, Nomina, Ufficio
from tests.caricamento import carica
from tests.factories import ComuneFactory, utente_con_ruolo
from tests.seggi.costruzione import CODICE_VALIDO, IBAN_VALIDO, draw_scrutatori, make_albo, make_elezione

pytestmark = pytest.mark.django_db
PAGINE = [
    "quadro",
    "albi",
    "sorteggio",
    "nomine",
    "graduatoria",
    "rappresentanti",
    "materiale",
    "tabellone_insediamento",
    "luoghi",
    "sedute",
]


@pytest.fixture
def elezione():
    return make_elezione(sezioni=2)


@pytest.fixture
def nomina(elezione):
    (iscritto,) = make_albo(elezione, 1, codice_fiscale=CODICE_VALIDO)
    return Nomina.objects.create(
        ufficio=Ufficio.objects.get(sezione__elezione=elezione, sezione__numero=1),
        ruolo="scrutatore",
        iscritto=iscritto,
        cognome=iscritto.cognome,
        nome=iscritto.nome,
        codice_fiscale=CODICE_VALIDO,
        metodo=Nomina.Metodo.UNANIMITA,
        nominato_il="2021-09-10T10:00+02:00",
    )


def page(nome, elezione, *altro):
    return reverse(f"seggi:{nome}", args=[elezione.slug, *altro])


def read_pdf(risposta) -> bytes:
    contenuto = b"".join(risposta.streaming_content)
    for chiudi in risposta._resource_closers:  # the whole answer, closed, would close the database too
        chiudi()
    return contenuto


def login(client, elezione, ruolo=Ruolo.RESPONSABILE):
    client.force_login(utente_con_ruolo(elezione.comune, ruolo))


@pytest.mark.parametrize("nome", [*PAGINE, "compensi", "compensi_persone"])
def test_every_page_opens_with_and_without_people(client, elezione, nomina, nome):
    login(client, elezione)

    assert client.get(page(nome, elezione)).status_code == 200


def test_the_office_page_shows_posts_and_actions(client, elezione, nomina):
    login(client, elezione)

    testo = client.get(page("ufficio", elezione, 1)).content.decode()

    assert "posto scoperto" in testo
    assert page("rinuncia", elezione, nomina.pk) in testo
    assert CODICE_VALIDO not in testo


def test_the_ragioneria_sees_the_fees_and_not_the_candidatures(client, elezione, nomina):
    login(client, elezione, Ruolo.RAGIONERIA)

    assert client.get(page("compensi", elezione)).status_code == 200
    assert client.get(page("quadro", elezione)).status_code == 200
    assert client.post(page("rinuncia", elezione, nomina.pk), {"motivo": "x"}).status_code == 403
    assert client.get(reverse("candidature:quadro", args=[elezione.slug])).status_code == 403


@pytest.mark.parametrize("nome", [*PAGINE, "compensi"])
def test_the_digitatore_and_the_commissione_see_nothing_here(client, elezione, nome):
    for ruolo in (Ruolo.DIGITATORE, Ruolo.COMMISSIONE, Ruolo.PREFETTURA):
        login(client, elezione, ruolo)
        assert client.get(page(nome, elezione)).status_code == 403


@pytest.mark.parametrize("nome", [*PAGINE, "compensi", "compensi_persone"])
def test_another_comune_answers_404(client, elezione, nome):
    client.force_login(utente_con_ruolo(ComuneFactory(), Ruolo.RESPONSABILE))

    assert client.get(page(nome, elezione)).status_code == 404


def test_a_nomination_of_another_election_is_404(client, elezione, nomina):
    altra = make_elezione(sezioni=1)
    login(client, altra)

    for nome in ("nomina", "rinuncia", "sostituisci", "pagamento", "vice"):
        assert client.get(page(nome, altra, nomina.pk)).status_code == 404


def test_the_admin_never_shows_who_may_not_see_the_fees_an_amount(client, elezione, nomina):
    login(client, elezione, Ruolo.COMMISSIONE)

    assert client.get(reverse("admin:seggi_compenso_changelist")).status_code == 403
    assert client.get(reverse("admin:seggi_iscritto_changelist")).status_code == 403
    login(client, elezione)
    ricerca = client.get(reverse("admin:seggi_iscritto_changelist"), {"q": CODICE_VALIDO})
    assert nomina.cognome not in ricerca.content.decode()


def test_the_number_of_queries_of_the_board_does_not_grow(client, elezione, django_assert_max_num_queries):
    login(client, elezione)
    client.get(page("quadro", elezione))
    altra = make_elezione(sezioni=3)
    login(client, altra)

    with django_assert_max_num_queries(25):
        client.get(page("quadro", altra))


@pytest.mark.parametrize("nome", PAGINE)
def test_the_queries_of_a_list_do_not_grow_with_its_rows(client, nome, django_assert_max_num_queries):
    conti = []
    for sezioni in (1, 3):
        altra = make_elezione(sezioni=sezioni)
        make_albo(altra, 20)
        draw_scrutatori(altra, riserve=sezioni)
        login(client, altra)
        client.get(page(nome, altra))
        with django_assert_max_num_queries(60) as lette:
            client.get(page(nome, altra))
        conti.append(len(lette))
    assert conti[0] == conti[1]


REFUSALS = {
    "oltre i 70 anni": ({"data_nascita": date(1951, 10, 2)}, "art. 23 a) TU"),
    "addetto all'ufficio elettorale": ({"esclusione": "e"}, "art. 23 e) TU"),
    "di un altro comune": ({"elettore": False}, "art. 1 l. 95/1989"),
}


@pytest.mark.parametrize("campi, articolo", REFUSALS.values(), ids=REFUSALS)
def test_whoever_the_law_excludes_is_refused_on_the_screens_with_the_article(
    client, elezione, campi, articolo
):
    (escluso,) = make_albo(elezione, 1, **campi)
    login(client, elezione)
    dati = {"iscritto": escluso.numero_albo, "metodo": "unanimita"}

    nomina = client.post(page("nomina_posto", elezione, 1, "scrutatore", 1), dati).content.decode()
    sorteggio = client.get(page("sorteggio", elezione)).content.decode()
    albo = client.get(page("albo", elezione, "scrutatori")).content.decode()

    assert all(articolo in testo for testo in (nomina, sorteggio, albo))
    assert not Nomina.objects.exists()


def test_the_choice_on_the_age_is_a_setting_and_changes_who_is_refused(client, elezione):
    (anziano,) = make_albo(elezione, 1, data_nascita=date(1950, 1, 1))
    login(client, elezione)
    posto = page("nomina_posto", elezione, 1, "scrutatore", 1)
    dati = {"iscritto": anziano.numero_albo, "metodo": "unanimita"}

    client.post(posto, dati)
    assert not Nomina.objects.exists()
    client.post(page("scelta_eta", elezione), {"eta": "presidente"})
    client.post(posto, dati)

    assert Nomina.objects.get().iscritto == anziano


def test_a_wrong_register_says_row_and_column_and_saves_nothing(client, elezione):
    login(client, elezione)
    file = "cognome,nome,data_nascita,codice_fiscale\nBIANCHI,PROVA,1980-01-01,\nVERDI,PROVA,1980-02-30,XX\n"

    assert client.get(page("importa_albo", elezione, "scrutatori")).status_code == 302
    risposta = carica(client, elezione, "albo_scrutatori.csv", file.encode())

    testo = risposta.content.decode()
    assert "Alla riga 3, colonna «data_nascita»" in testo
    assert not Iscritto.objects.exists()


def test_the_nominations_come_back_as_they_were_exported(client, elezione, nomina):
    login(client, elezione)
    client.post(page("rinuncia", elezione, nomina.pk), {"motivo": "motivi di lavoro"})
    esportato = client.get(page("esporta_albo", elezione, "nomine")).content

    importazione = import_file(elezione, NOMINE, esportato, nome="nomine.csv")

    assert [e.messaggio for e in importazione.errori] == []
    assert importazione.cambiati == 0


def test_two_people_in_one_post_are_refused_with_the_row(elezione, nomina):
    file = "sezione,ruolo,posizione,cognome,nome,metodo\n1,scrutatore,1,ALTRA,PROVA,voto\n"

    importazione = import_file(elezione, NOMINE, file.encode(), nome="nomine.csv")

    assert [(e.riga, e.colonna, e.codice) for e in importazione.errori] == [(2, "stato", "E933")]
    assert Nomina.objects.count() == 1


def test_notice_acceptance_and_letter_of_the_chosen_people(client, elezione, nomina):
    login(client, elezione)
    azione = page("azione_nomine", elezione)

    client.post(azione, {"azione": "notifica", "modo": "pec", "nomina": nomina.pk})
    nomina.refresh_from_db()
    assert (nomina.stato, nomina.notifica) == ("notificato", "pec")
    client.post(azione, {"azione": "accetta", "nomina": nomina.pk})
    nomina.refresh_from_db()
    assert nomina.stato == "accettato"
    risposta = client.post(azione, {"azione": "lettere", "nomina": nomina.pk}, follow=True)
    assert read_pdf(risposta).startswith(b"%PDF")


def test_payment_data_are_checked_and_saved(client, elezione, nomina):
    login(client, elezione, Ruolo.RAGIONERIA)
    indirizzo = page("pagamento", elezione, nomina.pk)

    sbagliata = client.post(indirizzo, {"iban": "IT00", "codice_fiscale": CODICE_VALIDO})
    assert "non è un IBAN valido" in sbagliata.content.decode()
    assert not DatiPagamento.objects.exists()
    client.post(indirizzo, {"iban": IBAN_VALIDO, "codice_fiscale": CODICE_VALIDO})
    assert DatiPagamento.objects.get().iban == IBAN_VALIDO


def test_material_is_listed_ticked_and_labelled(client, elezione):
    login(client, elezione)
    client.post(page("prepara_materiale", elezione))
    voce = Consegna.objects.first()

    client.post(page("consegna", elezione, voce.pk))
    voce.refresh_from_db()
    assert voce.consegnata_da is not None
    risposta = client.post(page("documento_materiale", elezione, "etichette"), follow=True)
    assert read_pdf(risposta).startswith(b"%PDF")


@pytest.mark.parametrize("nome", ["elenco_componenti", "elenco_rappresentanti"])
def test_a_document_without_content_says_so_and_never_breaks(client, elezione, nome):
    login(client, elezione)

    risposta = client.post(page("documento", elezione, nome), follow=True)

    assert risposta.status_code == 200
    if nome == "elenco_rappresentanti":
        assert "Nessun rappresentante designato" in risposta.content.decode()
    else:
        assert read_pdf(risposta).startswith(b"%PDF")


SPAZZATURA = {
    "membri": "\x00\n" + "x" * 3_000,
    "luogo": "\x00",
    "voci": "\x00",
    "sezione": "99999999999999999999",
    "posti_letto": "-4",
    "scrutatore-1-cognome": "\x00",
    "scrutatore-1-data_nascita": "31/02/1990",
    "presidente-1-cognome": "X" * 500,
    "motivo": "\x00",
    "numeri": "1 x 99999999999999999999",
    "iscritto": "99999999999999999999",
    "metodo": "nessuno",
    "azione": "notifica",
    "nomina": "99999999999999999999999",
    "quando": "ieri",
    "riserve": "-1",
    "seme": "\x00",
    "giorni": "²",
    "iban": "\x00" * 5,
    "file": "non un file",
    "elezioni_contemporanee": "99999999",
    "data": "9999-99-99",
    "frazione_servizio": "1/0",
    "eta": "cento",
}


def test_no_page_breaks_whatever_is_sent(client, elezione, nomina):
    login(client, elezione)
    indirizzi = [
        *(
            page(nome, elezione)
            for nome in ("costituisci", "scelta_eta", "azione_nomine", "inserisci_nomine")
        ),
        *(page(nome, elezione) for nome in ("pubblica_elenco", "esegui_sorteggio", "annulla_sorteggio")),
        *(page(nome, elezione) for nome in ("avviso_seduta", "rappresentanti", "adunanza")),
        *(page(nome, elezione) for nome in ("impostazioni_compensi", "compensi_persone")),
        *(page(nome, elezione, nomina.pk) for nome in ("rinuncia", "sostituisci", "vice", "pagamento")),
        *(page(nome, elezione, nomina.pk) for nome in ("attestato_presenza", "attestato_compenso")),
        *(page(nome, elezione) for nome in ("elenco_materiale", "nuovo_luogo", "nuova_seduta")),
        *(page(nome, elezione) for nome in ("importa_pagamenti", "pagina_pubblica", "esporta_pagamenti")),
        *(page("documento_materiale", elezione, tipo) for tipo in ("etichette", "tabelle", "altro")),
        *(page("documento_compensi", elezione, tipo) for tipo in ("preventivo", "rendiconto", "altro")),
        *(page(nome, elezione, 999_999) for nome in ("seduta", "luogo", "uffici_luogo", "togli_luogo")),
        *(page(nome, elezione, 1) for nome in ("insediamento", "consegna_tutto")),
        page("insediamento", elezione, 99),
        page("vota", elezione, 999_999, 1),
        page("verbale_seduta", elezione, 999_999),
        page("attestati_compenso", elezione, 9),
        page("tabellone_insediamento", elezione) + "?mostra=x&page=%00",
        page("quadro", elezione) + "?mostra=scoperti&ruolo=x&page=-3",
        page("rappresentanti", elezione) + "?q=99999999999999999999",
        page("nomina_posto", elezione, 2, "scrutatore", 99),
        page("nomina_posto", elezione, 2, "scrutatore", 1),
        page("chiama_riserva", elezione, 2, 1),
        page("importa_albo", elezione, "scrutatori"),
        page("nuovo_iscritto", elezione, "scrutatori"),
        page("graduatoria", elezione) + "?page=zero",
        page("albo", elezione, "scrutatori") + "?q=%00&page=-1",
    ]

    risposte = {}
    for indirizzo in indirizzi:
        with_garbage = client.post(indirizzo, SPAZZATURA)
        without = client.get(indirizzo)
        risposte[indirizzo] = {with_garbage.status_code, without.status_code}

    assert {i: c for i, c in risposte.items() if not c <= {200, 302, 400, 404, 405}} == {}


def test_an_uncovered_post_calls_the_next_reserve(client, elezione):
    make_albo(elezione, 12)
    login(client, elezione)
    client.post(page("pubblica_elenco", elezione), {"riserve": 2})
    seme = {"seme": "47 12", "origine_seme": "urna", "presenti": "la commissione"}
    client.post(page("esegui_sorteggio", elezione), seme)
    scelta = Nomina.objects.filter(posizione=2).first()
    Nomina.objects.filter(pk=scelta.pk).update(stato="rinunciato", cessato_il=scelta.nominato_il)

    numero = scelta.ufficio.sezione.numero
    client.post(page("chiama_riserva", elezione, numero, 2))

    nuova = Nomina.objects.attive().get(ufficio=scelta.ufficio, posizione=2)
    assert (nuova.metodo, nuova.sostituisce) == ("graduatoria", scelta)
