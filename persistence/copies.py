"""Databases made as copies of a prepared one: what a hundred dialogues or tests need is set up once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import psycopg
from psycopg import sql

from persistence.database import unavailable


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

    async def _run(self, statement: str, *names: str) -> None:
        """Databases are made outside transactions."""
        with unavailable():
            async with await psycopg.AsyncConnection.connect(self.url, autocommit=True) as connection:
                await connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def _named(url: str, database: str) -> str:
    return f"{url.rsplit('/', 1)[0]}/{database}"
