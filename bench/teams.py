"""Teams of processes that take turns at the machine: each works for a moment, then waits while the other does.

What is compared is measured in the same minutes on the same machine, so that its noise hits both alike. Processes obey
commands from a pipe and end when it closes: with the measurement, however that ends.
"""

from __future__ import annotations

import asyncio
import gc
import multiprocessing
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AbstractAsyncContextManager, contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from typing import Any, Protocol

import uvloop

from bench.home import Home

SPAWN = multiprocessing.get_context("spawn")


class Crew(Protocol):
    """What works in a team's processes."""

    async def work(self, until: float) -> list[float]:
        """Answers customers until this moment of the monotonic clock; the seconds each answer took."""
        ...

    async def tidy(self) -> None:
        """What is done between rounds, unmeasured: old checkpoints go."""
        ...


# (url, process number, processes, shared state) → the crew of one process.
Hire = Callable[[str, int, int, Any], AbstractAsyncContextManager[Crew]]


@dataclass(slots=True)
class Tally:
    """What a team's rounds came to. CPU in seconds, WAL in bytes, latencies in seconds."""

    latencies: list[float] = field(default_factory=list)
    rates: list[float] = field(default_factory=list)
    python: float = 0.0
    postgres: float = 0.0
    wal: int = 0

    @property
    def turns(self) -> int:
        return len(self.latencies)


@dataclass(slots=True)
class Team:
    """Processes that wait for a word."""

    home: Home
    pipes: list[Connection]

    def round(self, seconds: float, tally: Tally) -> None:
        """All work at once for that long."""
        cpu, wal, began = self.home.cpu(), self.home.wal(), time.monotonic()
        answers = self._ask(("work", began + seconds))
        ended = max(end for _, _, end in answers)
        latencies = [seconds for answer in answers for seconds in answer[0]]
        tally.latencies += latencies
        tally.rates.append(len(latencies) / (ended - began))
        tally.python += sum(used for _, used, _ in answers)
        tally.postgres += self.home.cpu() - cpu
        tally.wal += self.home.wal() - wal

    def tidy(self) -> None:
        self._ask(("tidy", 0.0))

    def _ask(self, command: tuple[str, float]) -> list[tuple[list[float], float, float]]:
        for pipe in self.pipes:
            pipe.send(command)
        return [pipe.recv() for pipe in self.pipes]


@contextmanager
def team(home: Home, url: str, hire: Hire, processes: int, shared: Any) -> Iterator[Team]:
    """Starts a team and dismisses it."""
    pipes, started = [], []
    for number in range(processes):
        ours, theirs = SPAWN.Pipe()
        process = SPAWN.Process(target=_serve, args=(theirs, hire, url, number, processes, shared), daemon=True)
        process.start()
        theirs.close()
        pipes.append(ours)
        started.append(process)
    try:
        for pipe in pipes:
            pipe.recv()  # ready
        yield Team(home, pipes)
    finally:
        for pipe in pipes:
            pipe.close()
        for process in started:
            process.join(10)
            process.kill()


def _serve(pipe: Connection, hire: Hire, url: str, number: int, processes: int, shared: Any) -> None:
    uvloop.run(_obey(pipe, hire(url, number, processes, shared)))


async def _obey(pipe: Connection, hired: AbstractAsyncContextManager[Crew]) -> None:
    async with hired as crew:
        gc.collect()
        gc.freeze()  # as the server does
        pipe.send("ready")
        while True:
            try:
                command, until = await asyncio.to_thread(pipe.recv)
            except EOFError:
                return
            used = time.process_time()
            latencies = await crew.work(until) if command == "work" else await _nothing(crew.tidy())
            pipe.send((latencies, time.process_time() - used, time.monotonic()))


async def _nothing(work: Awaitable[None]) -> list[float]:
    await work
    return []
