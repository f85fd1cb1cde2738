"""Answers of models are kept for a while, each business's apart."""

from __future__ import annotations

from datetime import timedelta

from domain.clock import StandingClock
from persistence import model_cache
from persistence.model_cache import ModelCache

MINUTE = timedelta(minutes=1)


async def test_an_answer_is_there_until_its_time_is_over(clock: StandingClock) -> None:
    cache = ModelCache(clock, 10 * MINUTE, "secret")
    await cache.put("pet-feliz", "abre hoje?", "sim")
    clock.advance(9 * MINUTE)
    assert await cache.get("pet-feliz", "abre hoje?") == "sim"
    clock.advance(MINUTE)
    assert await cache.get("pet-feliz", "abre hoje?") is None


async def test_no_business_gets_anothers_answer(clock: StandingClock) -> None:
    cache = ModelCache(clock, MINUTE, "secret")
    await cache.put("pet-feliz", "abre hoje?", "sim")
    assert await cache.get("studio-aurora", "abre hoje?") is None
    assert await cache.get("pet-feliz", "abre amanhã?") is None


async def test_the_oldest_makes_room(clock: StandingClock) -> None:
    cache = ModelCache(clock, MINUTE, "secret")
    questions = [f"{number}?" for number in range(model_cache._MOST + 1)]
    for question in questions:
        await cache.put("pet-feliz", question, "sim")
    assert await cache.get("pet-feliz", questions[0]) is None
    assert await cache.get("pet-feliz", questions[1]) == "sim"


async def test_an_answer_kept_again_lives_from_then_on(clock: StandingClock) -> None:
    cache = ModelCache(clock, 2 * MINUTE, "secret")
    await cache.put("pet-feliz", "a?", "sim")
    clock.advance(MINUTE)
    await cache.put("pet-feliz", "b?", "sim")
    await cache.put("pet-feliz", "a?", "não")
    clock.advance(MINUTE)
    assert await cache.get("pet-feliz", "a?") == "não"
    assert await cache.get("pet-feliz", "b?") == "sim"


async def test_half_a_character_can_be_asked_about(clock: StandingClock) -> None:
    cache = ModelCache(clock, MINUTE, "secret")
    await cache.put("pet-feliz", "\ud83d", "sim")
    assert await cache.get("pet-feliz", "\ud83d") == "sim"
