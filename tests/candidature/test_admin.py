"""The archives: filters by state and finding, bulk decisions through the same function as the desk."""

import pytest
from django.urls import reverse

from candidature.istruttoria import refresh_rilievi
from candidature.models import Decisione, Lista
from candidature.presentazione import freeze_lista
from electoral.permessi import Ruolo
from tests.candidature.costruzione import elezione_di, presenta
from tests.factories import UtenteFactory, utente_con_ruolo

pytestmark = pytest.mark.django_db
ELENCO = "admin:candidature_lista_changelist"


@pytest.fixture
def liste():
    elezione = elezione_di(20_000, seggi=16)
    buona = presenta(elezione, "BUONA", sessi="MF" * 6)
    sbilanciata = presenta(elezione, "SBILANCIATA", sessi="F" * 4 + "M" * 12)
    refresh_rilievi(elezione)
    return buona, sbilanciata


def ammetti(client, liste):
    dati = {"action": "ammetti_senza_rilievi", "_selected_action": [lista.pk for lista in liste]}
    return client.post(reverse(ELENCO), dati, follow=True)


def test_lists_are_filtered_by_finding(client, liste):
    client.force_login(utente_con_ruolo(liste[0].elezione.comune, Ruolo.RESPONSABILE))

    pagina = client.get(reverse(ELENCO), {"rilievo": "E104"})

    assert [riga.denominazione for riga in pagina.context["cl"].result_list] == ["SBILANCIATA"]


def test_the_bulk_action_admits_only_what_has_no_finding(client, liste):
    client.force_login(UtenteFactory(is_superuser=True))

    pagina = ammetti(client, liste).content.decode()

    assert list(Lista.objects.order_by("pk").values_list("stato", flat=True)) == ["ammessa", "presentata"]
    assert "va decisa al banco" in pagina
    assert Decisione.objects.count() == 1


def test_the_office_cannot_decide_in_bulk(client, liste):
    client.force_login(utente_con_ruolo(liste[0].elezione.comune, Ruolo.RESPONSABILE))

    ammetti(client, liste)

    assert not Decisione.objects.exists()


def test_a_list_already_sent_is_not_changed_by_hand(client, liste):
    client.force_login(utente_con_ruolo(liste[0].elezione.comune, Ruolo.RESPONSABILE))
    pagina = reverse("admin:candidature_lista_change", args=[liste[0].pk])
    prima = "_save" in client.get(pagina).content.decode()

    freeze_lista(liste[0], by=UtenteFactory())

    assert (prima, "_save" in client.get(pagina).content.decode()) == (True, False)


def test_no_archive_holds_the_signers():
    from django.contrib import admin

    from candidature.models import Sottoscrizione

    assert Sottoscrizione not in admin.site._registry
