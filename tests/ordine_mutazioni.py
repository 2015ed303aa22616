"""Pytest plugin of ``make mutation``: the quickest tests first, so that a wrong mutant dies soon.

The times are those mutmut measured (``mutmut-stats.json``, in the folder where it runs the tests).
"""

import json
from pathlib import Path

import pytest

MISURE = Path("mutmut-stats.json")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    luogo = MISURE if MISURE.exists() else Path("mutants") / MISURE
    if not luogo.exists():
        return
    durate = json.loads(luogo.read_text("utf-8")).get("duration_by_test", {})
    items.sort(key=lambda voce: durate.get(voce.nodeid, 0))
