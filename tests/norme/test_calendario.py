"""The calendar: the dates of 2021 one by one, one- and two-day votes, the runoff, the regions."""

import tomllib
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from norme.calendario import Adempimento, Fase, build_calendario, first_sunday_after, giorno_dei_termini
from norme.parametri import ParametroIgnoto, parametri_at
from norme.registro import catalogo

CASO = tomllib.loads((Path(__file__).parents[1] / "casi" / "calendario_2021.toml").read_text("utf-8"))


def by_codice(data: date, *, popolazione: int = 45_000, ordinamento: str = "ordinario", **altro):
    parametri = parametri_at(data, popolazione=popolazione, ordinamento=ordinamento)
    return {voce.codice: voce for voce in build_calendario(parametri, **altro)}


def giorni(voce: Adempimento) -> tuple[date, date]:
    return voce.dal, voce.data


@pytest.mark.parametrize(("codice", "atteso"), CASO["attesi"].items(), ids=list(CASO["attesi"]))
def test_every_date_of_2021_comes_out(codice, atteso):
    voce = by_codice(CASO["primo_giorno"], popolazione=CASO["popolazione"])[codice]
    assert giorni(voce) == (
        date.fromisoformat(atteso[0]),
        date.fromisoformat(atteso[-1 if len(atteso) < 3 else 1]),
    )
    if len(atteso) > 2:
        assert [voce.dalle, voce.ora] == atteso[2:]


def test_the_calendar_is_in_order_and_every_entry_says_who_what_and_where():
    voci = build_calendario(parametri_at(date(2021, 10, 3), popolazione=9_000))
    assert all(prima.data <= dopo.data for prima, dopo in pairwise(voci))
    assert all(
        voce.chi and voce.cosa and voce.titolo and voce.articolo and voce.dal <= voce.data for voce in voci
    )
    assert {voce.fase for voce in voci} == set(Fase)


def test_the_small_comune_has_the_adunanza_and_the_large_one_the_ufficio_centrale():
    piccolo, grande = by_codice(date(2021, 10, 3), popolazione=9_000), by_codice(date(2021, 10, 3))
    assert giorni(piccolo["adunanza_presidenti"]) == (date(2021, 10, 5), date(2021, 10, 6))
    assert "ufficio_centrale" not in piccolo
    assert "collegamenti_ballottaggio" not in piccolo
    assert "adunanza_presidenti" not in grande


def test_a_one_day_vote_has_no_second_day_and_counts_on_sunday_night():
    voci = by_codice(date(2022, 6, 12), ballottaggio=True)
    assert "votazione_secondo_giorno" not in voci
    assert (voci["scrutinio"].dal, voci["scrutinio"].dalle) == (date(2022, 6, 12), "23:00")
    assert (voci["scrutinio"].data, voci["scrutinio"].ora) == (date(2022, 6, 13), "11:00")
    assert giorni(voci["ufficio_centrale"]) == (date(2022, 6, 14), date(2022, 6, 15))
    assert voci["ballottaggio_primo_giorno"].data == date(2022, 6, 26)
    assert "ballottaggio_secondo_giorno" not in voci


def test_in_2024_terms_count_from_the_sunday_and_the_runoff_is_two_weeks_after_it():
    voci = by_codice(date(2024, 6, 8))
    assert voci["manifesto_convocazione"].data == date(2024, 4, 25)  # a national holiday: no shift
    assert giorni(voci["presentazione_inizio"])[0] == date(2024, 5, 10)
    assert voci["presentazione_fine"].data == date(2024, 5, 11)
    assert (voci["insediamento"].data, voci["insediamento"].ora) == (date(2024, 6, 8), "09:00")
    assert (voci["votazione_primo_giorno"].dalle, voci["votazione_primo_giorno"].ora) == ("15:00", "23:00")
    assert voci["votazione_secondo_giorno"].data == date(2024, 6, 9)
    assert giorni(voci["ballottaggio_primo_giorno"]) == (date(2024, 6, 23), date(2024, 6, 23))
    assert voci["ballottaggio_secondo_giorno"].ora == "15:00"


def test_the_runoff_is_possible_certain_or_excluded():
    assert by_codice(date(2021, 10, 3))["ballottaggio_primo_giorno"].eventuale is True
    assert by_codice(date(2021, 10, 3), ballottaggio=True)["ballottaggio_primo_giorno"].eventuale is False
    assert "ballottaggio_primo_giorno" not in by_codice(date(2021, 10, 3), ballottaggio=False)


def test_known_facts_replace_the_estimates():
    stimato = by_codice(date(2021, 10, 3), ballottaggio=True)
    assert (stimato["convocazione_consiglio"].data, stimato["convocazione_consiglio"].stimata) == (
        date(2021, 10, 30),
        True,
    )
    noto = by_codice(date(2021, 10, 3), fine_scrutinio=date(2021, 10, 4), proclamazione=date(2021, 10, 5))
    assert (noto["manifesto_eletti"].data, noto["manifesto_eletti"].stimata) == (date(2021, 10, 7), False)
    assert (noto["convocazione_consiglio"].data, noto["convocazione_consiglio"].stimata) == (
        date(2021, 10, 15),
        False,
    )


def test_the_number_of_days_may_be_set_by_hand():
    una = by_codice(date(2021, 10, 3), giorni=1)
    assert una["scrutinio"].dal == date(2021, 10, 3)
    due = by_codice(date(2027, 5, 23), giorni=2)
    assert (due["votazione_secondo_giorno"].data, due["votazione_secondo_giorno"].ora) == (
        date(2027, 5, 24),
        "23:00",
    )


@pytest.mark.parametrize(
    ("primo", "giorni_di_voto", "atteso"),
    [
        (date(2021, 10, 3), 2, date(2021, 10, 3)),
        (date(2024, 6, 8), 2, date(2024, 6, 9)),
        (date(2022, 6, 12), 1, date(2022, 6, 12)),
        (date(2022, 6, 13), 1, date(2022, 6, 13)),
    ],
)
def test_terms_count_from_the_sunday_of_the_vote(primo, giorni_di_voto, atteso):
    assert giorno_dei_termini(primo, giorni=giorni_di_voto) == atteso


def test_in_friuli_venezia_giulia_candidatures_end_earlier_and_the_calendar_says_it_is_partial():
    fvg = by_codice(date(2021, 10, 3), ordinamento="friuli-venezia-giulia")
    assert fvg["presentazione_inizio"].dal == date(2021, 8, 30)
    assert (fvg["presentazione_fine"].data, fvg["presentazione_fine"].ora) == (date(2021, 8, 31), "12:00")
    assert fvg["esame_candidature"].data == date(2021, 9, 1)
    assert "manifesto_convocazione" not in fvg
    parametri = parametri_at(date(2021, 10, 3), popolazione=45_000, ordinamento="friuli-venezia-giulia")
    assert parametri.valore("calendario_completo") is False


def test_without_known_voting_days_the_calendar_asks_instead_of_guessing():
    with pytest.raises(ParametroIgnoto, match="votazione"):
        by_codice(date(2021, 10, 3), ordinamento="trentino-alto-adige")


def test_with_the_days_given_only_what_is_known_comes_out():
    voci = by_codice(date(2025, 5, 4), ordinamento="trentino-alto-adige", giorni=1)
    assert voci["blocco_liste"].data == date(2025, 4, 19)
    assert voci["silenzio_elettorale"].data == date(2025, 5, 4)
    assert not {"votazione_primo_giorno", "ballottaggio_primo_giorno", "scrutinio"} & set(voci)


def test_in_sicily_the_voting_days_are_known():
    voci = by_codice(date(2022, 6, 12), ordinamento="sicilia")
    assert (voci["votazione_primo_giorno"].dalle, voci["votazione_primo_giorno"].ora) == ("07:00", "23:00")
    assert voci["ballottaggio_primo_giorno"].data == date(2022, 6, 26)


def test_representatives_before_and_after_july_2021():
    assert by_codice(date(2018, 6, 10))["designazione_rappresentanti"].data == date(2018, 6, 8)
    assert by_codice(date(2021, 6, 6))["designazione_rappresentanti"].data == date(2021, 6, 2)


@pytest.mark.parametrize(
    ("primo", "giorno"), [(date(2018, 6, 10), 4), (date(2021, 6, 6), 2), (date(2021, 10, 3), 3)]
)
def test_the_day_of_the_representatives_is_said_as_it_is(primo, giorno):
    nomi = {2: "mercoledì", 3: "giovedì", 4: "venerdì"}
    voce = by_codice(primo)["designazione_rappresentanti"]
    assert voce.data.weekday() == giorno
    assert [nome for nome in nomi.values() if nome in voce.cosa] == [nomi[giorno]]


ORDINAMENTI_NOTI = ["ordinario", "sicilia", "friuli-venezia-giulia"]


@pytest.mark.parametrize("ordinamento", ORDINAMENTI_NOTI)
@pytest.mark.parametrize("primo", [date(2018, 6, 10), date(2021, 10, 3), date(2024, 6, 8), date(2025, 5, 25)])
def test_the_material_comes_before_the_office_is_set_up_and_the_office_before_the_polls_open(
    primo, ordinamento
):
    voci = by_codice(primo, ordinamento=ordinamento)
    ufficio = voci["insediamento"]
    apertura = voci["votazione_primo_giorno"]
    assert (ufficio.data, ufficio.ora) < (apertura.data, apertura.dalle)
    if "consegna_materiale" in voci:
        materiale = voci["consegna_materiale"]
        assert (materiale.data, materiale.ora) <= (ufficio.data, ufficio.ora)


@pytest.mark.parametrize(
    ("popolazione", "scelta", "codice"),
    [
        (9_000, {"udienza_delegati": False}, "decisione_definitiva"),
        (45_000, {"contrassegno_nuovo_ore": 0}, "nuovo_contrassegno"),
    ],
)
def test_a_choice_of_the_ente_reaches_the_calendar(popolazione, scelta, codice):
    parametri = parametri_at(date(2021, 10, 3), popolazione=popolazione)
    assert codice in {voce.codice for voce in build_calendario(parametri)}
    assert codice not in {voce.codice for voce in build_calendario(parametri.choose(**scelta))}


def test_what_is_written_for_one_class_only_is_deduced_for_the_other():
    piccolo, grande = by_codice(date(2021, 10, 3), popolazione=9_000), by_codice(date(2021, 10, 3))
    assert (piccolo["nuovo_contrassegno"].prova, grande["nuovo_contrassegno"].prova) == ("V", "D")
    assert (piccolo["decisione_definitiva"].prova, grande["decisione_definitiva"].prova) == ("D", "V")


@pytest.mark.parametrize(
    ("popolazione", "ufficio"), [(9_000, "adunanza_presidenti"), (45_000, "ufficio_centrale")]
)
def test_the_elected_are_published_once_at_the_first_turno_or_at_the_runoff(popolazione, ufficio):
    si, no, forse = (
        by_codice(date(2021, 10, 3), popolazione=popolazione, ballottaggio=esito)
        for esito in (True, False, None)
    )
    assert "manifesto_eletti" not in si
    assert si["manifesto_eletti_ballottaggio"].condizione == ""
    assert no["manifesto_eletti"].eventuale is False
    assert "manifesto_eletti_ballottaggio" not in no
    assert (forse["manifesto_eletti"].eventuale, forse["manifesto_eletti"].condizione) == (
        True,
        "se non c'è il ballottaggio",
    )
    assert forse["manifesto_eletti_ballottaggio"].condizione == "se c'è il ballottaggio"
    assert "proclama gli eletti" not in si[ufficio].cosa
    assert "ballottaggio" in si[ufficio].cosa
    assert "proclama gli eletti" in no[ufficio].cosa
    assert "ballottaggio" not in no[ufficio].cosa
    assert "proclama gli eletti" in forse[ufficio].cosa
    assert "ballottaggio" in forse[ufficio].cosa


def test_who_is_elected_in_two_comuni_chooses_after_the_first_sitting():
    voci = by_codice(date(2021, 10, 3), ballottaggio=False)
    voce = voci["opzione_due_comuni"]
    assert (voce.articolo, voce.stimata, voce.fase) == ("TUEL art. 57", True, Fase.MANDATO)
    assert voce.data == voci["prima_seduta"].data + timedelta(days=5)


def test_an_entry_is_told_to_machines_and_carries_its_label():
    voci = by_codice(date(2021, 10, 3))
    assert voci["manifesto_convocazione"].as_dict()["sigla"] == "D−45"
    assert voci["collegamenti_ballottaggio"].sigla == "D+7"
    assert voci["insediamento_ballottaggio"].sigla == ""


def test_every_duty_of_the_register_knows_its_phase_and_who_does_it():
    doveri = [
        valore for nome in catalogo() if nome.startswith("adempimento_") for valore in catalogo()[nome].valori
    ]
    assert {voce.valore["fase"] for voce in doveri} <= {fase.value for fase in Fase}
    assert all(voce.valore["chi"] and voce.valore["cosa"].endswith(".") for voce in doveri)


@pytest.mark.parametrize(
    ("evento", "domenica"),
    [
        (date(2021, 10, 4), date(2021, 10, 17)),  # the tenth day is a Thursday
        (date(2021, 10, 6), date(2021, 10, 17)),  # a Saturday
        (date(2021, 10, 7), date(2021, 10, 24)),  # a Sunday: the next one
        (date(2021, 10, 8), date(2021, 10, 24)),
    ],
)
def test_after_the_death_of_a_finalist_the_vote_is_the_sunday_after_the_tenth_day(evento, domenica):
    assert first_sunday_after(evento, giorni=10) == domenica


def test_the_papers_of_transparency_are_due_a_week_before_above_15000_only():
    assert by_codice(date(2021, 10, 3))["trasparenza"].data == date(2021, 9, 26)
    assert "trasparenza" in by_codice(date(2021, 10, 3), popolazione=15_000)  # c. 14: «meno di 15.000»
    assert "trasparenza" not in by_codice(date(2021, 10, 3), popolazione=14_999)


@pytest.mark.parametrize("ordinamento", ["ordinario", "sicilia", "friuli-venezia-giulia"])
def test_the_offices_are_set_up_on_the_eve_wherever_the_law_is_known(ordinamento):
    voce = by_codice(date(2023, 5, 28), ordinamento=ordinamento)["insediamento"]
    assert (voce.data, voce.ora) == (date(2023, 5, 27), "16:00")
