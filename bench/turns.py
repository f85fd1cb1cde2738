"""`turns`: whole turns of the product beside turns of the bare floor, by one and by two processes.

A whole turn: the inbox row, the lane and its wake-up, the graph with the local understander, a step of a booking (every
second one writes the book), transcript, outbox and the commit. A customer writes again once they are answered.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from statistics import median
from typing import Any

from bench import floor, product
from bench.figures import Figure, quantile
from bench.home import Home
from bench.product import Product
from bench.teams import SPAWN, Crew, Tally, Team, team
from domain.clock import StandingClock
from domain.ports import Lease
from engine.worker import Pace, Worker

CUSTOMERS = 32
_TARGET = 0.5
_WARMING_SECONDS = 4.0
_FULL_WINDOW = floor.WINDOW // 2  # turns until the product's window is as full as the floor's


@dataclass(frozen=True, slots=True)
class Length:
    """How long it is measured, in rounds that alternate."""

    rounds: int
    seconds: float


FULL, QUICK = Length(rounds=5, seconds=1.5), Length(rounds=2, seconds=1.0)


@dataclass(slots=True)
class _Progress:
    """What processes share: whoever answered a customer goes on as that customer."""

    steps: Any = field(default_factory=lambda: SPAWN.RawArray("i", CUSTOMERS))
    wrote: Any = field(default_factory=lambda: SPAWN.RawArray("d", CUSTOMERS))


def measure(home: Home, length: Length) -> list[Figure]:
    """Prints a line a team. Each ratio is the median of neighbouring rounds."""
    asyncio.run(floor.prepare(home.bare_url))
    progress = _Progress()
    print(f"{'':22}{'turns/s':>8}{'p50 ms':>8}{'p95 ms':>8}{'CPU ms python':>15}{'postgres':>10}{'WAL bytes':>11}")
    figures: list[Figure] = []
    for processes in (1, 2):
        with (
            team(home, home.bare_url, _floor, processes, None) as bare,
            team(home, home.url, _product, processes, progress) as whole,
        ):
            _warm(bare, whole, progress)
            figures += _compare(bare, whole, processes, length)
    return figures


def _warm(bare: Team, whole: Team, progress: _Progress) -> None:
    """Until every window is full and every connection knows its statements: Postgres plans anew the first ten times."""
    bare.round(1.0, Tally())
    whole.round(_WARMING_SECONDS, Tally())
    while min(progress.steps) < _FULL_WINDOW:
        whole.round(1.0, Tally())


def _compare(bare: Team, whole: Team, processes: int, length: Length) -> list[Figure]:
    floors, wholes = Tally(), Tally()
    for _ in range(length.rounds):
        for crew, tally in ((bare, floors), (whole, wholes)):
            crew.tidy()
            crew.round(length.seconds, tally)
    ratio = median([ours / theirs for ours, theirs in zip(wholes.rates, floors.rates, strict=True)])
    workers = f"{processes} process{'es' if processes > 1 else ''}"
    figures = [*_told(f"floor, {workers}", floors), *_told(f"whole turn, {workers}", wholes)]
    return [*figures, Figure(f"whole turn beside the floor, {workers}", ratio, "of its turns/s", _TARGET)]


def _told(name: str, tally: Tally) -> list[Figure]:
    """Prints the team's line."""
    turns = max(1, tally.turns)
    figures = [
        Figure(f"{name}: turns/s", median(tally.rates), "turns/s"),
        Figure(f"{name}: p50", quantile(tally.latencies, 0.5) * 1000, "ms"),
        Figure(f"{name}: p95", quantile(tally.latencies, 0.95) * 1000, "ms"),
        Figure(f"{name}: CPU of python", tally.python / turns * 1000, "ms a turn"),
        Figure(f"{name}: CPU of Postgres", tally.postgres / turns * 1000, "ms a turn"),
        Figure(f"{name}: WAL", tally.wal / turns, "bytes a turn"),
    ]
    rate, p50, p95, python, postgres, wal = (figure.reached for figure in figures)
    print(f"{name:22}{rate:8.0f}{p50:8.1f}{p95:8.1f}{python:15.2f}{postgres:10.2f}{wal:11.0f}", flush=True)
    return figures


@asynccontextmanager
async def _floor(url: str, number: int, processes: int, shared: Any) -> AsyncIterator[Crew]:
    async with floor.opened(url) as bare:
        yield _FloorCrew(bare, range(number, CUSTOMERS, processes))


@dataclass(slots=True)
class _FloorCrew:
    floor: floor.Floor
    customers: range
    step: int = 0

    async def work(self, until: float) -> list[float]:
        latencies: list[float] = []
        await asyncio.gather(*(self._customer(customer, until, latencies) for customer in self.customers))
        self.step += 1
        return latencies

    async def tidy(self) -> None:
        await self.floor.prune(self.customers)

    async def _customer(self, customer: int, until: float, latencies: list[float]) -> None:
        step = self.step
        while (began := time.monotonic()) < until:
            await self.floor.turn(customer, step)
            latencies.append(time.monotonic() - began)
            step += 1


@asynccontextmanager
async def _product(url: str, number: int, processes: int, shared: _Progress) -> AsyncIterator[Crew]:
    product.quiet()
    async with product.opened(url, StandingClock(product.NOW)) as whole:
        yield _ProductCrew(whole, range(number, CUSTOMERS, processes), shared)


@dataclass(slots=True)
class _ProductCrew:
    product: Product
    customers: range
    progress: _Progress
    known: dict[str, int] = field(default_factory=dict)
    until: float = 0.0
    latencies: list[float] = field(default_factory=list)

    async def work(self, until: float) -> list[float]:
        self.until, self.latencies = until, []
        lanes = product.TurnLanes(self.product.lanes)
        worker = Worker(lanes, self._turn, _never, _nothing, Pace())
        working = asyncio.ensure_future(worker.run())
        await asyncio.gather(*(self._say(customer) for customer in self.customers))
        await asyncio.sleep(max(0.0, until - time.monotonic()))
        while await lanes.next_due("turn") is not None:  # noqa: ASYNC110 (another process may have them)
            await asyncio.sleep(0.005)
        worker.stop()
        await working
        return self.latencies

    async def tidy(self) -> None:
        await self.product.prune(timedelta(0))

    async def _say(self, customer: int) -> None:
        self.progress.wrote[customer] = time.monotonic()
        step = self.progress.steps[customer]
        self.progress.steps[customer] += 1
        await self.product.say(customer, step)

    async def _turn(self, lease: Lease) -> None:
        await self.product.turns.run(lease)
        customer = await self._customer(lease.conversation)
        self.latencies.append(time.monotonic() - self.progress.wrote[customer])
        if time.monotonic() < self.until:
            await self._say(customer)

    async def _customer(self, conversation: str) -> int:
        if conversation not in self.known:
            self.known[conversation] = await self.product.customer(conversation)
        return self.known[conversation]


async def _never(lease: Lease) -> None:
    raise AssertionError("deliveries are not measured here")


async def _nothing() -> None:
    """Old checkpoints go between rounds."""
