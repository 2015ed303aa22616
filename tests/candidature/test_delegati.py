"""The delegates recorded with a list: what the law asks on the page and in the receipt, the finding."""

import pytest
from django.urls import reverse

from candidature.atti import produce_ricevuta
from candidature.models import Delegato, Documento, RilievoCandidatura
from electoral.permessi import Ruolo
from tests.candidature.costruzione import elezione_di, presenta
from tests.factories import UtenteFactory, utente_con_ruolo

pytestmark = pytest.mark.django_db


@pytest.fixture
def lista():
    return presenta(elezione_di(40_000, seggi=24), sessi="MF" * 9)


@pytest.fixture
def ufficio(client, lista):
    client.force_login(utente_con_ruolo(lista.elezione.comune, Ruolo.RESPONSABILE))
    return client


def codici(lista) -> set[str]:
    return set(RilievoCandidatura.objects.filter(lista=lista).values_list("codice", flat=True))


def indirizzo(nome: str, lista) -> str:
    return reverse(f"candidature:{nome}", args=[lista.elezione.slug, lista.pk])


def test_one_delegate_is_noted_until_the_second_is_recorded(ufficio, lista):
    Delegato.objects.filter(lista=lista).delete()
    for cognome, atteso in (("ROSSI", True), ("BIANCHI", False)):
        ufficio.post(
            indirizzo("lista_delegato", lista),
            {"cognome": cognome, "nome": "ADA", "ruolo": "effettivo"},
        )
        assert ("W116" in codici(lista)) is atteso

    primo = lista.delegati.order_by("pk").first()
    ufficio.post(indirizzo("lista_delegato", lista), {"togli": primo.pk})
    assert "W116" in codici(lista)


def test_the_page_and_the_receipt_say_what_the_law_asks(ufficio, lista):
    atteso = "La legge chiede di indicare 2 delegati effettivi (TU art. 32 c. 4)."

    assert atteso in ufficio.get(indirizzo("lista", lista)).content.decode()
    assert produce_ricevuta(lista, by=UtenteFactory()).contesto["regola_delegati"] == atteso


def test_in_a_small_comune_they_are_optional():
    lista = presenta(elezione_di(9_000, seggi=12), sessi="MF" * 5)
    lista.documenti.filter(tipo=Documento.Tipo.DELEGATI).update(stato="mancante")

    ricevuta = produce_ricevuta(lista, by=UtenteFactory()).contesto

    assert "consente di indicare 1 delegato effettivo e 1 supplente" in ricevuta["regola_delegati"]
    assert ricevuta["spese"] is None
