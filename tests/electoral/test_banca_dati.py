"""The embedded server: what another user of the same machine cannot stop."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path


def test_the_lock_is_in_a_folder_of_this_user(tmp_path):
    """In a process of its own: the package decides where to lock when it is first imported."""
    codice = (
        "from electoral.banca_dati import _load_package;"
        "from importlib import import_module;"
        "print(import_module(_load_package().__name__ + '.postgres_server').PostgresServer.lock_path)"
    )
    ambiente = {k: v for k, v in os.environ.items() if k != "XDG_RUNTIME_DIR"}
    uscita = subprocess.run(
        [sys.executable, "-c", codice], env=ambiente, capture_output=True, text=True, check=True
    )

    serratura = Path(uscita.stdout.strip())
    assert serratura.parent != Path(tempfile.gettempdir())
    assert serratura.parent.stat().st_uid == os.geteuid()
