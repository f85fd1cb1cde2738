"""Databases copied from a prepared one, and emptied for the next use: what a hundred dialogues need is set up once."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

import psycopg
from psycopg import sql

from domain.business import Business
from persistence.database import unavailable

# What the businesses' files and the migrations put there stays; so does who may sign in.
_KEPT = "alembic_version", "checkpoint_migrations", "tenants", "users", "services", "professionals", "products"

# Deleting a few rows costs a hundredth of copying a database. Foreign keys need no look: everything goes.
_EMPTY = f"""
DO $$
DECLARE
    name text;
BEGIN
    SET LOCAL session_replication_role = replica;
    FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename NOT IN {_KEPT} LOOP
        EXECUTE format('DELETE FROM %I', name);
    END LOOP;
    PERFORM setval(format('%I', sequencename)::regclass, start_value, false)
    FROM pg_sequences WHERE schemaname = 'public' AND sequencename <> 'professionals_number_seq';
END $$
"""
_STOCK = "UPDATE products SET stock = %s WHERE tenant = %s AND id = %s"


@dataclass(frozen=True, slots=True)
class Copies:
    """Copies of the database `template`, to which nobody may be connected. `url` reaches its server as the owner."""

    url: str
    template: str

    @property
    def template_url(self) -> str:
        return _named(self.url, self.template)

    async def prepare(self) -> None:
        """Makes the template, empty."""
        await self._run("CREATE DATABASE {}", self.template)

    async def forget(self) -> None:
        """Drops the template."""
        await self._run("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.template)

    @asynccontextmanager
    async def one(self, name: str) -> AsyncIterator[str]:
        """The url of a fresh copy, dropped at the end. A copied file costs less than a logged page at this size."""
        await self._run("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy", name, self.template)
        try:
            yield _named(self.url, name)
        finally:
            await self._run("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)

    async def empty(self, url: str, businesses: Mapping[str, Business]) -> None:
        """Makes a used copy as good as new: no customer was ever there, the shelves are full."""
        stock = [(product.stock, one.id, product.id) for one in businesses.values() for product in one.products]
        with unavailable():
            async with await psycopg.AsyncConnection.connect(url) as connection, connection.cursor() as cursor:
                await cursor.execute(_EMPTY)
                await cursor.executemany(_STOCK, stock)

    async def _run(self, statement: str, *names: str) -> None:
        """Databases are made outside transactions."""
        with unavailable():
            async with await psycopg.AsyncConnection.connect(self.url, autocommit=True) as connection:
                await connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def _named(url: str, database: str) -> str:
    return f"{url.rsplit('/', 1)[0]}/{database}"
