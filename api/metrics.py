"""What Prometheus reads at `/metrics`: webhooks, turns, deliveries, understanding, models, and the lines that wait."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal, Protocol

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from domain.business import Business
from domain.errors import ModelError, Unavailable
from domain.ports import (
    Function,
    Lease,
    Letter,
    ModelAnswer,
    ModelMessage,
    Models,
    Outbox,
    Pending,
    Purpose,
    Reading,
    Reuse,
    Reworded,
    Situation,
    Understander,
    Unit,
)
from engine.turn import Answer, Answering


class Waiting(Protocol):
    """Counts what waits right now, for the gauges."""

    async def waiting(self) -> Mapping[str, int]:
        """`{"turn": lanes due, "delivery": lanes due, "handoffs": open ones}`."""
        ...


class Metrics:
    """One process's counts, in a registry of its own so that many systems may live in one process."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.webhooks = Counter(
            "prosa_webhooks", "Webhook requests by outcome.", ["channel", "outcome"], registry=self.registry
        )
        self.turns = Counter("prosa_turns", "Turns by outcome.", ["outcome"], registry=self.registry)
        self.turn_seconds = Histogram(
            "prosa_turn_seconds",
            "One run of the graph, from its events to its answer.",
            buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
            registry=self.registry,
        )
        self.deliveries = Counter("prosa_deliveries", "Sends by outcome.", ["outcome"], registry=self.registry)
        self.readings = Counter(
            "prosa_understood_turns", "Readings by who read and how sure.", ["by", "confidence"], registry=self.registry
        )
        self.model_calls = Counter(
            "prosa_model_calls",
            "Questions to models by who answered (nobody: empty) and how it ended.",
            ["purpose", "provider", "outcome"],
            registry=self.registry,
        )
        self.model_tokens = Counter(
            "prosa_model_tokens", "Tokens of models' answers.", ["provider", "direction"], registry=self.registry
        )
        self.model_cost = Counter(
            "prosa_model_cost_brl", "What models' answers cost, in BRL.", ["tenant"], registry=self.registry
        )
        self.lanes_due = Gauge("prosa_lanes_due", "Lanes due and not yet claimed.", ["kind"], registry=self.registry)
        self.open_handoffs = Gauge("prosa_handoffs_open", "Handoffs waiting or assigned.", registry=self.registry)

    def timed(self, answer: Answering) -> Answering:
        """The same, with every turn counted and its time noted."""

        async def counted(thread: str, pending: Pending, business: Business, unit: Unit, now: datetime) -> Answer:
            started = time.perf_counter()
            try:
                answered = await answer(thread, pending, business, unit, now)
            except Exception:
                self.turns.labels("failed").inc()
                raise
            self.turns.labels("answered").inc()
            self.turn_seconds.observe(time.perf_counter() - started)
            return answered

        return counted

    async def exposition(self, waiting: Waiting) -> bytes:
        """The text Prometheus scrapes. A database that is down leaves the gauges as they were."""
        try:
            now = await waiting.waiting()
        except Unavailable:
            now = {}
        for kind in ("turn", "delivery"):
            if kind in now:
                self.lanes_due.labels(kind).set(now[kind])
        if "handoffs" in now:
            self.open_handoffs.set(now["handoffs"])
        return generate_latest(self.registry)


class CountedUnderstander:
    """An understander whose readings are counted."""

    def __init__(self, understander: Understander, metrics: Metrics) -> None:
        self._understander, self._metrics = understander, metrics

    async def read(self, texts: Sequence[str], situation: Situation) -> Reading:
        """Reads through the wrapped understander."""
        reading = await self._understander.read(texts, situation)
        self._metrics.readings.labels(reading.by, _grade(reading.confidence)).inc()
        return reading


class CountedModels:
    """Models whose answers are counted: answered, cached, or the name of the error."""

    def __init__(self, models: Models, metrics: Metrics) -> None:
        self._models, self._metrics = models, metrics

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
        """As the wrapped models."""
        try:
            answer = await self._models.ask(
                business,
                purpose,
                messages,
                temperature=temperature,
                tools=tools,
                structure=structure,
                seconds=seconds,
                reuse=reuse,
            )
        except ModelError as error:
            self._metrics.model_calls.labels(purpose, "", type(error).__name__).inc()
            raise
        usage = answer.usage
        self._metrics.model_calls.labels(purpose, usage.provider, "cached" if usage.cached else "answered").inc()
        self._metrics.model_tokens.labels(usage.provider, "input").inc(usage.input_tokens)
        self._metrics.model_tokens.labels(usage.provider, "output").inc(usage.output_tokens)
        self._metrics.model_cost.labels(business.id).inc(float(usage.cost))
        return answer


class CountedOutbox:
    """An outbox whose outcomes are counted: sent, failed, queued (to be tried again), uncertain."""

    def __init__(self, outbox: Outbox, metrics: Metrics) -> None:
        self._outbox, self._metrics = outbox, metrics

    async def take(self, lease: Lease, at: datetime, worded: bool) -> Letter | None:
        """As the wrapped outbox."""
        return await self._outbox.take(lease, at, worded)

    async def seal(self, letter: str, lease: Lease, worded: Reworded | None) -> None:
        """As the wrapped outbox."""
        await self._outbox.seal(letter, lease, worded)

    async def settle(
        self,
        letter: str,
        lease: Lease,
        status: Literal["sent", "failed"],
        at: datetime,
        provider_id: str | None = None,
        error: str | None = None,
    ) -> None:
        """As the wrapped outbox."""
        await self._outbox.settle(letter, lease, status, at, provider_id, error)
        self._metrics.deliveries.labels(status).inc()

    async def put_off(
        self, letter: str, lease: Lease, status: Literal["queued", "uncertain"], at: datetime, after: float, error: str
    ) -> bool:
        """As the wrapped outbox."""
        self._metrics.deliveries.labels(status).inc()
        return await self._outbox.put_off(letter, lease, status, at, after, error)


def _grade(confidence: float) -> str:
    return "high" if confidence >= 0.8 else "middle" if confidence >= 0.5 else "low"
