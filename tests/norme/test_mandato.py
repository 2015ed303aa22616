"""Until when a council may sit."""

from datetime import date

import pytest

from norme.mandato import last_day


@pytest.mark.parametrize(
    ("voto", "fine"),
    [
        (date(2024, 6, 9), date(2029, 6, 29)),  # spring: the window of the fifth year, and its runoff
        (date(2021, 10, 3), date(2027, 6, 29)),  # autumn: the spring after
        (date(2016, 6, 5), date(2021, 10, 29)),  # in 2021 the window was in autumn (d.l. 25/2021)
        (date(2020, 2, 29), date(2025, 6, 29)),
        (date(1990, 5, 6), date.max),
    ],
)
def test_a_council_sits_until_the_vote_that_follows_five_years(voto, fine):
    assert last_day(voto) == fine
