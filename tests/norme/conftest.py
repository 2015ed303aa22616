"""Hypothesis profiles, by ``HYPOTHESIS_PROFILE``: ci 2,000 examples of each invariant, fuzz 20,000.

``mutazioni`` is for ``make mutation``: few examples, always the same ones.
"""

import os

from hypothesis import HealthCheck, settings

COMUNI = {
    "deadline": None,
    "suppress_health_check": [HealthCheck.too_slow, HealthCheck.data_too_large],
    "print_blob": True,
}

settings.register_profile("locale", max_examples=40, **COMUNI)
settings.register_profile("ci", max_examples=2_000, **COMUNI)
settings.register_profile("fuzz", max_examples=20_000, **COMUNI)
settings.register_profile("mutazioni", max_examples=12, derandomize=True, database=None, **COMUNI)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "locale"))
