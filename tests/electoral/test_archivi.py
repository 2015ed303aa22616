"""The archives: every table has Italian names, and the rows of its links say what they link."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.urls import reverse

from comuni.models import (
    CambioSede,
    ComponenteCommissione,
    Elezione,
    PresenzaSeduta,
    Promemoria,
    SedutaCommissione,
    SpazioPropaganda,
    TessereDelGiorno,
)
from electoral.permessi import Ruolo
from tests.factories import AppartenenzaFactory, SezioneFactory, UtenteFactory

pytestmark = pytest.mark.django_db
NOSTRE = {"electoral", "comuni", "candidature", "seggi", "risultati"}


def test_ogni_riga_di_ogni_tabella_ha_un_nome_da_leggere():
    senza = [
        modello._meta.label
        for modello in apps.get_models(include_auto_created=True)
        if modello._meta.app_label in NOSTRE
        and not modello.__name__.endswith("Event")
        and modello.__str__.__qualname__ == "Model.__str__"
    ]

    assert senza == []


def test_nell_indice_degli_archivi_ci_sono_commissione_promemoria_tessere_luoghi(client):
    client.force_login(UtenteFactory(is_superuser=True))

    indice = client.get(reverse("admin:index")).content.decode()

    for modello in (
        *(CambioSede, ComponenteCommissione, SedutaCommissione, PresenzaSeduta, Promemoria),
        *(SpazioPropaganda, TessereDelGiorno, apps.get_model("seggi", "Luogo")),
    ):
        assert modello in admin.site._registry
        assert reverse(f"admin:{modello._meta.app_label}_{modello._meta.model_name}_changelist") in indice


def test_prima_di_eliminare_un_ruolo_si_leggono_le_sezioni_assegnate(client):
    client.force_login(UtenteFactory(is_superuser=True))
    ruolo = AppartenenzaFactory(ruolo=Ruolo.DIGITATORE)
    ruolo.sezioni.add(SezioneFactory(elezione__comune=ruolo.comune, numero=7))

    pagina = client.get(reverse("admin:comuni_appartenenza_delete", args=[ruolo.pk])).content.decode()

    assert "sezione 7" in pagina
    assert "object (" not in pagina


def test_chi_prepara_vede_i_suoi_archivi_e_chi_guarda_non_vede_chi_vota_a_casa(client):
    comune = AppartenenzaFactory().comune
    prefettura = AppartenenzaFactory(comune=comune, ruolo=Ruolo.PREFETTURA).utente
    client.force_login(prefettura)

    assert client.get(reverse("admin:comuni_spaziopropaganda_changelist")).status_code == 200
    assert client.get(reverse("admin:comuni_elettoreparticolare_changelist")).status_code == 403


def test_l_indirizzo_di_una_elezione_ha_un_nome_italiano():
    assert Elezione._meta.get_field("slug").verbose_name == "nome nell'indirizzo"
