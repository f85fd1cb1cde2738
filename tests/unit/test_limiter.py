"""Attempts are counted by name, with or without Redis."""

from __future__ import annotations

from api.limiter import Limiter


async def attempt(limiter: Limiter, name: str) -> bool:
    allowed = await limiter.allows(name)
    await limiter.count(name)
    return allowed


async def test_the_limit_holds_for_each_name_alone() -> None:
    limiter = Limiter("2/minute")
    assert [await attempt(limiter, "ana") for _ in range(3)] == [True, True, False]
    assert await attempt(limiter, "bruno")
    assert await limiter.redis_answers() is None


async def test_a_redis_that_is_down_does_not_lift_the_limit() -> None:
    limiter = Limiter("2/minute", "redis://127.0.0.1:1/0")
    assert [await attempt(limiter, "ana") for _ in range(3)] == [True, True, False]
    assert await limiter.redis_answers() is False
