"""Wakes sleeping workers when Postgres says NOTIFY, on a connection of its own that comes back when it breaks."""

from __future__ import annotations

import asyncio
import contextlib

import psycopg
import structlog

KINDS = ("turn", "delivery")
RECONNECT_SECONDS = 0.5

log = structlog.get_logger("wakeup")


class Wakeup:
    """Listens on `prosa_turn` and `prosa_delivery`. Use as an async context manager; one waiter a kind."""

    def __init__(self, conninfo: str) -> None:
        self._conninfo = conninfo
        self._rung = {kind: asyncio.Event() for kind in KINDS}
        self._listening: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Wakeup:
        self._listening = asyncio.create_task(self._listen(), name="wakeup")
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._listening is not None:
            self._listening.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._listening

    async def wait(self, kind: str, seconds: float) -> None:
        """Returns when somebody asked for this kind of work since the last call, or after `seconds`."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._rung[kind].wait(), seconds)
        self._rung[kind].clear()

    def ring(self) -> None:
        """Wakes every waiter of this process."""
        for event in self._rung.values():
            event.set()

    async def _listen(self) -> None:
        while True:
            try:
                await self._follow()
            except psycopg.Error as error:
                log.warning("not woken until connected again", error=type(error).__name__)
                await asyncio.sleep(RECONNECT_SECONDS)

    async def _follow(self) -> None:
        async with await psycopg.AsyncConnection.connect(self._conninfo, autocommit=True) as connection:
            for kind in KINDS:
                await connection.execute(f"LISTEN prosa_{kind}")
            self.ring()  # whatever was said while nobody listened
            async for notice in connection.notifies():
                self._rung[notice.channel.removeprefix("prosa_")].set()
