"""Who is refused, and by which article."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from seggi.idoneita import Idoneita
from seggi.models import Nomina, Ufficio
from seggi.nomine import nominate
from tests.factories import CandidatoFactory, CandidatoSindacoFactory, ListaFactory
from tests.seggi.costruzione import make_albo, make_elezione

pytestmark = pytest.mark.django_db


@pytest.fixture
def elezione():
    return make_elezione(sezioni=1)


def refusal(elezione, iscritto, *, ruolo="scrutatore"):
    with pytest.raises(ValidationError) as rifiuto:
        nominate(
            Ufficio.objects.get(sezione__elezione=elezione),
            ruolo=ruolo,
            posizione=1,
            iscritto=iscritto,
            metodo=Nomina.Metodo.UNANIMITA,
        )
    assert not Nomina.objects.exists()
    return rifiuto.value.message


def test_a_scrutatore_over_seventy_is_refused(elezione):
    (anziano,) = make_albo(elezione, 1, data_nascita=date(1951, 10, 2))

    assert "art. 23 a) TU" in refusal(elezione, anziano)


def test_with_the_ministry_reading_the_age_excludes_only_the_presidente(elezione):
    elezione.interpretazioni = {"eta_massima_ruoli": ["presidente"]}
    elezione.save()
    (anziano,) = make_albo(elezione, 1, data_nascita=date(1950, 1, 1))

    assert Idoneita(elezione).is_idoneo(anziano, ruolo="scrutatore")
    assert not Idoneita(elezione).is_idoneo(anziano, ruolo="presidente")


def test_a_candidate_of_the_same_election_is_refused(elezione):
    (candidato,) = make_albo(elezione, 1)
    lista = ListaFactory(sindaco=CandidatoSindacoFactory(elezione=elezione))
    CandidatoFactory(
        lista=lista, cognome=candidato.cognome, nome=candidato.nome, data_nascita=candidato.data_nascita
    )

    assert "art. 23 f) TU" in refusal(elezione, candidato)


def test_an_employee_of_the_electoral_office_is_refused(elezione):
    (impiegato,) = make_albo(elezione, 1, esclusione="e")

    assert "art. 23 e) TU" in refusal(elezione, impiegato)


def test_somebody_of_another_comune_is_refused(elezione):
    (forestiero,) = make_albo(elezione, 1, elettore=False)

    assert "art. 1 l. 95/1989" in refusal(elezione, forestiero)


def test_what_the_court_decided_is_recorded_with_its_finding(elezione):
    (presidente,) = make_albo(elezione, 1, albo="presidenti", data_nascita=date(1940, 1, 1), titolo_studio=3)
    ufficio = Ufficio.objects.get(sezione__elezione=elezione)

    nomina = nominate(
        ufficio, ruolo="presidente", posizione=1, iscritto=presidente, metodo=Nomina.Metodo.CORTE_APPELLO
    )

    assert [r.codice for r in Idoneita(elezione).check(nomina, ruolo="presidente")] == ["E301"]
