"""`growth`: what turn 10, 100 and 1000 of one conversation cost, in processor time and write-ahead log.

A few customers go through it together, so that there is something to measure. Ten turns make a chat; after each chat
the conversations rest and are pruned as a server does it in the background, which is part of the cost.
"""

from __future__ import annotations

import asyncio
import gc
import time
from datetime import timedelta

import uvloop

from bench import product
from bench.figures import Figure
from bench.home import Home
from bench.product import Product
from domain.clock import StandingClock

_TARGET = 1.15
_CHAT = 10  # turns
_BETWEEN_TURNS = timedelta(seconds=20)
_REST = timedelta(minutes=10)  # before a server prunes
_LEASE = 60.0


def measure(home: Home, customers: int, last: int) -> list[Figure]:
    """Prints a line a milestone: 10, 100 and so on until `last`."""
    product.quiet()
    return uvloop.run(_measure(home, customers, last))


async def _measure(home: Home, customers: int, last: int) -> list[Figure]:
    milestones = [turn for turn in (10, 100, 1000) if turn <= last]
    costs: dict[int, tuple[float, float]] = {}
    clock = StandingClock(product.NOW)
    print(f"{'':12}{'CPU ms':>9}{'WAL bytes':>11}   a turn, pruning included; {customers} conversations")
    async with product.opened(home.url, clock) as whole:
        await _chat(whole, clock, range(customers, customers * 2), 0)  # others, so that everything is loaded
        gc.collect()
        gc.freeze()
        for chat in range(last // _CHAT + 1):
            cpu, wal = home.cpu() + time.process_time(), home.wal()
            await _chat(whole, clock, range(customers), chat * _CHAT)
            turn, turns = (chat + 1) * _CHAT, customers * _CHAT
            if turn in milestones:
                spent = (home.cpu() + time.process_time() - cpu) / turns * 1000
                costs[turn] = spent, (home.wal() - wal) / turns
                print(f"turn {turn:<7}{costs[turn][0]:9.2f}{costs[turn][1]:11.0f}", flush=True)
    first, end = costs[milestones[0]], costs[milestones[-1]]
    name = f"turn {milestones[-1]} beside turn {milestones[0]}"
    return [
        *(Figure(f"turn {turn}: CPU", cost[0], "ms") for turn, cost in costs.items()),
        *(Figure(f"turn {turn}: WAL", cost[1], "bytes") for turn, cost in costs.items()),
        Figure(f"{name}: CPU", end[0] / first[0], "times", _TARGET, "at most"),
        Figure(f"{name}: WAL", end[1] / first[1], "times", _TARGET, "at most"),
    ]


async def _chat(whole: Product, clock: StandingClock, customers: range, step: int) -> None:
    """Ten turns of everybody, a rest, and the pruning that follows it."""
    for turn in range(step, step + _CHAT):
        await asyncio.gather(*(whole.say(customer, turn) for customer in customers))
        leases = await whole.lanes.claim("turn", len(customers), _LEASE)
        await asyncio.gather(*(whole.turns.run(lease) for lease in leases))
        clock.advance(_BETWEEN_TURNS)
    clock.advance(_REST)
    await whole.prune(_REST)
