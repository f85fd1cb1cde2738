"""With a real Redis, every process counts together; without it, each goes on alone."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from api.limiter import Limiter

_PATIENCE = 10.0


@dataclass(frozen=True)
class Redis:
    """A Redis of the test's own."""

    url: str
    process: subprocess.Popen[bytes]

    def die(self) -> None:
        self.process.kill()
        self.process.wait()


@pytest.fixture
def redis() -> Iterator[Redis]:
    program = shutil.which("redis-server")
    assert program, "these tests need redis-server: apt-get install redis-server"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    process = subprocess.Popen([program, *options], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _await(port)
        yield Redis(f"redis://127.0.0.1:{port}/0", process)
    finally:
        process.kill()
        process.wait()


def _await(port: int) -> None:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    raise AssertionError("redis-server did not come up")


async def test_two_processes_count_together(redis: Redis) -> None:
    here, there = Limiter("2/minute", redis.url), Limiter("2/minute", redis.url)
    await here.count("ana")
    await there.count("ana")
    assert not await here.allows("ana")
    assert await there.allows("bruno")
    assert await here.redis_answers() is True
    await here.close()
    await there.close()


async def test_a_redis_that_dies_leaves_each_process_its_own_limit(redis: Redis) -> None:
    limiter = Limiter("2/minute", redis.url)
    await limiter.count("ana")
    redis.die()
    assert await limiter.redis_answers() is False
    await limiter.count("ana")
    await limiter.count("ana")
    assert not await limiter.allows("ana")
    await limiter.close()
