"""The database: one pool of connections that act as the application's role, and transactions bound to one tenant."""

from __future__ import annotations

import select
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import psycopg
from psycopg import AsyncConnection, sql
from psycopg.rows import DictRow, dict_row
from psycopg_pool import AsyncConnectionPool

from domain.errors import Unavailable
from persistence.bell import Bell

Connection = AsyncConnection[DictRow]
PLATFORM = "*"  # the scope that reads every tenant; see the policies in migrations/sql/0001_main.sql

_PATIENCE = 4.0  # seconds a caller waits for a connection: less than a provider waits for our answer

_BEGIN = sql.SQL("BEGIN; SET LOCAL app.tenant = {}")
_BEGIN_READING = sql.SQL("BEGIN READ ONLY; SET LOCAL app.tenant = {}")
_CONFIGURE = sql.SQL("""
SET ROLE {}; SET statement_timeout = '30s'; SET lock_timeout = '15s'; SET idle_in_transaction_session_timeout = '60s'
""")


class Database:
    """A pool whose connections are in autocommit until `begin`, and never above row-level security."""

    def __init__(self, pool: AsyncConnectionPool[Connection]) -> None:
        self.pool = pool
        self.bell = Bell(pool)

    @staticmethod
    async def open(url: str, pool_size: int = 10, app_role: str = "prosa_app", patience: float = 10) -> Database:
        """Opens the pool. The schema must be there: run `persistence.migrate.upgrade` first.

        Raises Unavailable when the database does not answer within `patience` seconds.
        """

        async def configure(connection: Connection) -> None:
            await connection.execute(_CONFIGURE.format(sql.Identifier(app_role)), prepare=False)

        options: dict[str, Any] = {"autocommit": True, "row_factory": dict_row, "connect_timeout": 5}
        pool: AsyncConnectionPool[Connection] = AsyncConnectionPool(
            url,
            kwargs=options,
            min_size=min(2, pool_size),
            max_size=pool_size,
            timeout=_PATIENCE,
            open=False,
            configure=configure,
            check=_alive,
            name="prosa",
        )
        with unavailable():
            try:
                await pool.open(wait=True, timeout=patience)
            except psycopg.OperationalError:
                await pool.close()
                raise
        return Database(pool)

    async def close(self) -> None:
        """Waits for connections in use, then closes all."""
        await self.bell.close()
        await self.pool.close()

    @asynccontextmanager
    async def transaction(self, tenant: str, *, read_only: bool = False) -> AsyncIterator[Connection]:
        """One transaction that sees and writes only `tenant`'s rows; commits at the end, rolls back on any error.

        Raises Unavailable when the database does not answer or cuts the connection.
        """
        with unavailable():
            async with self.pool.connection() as connection:
                await begin(connection, tenant, read_only=read_only)
                try:
                    yield connection
                except BaseException:
                    if not connection.closed:
                        await connection.rollback()
                    raise
                await connection.commit()

    async def ping(self, patience: float = 3) -> None:
        """Raises Unavailable when the database does not answer."""
        with unavailable():
            async with self.pool.connection(timeout=patience) as connection:
                await connection.execute("SELECT 1")


async def begin(connection: Connection, tenant: str, *, read_only: bool = False) -> None:
    """Opens a transaction bound to `tenant` on an idle connection, in one round trip."""
    opening = _BEGIN_READING if read_only else _BEGIN
    await connection.execute(opening.format(sql.Literal(tenant)), prepare=False)


async def _alive(connection: Connection) -> None:
    """Sees that the server did not hang up. It would have left word on the socket: looking costs no round trip."""
    socket = select.poll()
    socket.register(connection.fileno(), select.POLLIN)
    if socket.poll(0):
        await connection.execute("")


@contextmanager
def unavailable() -> Iterator[None]:
    """Translates what psycopg says of a database that is down, overloaded or gone."""
    try:
        yield
    except (psycopg.OperationalError, psycopg.InterfaceError) as error:
        raise Unavailable(f"database: {type(error).__name__}") from error
