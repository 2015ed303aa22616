"""The dashboard by role: each sees the panels and the facts of its own work, and no other."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from candidature.models import Lista
from comuni.fatti import ultimi_fatti
from comuni.models import Scadenza
from comuni.pannelli import pannelli_di
from comuni.scadenzario import mark_scadenza, sync_scadenze
from electoral.permessi import Ruolo
from risultati.models import Passaggio, Scrutinio
from tests.factories import ElezioneFactory, ListaFactory, SezioneFactory, UfficioFactory, utente_con_ruolo

pytestmark = pytest.mark.django_db
QUANDO = datetime(2021, 10, 4, 21, 38, tzinfo=UTC)


@pytest.fixture
def elezione():
    """The night of the count: a list admitted, one section definitive, one to be compared."""
    elezione = ElezioneFactory(popolazione_legale=46_963)
    ListaFactory(sindaco__elezione=elezione, stato=Lista.Stato.AMMESSA, presentata_il=QUANDO)
    for numero, stato in ((1, "definitivo"), (2, "difforme"), (3, None)):
        sezione = SezioneFactory(elezione=elezione, numero=numero)
        UfficioFactory(sezione=sezione)
        if stato:
            scrutinio = Scrutinio.objects.create(elezione=elezione, sezione=sezione, stato=stato)
            Passaggio.objects.create(scrutinio=scrutinio, da="prima", a=stato, fatto_il=QUANDO)
    return elezione


def titoli(elezione, ruolo) -> list[str]:
    return [p.titolo for p in pannelli_di(elezione, utente=utente_con_ruolo(elezione.comune, ruolo))]


@pytest.mark.parametrize(
    ("ruolo", "attesi"),
    [
        (
            Ruolo.RESPONSABILE,
            ["Oggi", "Scrutinio, primo turno", "Liste e candidati", "Uffici di sezione", "Ultimi fatti"],
        ),
        (Ruolo.COMMISSIONE, ["Oggi", "Liste e candidati", "Ultimi fatti"]),
        (Ruolo.DIGITATORE, ["Le mie sezioni"]),
        (Ruolo.RAGIONERIA, ["Oggi", "Uffici di sezione"]),
        (Ruolo.PREFETTURA, ["Oggi", "Scrutinio, primo turno", "Ultimi fatti"]),
    ],
)
def test_each_role_has_its_own_panels(elezione, ruolo, attesi):
    assert titoli(elezione, ruolo) == attesi


def test_the_panels_are_drawn_on_the_page(client, elezione):
    client.force_login(utente_con_ruolo(elezione.comune, Ruolo.RESPONSABILE))

    pagina = client.get(reverse("comuni:elezione", args=[elezione.slug])).content.decode()

    assert "Sezioni definitive: 1 su 3" in pagina
    assert "Da confrontare" in pagina
    assert "1 ammessa" in pagina


def test_the_typist_s_panel_lists_only_the_sections_assigned(elezione):
    utente = utente_con_ruolo(elezione.comune, Ruolo.DIGITATORE)
    utente.appartenenze.get().sezioni.set(elezione.sezioni.filter(numero=2))

    (pannello,) = pannelli_di(elezione, utente=utente)

    assert [(s.numero, stato.value) for s, stato in pannello.contesto["righe"]] == [(2, "difforme")]


def test_the_facts_are_those_one_may_know_newest_first(elezione):
    responsabile = utente_con_ruolo(elezione.comune, Ruolo.RESPONSABILE)
    voce = sync_scadenze(elezione)[0]
    mark_scadenza(voce.scadenza, stato=Scadenza.Stato.FATTA, by=responsabile, quando=timezone.now())

    testi = [f.testo for f in ultimi_fatti(elezione, utente=responsabile)]

    assert testi[0].endswith(": fatta")
    assert "sez. 1: definitivo" in testi
    assert any(t.startswith("ricevuta la lista") for t in testi)
    prefettura = utente_con_ruolo(elezione.comune, Ruolo.PREFETTURA)
    assert not any("lista" in f.testo for f in ultimi_fatti(elezione, utente=prefettura))


def test_the_dashboard_costs_the_same_with_three_times_the_sections(
    client, elezione, django_assert_max_num_queries
):
    client.force_login(utente_con_ruolo(elezione.comune, Ruolo.RESPONSABILE))
    url = reverse("comuni:elezione", args=[elezione.slug])
    client.get(url)
    with CaptureQueriesContext(connection) as prima:
        client.get(url)
    for numero in range(4, 10):
        UfficioFactory(sezione=SezioneFactory(elezione=elezione, numero=numero))

    with django_assert_max_num_queries(len(prima)):
        client.get(url)


@pytest.mark.parametrize(("popolazione", "detto"), [(250_000, False), (250_001, True)])
def test_a_comune_that_may_have_circoscrizioni_is_told_they_are_not_covered(client, popolazione, detto):
    elezione = ElezioneFactory(popolazione_legale=popolazione)
    client.force_login(utente_con_ruolo(elezione.comune, Ruolo.OPERATORE))

    pagina = client.get(reverse("comuni:elezione", args=[elezione.slug])).content.decode()

    assert ("Urna non ne gestisce l'elezione" in pagina) == detto
