"""Pytest plugin of ``make mutation``: the quickest tests first, so that a wrong mutant dies soon.

The times are those mutmut measured (``mutmut-stats.json``, in the folder where it runs the tests).
"""

import json
import sys
from pathlib import Path

import pytest

MISURE = Path("mutmut-stats.json")


def pytest_sessionstart():
    """What the rules remember would hide a mutant: mutmut forks after a clean run."""
    for nome, modulo in list(sys.modules.items()):
        if nome.startswith("norme"):
            for voce in list(vars(modulo).values()):
                getattr(voce, "cache_clear", lambda: None)()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    luogo = MISURE if MISURE.exists() else Path("mutants") / MISURE
    if not luogo.exists():
        return
    durate = json.loads(luogo.read_text("utf-8")).get("duration_by_test", {})
    items.sort(key=lambda voce: durate.get(voce.nodeid, 0))
