"""With a real Redis, every process counts together; without it, each goes on alone."""

from __future__ import annotations

from api.limiter import Limiter
from tests.redis.conftest import Redis


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
