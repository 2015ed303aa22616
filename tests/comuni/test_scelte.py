"""The doubtful points of the law: every one has its place on the page, and a choice holds while it is one."""

from datetime import date

import pytest
from django.urls import reverse

from comuni.legge import parametri_di
from comuni.scelte import choose_punti, legge_applicata, punti_dubbi
from electoral.permessi import Ruolo
from norme.parametri import parametri_at
from tests.factories import ElezioneFactory, UtenteFactory, utente_con_ruolo

pytestmark = pytest.mark.django_db
CASI = [
    {"popolazione_legale": popolazione, "sistema": sistema, "data": data, "seggi_consiglio": None}
    for popolazione, sistema in ((5_000, "fino_15000"), (9_000, "fino_15000"), (46_963, "oltre_15000"))
    for data in (date(2021, 10, 3), date(2026, 5, 24))
]


def indirizzo(elezione) -> str:
    return reverse("comuni:scelte", args=[elezione.slug])


@pytest.mark.parametrize("caso", CASI)
def test_every_point_that_leaves_a_choice_is_on_the_page(client, caso):
    elezione = ElezioneFactory(**caso)
    parametri = parametri_at(caso["data"], popolazione=caso["popolazione_legale"], sistema=caso["sistema"])
    client.force_login(utente_con_ruolo(elezione.comune, Ruolo.RESPONSABILE))

    pagina = client.get(indirizzo(elezione)).content.decode()

    dubbi = {nome for nome, valore in parametri.items() if valore.scelte}
    assert {punto.nome for punto in punti_dubbi(elezione)} == dubbi
    assert all(f'name="{nome}"' in pagina for nome in dubbi)
    assert not any(guasto in pagina for guasto in ("mappingproxy", "Fraction(", "{&#x27;", "(&#x27;"))


def test_every_value_of_the_law_has_a_place_where_it_is_read():
    regole = dict(legge_applicata(ElezioneFactory(popolazione_legale=46_963)))

    detti = {regola.titolo: regola.valore for voci in regole.values() for regola in voci}
    assert detti["Consiglieri assegnati al comune (il sindaco non è contato)"] == "24 seggi"
    assert detti["Quota dei seggi sotto la quale la lista ha troppo pochi candidati"] == "2/3"
    assert detti["Da dove viene la popolazione legale del comune"].startswith("censimento del 9.10.2011")
    presidenti = "Ogni anno: fino a quando si chiede l'iscrizione all'albo dei presidenti di seggio"
    assert detti[presidenti] == "domande entro 31 ottobre"


def test_the_responsabile_chooses_and_the_law_of_the_election_follows(client):
    elezione = ElezioneFactory(popolazione_legale=46_963)
    client.force_login(utente_con_ruolo(elezione.comune, Ruolo.RESPONSABILE))
    dati = {punto.nome: "1" for punto in punti_dubbi(elezione)}

    assert client.post(f"{indirizzo(elezione)}scegli/", dati).status_code == 302

    elezione.refresh_from_db()
    parametri = parametri_di(elezione)
    assert parametri.valore("arrotondamento_genere") == "aritmetico"
    assert parametri.valore("composizione_ordinario")["scrutatori"] == 3
    assert all(punto.scelta == 1 for punto in punti_dubbi(elezione))
    assert all("adempimento" in nome or nome in dati for nome in elezione.interpretazioni)


def test_the_choices_of_the_allocation_stay_and_those_of_the_law_leave_no_trace():
    elezione = ElezioneFactory(
        popolazione_legale=46_963, interpretazioni={"parita_di_tre": "due_piu_anziani"}
    )
    choose_punti(elezione, {"arrotondamento_genere": 1})
    choose_punti(elezione, {"arrotondamento_genere": 0})

    assert elezione.interpretazioni == {"parita_di_tre": "due_piu_anziani"}


def test_the_operatore_reads_them_and_does_not_choose(client):
    elezione = ElezioneFactory(popolazione_legale=46_963)
    client.force_login(utente_con_ruolo(elezione.comune, Ruolo.OPERATORE))

    assert "sempre per eccesso" in client.get(indirizzo(elezione)).content.decode()
    assert client.post(f"{indirizzo(elezione)}scegli/", {}).status_code == 403


def test_a_choice_that_the_law_no_longer_leaves_falls_by_itself():
    """A comune written with too few inhabitants: the choice on its giunta is not one of the larger comune."""
    elezione = ElezioneFactory(popolazione_legale=20_000, interpretazioni={"assessori_massimi": 4})
    assert parametri_di(elezione).valore("assessori_massimi") == 4

    elezione.popolazione_legale = 46_963

    assert parametri_di(elezione).valore("assessori_massimi") == 7


def test_publishing_and_interpreting_are_not_done_from_the_archives(client):
    elezione = ElezioneFactory(popolazione_legale=46_963, prova=True)
    client.force_login(UtenteFactory(is_superuser=True))

    pagina = client.get(reverse("admin:comuni_elezione_change", args=[elezione.pk])).content.decode()

    assert all(f'name="{nome}"' not in pagina for nome in ("pubblicata", "interpretazioni", "prova"))
    assert 'name="slug"' in pagina
