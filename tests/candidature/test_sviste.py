"""Slips at the counter and at the desk: said in words before anything is recorded."""

import pytest
from django.urls import reverse

from candidature.decisioni import decide_lista
from candidature.models import Candidato, Lista
from candidature.presentazione import NonConsentito
from electoral.permessi import Ruolo
from tests.candidature.costruzione import alle, elezione_di, presenta
from tests.factories import UtenteFactory, utente_con_ruolo

pytestmark = pytest.mark.django_db
GIUSTA = {
    "denominazione": "Insieme",
    "sindaco_cognome": "ROSSI",
    "sindaco_nome": "Ada",
    "presentata_il": "2021-09-03T08:15",
    "presentata_da": "Il presentatore",
}


@pytest.fixture
def elezione():
    return elezione_di(9_000, seggi=12)


@pytest.fixture
def ricevi(client, elezione):
    client.force_login(utente_con_ruolo(elezione.comune, Ruolo.OPERATORE))

    def send(**dati) -> str:
        pagina = reverse("candidature:ricevi", args=[elezione.slug])
        return client.post(pagina, GIUSTA | dati, follow=True).content.decode()

    return send


@pytest.mark.parametrize(
    ("quando", "messaggio"),
    [
        ("2020-09-03T08:15", "Le liste si ricevono dal 03/09/2021: hai scritto il 03/09/2020."),
        ("2021-10-03T08:15", "Le liste si ricevono fino al 04/09/2021: hai scritto il 03/10/2021."),
        ("2099-09-03T08:15", "sono nel futuro"),
    ],
)
def test_a_wrong_day_is_said_and_nothing_is_recorded(ricevi, quando, messaggio):
    assert messaggio in ricevi(presentata_il=quando)
    assert not Lista.objects.exists()


def test_a_list_late_by_a_minute_is_recorded_at_once(ricevi):
    ricevi(presentata_il="2021-09-04T12:01")

    assert Lista.objects.get().presentata_il == alle(4, ora=12, minuto=1)


def test_the_same_list_and_the_same_person_come_back_once_and_are_recorded_if_confirmed(ricevi):
    ricevi()

    testo = ricevi(denominazione="INSIEME")
    assert "già stata ricevuta (le ore 08:15 del 03/09/2021)" in testo
    assert "ROSSI Ada è già registrato come candidato sindaco" in testo
    assert "Ho ricontrollato" in testo
    assert Lista.objects.count() == 1

    ricevi(denominazione="INSIEME", ricontrollato="on")
    assert Lista.objects.count() == 2


def test_up_to_15_000_a_second_list_of_the_same_sindaco_is_asked_about(ricevi, elezione):
    lista = presenta(elezione, sessi="MF" * 5)

    assert "ha una lista sola" in ricevi(sindaco=lista.sindaco.pk)


def test_an_empty_list_is_not_admitted(elezione):
    lista = presenta(elezione, sessi="MF" * 5)
    Candidato.objects.filter(lista=lista).delete()

    with pytest.raises(NonConsentito, match="non ha candidati"):
        decide_lista(lista, esito="ammessa", motivazione="", by=UtenteFactory())


def test_a_term_to_complete_before_the_filing_is_refused(elezione):
    lista = presenta(elezione, sessi="MF" * 5)

    with pytest.raises(NonConsentito, match="prima della presentazione"):
        decide_lista(
            lista, esito="da_integrare", motivazione="x", integrare_entro=alle(1), by=UtenteFactory()
        )


@pytest.mark.parametrize(
    ("nome", "dati"),
    [
        ("audizione", {"sentito": "x", "deduzioni": "y", "sentito_il": "2099-01-01T10:00"}),
        ("apri_seduta", {"aperta_il": "2099-01-01T10:00", "tipo": "esame", "luogo": "x", "presidente": "x"}),
        ("sorteggia", {"modalita": "urna", "presenti": "x", "eseguito_il": "2099-01-01T10:00"}),
    ],
)
def test_what_happened_is_not_in_the_future(client, elezione, nome, dati):
    lista = presenta(elezione, sessi="MF" * 5)
    client.force_login(utente_con_ruolo(elezione.comune, Ruolo.COMMISSIONE))
    altro = [lista.pk] if nome == "audizione" else []

    pagina = client.post(reverse(f"candidature:{nome}", args=[elezione.slug, *altro]), dati, follow=True)

    assert "sono nel futuro" in pagina.content.decode()
