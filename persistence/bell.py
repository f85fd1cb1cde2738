"""Rings for workers after a commit: one NOTIFY for all that was committed meanwhile.

NOTIFY within a transaction takes a lock of the whole server until the commit is on disk: commits then wait in line
instead of reaching the disk together. What is rung is only a hint: should a process die between its commit and the
ring, workers find the lane when they look for what is due.
"""

from __future__ import annotations

import asyncio
from typing import Any

import psycopg
import structlog
from psycopg_pool import AsyncConnectionPool, PoolClosed, PoolTimeout

_GAP_SECONDS = 0.005  # between two rings: under load one speaks for many

_RING = "SELECT pg_notify('prosa_' || kind, '') FROM unnest(%s::text[]) AS kind"

log = structlog.get_logger("bell")


class Bell:
    """Belongs to a pool; `close` before it."""

    def __init__(self, pool: AsyncConnectionPool[Any]) -> None:
        self._pool = pool
        self._asked: set[str] = set()
        self._ringing: asyncio.Task[None] | None = None

    def ring(self, kind: str) -> None:
        """Asks for workers of this kind (turn or delivery); returns at once."""
        self._asked.add(kind)
        if self._ringing is None or self._ringing.done():
            self._ringing = asyncio.get_running_loop().create_task(self._ring(), name="bell")

    async def close(self) -> None:
        """Waits for what was asked."""
        if self._ringing is not None:
            await self._ringing

    async def _ring(self) -> None:
        while self._asked:
            kinds, self._asked = sorted(self._asked), set()
            try:
                async with self._pool.connection() as connection:
                    await connection.execute(_RING, [kinds])
            except (psycopg.Error, PoolTimeout, PoolClosed) as error:
                log.warning("no worker was woken; they look for what is due", error=type(error).__name__)
            await asyncio.sleep(_GAP_SECONDS)
