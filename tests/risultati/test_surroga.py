"""Five years of mandate: who leaves, who enters, from the frozen ranking."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from candidature.models import Candidato
from comuni.atti import reproduce_pdf
from risultati.atto_surroga import produce_atto_surroga
from risultati.models import Surroga
from risultati.proclamazione import proclaim
from risultati.riparto import run_riparto_elezione
from risultati.surroga import SurrogaRifiutata, chiave_di, consiglio_al, register_surroga
from tests.risultati.elezioni import reale, semplice

pytestmark = pytest.mark.django_db
ROMA = ZoneInfo("Europe/Rome")
Causa = Surroga.Causa


def proclama(elezione, *, il=datetime(2021, 10, 20, 12, tzinfo=ROMA)):
    return proclaim(elezione, riparto=run_riparto_elezione(elezione), presidente="Maria Rossi", at=il)


def candidato(elezione, lista, numero):
    return Candidato.objects.select_related("lista").get(
        lista__elezione=elezione, lista__numero=lista, numero=numero
    )


def non_eletto(proclamazione, lista, posto):
    """The n-th of the frozen ranking of a list."""
    numero = proclamazione.istantanea["esito"]["non_eletti"][str(lista)][posto - 1]
    return candidato(proclamazione.elezione, lista, numero)


def test_ten_events_on_san_benedetto_each_with_its_successor_and_act():
    elezione = reale("san-benedetto-del-tronto-2021")
    p = proclama(elezione)
    piunti, canducci, bottiglieri = (elezione.candidati_sindaco.get(numero=n) for n in (4, 3, 2))
    eletto = {1: candidato(elezione, 1, 14), 5: candidato(elezione, 5, 17), 12: candidato(elezione, 12, 9)}
    primo_1, secondo_1, terzo_1 = (non_eletto(p, 1, n) for n in (1, 2, 3))
    primo_5, primo_12 = non_eletto(p, 5, 1), non_eletto(p, 12, 1)
    storia = [
        # day, who, why, who enters
        ("2021-11-05", eletto[1], Causa.ASSESSORE, primo_1),
        ("2021-12-01", primo_1, Causa.RINUNCIA, secondo_1),
        ("2022-03-10", eletto[5], Causa.SOSPENSIONE, primo_5),
        ("2022-09-01", eletto[5], Causa.FINE_SOSPENSIONE, None),
        ("2023-01-15", eletto[12], Causa.DIMISSIONI, primo_12),
        # group of Piunti: next quotient among 12 (1 seat) 2135/2, 15 2441/2, 16 1603/2, 17 3380/3
        ("2023-02-20", piunti, Causa.DIMISSIONI, non_eletto(p, 15, 1)),
        ("2023-06-30", eletto[5], Causa.SOSPENSIONE, primo_5),
        ("2023-10-11", eletto[5], Causa.DECADENZA, primo_5),
        # group of Canducci: 9 has one seat 1508/2, 10 none 869, 11 none 1065: list 11
        ("2024-05-05", canducci, Causa.MORTE, non_eletto(p, 11, 1)),
        # group of Bottiglieri, no seat of its lists: 6 682, 7 837, 8 1790: list 8
        ("2025-01-08", bottiglieri, Causa.DIMISSIONI, non_eletto(p, 8, 1)),
    ]
    for giorno, chi, causa, atteso in storia:
        surroga = register_surroga(p, chi=chi, causa=causa, data=date.fromisoformat(giorno))
        assert surroga.subentra == atteso, (giorno, surroga.motivazione)
        atto = produce_atto_surroga(surroga)
        atto.refresh_from_db()
        with atto.file.open("rb") as file:
            assert reproduce_pdf(atto) == file.read()

    _, finale = consiglio_al(p)
    assert len(finale.in_carica) == 24
    assert {chiave_di(c) for c in (secondo_1, primo_5, primo_12)} <= finale.in_carica
    assert chiave_di(eletto[5]) not in finale.in_carica
    assert chiave_di(terzo_1) not in finale.in_carica


def test_the_council_of_any_day_is_known():
    elezione = semplice()
    p = proclama(elezione)
    chi, entra = candidato(elezione, 1, 1), non_eletto(p, 1, 1)
    register_surroga(p, chi=chi, causa=Causa.DIMISSIONI, data=date(2022, 5, 1))

    assert chiave_di(chi) in consiglio_al(p, date(2022, 4, 30))[1].in_carica
    assert chiave_di(entra) in consiglio_al(p, date(2022, 5, 1))[1].in_carica


def test_an_exhausted_list_leaves_the_seat_vacant():
    elezione = semplice()
    p = proclama(elezione)
    for numero in range(1, 6):
        surroga = register_surroga(
            p, chi=candidato(elezione, 1, numero), causa=Causa.DIMISSIONI, data=date(2022, 5, numero)
        )

    assert surroga.subentra is None
    assert "resta vacante" in surroga.motivazione["testo"]
    assert consiglio_al(p)[1].vacanti == 1


def test_a_losing_sindaco_with_one_list_is_followed_by_its_first_non_elected():
    elezione = semplice()
    p = proclama(elezione)

    surroga = register_surroga(
        p, chi=elezione.candidati_sindaco.get(numero=3), causa=Causa.DIMISSIONI, data=date(2022, 5, 1)
    )

    assert surroga.subentra == non_eletto(p, 3, 1)


@pytest.mark.parametrize(
    ("chi", "causa", "giorno", "perche"),
    [
        (("sindaco", 1), Causa.DIMISSIONI, "2022-05-01", "Il sindaco non si surroga"),
        ((1, 12), Causa.DIMISSIONI, "2022-05-01", "non fa parte del consiglio"),
        ((1, 1), Causa.ASSESSORE, "2022-05-01", "Fino a 15.000 abitanti"),
        ((1, 1), Causa.DIMISSIONI, "2021-10-01", "prima della proclamazione"),
        ((1, 1), Causa.FINE_SOSPENSIONE, "2022-05-01", "non è sospeso"),
    ],
)
def test_what_the_law_does_not_allow_is_refused(chi, causa, giorno, perche):
    elezione = semplice()
    p = proclama(elezione)
    persona = (
        elezione.candidati_sindaco.get(numero=chi[1]) if chi[0] == "sindaco" else candidato(elezione, *chi)
    )

    with pytest.raises(SurrogaRifiutata, match=perche):
        register_surroga(p, chi=persona, causa=causa, data=date.fromisoformat(giorno))


def test_a_suspended_losing_sindaco_takes_back_his_own_seat():
    elezione = reale("san-benedetto-del-tronto-2021")
    p = proclama(elezione)
    canducci = elezione.candidati_sindaco.get(numero=3)
    sospensione = register_surroga(p, chi=canducci, causa=Causa.SOSPENSIONE, data=date(2022, 3, 1))
    assert sospensione.subentra == non_eletto(p, 11, 1)  # 9: 1508/2, 10: 869, 11: 1065
    register_surroga(p, chi=canducci, causa=Causa.FINE_SOSPENSIONE, data=date(2022, 4, 1))
    seggio = consiglio_al(p)[1].seggio_di(("sindaco", 3))
    assert (seggio.occupante, seggio.lista) == (("sindaco", 3), None)
    fine = register_surroga(p, chi=canducci, causa=Causa.MORTE, data=date(2022, 5, 1))
    assert fine.subentra == non_eletto(p, 11, 1)
    assert "segue il primo quoziente utile" in fine.motivazione["testo"]
    assert fine.motivazione["articolo"] == "artt. 73 c. 11 e 45 c. 1 d.lgs. 267/2000"
