"""Proclamation: what it needs, what it freezes, how a court reopens it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from candidature.models import Candidato
from comuni.atti_firmati import Riscontro, check_atto
from comuni.models import Atto, Elezione
from electoral.documenti import impronta
from risultati.atti_esito import ATTI, MODULI, produce_atti_esito, produce_modulo, produce_notifica
from risultati.models import (
    Affluenza,
    Eletto,
    Proclamazione,
    Scrutinio,
    Sorteggio,
    Vicenda,
    VotiLista,
    VotiSindaco,
)
from risultati.models.congelamento import CONGELATE
from risultati.proclamazione import ProclamazioneNonPossibile, impedimenti, proclaim, reopen
from risultati.resistenza import produce_resistenza
from risultati.riparto import run_riparto_elezione
from tests.factories import UtenteFactory
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


#: For every frozen table a column that somebody may want to change, and to what.
CAMBI = {
    "Sezione": {"numero": 77},
    "Affluenza": {"votanti": 7},
    "Scrutinio": {"votanti": 7},
    "VotiSindaco": {"voti": 7},
    "VotiLista": {"voti": 7},
    "VotiPreferenza": {"preferenze": 7},
    "CandidatoSindaco": {"cognome": "ALTRI"},
    "Lista": {"denominazione": "Altra"},
    "Candidato": {"cognome": "ALTRI"},
    "Sorteggio": {"esito": "1"},
    "Vicenda": {"atto": "Altro"},
}


@pytest.fixture
def piena():
    """A proclaimed election with at least a row in every frozen table."""
    elezione = reale("san-benedetto-del-tronto-2021", sezioni=1)
    sezione = elezione.sezioni.get()
    Affluenza.objects.create(elezione=elezione, rilevazione="12", sezione=sezione, votanti=5)
    Sorteggio.objects.create(
        elezione=elezione,
        richiesta={"fra": "liste", "contendenti": [1, 2]},
        impronta_richiesta="0" * 64,
        esito="2",
        presenti="Bruni",
        eseguito_il=timezone.now(),
        annullato=True,
        annullato_motivo="Di prova.",
        annullato_il=timezone.now(),
    )
    Vicenda.objects.create(
        elezione=elezione,
        tipo=Vicenda.Tipo.INELEGGIBILITA,
        candidato=Candidato.objects.filter(lista__elezione=elezione).first(),
        data="2021-10-05",
        atto="Esposto",
    )
    return proclamata(elezione)


def test_every_frozen_table_refuses_bulk_changes_deletes_and_raw_sql(piena):
    assert {m.__name__ for m in CONGELATE} == set(CAMBI)
    for modello in CONGELATE:
        nome, tabella = modello.__name__, modello._meta.db_table
        assert modello.objects.exists(), nome
        with pytest.raises(IntegrityError, match="è proclamata"), transaction.atomic():
            modello.objects.update(**CAMBI[nome])
        with pytest.raises(IntegrityError, match="è proclamata"), transaction.atomic():
            _sql(f"DELETE FROM {tabella}")
        with pytest.raises(IntegrityError, match="è proclamata"), transaction.atomic():
            _sql(f"INSERT INTO {tabella} SELECT * FROM {tabella} LIMIT 1")


def _sql(testo: str) -> None:
    with connection.cursor() as cursore:
        cursore.execute(testo)


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


def test_a_rehearsal_stays_one_whoever_asks_and_by_any_road():
    elezione = semplice(prova=True)

    with pytest.raises(IntegrityError, match="resta una prova"), transaction.atomic():
        Elezione.objects.filter(pk=elezione.pk).update(prova=False)


def test_votes_that_came_before_the_polls_closed_are_never_proclaimed():
    elezione = semplice()
    Elezione.objects.filter(pk=elezione.pk).update(data=timezone.localdate() + timedelta(days=7))
    elezione.refresh_from_db()

    assert any("non sono ancora chiuse" in m for m in impedimenti(elezione, run_riparto_elezione(elezione)))


def test_what_is_frozen_answers_the_page_with_words(client):
    elezione = proclamata().elezione
    client.force_login(UtenteFactory(is_superuser=True))
    dati = {"elezione": elezione.pk, "numero": 77, "tipo": "ordinaria"}

    risposte = [client.post(reverse("admin:comuni_sezione_add"), dati)]
    with transaction.atomic():  # as a page that has already begun one
        risposte.append(client.post(reverse("comuni:crea_sezioni", args=[elezione.slug]), {"quante": "3"}))
        transaction.set_rollback(True)

    for risposta in risposte:
        assert risposta.status_code == 409
        assert "la sezione non si cambia" in risposta.content.decode()


def test_the_proclamation_and_the_elected_are_never_rewritten():
    proclamazione = proclamata()

    with pytest.raises(ProgrammingError), transaction.atomic():
        Eletto.objects.update(ordine=99)
    with pytest.raises(ProgrammingError), transaction.atomic():
        Proclamazione.objects.filter(pk=proclamazione.pk).update(impronta="0" * 64)
    with pytest.raises(ProgrammingError), transaction.atomic():
        Eletto.objects.all().delete()


def test_every_act_is_made_again_to_the_same_bit():
    proclamazione = proclamata()
    atti = [*produce_atti_esito(proclamazione), produce_notifica(proclamazione.eletti.get(ordine=1))]
    elezione = proclamazione.elezione
    atti += [produce_modulo(elezione, tipo) for tipo in MODULI]
    atti.append(produce_resistenza(proclamazione.riparto, None)[0])

    assert {a.tipo for a in atti} == {a.tipo for a in ATTI} | {"notifica", "resistenza", *MODULI}
    for atto in Atto.objects.di(elezione):
        assert check_atto(atto) == Riscontro(True, True, True), atto.tipo


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
