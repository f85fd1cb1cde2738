"""A worker: claims due lanes, runs their turns and deliveries side by side, keeps their leases, rests until woken."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Literal

import structlog

from domain.errors import Unavailable
from domain.ports import Lanes, Lease

SHORTEST_REST = 0.01  # seconds; a due lane may be locked for a moment by whoever writes to it

Kind = Literal["turn", "delivery"]
Work = Callable[[Lease], Awaitable[None]]

log = structlog.get_logger("worker")


@dataclass(frozen=True, slots=True)
class Pace:
    """How much at once and how often, in seconds. Tasks wait for models without a database connection: allow many."""

    turns: int = 256
    deliveries: int = 64
    claim_at_once: int = 64
    lease: float = 30.0
    longest_rest: float = 5.0  # should a NOTIFY be lost
    outage_rest: float = 1.0
    prune_every: float = 300.0


class Worker:
    """Runs `turn` and `deliver` for claimed lanes, and `prune` now and then, until `stop`."""

    def __init__(
        self, lanes: Lanes, turn: Work, deliver: Work, prune: Callable[[], Awaitable[None]], pace: Pace | None = None
    ) -> None:
        self._lanes = lanes
        self._turn, self._deliver, self._prune = turn, deliver, prune
        self._pace = pace or Pace()
        self._stopping = asyncio.Event()
        self._held: set[Lease] = set()

    async def run(self) -> None:
        """Works until `stop` is called, then finishes what is in hand."""
        async with asyncio.TaskGroup() as group:
            beat = group.create_task(self._heartbeat(), name="heartbeat")
            prune = group.create_task(self._prune_now_and_then(), name="prune")
            async with asyncio.TaskGroup() as loops:
                loops.create_task(self._work("turn", self._turn, self._pace.turns), name="turns")
                loops.create_task(self._work("delivery", self._deliver, self._pace.deliveries), name="deliveries")
            beat.cancel()
            prune.cancel()

    def stop(self) -> None:
        """Claims nothing more; `run` returns when what is in hand is done."""
        self._stopping.set()

    def stop_on_signals(self) -> None:
        """SIGTERM and SIGINT stop the worker. For processes that are nothing but a worker."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self.stop)

    async def _work(self, kind: Kind, work: Work, concurrency: int) -> None:
        running: set[asyncio.Task[None]] = set()
        async with asyncio.TaskGroup() as group:
            while not self._stopping.is_set():
                room = min(concurrency - len(running), self._pace.claim_at_once)
                leases = await self._claim(kind, room) if room else []
                for lease in leases:
                    self._held.add(lease)
                    task = group.create_task(self._one(lease, work), name=f"{kind} {lease.conversation}")
                    running.add(task)
                    task.add_done_callback(running.discard)
                if not room:
                    await self._until(asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED))
                elif len(leases) < room:
                    await self._rest(kind)

    async def _one(self, lease: Lease, work: Work) -> None:
        try:
            await work(lease)
        finally:
            self._held.discard(lease)

    async def _claim(self, kind: Kind, limit: int) -> list[Lease]:
        try:
            return list(await self._lanes.claim(kind, limit, self._pace.lease))
        except Unavailable as error:
            log.warning("cannot claim", kind=kind, error=str(error))
            await self._until(asyncio.sleep(self._pace.outage_rest))
            return []

    async def _rest(self, kind: Kind) -> None:
        """Until the next lane is due, somebody rings, or the longest rest is over."""
        try:
            due = await self._lanes.next_due(kind)
        except Unavailable:
            due = self._pace.outage_rest
        seconds = self._pace.longest_rest if due is None else min(max(due, SHORTEST_REST), self._pace.longest_rest)
        await self._until(self._lanes.wait(kind, seconds))

    async def _until(self, waiting: Awaitable[object]) -> None:
        """Waits, but not longer than the worker works."""
        tasks = {asyncio.ensure_future(waiting), asyncio.ensure_future(self._stopping.wait())}
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _heartbeat(self) -> None:
        while True:
            await asyncio.sleep(self._pace.lease / 3)
            try:
                if held := list(self._held):
                    await self._lanes.renew(held, self._pace.lease)
            except Unavailable as error:
                log.warning("heartbeat missed", error=str(error))

    async def _prune_now_and_then(self) -> None:
        while True:
            await asyncio.sleep(self._pace.prune_every)
            try:
                await self._prune()
            except Unavailable as error:
                log.warning("not pruned", error=str(error))
