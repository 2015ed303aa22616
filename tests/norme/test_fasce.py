"""Which rules a comune is under."""

from datetime import date

import pytest

from norme.fasce import commissione_comunale, fonte_popolazione, ordinamento_di, sistema_at
from norme.parametri import parametri_at


@pytest.mark.parametrize(
    ("regione", "ordinamento"),
    [
        ("Marche", "ordinario"),
        ("EMILIA-ROMAGNA", "ordinario"),
        ("Sardegna", "ordinario"),
        ("Sicilia", "sicilia"),
        ("Friuli-Venezia Giulia", "friuli-venezia-giulia"),
        ("Friuli Venezia Giulia", "friuli-venezia-giulia"),
        ("Valle d'Aosta", "valle-d-aosta"),
        ("Valle d’Aosta/Vallée d'Aoste", "valle-d-aosta"),
        ("Trentino-Alto Adige/Südtirol", "trentino-alto-adige"),
    ],
)
def test_the_region_decides_the_ordinamento(regione, ordinamento):
    assert ordinamento_di(regione) == ordinamento


def test_an_unknown_region_is_refused():
    with pytest.raises(ValueError, match="«Padania» sconosciuta"):
        ordinamento_di("Padania")


@pytest.mark.parametrize(
    ("data", "popolazione", "capoluogo", "sistema"),
    [
        (date(2021, 10, 3), 15_000, False, "fino_15000"),
        (date(2021, 10, 3), 15_001, False, "oltre_15000"),
        (date(2021, 10, 3), 14_000, True, "fino_15000"),
        (date(2024, 1, 28), 14_000, True, "fino_15000"),
        (date(2024, 1, 29), 14_000, True, "oltre_15000"),
        (date(2025, 5, 25), 14_000, False, "fino_15000"),
    ],
)
def test_the_system_follows_population_date_and_capoluogo(data, popolazione, capoluogo, sistema):
    assert sistema_at(data, popolazione=popolazione, capoluogo=capoluogo) == sistema


def test_the_census_follows_the_day_of_the_vote():
    assert fonte_popolazione(date(2021, 10, 3)).valore == "censimento del 9.10.2011, d.P.R. 6.11.2012"
    assert fonte_popolazione(date(2023, 5, 14)).valore == "censimento permanente, d.P.R. 20.1.2023"


def test_the_commissione_comunale_grows_with_the_council():
    citta = parametri_at(date(2021, 10, 3), popolazione=2_600_000)
    assert commissione_comunale(citta) == {"effettivi": 3, "supplenti": 3}
    assert commissione_comunale(citta.choose(commissione_comunale_soglia=48)) == {
        "effettivi": 3,
        "supplenti": 3,
    }
