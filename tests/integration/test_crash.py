"""Workers die by kill -9 in the worst moments; nothing is lost, nothing is done twice."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from domain.business import Business
from domain.clock import StandingClock
from persistence.database import Database
from tests.twins.engine import Engine

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def engine(database: Database, businesses: Mapping[str, Business], clock: StandingClock) -> Engine:
    return Engine(database, businesses, clock)


async def happens(condition: Callable[[], Awaitable[bool]]) -> None:
    """Waits for something another process does."""
    async with asyncio.timeout(60):
        while not await condition():  # noqa: ASYNC110
            await asyncio.sleep(0.05)


@asynccontextmanager
async def worker(url: str, folder: Path, kind: str, clock: StandingClock) -> AsyncIterator[asyncio.subprocess.Process]:
    """A real worker process, gone in any case at the end."""
    command = [sys.executable, "-m", "tests.twins.doomed_worker", url, str(folder), kind, clock.now().isoformat()]
    process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def killed_in(url: str, folder: Path, kind: str, clock: StandingClock) -> None:
    """Runs a worker until it is in the middle of its work, and kills it there."""

    async def reached() -> bool:
        return (folder / "reached").exists()

    async with worker(url, folder, kind, clock) as process:
        await happens(reached)
        process.send_signal(signal.SIGKILL)
        assert await process.wait() == -signal.SIGKILL


def sent(folder: Path) -> list[str]:
    return (folder / "sent").read_text().split() if (folder / "sent").exists() else []


async def test_a_worker_killed_in_the_middle_of_a_turn_leaves_nothing_and_the_next_one_does_it(
    engine: Engine, database_url: str, tmp_path: Path, clock: StandingClock
) -> None:
    await engine.hears("oi")
    await killed_in(database_url, tmp_path, "turn", clock)
    assert await engine.one("SELECT count(*) FROM bookings") == 0
    assert await engine.transcript() == []

    async def arrived() -> bool:
        return sent(tmp_path) == ["marcado"]

    async with worker(database_url, tmp_path, "turn", clock):
        await happens(arrived)
    assert await engine.one("SELECT count(*) FROM bookings") == 1
    assert await engine.transcript() == [("customer", "oi"), ("bot", "marcado")]


async def test_a_worker_killed_in_the_middle_of_a_delivery_leaves_it_uncertain_until_the_grace_is_over(
    engine: Engine, database_url: str, tmp_path: Path, clock: StandingClock
) -> None:
    await engine.hears("oi")
    await killed_in(database_url, tmp_path, "delivery", clock)
    assert await engine.statuses() == ["sending"]

    async def doubted() -> bool:
        return await engine.statuses() == ["uncertain"]

    async def settled() -> bool:
        return await engine.statuses() == ["sent"]

    async with worker(database_url, tmp_path, "delivery", clock):
        await happens(doubted)
        assert sent(tmp_path) == []
        await engine.later(20)
        await engine.rows("SELECT pg_notify('prosa_delivery', '')")
        await happens(settled)
    assert sent(tmp_path) == ["marcado"]


async def test_a_worker_told_to_stop_finishes_and_leaves_no_lease(
    engine: Engine, database_url: str, tmp_path: Path, clock: StandingClock
) -> None:
    (tmp_path / "reached").touch()  # no trap: it works to the end

    async def answered() -> bool:
        return len(await engine.transcript()) == 2

    async with worker(database_url, tmp_path, "turn", clock) as process:
        await engine.hears("oi")
        await happens(answered)
        process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(20):
            assert await process.wait() == 0
    assert await engine.one("SELECT count(*) FROM lanes WHERE lease_token IS NOT NULL") == 0
