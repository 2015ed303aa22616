"""Proclamation: what it needs, what it freezes, how a court reopens it."""

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from candidature.models import Candidato, Lista
from electoral.documenti import impronta
from risultati.models import Eletto, Proclamazione, Scrutinio, VotiLista, VotiPreferenza, VotiSindaco
from risultati.proclamazione import ProclamazioneNonPossibile, impedimenti, proclaim, reopen
from risultati.riparto import run_riparto_elezione
from tests.risultati.elezioni import reale, semplice

pytestmark = pytest.mark.django_db


def proclamata(elezione=None) -> Proclamazione:
    elezione = elezione or semplice()
    return proclaim(elezione, riparto=run_riparto_elezione(elezione), presidente="Maria Rossi")


def test_the_elected_are_the_sindaco_the_councillors_and_the_losing_sindaci():
    eletti = list(proclamata().eletti.all())

    assert [e.carica for e in eletti].count(Eletto.Carica.SINDACO) == 1
    assert len([e for e in eletti if e.carica == Eletto.Carica.CONSIGLIERE]) == 8 + 2
    assert [e.persona.numero for e in eletti if e.carica == Eletto.Carica.CONSIGLIERE_SINDACO] == [2, 3]


def test_san_benedetto_2021_has_its_25_elected():
    proclamazione = proclamata(reale("san-benedetto-del-tronto-2021"))

    assert proclamazione.eletti.count() == 1 + 21 + 3
    assert str(proclamazione.eletti.first().persona) == "SPAZZAFUMO ANTONIO"


def test_the_snapshot_is_hashed_and_holds_data_outcome_and_version():
    proclamazione = proclamata()
    proclamazione.refresh_from_db()

    assert proclamazione.impronta == impronta(proclamazione.istantanea)
    assert {"dati", "esito", "versione_urna", "impronta_dati"} <= proclamazione.istantanea.keys()


def congelati():
    return [
        VotiSindaco.objects.filter(voti__gt=0),
        VotiPreferenza.objects.filter(preferenze__gt=0),
        Scrutinio.objects.all(),
        Lista.objects.all(),
        Candidato.objects.all(),
    ]


@pytest.mark.parametrize("quale", range(5))
def test_after_it_nothing_below_changes_not_even_by_bulk(quale):
    proclamata()
    campo = ["voti", "preferenze", "votanti", "denominazione", "cognome"][quale]

    with pytest.raises(IntegrityError, match="è proclamata"), transaction.atomic():
        congelati()[quale].update(**{campo: 7})


def test_after_it_no_vote_is_added_or_removed_not_even_by_sql():
    proclamata(reale("cardito-2026"))

    with pytest.raises(IntegrityError, match="è proclamata"), transaction.atomic():
        VotiLista.objects.all().delete()
    with pytest.raises(IntegrityError, match="è proclamata"), transaction.atomic(), connection.cursor() as c:
        c.execute("DELETE FROM risultati_votisindaco")


def test_after_it_the_settings_that_decide_are_frozen_but_publication_is_not():
    elezione = proclamata().elezione

    elezione.pubblicata = True
    elezione.save()
    elezione.seggi_consiglio = 16
    with pytest.raises(IntegrityError, match="è proclamata"), transaction.atomic():
        elezione.save()


def test_the_proclamation_and_the_elected_are_never_rewritten():
    proclamazione = proclamata()

    with pytest.raises(ProgrammingError), transaction.atomic():
        Eletto.objects.update(ordine=99)
    with pytest.raises(ProgrammingError), transaction.atomic():
        Proclamazione.objects.filter(pk=proclamazione.pk).update(impronta="0" * 64)
    with pytest.raises(ProgrammingError), transaction.atomic():
        Eletto.objects.all().delete()


def test_other_elections_are_not_touched():
    proclamata()
    altra = semplice(nome="altra")

    assert VotiSindaco.objects.filter(scrutinio__elezione=altra).update(voti=5) == 3


def test_a_court_decision_reopens_it_and_a_new_proclamation_follows():
    prima = proclamata()
    with pytest.raises(ProclamazioneNonPossibile):
        reopen(prima, decisione=" ")

    reopen(prima, decisione="TAR Marche, n. 794/2024")
    VotiSindaco.objects.filter(sindaco__numero=2).update(voti=310)
    seconda = proclamata(prima.elezione)

    assert Proclamazione.objects.dell_elezione(prima.elezione) == seconda
    assert prima.eletti.exists()
    with pytest.raises(ProclamazioneNonPossibile):
        reopen(prima, decisione="un'altra")


def test_it_is_refused_on_changed_votes_on_a_projection_and_twice():
    elezione = semplice(sezioni=2)
    riparto = run_riparto_elezione(elezione)
    VotiSindaco.objects.filter(sindaco__numero=2).update(voti=301)
    assert impedimenti(elezione, riparto) == ["I dati sono cambiati dopo il riparto: va calcolato di nuovo."]
    Scrutinio.objects.filter(sezione__numero=2).update(stato=Scrutinio.Stato.ATTESA)
    assert "proiezione" in impedimenti(elezione, run_riparto_elezione(elezione))[0]
    Scrutinio.objects.update(stato=Scrutinio.Stato.DEFINITIVO)
    proclamata(elezione)
    assert impedimenti(elezione, None) == ["Gli eletti sono già stati proclamati."]


def test_a_warning_needs_its_reason():
    elezione = semplice(seggi=16)  # 5.000 inhabitants have 12 seats: W501
    riparto = run_riparto_elezione(elezione)

    with pytest.raises(ProclamazioneNonPossibile, match="W501"):
        proclaim(elezione, riparto=riparto, presidente="Maria Rossi")

    motivi = {"W501": "Decreto prefettizio n. 12."}
    assert proclaim(elezione, riparto=riparto, presidente="Maria Rossi", motivi_avvisi=motivi)
