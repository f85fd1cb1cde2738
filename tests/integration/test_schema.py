"""A start knows without Alembic whether there is anything to migrate."""

from __future__ import annotations

import psycopg

from persistence.schema import is_current


def test_a_migrated_database_is_current_and_an_older_or_empty_one_is_not(database_url: str) -> None:
    assert is_current(database_url)
    with psycopg.connect(database_url) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0001_main'")
    assert not is_current(database_url)
    with psycopg.connect(database_url) as connection:
        connection.execute("DROP TABLE alembic_version")
    assert not is_current(database_url)
