"""`growth`: what turn 10, 100 and 1000 of one conversation cost, in processor time and write-ahead log.

A few customers go through it together, so that there is something to measure. Ten turns make a chat; after each chat
the conversations rest and are pruned as a server does it in the background, which is part of the cost. Beside each
milestone as many new customers have their first chat: what the machine's other work adds hits both.
"""

from __future__ import annotations

import asyncio
import gc
import time
from collections.abc import Iterator
from datetime import timedelta

import uvloop

from bench import product
from bench.figures import Figure
from bench.home import Home
from bench.product import Product
from domain.clock import StandingClock

_TARGET = 1.15
_MILESTONES = (10, 100, 1000)
_CHAT = 10  # turns
_BETWEEN_TURNS = timedelta(seconds=20)
_REST = timedelta(minutes=10)  # before a server prunes
_LEASE = 60.0


def measure(home: Home, customers: int, last: int) -> list[Figure]:
    """Prints lines a milestone; `last` is the one that counts."""
    product.quiet()
    return uvloop.run(_measure(home, customers, last))


async def _measure(home: Home, customers: int, last: int) -> list[Figure]:
    clock, costs = StandingClock(product.NOW), dict[str, tuple[float, float]]()
    print(f"{'':24}{'CPU ms':>9}{'WAL bytes':>11}   a turn, pruning included; {customers} conversations")
    async with product.opened(home.url, clock) as whole:

        async def cost(name: str, people: range, step: int) -> tuple[float, float]:
            cpu, wal = home.cpu() + time.process_time(), home.wal()
            await _chat(whole, clock, people, step)
            turns = len(people) * _CHAT
            spent = (home.cpu() + time.process_time() - cpu) / turns * 1000
            costs[name] = spent, (home.wal() - wal) / turns
            print(f"{name:24}{costs[name][0]:9.2f}{costs[name][1]:11.0f}", flush=True)
            return costs[name]

        newcomers = iter(range(customers, customers * 10, customers))
        await _chat(whole, clock, _group(newcomers, customers), 0)  # so that everything is loaded
        gc.collect()
        gc.freeze()
        for turn in range(_CHAT, last + 1, _CHAT):
            if turn not in _MILESTONES:
                await _chat(whole, clock, range(customers), turn - _CHAT)
                continue
            before = await cost(f"turn 10 before {turn}", _group(newcomers, customers), 0)
            reached = await cost(f"turn {turn}", range(customers), turn - _CHAT)
            after = await cost(f"turn 10 after {turn}", _group(newcomers, customers), 0)
    ratios = [reached[n] / ((before[n] + after[n]) / 2) for n in (0, 1)]
    return [
        *(Figure(f"{name}: CPU", cpu, "ms") for name, (cpu, _) in costs.items()),
        *(Figure(f"{name}: WAL", wal, "bytes") for name, (_, wal) in costs.items()),
        Figure(f"turn {last} beside turn 10: CPU", ratios[0], "times", _TARGET, "at most"),
        Figure(f"turn {last} beside turn 10: WAL", ratios[1], "times", _TARGET, "at most"),
    ]


def _group(newcomers: Iterator[int], customers: int) -> range:
    first = next(newcomers)
    return range(first, first + customers)


async def _chat(whole: Product, clock: StandingClock, customers: range, step: int) -> None:
    """Ten turns of everybody, a rest, and the pruning that follows it."""
    for turn in range(step, step + _CHAT):
        await asyncio.gather(*(whole.say(customer, turn) for customer in customers))
        leases = await whole.lanes.claim("turn", len(customers), _LEASE)
        await asyncio.gather(*(whole.turns.run(lease) for lease in leases))
        clock.advance(_BETWEEN_TURNS)
    clock.advance(_REST)
    await whole.prune(_REST)
