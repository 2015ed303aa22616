"""The office short of scrutatori at the set-up: the order of the call, who is left out, what is written."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from electoral.permessi import Ruolo
from seggi.chiamata import Presente, order_chiamata, posti_da_coprire, record_chiamata
from seggi.idoneita import Idoneita
from seggi.models import Iscritto, Nomina, Ufficio
from tests.factories import CandidatoFactory, CandidatoSindacoFactory, ListaFactory, utente_con_ruolo
from tests.seggi.costruzione import draw_scrutatori, make_albo, make_elezione

pytestmark = pytest.mark.django_db
ALLE_16 = datetime(2021, 10, 2, 16, 20, tzinfo=ZoneInfo("Europe/Rome"))
ANZIANA = Presente("VERDI", "ADA", date(1955, 3, 1))
GIOVANE = Presente("BIANCHI", "UGO", date(2000, 7, 9))
MEDIA = Presente("NERI", "EVA", date(1980, 1, 1))


@pytest.fixture
def elezione():
    elezione = make_elezione(sezioni=2)
    make_albo(elezione, 8)
    draw_scrutatori(elezione, riserve=0)
    return elezione


@pytest.fixture
def ufficio(elezione):
    return Ufficio.objects.get(sezione__elezione=elezione, sezione__numero=1)


@pytest.fixture
def assenti(ufficio):
    """The second and the fourth did not come."""
    return list(ufficio.nomine.filter(ruolo="scrutatore", posizione__in=[2, 4]).order_by("posizione"))


def names(chiamati):
    return [(c.presente.cognome, c.posizione, c.anziano) for c in chiamati]


def test_the_oldest_and_the_youngest_in_turn_take_the_posts_of_the_absent(ufficio, assenti):
    chiamata = order_chiamata(ufficio, [MEDIA, GIOVANE, ANZIANA], assenti=assenti)

    assert names(chiamata.chiamati) == [("VERDI", 2, True), ("BIANCHI", 4, False)]
    assert chiamata.scoperti == []
    assert not Nomina.objects.filter(metodo="insediamento").exists()


def test_too_few_people_leave_a_post_uncovered_and_say_which(ufficio, assenti):
    chiamata = order_chiamata(ufficio, [MEDIA], assenti=assenti)

    assert names(chiamata.chiamati) == [("NERI", 2, True)]
    assert chiamata.scoperti == [4]


def test_a_full_office_calls_nobody(ufficio):
    assert posti_da_coprire(ufficio) == []
    with pytest.raises(ValidationError, match="Nessuno da chiamare"):
        record_chiamata(ufficio, [MEDIA], assenti=[], quando=ALLE_16)


def test_who_the_law_excludes_is_left_out_with_the_article(elezione, ufficio, assenti):
    lista = ListaFactory(elezione=elezione, sindaco=CandidatoSindacoFactory(elezione=elezione))
    CandidatoFactory(lista=lista, cognome="ROSSI", nome="PIA", data_nascita=date(1956, 1, 1))
    altrove = Nomina.objects.filter(ufficio__sezione__numero=2, ruolo="scrutatore").first()
    presenti = [
        Presente("VECCHI", "TEO", date(1951, 10, 2)),
        Presente("ROSSI", "PIA", date(1956, 1, 1)),
        Presente("BIMBI", "LEO", date(2003, 10, 4)),
        Presente(altrove.cognome, altrove.nome, altrove.data_nascita),
        MEDIA,
    ]

    chiamata = order_chiamata(ufficio, presenti, assenti=assenti)

    assert names(chiamata.chiamati) == [("NERI", 2, True)]
    perche = {presente.cognome: testo for presente, testo in chiamata.esclusi}
    assert "art. 23 a) TU" in perche["VECCHI"]
    assert "art. 23 f) TU" in perche["ROSSI"]
    assert "non è elettore" in perche["BIMBI"]
    assert "sezione 2" in perche[altrove.cognome]


def test_recording_ends_the_absent_and_the_called_have_accepted(ufficio, assenti):
    record_chiamata(ufficio, [MEDIA, GIOVANE, ANZIANA], assenti=assenti, quando=ALLE_16)

    nuovi = Nomina.objects.filter(metodo="insediamento").order_by("posizione")
    assert [(n.cognome, n.posizione, n.stato) for n in nuovi] == [
        ("VERDI", 2, "accettato"),
        ("BIANCHI", 4, "accettato"),
    ]
    assert [n.sostituisce for n in nuovi] == assenti
    assert {n.accettato_il for n in nuovi} == {ALLE_16}
    for assente in assenti:
        assente.refresh_from_db()
        assert (assente.stato, assente.motivo_cessazione) == ("assente", "assente all'insediamento")


def test_a_register_with_somebody_too_young_does_not_draw_him(elezione):
    (minorenne,) = make_albo(elezione, 1, data_nascita=date(2003, 10, 4))

    esclusi = Idoneita(elezione).find_esclusi(Iscritto.objects.filter(comune=elezione.comune))

    assert [chi for chi, _ in esclusi.first(9)] == [minorenne]


# ---------------------------------------------------------------- the page


def page(ufficio):
    return reverse("seggi:chiamata", args=[ufficio.sezione.elezione.slug, ufficio.sezione.numero])


def rows(*presenti, assenti=()):
    dati = {
        "presenti-TOTAL_FORMS": "10",
        "presenti-INITIAL_FORMS": "0",
        "quando": "2021-10-02T16:20",
        "assenti": [n.pk for n in assenti],
    }
    for n, presente in enumerate(presenti):
        dati |= {
            f"presenti-{n}-cognome": presente.cognome.lower(),
            f"presenti-{n}-nome": presente.nome.lower(),
            f"presenti-{n}-data_nascita": presente.data_nascita.isoformat(),
        }
    return dati


@pytest.fixture
def accesso(client, elezione):
    client.force_login(utente_con_ruolo(elezione.comune, Ruolo.RESPONSABILE))
    return client


def test_the_page_shows_the_order_first_and_then_records_it(accesso, ufficio, assenti):
    dati = rows(MEDIA, GIOVANE, ANZIANA, assenti=assenti)

    mostra = accesso.post(page(ufficio), dati)

    testo = mostra.content.decode()
    assert mostra.status_code == 200
    assert testo.index("VERDI ADA") < testo.index("BIANCHI UGO")
    assert "art. 47 TU" in testo
    assert "Registra i chiamati" in testo
    assert not Nomina.objects.filter(metodo="insediamento").exists()
    assert accesso.post(page(ufficio), dati | {"registra": "1"}).status_code == 302
    assert Nomina.objects.filter(metodo="insediamento").count() == 2


def test_the_office_page_leads_to_the_call(accesso, elezione, ufficio):
    testo = accesso.get(reverse("seggi:ufficio", args=[elezione.slug, 1])).content.decode()

    assert page(ufficio) in testo
    assert accesso.get(page(ufficio)).status_code == 200


@pytest.mark.parametrize(
    ("presenti", "altro", "dice"),
    [
        ([], {}, "almeno un elettore"),
        ([MEDIA, MEDIA], {}, "scritto due volte"),
        ([MEDIA], {"presenti-0-data_nascita": ""}, "ordine è per età"),
        ([MEDIA], {"presenti-0-data_nascita": "oggi"}, "valida"),
        ([MEDIA], {"quando": ""}, "obbligatorio"),
        ([MEDIA], {"assenti": ["999999"]}, "valida"),
        ([MEDIA], {"presenti-TOTAL_FORMS": "x"}, "almeno un elettore"),
    ],
)
def test_what_is_not_clear_is_asked_again(accesso, ufficio, presenti, altro, dice):
    risposta = accesso.post(page(ufficio), rows(*presenti) | {"registra": "1"} | altro)

    assert risposta.status_code == 422
    assert dice in risposta.content.decode()
    assert not Nomina.objects.filter(metodo="insediamento").exists()


def test_a_full_office_says_so(accesso, ufficio):
    testo = accesso.post(page(ufficio), rows(MEDIA) | {"registra": "1"}).content.decode()

    assert "Nessuno da chiamare" in testo or "non ci sono posti" in testo


def test_who_may_not_nominate_calls_nobody(client, elezione, ufficio):
    client.force_login(utente_con_ruolo(elezione.comune, Ruolo.RAGIONERIA))

    assert client.post(page(ufficio), rows(MEDIA)).status_code == 403
