"""A transaction that travels as one burst: its statements are sent together and answered together."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from persistence.database import Connection, Database, unavailable

SCOPE = "SELECT set_config('app.tenant', %s, true)"


@asynccontextmanager
async def burst(database: Database, tenant: str) -> AsyncIterator[Connection]:
    """One transaction in one round trip, for statements that do not wait for each other's answers.

    What a pipeline sends before its first sync is one transaction without BEGIN and COMMIT, which saves two commands:
    https://www.postgresql.org/docs/current/libpq-pipeline-mode.html#LIBPQ-PIPELINE-ERRORS
    Fetch from the cursors after the block. Raises Unavailable.
    """
    with unavailable():
        async with database.pool.connection() as connection, connection.pipeline():
            await connection.execute(SCOPE, [tenant])
            yield connection
