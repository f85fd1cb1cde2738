"""The circuit breaker spares everybody the wait for a provider that is down."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from domain.clock import StandingClock
from domain.errors import ModelError
from understanding.breaker import Breaker


async def fine() -> str:
    return "fine"


async def failing() -> str:
    raise ModelError("down")


async def fail(breaker: Breaker, times: int = 1) -> None:
    for _ in range(times):
        with pytest.raises(ModelError):
            await breaker.call(failing)


async def test_only_failures_in_a_row_open_it(clock: StandingClock) -> None:
    breaker = Breaker(clock, failures=2)
    await fail(breaker)
    await breaker.call(fine)
    await fail(breaker)
    states = [breaker.state]
    await fail(breaker)
    assert [*states, breaker.state] == ["closed", "open"]


async def test_an_open_circuit_does_no_work(clock: StandingClock) -> None:
    breaker = Breaker(clock, failures=1)
    await fail(breaker)
    with pytest.raises(ModelError, match="open"):
        await breaker.call(fine)


async def test_after_the_pause_one_trial_passes_and_the_others_are_refused(clock: StandingClock) -> None:
    breaker = Breaker(clock, failures=1, pause=timedelta(seconds=30))
    await fail(breaker)
    clock.advance(timedelta(seconds=30))
    answer = asyncio.Event()
    trial = asyncio.create_task(breaker.call(answer.wait))
    await asyncio.sleep(0)
    with pytest.raises(ModelError, match="open"):
        await breaker.call(fine)
    answer.set()
    await trial
    assert await breaker.call(fine) == "fine"


async def test_a_cancelled_trial_lets_the_next_one_try(clock: StandingClock) -> None:
    breaker = Breaker(clock, failures=1, pause=timedelta(seconds=30))
    await fail(breaker)
    clock.advance(timedelta(seconds=30))
    trial = asyncio.create_task(breaker.call(asyncio.Event().wait))
    await asyncio.sleep(0)
    trial.cancel()
    with pytest.raises(asyncio.CancelledError):
        await trial
    assert await breaker.call(fine) == "fine"
    assert breaker.state == "closed"


async def test_a_failure_of_an_earlier_call_does_not_end_the_trial(clock: StandingClock) -> None:
    breaker = Breaker(clock, failures=1, pause=timedelta(seconds=30))
    slow, answer = asyncio.Event(), asyncio.Event()

    async def slow_failure() -> None:
        await slow.wait()
        raise ModelError("late")

    earlier = asyncio.create_task(breaker.call(slow_failure))
    await asyncio.sleep(0)
    await fail(breaker)
    clock.advance(timedelta(seconds=30))
    trial = asyncio.create_task(breaker.call(answer.wait))
    await asyncio.sleep(0)
    slow.set()
    with pytest.raises(ModelError):
        await earlier
    clock.advance(timedelta(seconds=30))
    with pytest.raises(ModelError, match="open"):
        await breaker.call(fine)
    answer.set()
    await trial
    assert breaker.state == "closed"
