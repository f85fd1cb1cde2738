"""The models' supply: a business's providers in its order, each behind a breaker, within a budget and one deadline."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

import httpx
import structlog

from domain.business import Business
from domain.clock import Clock
from domain.errors import CircuitOpen, ModelError, NoProvider, RequestRejected
from domain.ports import AnswerCache, Function, ModelAnswer, ModelMessage, Purpose, Reuse, Spending
from understanding import kept
from understanding.breaker import Breaker
from understanding.budget import Budget
from understanding.endpoint import Caller, Endpoint
from understanding.wire import Question

log = structlog.get_logger("models")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Config:
    """Who may be asked, in order, and how long and how dearly.

    `seconds` bounds a whole call. `retries` are of the last provider: before it, the next one is the retry.
    `budget_per_day` is BRL for each business that does not say its own; None: no limit.
    """

    endpoints: tuple[Endpoint, ...]
    seconds: float = 10.0
    retries: int = 1
    budget_per_day: Decimal | None = None


@dataclass(frozen=True, slots=True)
class _Provider:
    name: str
    model: str
    caller: Caller
    breaker: Breaker


class Providers:
    """The implementation of `domain.ports.Models`. Without `spending` nothing is counted, without `cache` none kept."""

    def __init__(
        self, config: Config, clock: Clock, spending: Spending | None = None, cache: AnswerCache | None = None
    ) -> None:
        self._config, self._cache = config, cache
        self._budget = Budget(spending, clock, config.budget_per_day) if spending is not None else None
        # Conversations wait side by side. Few connections stay open afterwards: httpcore looks through all of them at
        # every call, and with 200 a call took 50 to 100 ms of CPU instead of 2.
        limits = httpx.Limits(max_connections=None, max_keepalive_connections=20)
        self._client = httpx.AsyncClient(timeout=httpx.Timeout(None), limits=limits)  # each call has its own deadline
        self._providers = {
            endpoint.name: _Provider(
                endpoint.name, endpoint.model, Caller(endpoint, self._client, clock), Breaker(clock)
            )
            for endpoint in config.endpoints
        }

    async def ask(
        self,
        business: Business,
        purpose: Purpose,
        messages: Sequence[ModelMessage],
        *,
        temperature: float = 0.0,
        tools: Sequence[Function] = (),
        structure: Function | None = None,
        seconds: float | None = None,
        reuse: Reuse | None = None,
    ) -> ModelAnswer:
        """See `domain.ports.Models`."""
        providers = self._of(business)
        question = Question(purpose, messages, temperature, tools, structure)
        cache = self._cache if temperature == 0 else None
        if cache is None:
            return await self._paid(business, providers, question, seconds)
        same = kept.question(question, reuse, [(one.name, one.model) for one in providers])
        old = await cache.get(business.id, same)
        if old is not None:
            return kept.read(old)
        answer = await self._paid(business, providers, question, seconds)
        if reuse is None or reuse.holds(answer):
            await cache.put(business.id, same, kept.written(answer))
        return answer

    async def close(self) -> None:
        """Gives back connections."""
        await self._client.aclose()

    def _of(self, business: Business) -> list[_Provider]:
        """The business's providers in its order: those it names, of those there are."""
        named: Iterable[str] = business.model.providers or self._providers
        found = [self._providers[name] for name in named if name in self._providers]
        if not found:
            raise NoProvider("no provider is configured")
        return found

    async def _paid(
        self, business: Business, providers: Sequence[_Provider], question: Question, seconds: float | None
    ) -> ModelAnswer:
        if self._budget is None:
            return await self._first_answer(business, providers, question, seconds)
        await self._budget.check(business)
        answer = await self._first_answer(business, providers, question, seconds)
        await self._budget.count(business, answer.usage)
        return answer

    async def _first_answer(
        self, business: Business, providers: Sequence[_Provider], question: Question, seconds: float | None
    ) -> ModelAnswer:
        """Asks one after the other. Of the time left, each gets an equal share with those after it."""
        ready = [one for one in providers if one.breaker.passes]
        if not ready:
            raise CircuitOpen("the circuit is open")
        clock = asyncio.get_running_loop().time
        deadline = clock() + (self._config.seconds if seconds is None else seconds)
        hurried = seconds is not None and seconds < self._config.seconds
        failures: dict[str, ModelError] = {}
        for number, one in enumerate(ready):
            after = len(ready) - number - 1
            share = max(0.0, deadline - clock()) / (after + 1)
            try:
                return await _asked(one, question, share, 0 if after else self._config.retries, hurried)
            except ModelError as error:
                failures[one.name] = error
                log.warning("model_failed", tenant=business.id, provider=one.name, error=str(error))
        raise _summary(failures)


async def _asked(one: _Provider, question: Question, seconds: float, retries: int, hurried: bool) -> ModelAnswer:
    """A time-out counts against the provider, unless the asker is in more of a hurry than is configured."""

    async def answer() -> ModelAnswer:
        return await one.caller.ask(question, retries)

    if hurried:
        return await _within(seconds, one.breaker.call(answer))
    return await one.breaker.call(lambda: _within(seconds, answer()))


async def _within(seconds: float, work: Awaitable[T]) -> T:
    try:
        async with asyncio.timeout(seconds):
            return await work
    except TimeoutError as error:
        raise ModelError("TimeoutError") from error


def _summary(failures: Mapping[str, ModelError]) -> ModelError:
    """What all failed with, as one: names and kinds of errors, nobody's words."""
    told = ", ".join(f"{name}: {error}" for name, error in failures.items())
    if all(isinstance(error, CircuitOpen) for error in failures.values()):
        return CircuitOpen(told)
    if any(isinstance(error, RequestRejected) for error in failures.values()):
        return RequestRejected(told)
    return ModelError(told)
