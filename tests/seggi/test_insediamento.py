"""The eve of the vote: who is missing hour by hour, who is called in, the minimum presence."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from electoral.permessi import Ruolo
from seggi import insediamento
from seggi.insediamento import RigaVerbale
from seggi.models import Nomina, Ufficio
from seggi.uffici import build_quadro
from tests.factories import utente_con_ruolo
from tests.seggi.costruzione import draw_scrutatori, make_albo, make_elezione

pytestmark = pytest.mark.django_db
ROMA = ZoneInfo("Europe/Rome")
VIGILIA = datetime(2021, 10, 2, 16, 20, tzinfo=ROMA)


@pytest.fixture
def elezione():
    elezione = make_elezione(sezioni=1)
    make_albo(elezione, 10)
    draw_scrutatori(elezione)
    return elezione


@pytest.fixture
def ufficio(elezione):
    return Ufficio.objects.select_related("sezione__elezione").get(sezione__elezione=elezione)


def chiamato(cognome: str) -> dict[str, object]:
    return {"cognome": cognome, "nome": "PROVA", "data_nascita": date(1990, 1, 1)}


def test_the_offices_are_set_up_when_the_calendar_says(elezione):
    assert insediamento.momento_insediamento(elezione) == datetime(2021, 10, 2, 16, tzinfo=ROMA)


def test_a_region_without_its_own_calendar_follows_that_of_the_state():
    elezione = make_elezione(sezioni=0, ordinamento="sicilia")

    assert insediamento.momento_insediamento(elezione).hour == 16


def test_the_absent_lose_the_post_and_who_is_called_in_takes_it(ufficio):
    righe = [
        RigaVerbale("presidente", 1, presente=False, cooptato=chiamato("DELEGATO")),
        RigaVerbale("scrutatore", 1, presente=True, vice=True),
        RigaVerbale("scrutatore", 2, presente=True),
        RigaVerbale("scrutatore", 3, presente=False, cooptato=chiamato("ANZIANO")),
        RigaVerbale("scrutatore", 4, presente=False),
        RigaVerbale("segretario", 1, presente=False, cooptato=chiamato("SEGRETARIO")),
    ]

    rilievi = insediamento.record_insediamento(ufficio, righe=righe, quando=VIGILIA)

    (quadro,) = build_quadro(ufficio.sezione.elezione)
    assert [(p.nome, p.nomina and p.nomina.metodo) for p in quadro.posti] == [
        ("presidente", "sindaco"),
        ("scrutatore 1", "sorteggio"),
        ("scrutatore 2", "sorteggio"),
        ("scrutatore 3", "insediamento"),
        ("scrutatore 4", None),
        ("segretario", "presidente"),
    ]
    assert Nomina.objects.filter(stato="assente").count() == 2
    assert all(p.nomina.stato == "accettato" for p in quadro.posti if p.nomina)
    assert rilievi == ()
    ufficio.refresh_from_db()
    assert ufficio.costituito_il == VIGILIA


def test_an_office_below_three_members_is_recorded_with_its_finding(ufficio):
    righe = [RigaVerbale("scrutatore", n, presente=n == 1) for n in (1, 2, 3, 4)]

    rilievi = insediamento.record_insediamento(ufficio, righe=righe, quando=VIGILIA)

    assert [r.codice for r in rilievi] == ["E311"]
    elezione = ufficio.sezione.elezione
    sotto = insediamento.uffici_in_ordine(elezione).filter(insediamento.sotto_presenza(elezione))
    (stato,) = insediamento.build_tabellone(elezione, list(sotto))
    assert [r.codice for r in stato.rilievi] == ["E311"]


def test_the_database_and_the_law_agree_on_who_is_below_the_minimum(ufficio):
    elezione = ufficio.sezione.elezione
    posti = [("scrutatore", 1), ("scrutatore", 2), ("scrutatore", 3), ("scrutatore", 4)]

    for presenti in range(5):
        for vice in (False, True):
            Nomina.objects.update(stato="assente", cessato_il=VIGILIA, vice=False)
            for _, posizione in posti[:presenti]:
                Nomina.objects.filter(posizione=posizione).update(stato="accettato", cessato_il=None)
            Nomina.objects.filter(posizione=1).update(vice=vice)
            secondo_la_legge = bool(insediamento.check_presenza_di(ufficio))
            trovati = insediamento.uffici_in_ordine(elezione).filter(insediamento.sotto_presenza(elezione))
            assert trovati.exists() is secondo_la_legge, (presenti, vice)


def test_two_vice_presidents_are_refused_and_nothing_is_saved(ufficio):
    righe = [RigaVerbale("scrutatore", n, presente=True, vice=True) for n in (1, 2)]

    with pytest.raises(ValidationError, match="uno solo"):
        insediamento.record_insediamento(ufficio, righe=righe, quando=VIGILIA)
    assert not Nomina.objects.filter(vice=True).exists()


def test_the_board_tells_the_uncovered_posts_hour_by_hour(elezione):
    nomina = Nomina.objects.filter(ruolo="scrutatore").first()
    Nomina.objects.filter(ruolo="scrutatore").update(nominato_il=VIGILIA - timedelta(days=9))
    Nomina.objects.filter(pk=nomina.pk).update(stato="rinunciato", cessato_il=VIGILIA - timedelta(minutes=30))

    adesso, prima, *_ = insediamento.scoperti_per_ora(elezione, fino_a=VIGILIA, ore=3)

    assert (adesso.scrutatori, adesso.presidenti, adesso.posti) == (1, 1, 3)
    assert (prima.scrutatori, prima.posti) == (0, 2)


def test_the_verbale_is_recorded_from_its_page(client, elezione, ufficio):
    client.force_login(utente_con_ruolo(elezione.comune, Ruolo.OPERATORE))
    pagina = reverse("seggi:insediamento", args=[elezione.slug, 1])
    dati = {
        "quando": "2021-10-02T16:20",
        "presidente-1-cognome": "delegato",
        "presidente-1-nome": "prova",
        "scrutatore-1-presente": "on",
        "scrutatore-1-vice": "on",
        "scrutatore-2-presente": "on",
        "scrutatore-3-presente": "on",
        "scrutatore-4-cognome": "anziano",
    }

    incompleta = client.post(pagina, dati)
    assert "Scrutatore 4: servono cognome e nome" in incompleta.content.decode()
    assert not Nomina.objects.filter(stato="assente").exists()
    client.post(pagina, {**dati, "scrutatore-4-nome": "prova", "scrutatore-4-data_nascita": "1950-05-05"})

    assert Nomina.objects.attive().get(ruolo="scrutatore", posizione=4).cognome == "ANZIANO"
    assert Nomina.objects.attive().get(vice=True).posizione == 1
    tabellone = client.get(reverse("seggi:tabellone_insediamento", args=[elezione.slug])).content.decode()
    assert "costituito" in tabellone and "segretario" in tabellone
