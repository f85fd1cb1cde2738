"""Whether a database's schema is the newest, asked without loading Alembic: nearly every start finds that it is."""

from __future__ import annotations

from pathlib import Path

import psycopg
from psycopg.errors import UndefinedTable

from persistence.database import unavailable

_VERSIONS = Path(__file__).parent / "migrations" / "versions"  # files are named after their revisions, in order


def is_current(url: str) -> bool:
    """False for an older schema or an empty database. Raises Unavailable when the database does not answer."""
    newest = max(path.stem for path in _VERSIONS.glob("[0-9]*.py"))
    with unavailable(), psycopg.connect(url, connect_timeout=5) as connection:
        try:
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        except UndefinedTable:
            return False
    return row is not None and row[0] == newest
