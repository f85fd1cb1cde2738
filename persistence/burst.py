"""A transaction that travels as one burst: its statements are sent together and answered together."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from persistence.database import Connection, Database, unavailable

SCOPE = "SELECT set_config('app.tenant', %s, true)"


@asynccontextmanager
async def burst(database: Database, tenant: str) -> AsyncIterator[Connection]:
    """One transaction in one round trip, for statements that do not wait for each other's answers.

    Fetch from the cursors after the block: fetching inside it makes a second round trip. Raises Unavailable.
    """
    with unavailable():
        async with database.pool.connection() as connection, connection.pipeline(), connection.transaction():
            await connection.execute(SCOPE, [tenant])
            yield connection
