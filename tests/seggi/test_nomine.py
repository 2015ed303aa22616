"""Nominations and substitutions."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from seggi import nomine, riserve
from seggi.models import Nomina, PostoGraduatoria, RuoloUfficio
from tests.factories import IscrittoFactory, UfficioFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def ufficio():
    return UfficioFactory()


def nominate(ufficio, *, posizione=1, iscritto=None, ruolo=RuoloUfficio.SCRUTATORE):
    nomina = nomine.new_nomina(
        ufficio,
        ruolo=ruolo,
        posizione=posizione,
        iscritto=iscritto or IscrittoFactory(comune=ufficio.sezione.elezione.comune),
        metodo=Nomina.Metodo.SORTEGGIO,
    )
    nomina.save()
    return nomina


def add_riserva(ufficio, *, posizione):
    elezione = ufficio.sezione.elezione
    return PostoGraduatoria.objects.create(
        elezione=elezione, posizione=posizione, iscritto=IscrittoFactory(comune=elezione.comune)
    )


def test_an_ordinary_office_starts_with_six_uncovered_posts(ufficio):
    scoperti = nomine.posti_scoperti(ufficio.sezione.elezione)

    assert [(ruolo, posizione) for _, ruolo, posizione in scoperti] == [
        ("presidente", 1),
        ("scrutatore", 1),
        ("scrutatore", 2),
        ("scrutatore", 3),
        ("scrutatore", 4),
        ("segretario", 1),
    ]


def test_a_post_has_at_most_one_active_nomination(ufficio):
    nominate(ufficio)

    with pytest.raises(IntegrityError), transaction.atomic():
        nominate(ufficio)


def test_a_renunciation_calls_the_next_reserve_and_keeps_the_history(ufficio):
    prima, seconda = add_riserva(ufficio, posizione=1), add_riserva(ufficio, posizione=2)
    nomina = nominate(ufficio)

    nuova = riserve.replace_from_graduatoria(nomina, motivo="malattia")

    nomina.refresh_from_db()
    prima.refresh_from_db()
    assert (nomina.stato, nomina.motivo_cessazione) == (Nomina.Stato.RINUNCIATO, "malattia")
    assert (nuova.iscritto, nuova.posizione, nuova.sostituisce) == (prima.iscritto, 1, nomina)
    assert prima.stato == PostoGraduatoria.Stato.NOMINATO
    assert riserve.replace_from_graduatoria(nuova, motivo="trasferta").iscritto == seconda.iscritto


def test_a_reserve_already_in_a_post_is_passed_over(ufficio):
    prima, seconda = add_riserva(ufficio, posizione=1), add_riserva(ufficio, posizione=2)
    nominate(ufficio, posizione=2, iscritto=prima.iscritto)

    assert riserve.replace_from_graduatoria(nominate(ufficio), motivo="malattia").iscritto == seconda.iscritto


def test_with_the_ranking_exhausted_the_renunciation_is_recorded_and_the_post_is_uncovered(ufficio):
    nomina = nominate(ufficio)

    assert riserve.replace_from_graduatoria(nomina, motivo="malattia") is None
    nomina.refresh_from_db()
    assert nomina.stato == Nomina.Stato.RINUNCIATO
    assert (ufficio, "scrutatore", 1) in nomine.posti_scoperti(ufficio.sezione.elezione)


def test_nobody_leaves_a_post_without_a_reason_or_twice(ufficio):
    nomina = nominate(ufficio)

    with pytest.raises(ValidationError, match="motivo"):
        riserve.replace_from_graduatoria(nomina, motivo=" ")
    riserve.replace_from_graduatoria(nomina, motivo="malattia")
    with pytest.raises(ValidationError, match="più questo posto"):
        riserve.replace_from_graduatoria(nomina, motivo="malattia")


def test_the_term_to_renounce_runs_from_the_notice(ufficio):
    nomina, notificata = nominate(ufficio), timezone.now()

    assert nomine.termine_rinuncia(nomina, ore=48) is None
    nomine.notify_nomina(nomina, modo=Nomina.Notifica.PEC, quando=notificata)
    assert nomine.termine_rinuncia(nomina, ore=48) == notificata + timedelta(hours=48)


def test_an_elector_outside_the_register_is_co_opted_at_the_opening(ufficio):
    nomina = nominate(ufficio)

    cooptato = nomine.replace_nomina(
        nomina,
        stato=Nomina.Stato.ASSENTE,
        motivo="assente alle 16",
        metodo=Nomina.Metodo.INSEDIAMENTO,
        persona={"cognome": "COOPTATO", "nome": "PROVA"},
    )

    assert (cooptato.chiave, cooptato.iscritto, cooptato.sostituisce) == ("cooptatoprova", None, nomina)
