"""A section against its past: the election before, and for the runoff the first turno."""

from datetime import date

import pytest
from django.urls import reverse

from comuni.legge import parametri_di
from norme.dati_scrutinio import DatiScrutinio
from risultati.caselle import build_modulo
from risultati.models import Affluenza, Scrutinio
from risultati.precedente import load_passato
from risultati.stati import Stato
from tests.factories import ElezioneFactory, SezioneFactory
from tests.risultati.sezioni import Squadra, elezione_piccola, scrutinio_di, type_tutto

pytestmark = pytest.mark.django_db


def elezione_di_prima(elezione, *, sezioni: int, elettori: int = 600, votanti: int = 210, **campi):
    """The same comune five years before, every section with these figures."""
    prima = ElezioneFactory(comune=elezione.comune, data=date(2016, 6, 5), giorni=1, **campi)
    for numero in range(1, sezioni + 1):
        scrutina(SezioneFactory(elezione=prima, numero=numero), elettori=elettori, votanti=votanti)
    return prima


def scrutina(sezione, *, turno: int = 1, **cifre):
    return Scrutinio.objects.create(
        elezione=sezione.elezione, sezione=sezione, turno=turno, stato=Stato.DEFINITIVO, **cifre
    )


def codici(elezione, turno: int = 1, **cifre) -> list[str]:
    dati = DatiScrutinio(turno=turno, sezione=1, **cifre)
    return [r.codice for r in load_passato(elezione, turno).check(dati, parametri=parametri_di(elezione))]


def test_electors_far_from_those_of_the_election_before_are_a_warning():
    elezione = elezione_piccola()
    elezione_di_prima(elezione, sezioni=1, elettori=600)

    assert codici(elezione, elettori=640) == []
    assert codici(elezione, elettori=900) == ["W437"]


def test_a_section_that_did_not_exist_or_has_no_figures_says_nothing():
    elezione = elezione_piccola()
    elezione_di_prima(elezione, sezioni=1, elettori=None, votanti=None)

    assert codici(elezione, elettori=900, votanti=800) == []
    assert codici(elezione_piccola(), elettori=900, votanti=800) == []


def test_the_turnout_is_compared_after_taking_off_how_the_whole_comune_changed():
    elezione = elezione_piccola(sezioni=7)
    elezione_di_prima(elezione, sezioni=7, elettori=600, votanti=420)
    for sezione in elezione.sezioni.exclude(numero=1):
        scrutina(sezione, elettori=600, votanti=270)  # 70 % then, 45 % now everywhere

    assert codici(elezione, elettori=600, votanti=280) == []
    assert codici(elezione, elettori=600, votanti=430) == ["W438"]


def test_with_few_sections_how_the_comune_changed_is_not_known_and_the_turnout_is_left_alone():
    elezione = elezione_piccola(sezioni=2)
    elezione_di_prima(elezione, sezioni=2, elettori=600, votanti=420)

    assert codici(elezione, elettori=600, votanti=100) == []


def test_the_runoff_is_compared_with_the_electors_of_the_first_turno():
    elezione = elezione_piccola()
    scrutina(elezione.sezioni.get(numero=1), elettori=620, votanti=400)

    assert codici(elezione, 2, elettori=618, votanti=300) == []
    assert codici(elezione, 2, elettori=700, votanti=300) == ["W439"]


def test_a_rehearsal_is_nobody_s_past():
    elezione = elezione_piccola()
    elezione_di_prima(elezione, sezioni=1, elettori=100, prova=True)

    assert codici(elezione, elettori=620) == []


def test_the_check_of_the_section_shows_the_warning_to_the_responsabile(client):
    elezione = elezione_piccola()
    elezione_di_prima(elezione, sezioni=1, elettori=400)
    squadra = Squadra(elezione)
    type_tutto(scrutinio_di(elezione), build_modulo(elezione, 1), by=squadra.anna)
    client.force_login(squadra.responsabile)

    pagina = client.get(reverse("giornata:controlla", args=[elezione.slug, 1, 1])).content.decode()

    assert "W437" in pagina
    assert "erano 400" in pagina


def test_the_turnout_at_closing_is_compared_section_by_section(client):
    elezione = elezione_piccola(sezioni=7)
    elezione_di_prima(elezione, sezioni=7, elettori=620, votanti=434)
    for sezione in elezione.sezioni.all():
        votanti = 430 if sezione.numero == 3 else 280
        Affluenza.objects.create(elezione=elezione, sezione=sezione, rilevazione="15", votanti=votanti)
    client.force_login(Squadra(elezione).responsabile)

    pagina = client.get(reverse("giornata:rilevazione", args=[elezione.slug, 1, "15"])).content.decode()

    assert "W438" in pagina
    assert pagina.count("Ha votato il") == pagina.count("Ha votato il 69,4 %") == 1


def test_the_board_of_the_turnout_says_how_it_was_at_the_same_hour(client):
    elezione = elezione_piccola()
    prima = elezione_di_prima(elezione, sezioni=2, elettori=600)
    prima.sezioni.update(elettori_m=300, elettori_f=300)
    for sezione in prima.sezioni.all():
        Affluenza.objects.create(elezione=prima, sezione=sezione, rilevazione="12", votanti=150)
    client.force_login(Squadra(elezione).anna)

    pagina = client.get(reverse("giornata:affluenza", args=[elezione.slug])).content.decode()

    assert "alla stessa ora del 2016: 25,0 %" in pagina
