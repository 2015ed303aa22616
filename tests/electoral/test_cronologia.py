"""Cronologia: who changed what, read-only, also after the deletion, only for those of the comune."""

import pghistory
import pytest
from django.urls import reverse

from comuni.models import Elezione, Sezione
from electoral.cronologia import describe, eventi
from electoral.lavori import lavoro, request_lavoro
from electoral.permessi import Ruolo
from tests.factories import ComuneFactory, ElezioneFactory, SezioneFactory, UtenteFactory, utente_con_ruolo

pytestmark = pytest.mark.django_db


def test_a_change_tells_who_when_and_each_field():
    autrice = UtenteFactory(first_name="Ada", last_name="Monti", username="monti")
    elezione = ElezioneFactory(seggi_consiglio=24)
    with pghistory.context(user=autrice.pk):
        Elezione.objects.filter(pk=elezione.pk).update(seggi_consiglio=30)

    ultima = describe(eventi(Elezione, comuni=None))[0]

    assert (ultima.chi, ultima.cosa) == ("Ada Monti (monti)", "modificato")
    assert [(c.campo, c.prima, c.dopo) for c in ultima.cambiamenti] == [("Seggi consiglio", "24", "30")]


def test_a_deleted_object_keeps_its_history(client):
    sezione = SezioneFactory(numero=77)
    pk = sezione.pk
    sezione.delete()
    client.force_login(utente_con_ruolo(sezione.elezione.comune, Ruolo.RESPONSABILE))

    risposta = client.get(reverse("admin:comuni_sezione_history", args=[pk]))

    assert risposta.status_code == 200
    assert [v.cosa for v in risposta.context["variazioni"]] == ["eliminato", "creato"]
    assert risposta.context["variazioni"][0].oggetto == "sezione 77"


def test_another_comune_s_history_is_not_found_also_after_the_deletion(client):
    sezione, eliminata = SezioneFactory(), SezioneFactory()
    pk = eliminata.pk
    eliminata.delete()
    client.force_login(utente_con_ruolo(ComuneFactory(), Ruolo.RESPONSABILE))

    assert client.get(reverse("admin:comuni_sezione_history", args=[sezione.pk])).status_code == 404
    assert client.get(reverse("admin:comuni_sezione_history", args=[pk])).status_code == 404
    assert client.get(reverse("admin:comuni_sezione_history", args=["abc"])).status_code == 404
    assert list(client.get(reverse("admin:comuni_sezione_cronologia")).context["variazioni"]) == []


def test_a_change_in_the_admin_carries_the_user(client):
    elezione = ElezioneFactory()
    responsabile = utente_con_ruolo(elezione.comune, Ruolo.RESPONSABILE)
    client.force_login(responsabile)
    client.post(
        reverse("admin:comuni_sezione_add"), {"elezione": elezione.pk, "numero": 5, "tipo": "ordinaria"}
    )

    [creazione] = describe(eventi(Sezione, comuni=None))

    assert creazione.chi == f"{responsabile} ({responsabile.username})"


@pytest.mark.django_db(transaction=True)
def test_a_job_signs_its_changes_with_who_asked_and_its_number():
    elezione = ElezioneFactory()
    chi = UtenteFactory(first_name="Ada", last_name="Monti", username="monti")

    @lavoro("prova_cronologia")
    def touch(riga):
        Elezione.objects.filter(pk=elezione.pk).update(seggi_consiglio=16)
        return {}

    riga = request_lavoro("prova_cronologia", parametri={}, by=chi)

    assert describe(eventi(Elezione, comuni=None))[0].chi == f"Ada Monti (monti), lavoro n. {riga.pk}"


@pytest.mark.parametrize("numero", [1, 3])
def test_the_page_costs_the_same_for_one_object_or_three(client, django_assert_max_num_queries, numero):
    elezione = ElezioneFactory()
    SezioneFactory.create_batch(numero, elezione=elezione)
    client.force_login(utente_con_ruolo(elezione.comune, Ruolo.RESPONSABILE))

    with django_assert_max_num_queries(13):
        assert client.get(reverse("admin:comuni_sezione_cronologia")).status_code == 200


def test_the_password_leaves_no_trace():
    utente = UtenteFactory()
    utente.set_password("una password lunga")
    utente.save()

    campi = {f.name for f in eventi(type(utente), comuni=None).model._meta.fields}

    assert "password" not in campi
    assert len(describe(eventi(type(utente), comuni=None))) == 1
