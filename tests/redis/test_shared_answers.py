"""With a real Redis, all processes share what models answered; nobody can read it there, and it goes by itself."""

from __future__ import annotations

from datetime import timedelta

from redis.asyncio import Redis as Client

from domain.clock import StandingClock
from persistence.model_cache import ModelCache
from tests.redis.conftest import Redis

QUESTION = "é pra Marina, Rua das Flores 12"
ANSWER = '{"name": "Marina"}'
LIFETIME = timedelta(minutes=10)


async def value(client: Client, key: bytes | str) -> bytes:
    """What Redis holds there."""
    found = await client.get(key)
    assert isinstance(found, bytes)
    return found


async def test_what_one_process_keeps_another_finds(redis: Redis, clock: StandingClock) -> None:
    here, there = (ModelCache(clock, LIFETIME, "secret", redis.url) for _ in range(2))
    await here.put("pet-feliz", QUESTION, ANSWER)
    assert await there.get("pet-feliz", QUESTION) == ANSWER
    assert await there.get("studio-aurora", QUESTION) is None
    await here.close()
    await there.close()


async def test_redis_holds_no_customers_words_and_only_for_a_while(redis: Redis, clock: StandingClock) -> None:
    cache, client = ModelCache(clock, LIFETIME, "secret", redis.url), Client.from_url(redis.url)
    await cache.put("pet-feliz", QUESTION, ANSWER)
    (key,) = await client.keys()
    kept = await value(client, key)
    assert isinstance(key, bytes)
    assert b"pet-feliz" in key
    assert b"Marina" not in key + kept
    assert b"Flores" not in key + kept
    assert 0 < await client.pttl(key) <= LIFETIME.total_seconds() * 1000
    await client.aclose()
    await cache.close()


async def test_our_clock_ends_it_as_well(redis: Redis, clock: StandingClock) -> None:
    cache = ModelCache(clock, LIFETIME, "secret", redis.url)
    await cache.put("pet-feliz", QUESTION, ANSWER)
    clock.advance(LIFETIME)
    assert await cache.get("pet-feliz", QUESTION) is None
    await cache.close()


async def test_what_is_not_ours_is_no_answer(redis: Redis, clock: StandingClock) -> None:
    cache, client = ModelCache(clock, LIFETIME, "secret", redis.url), Client.from_url(redis.url)
    await cache.put("pet-feliz", QUESTION, ANSWER)
    (key,) = await client.keys()
    kept = await value(client, key)
    for planted in (b"sim", kept[:-1] + bytes([kept[-1] ^ 1]), b"other-cipher " + kept):
        await client.set(key, planted)
        assert await cache.get("pet-feliz", QUESTION) is None
    await client.aclose()
    await cache.close()


async def test_a_redis_that_dies_leaves_each_process_its_own(redis: Redis, clock: StandingClock) -> None:
    cache = ModelCache(clock, LIFETIME, "secret", redis.url)
    redis.die()
    await cache.put("pet-feliz", QUESTION, ANSWER)
    assert await cache.get("pet-feliz", QUESTION) == ANSWER
    await cache.close()
