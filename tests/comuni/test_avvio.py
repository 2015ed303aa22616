"""Start of an election: what the law derives, copies, completeness."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from comuni import avvio
from comuni.completezza import check_completezza
from comuni.convocazione import produce_manifesto_convocazione
from comuni.models import Convocazione, Sezione
from electoral.permessi import Ruolo
from tests.factories import (
    ComuneFactory,
    ElezioneFactory,
    SezioneFactory,
    UtenteFactory,
    utente_con_ruolo,
)

pytestmark = pytest.mark.django_db


def derive(**altro):
    dati = {"data": date(2026, 5, 24), "popolazione": 8000, "capoluogo": False} | altro
    return avvio.derive_avvio(ComuneFactory.build(regione=dati.pop("regione", "Marche")), **dati)


def test_a_comune_of_8000_inhabitants_votes_in_one_turno_for_twelve_seats():
    derivato = derive()

    assert (derivato.sistema, derivato.seggi_consiglio, derivato.giorni) == ("fino_15000", 12, 2)
    assert derivato.data_ballottaggio == date(2026, 6, 7)


def test_every_consequence_carries_its_article():
    assert all(c.valore.riferimento.articolo for c in derive().conseguenze)


def test_a_small_capoluogo_votes_in_two_turni_since_2024():
    assert derive(popolazione=9000, capoluogo=True).sistema == "oltre_15000"
    assert derive(popolazione=9000, capoluogo=True, data=date(2021, 10, 3)).sistema == "fino_15000"


def test_a_wednesday_is_refused_with_the_remedy():
    with pytest.raises(ValidationError, match="non è una domenica"):
        derive(data=date(2026, 5, 27))


def test_sections_are_copied_with_their_places_and_mothers_but_without_electors():
    vecchia = ElezioneFactory()
    speciale = SezioneFactory(elezione=vecchia, numero=1, tipo=Sezione.Tipo.SPECIALE)
    madre = SezioneFactory(
        elezione=vecchia, numero=2, indirizzo="via di prova 1", elettori_m=10, elettori_f=9
    )
    speciale.sezione_madre = madre
    speciale.save()

    nuova = avvio.create_elezione(
        vecchia.comune, data=date(2026, 5, 24), popolazione=20_000, capoluogo=False, copia_da=vecchia
    )

    copiate = {s.numero: s for s in nuova.sezioni.all()}
    assert (copiate[2].indirizzo, copiate[2].elettori_m) == ("via di prova 1", None)
    assert copiate[1].sezione_madre == copiate[2]


def test_sections_are_not_copied_over_others():
    elezione = SezioneFactory().elezione

    with pytest.raises(ValidationError, match="ha già delle sezioni"):
        avvio.copy_sezioni(ElezioneFactory(), a=elezione)


def test_two_elections_of_one_comune_have_different_slugs():
    comune = ComuneFactory()
    dati = {"data": date(2026, 5, 24), "popolazione": 8000, "capoluogo": False}

    vera, prova = avvio.create_elezione(comune, **dati), avvio.create_elezione(comune, prova=True, **dati)

    assert prova.slug == f"{vera.slug}-prova"


def test_completeness_goes_step_by_step_to_ready():
    elezione = ElezioneFactory(popolazione_legale=46_963)

    def fatti():
        return [c.fatto for c in check_completezza(elezione)]

    assert fatti() == [True, False, False, False, False, False]
    sezione = SezioneFactory(elezione=elezione)
    assert fatti() == [True, True, False, False, False, False]
    sezione.indirizzo, sezione.elettori_m, sezione.elettori_f = "via di prova 1", 9, 9
    sezione.save()
    assert fatti() == [True, True, True, True, False, False]
    Convocazione.objects.create(
        elezione=elezione, decreto_prefetto_data=date(2021, 8, 9), firmatario="Nome Cognome"
    )
    produce_manifesto_convocazione(elezione, data=date(2021, 8, 19))
    assert fatti() == [True] * 6


def test_a_second_election_on_the_same_day_is_refused_in_words():
    comune = ComuneFactory()
    dati = {"data": date(2026, 5, 24), "popolazione": 8000, "capoluogo": False}
    avvio.create_elezione(comune, **dati)

    with pytest.raises(ValidationError, match="ha già un'elezione il 24/05/2026"):
        avvio.create_elezione(comune, **dati)


def test_seats_that_are_not_those_of_the_law_are_said():
    elezione = ElezioneFactory(popolazione_legale=8_000, sistema="fino_15000", seggi_consiglio=16)

    assert "la legge ne assegna 12" in " ".join(avvio.check_derivati(elezione))
    elezione.seggi_consiglio = 12
    assert avvio.check_derivati(elezione) == []


def test_the_new_election_page_finds_the_comune_by_name_and_copies_only_its_own(client):
    precedente = ElezioneFactory(comune__nome="Cittàbella", comune__popolazione_legale=8_000)
    ElezioneFactory()
    client.force_login(UtenteFactory(is_superuser=True))
    url = reverse("comuni:nuova")

    assert "copia_da" not in client.get(url).content.decode()
    pagina = client.post(url, {"comune": "cittabella", "data": "2026-05-24"})
    assert list(pagina.context["form"].fields["copia_da"].queryset) == [precedente]
    assert pagina.context["derivato"].seggi_consiglio == 12
    assert "Nessun comune" in client.post(url, {"comune": "Altrove", "data": "x"}).content.decode()


def test_the_data_page_refuses_in_words_what_the_database_would(client):
    comune = ComuneFactory()
    ElezioneFactory(comune=comune, data=date(2021, 10, 3))
    altra = ElezioneFactory(comune=comune, data=date(2022, 6, 12), giorni=1)
    client.force_login(utente_con_ruolo(comune, Ruolo.RESPONSABILE))
    dati = {"data": "2021-10-03", "giorni": "1", "sistema": "oltre_15000", "digitazione": "singola"}

    url = reverse("comuni:elezione_dati", args=[altra.slug])
    pagina = client.post(url, dati | {"data_ballottaggio": "2021-10-01"}).content.decode()

    assert "ha già un&#x27;elezione il 03/10/2021" in pagina
    pagina = client.post(
        url, dati | {"data": "2022-06-12", "data_ballottaggio": "2022-06-01"}
    ).content.decode()
    assert "Deve venire dopo il primo giorno di voto." in pagina
