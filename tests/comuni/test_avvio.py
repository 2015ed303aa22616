"""Start of an election: what the law derives, copies, completeness."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from comuni import avvio
from comuni.models import Sezione
from tests.factories import ComuneFactory, ElezioneFactory, SezioneFactory

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


def test_completeness_says_the_next_step():
    elezione = ElezioneFactory(popolazione_legale=46_963)

    prima = {c.titolo: c.fatto for c in avvio.check_completezza(elezione)}
    SezioneFactory(elezione=elezione, indirizzo="via di prova 1", elettori_m=9, elettori_f=9)
    dopo = [c.fatto for c in avvio.check_completezza(elezione)]

    assert prima["Popolazione legale e seggi del consiglio"] and not prima["Sezioni"]
    assert dopo == [True, True, True, True, False]
