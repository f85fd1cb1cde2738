"""Brings a database's schema up to date. The SQL is in migrations/sql/; SQLAlchemy is only Alembic's vehicle."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy
from alembic import command
from alembic.config import Config
from sqlalchemy.exc import OperationalError

from domain.errors import Unavailable

_LOCK = 0x50_52_4F_53_41  # any number nobody else takes: "PROSA"


def upgrade(url: str, revision: str = "head") -> None:
    """Runs the missing migrations as the database's owner, all or nothing. Two processes at once take turns.

    `url` is a libpq one (postgresql://…). Raises Unavailable when the database does not answer.
    """
    engine = sqlalchemy.create_engine(_dialect(url), poolclass=sqlalchemy.NullPool, connect_args={"connect_timeout": 5})
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    try:
        with engine.begin() as connection:
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
            config.attributes["connection"] = connection
            command.upgrade(config, revision)
    except OperationalError as error:
        raise Unavailable(f"database: {type(error.orig).__name__}") from error
    finally:
        engine.dispose()


def _dialect(url: str) -> sqlalchemy.URL:
    return sqlalchemy.make_url(url).set(drivername="postgresql+psycopg")
