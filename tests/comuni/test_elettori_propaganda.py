"""Electors at the revisions, special voters, poster spaces: rules and pages."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from comuni import corpo_elettorale, propaganda
from comuni.fonti import register_liste
from comuni.models import Atto, ElettoreParticolare, RilevazioneElettori
from electoral.permessi import Ruolo
from tests.factories import ElezioneFactory, SezioneFactory, utente_con_ruolo

pytestmark = pytest.mark.django_db
OGGI = date(2021, 9, 2)


@pytest.fixture
def elezione():
    return ElezioneFactory(popolazione_legale=46_963)


def test_a_revision_is_recorded_and_may_become_the_electors_of_the_sections(elezione):
    sezione = SezioneFactory(elezione=elezione, numero=1)

    corpo_elettorale.record_rilevazione(
        elezione,
        momento=RilevazioneElettori.Momento.BLOCCO,
        per_sezione={sezione.pk: (11, 12)},
        aggiorna_sezioni=True,
    )

    sezione.refresh_from_db()
    assert (sezione.elettori_m, sezione.elettori_f) == (11, 12)
    assert corpo_elettorale.tabella_rilevazioni(elezione)[0]["valori"] == [None, None, (11, 12), None]


def test_the_page_refuses_half_a_section_and_saves_nothing(client, elezione):
    sezione = SezioneFactory(elezione=elezione, numero=1)
    client.force_login(utente_con_ruolo(elezione.comune, Ruolo.OPERATORE))
    url = reverse("comuni:rilevazione", args=[elezione.slug])

    risposta = client.post(url, {"momento": "blocco", f"m{sezione.pk}": "11"})

    assert "scrivere sia gli uomini sia le donne" in risposta.content.decode()
    assert not RilevazioneElettori.objects.exists()
    assert (
        client.post(url, {"momento": "blocco", f"m{sezione.pk}": "11", f"f{sezione.pk}": "12"}).status_code
        == 302
    )


def test_the_list_for_the_presidente_is_only_for_who_prepares(client, elezione):
    sezione = SezioneFactory(elezione=elezione, numero=1)
    ElettoreParticolare.objects.create(
        elezione=elezione, sezione=sezione, titolo="domicilio", cognome="ELETTORE", nome="PROVA", chiave="e"
    )

    atto = corpo_elettorale.produce_elenco_particolari(sezione, data=OGGI)

    url = reverse("comuni:atto", args=[elezione.slug, atto.numero])
    client.force_login(utente_con_ruolo(elezione.comune, Ruolo.PREFETTURA))
    assert client.get(url).status_code == 404
    client.force_login(utente_con_ruolo(elezione.comune, Ruolo.OPERATORE))
    assert b"".join(client.get(url).streaming_content).startswith(b"%PDF")


def test_the_attestato_is_printed_from_its_form(client, elezione):
    client.force_login(utente_con_ruolo(elezione.comune, Ruolo.OPERATORE))

    client.post(
        reverse("comuni:attestato", args=[elezione.slug]),
        {"cognome": "PROVA", "nome": "A", "data_nascita": "1990-02-01", "sezione": "3", "motivo": "smarrita"},
    )

    assert Atto.objects.get().contesto["data_nascita"] == "01/02/1990"


def test_too_few_spaces_for_the_population_are_said_with_the_article(elezione):
    propaganda.add_spazio(elezione, centro_abitato="Centro", ubicazione="piazza di prova")

    (frase,) = propaganda.check_spazi(elezione)

    assert frase.startswith("Centro: 1 spazi; la legge ne vuole da 20 a 50")


@pytest.fixture
def tre_liste():
    from comuni import fonti

    prima = list(fonti._liste)
    register_liste(lambda elezione: ["1. LISTA A", "2. LISTA B", "3. LISTA C"])
    yield
    fonti._liste[:] = prima


def test_boards_are_assigned_in_order_of_admission(elezione, tre_liste):
    with pytest.raises(ValidationError, match="Nessuno spazio"):
        propaganda.produce_assegnazione(elezione, data=OGGI)
    propaganda.add_spazio(elezione, centro_abitato="Centro", ubicazione="piazza di prova")

    atto = propaganda.produce_assegnazione(elezione, data=OGGI)

    assert atto.contesto["liste"] == ["1. LISTA A", "2. LISTA B", "3. LISTA C"]
    assert (atto.contesto["base"], atto.contesto["altezza"]) == (100, 200)


@pytest.mark.parametrize(
    "pagina",
    [
        "elezione",
        "sezioni",
        "sedi",
        "scadenzario",
        "convocazione",
        "elettori",
        "rilevazione",
        "propaganda",
        "atti",
    ],
)
def test_every_page_of_the_office_opens_for_the_operatore_and_not_for_a_stranger(client, elezione, pagina):
    SezioneFactory(elezione=elezione, numero=1)
    url = reverse(f"comuni:{pagina}", args=[elezione.slug])

    client.force_login(utente_con_ruolo(elezione.comune, Ruolo.OPERATORE))
    assert client.get(url).status_code == 200
    client.force_login(utente_con_ruolo(ElezioneFactory().comune, Ruolo.RESPONSABILE))
    assert client.get(url).status_code == 404


def count_queries_of_sections_page(client, elezione, django_assert_max_num_queries) -> int:
    with django_assert_max_num_queries(30) as contate:
        client.get(reverse("comuni:sezioni", args=[elezione.slug]))
    return len(contate)


def test_the_sections_page_costs_the_same_queries_with_one_and_three_sections(
    client, elezione, django_assert_max_num_queries
):
    client.force_login(utente_con_ruolo(elezione.comune, Ruolo.OPERATORE))
    SezioneFactory(elezione=elezione, numero=1)
    count_queries_of_sections_page(client, elezione, django_assert_max_num_queries)  # the session is new
    con_una = count_queries_of_sections_page(client, elezione, django_assert_max_num_queries)
    SezioneFactory(elezione=elezione, numero=2)
    SezioneFactory(elezione=elezione, numero=3)

    assert count_queries_of_sections_page(client, elezione, django_assert_max_num_queries) == con_una


def test_a_revision_comes_from_a_file_and_goes_back_to_the_same(client, elezione):
    for numero in (1, 2):
        SezioneFactory(elezione=elezione, numero=numero)
    client.force_login(utente_con_ruolo(elezione.comune, Ruolo.OPERATORE))
    testo = "sezione,maschi,femmine,di_cui_estero,di_cui_ue\n1,10,11,2,1\n2,20,21,0,0\n"

    client.post(
        reverse("comuni:importa_elettori", args=[elezione.slug, "revisione"]),
        {"file": SimpleUploadedFile("r.csv", testo.encode()), "momento": "blocco", "aggiorna": "on"},
    )

    assert elezione.sezioni.get(numero=2).elettori == 41
    esportato = client.get(reverse("comuni:esporta_elettori", args=[elezione.slug, "blocco"]))
    assert esportato.content.decode() == testo


def test_a_wrong_row_is_named_and_nothing_is_saved(client, elezione):
    SezioneFactory(elezione=elezione, numero=1)
    client.force_login(utente_con_ruolo(elezione.comune, Ruolo.OPERATORE))
    testo = "sezione,maschi,femmine,di_cui_estero\n1,10,11,99\n7,1,1,0\n"

    pagina = client.post(
        reverse("comuni:importa_elettori", args=[elezione.slug, "revisione"]),
        {"file": SimpleUploadedFile("r.csv", testo.encode()), "momento": "blocco"},
    ).content.decode()

    assert "99 non è fra 0 e 21" in pagina and "«7» non esiste in questa elezione" in pagina
    assert not RilevazioneElettori.objects.exists()


def test_special_voters_come_from_a_file_once_and_a_late_request_is_marked(client, elezione):
    SezioneFactory(elezione=elezione, numero=1)
    client.force_login(utente_con_ruolo(elezione.comune, Ruolo.OPERATORE))
    url = reverse("comuni:importa_elettori", args=[elezione.slug, "particolari"])
    testo = (
        "titolo,cognome,nome,data_nascita,sezione,sezione_iscrizione,luogo,domanda_il,nota\n"
        "domicilio,ROSSI,ADA,1940-01-02,1,,via di prova 3,2021-09-14,\n"
    )
    for _ in range(2):
        client.post(url, {"file": SimpleUploadedFile("p.csv", testo.encode())})

    assert ElettoreParticolare.objects.count() == 1
    pagina = client.get(reverse("comuni:elettori", args=[elezione.slug])).content.decode()
    assert "domanda dopo il termine del 13/09/2021" in pagina
    esportato = client.get(reverse("comuni:esporta_elettori", args=[elezione.slug, "particolari"]))
    assert esportato.content.decode() == testo


def test_the_counter_of_the_tessere_is_by_day(client, elezione):
    client.force_login(utente_con_ruolo(elezione.comune, Ruolo.OPERATORE))
    url = reverse("comuni:tessere", args=[elezione.slug])
    for consegnate in (3, 5):
        client.post(
            url, {"giorno": "2021-10-01", "consegnate": consegnate, "duplicati": 1, "aggiornamenti": 0}
        )

    assert elezione.tessere.get().consegnate == 5


def test_the_texts_of_the_propaganda_carry_the_days_of_this_election(elezione):
    propaganda.add_spazio(elezione, centro_abitato="Capoluogo", ubicazione="piazza di prova")

    spazi = propaganda.produce_spazi(elezione, data=OGGI).contesto
    regole = propaganda.produce_regole(elezione, data=OGGI).contesto

    assert (spazi["dal"], spazi["al"], spazi["minimo"]) == ("31 agosto 2021", "2 settembre 2021", 20)
    assert regole["divieti_dal"] == "venerdì 3 settembre 2021"
    assert (regole["silenzio_dal"], regole["metri"]) == ("sabato 2 ottobre 2021", 200)
    assert regole["spese"] == {"soglia": 2500, "articolo": "l. 96/2012 art. 13"}


def test_a_small_comune_has_no_limit_of_expenses_to_tell(elezione):
    elezione.popolazione_legale = 15_000

    assert propaganda.produce_regole(elezione, data=OGGI).contesto["spese"] is None
