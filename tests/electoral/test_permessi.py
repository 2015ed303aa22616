"""Roles, scope, and the admin seen by each."""

import pytest
from django.urls import reverse

from comuni.models import Elezione
from electoral.permessi import PERMESSI, Azione, Ruolo, puo
from tests.factories import ComuneFactory, ElezioneFactory, UtenteFactory, utente_con_ruolo

pytestmark = pytest.mark.django_db


def test_every_role_has_permissions():
    assert set(PERMESSI) == set(Ruolo)


def test_a_role_counts_only_in_its_comune():
    utente = utente_con_ruolo(ComuneFactory(), Ruolo.RESPONSABILE)
    proprio = utente.appartenenze.get().comune

    assert puo(utente, Azione.CHIUDERE, proprio)
    assert not puo(utente, Azione.CHIUDERE, ComuneFactory())


def test_the_operatore_prepares_and_does_not_close():
    comune = ComuneFactory()
    operatore = utente_con_ruolo(comune, Ruolo.OPERATORE)

    assert puo(operatore, Azione.PREPARARE_ELEZIONE, comune)
    assert not puo(operatore, Azione.CHIUDERE, comune)


def test_elections_are_scoped_by_appartenenza():
    propria, _altrui = ElezioneFactory(), ElezioneFactory()
    utente = utente_con_ruolo(propria.comune, Ruolo.OPERATORE)

    assert list(Elezione.objects.visibili_a(utente)) == [propria]
    assert not Elezione.objects.visibili_a(UtenteFactory()).exists()


def test_another_comune_s_election_is_not_found_in_the_admin(client):
    propria, altrui = ElezioneFactory(), ElezioneFactory()
    client.force_login(utente_con_ruolo(propria.comune, Ruolo.OPERATORE))

    assert client.get(reverse("admin:comuni_elezione_change", args=[propria.pk])).status_code == 200
    assert client.get(reverse("admin:comuni_elezione_change", args=[altrui.pk])).status_code == 404


def test_a_digitatore_sees_no_candidature(client):
    elezione = ElezioneFactory()
    client.force_login(utente_con_ruolo(elezione.comune, Ruolo.DIGITATORE))

    assert client.get(reverse("admin:candidature_lista_changelist")).status_code == 403
