"""What Prometheus reads at `/metrics`: webhooks, turns, deliveries, understanding, and the lines that wait."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from domain.errors import Unavailable
from domain.ports import Reading, Situation, Understander

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
            "A turn from its claim to its commit.",
            buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
            registry=self.registry,
        )
        self.deliveries = Counter("prosa_deliveries", "Sends by outcome.", ["outcome"], registry=self.registry)
        self.readings = Counter(
            "prosa_understood_turns", "Readings by who read and how sure.", ["by", "confidence"], registry=self.registry
        )
        self.lanes_due = Gauge("prosa_lanes_due", "Lanes due and not yet claimed.", ["kind"], registry=self.registry)
        self.open_handoffs = Gauge("prosa_handoffs_open", "Handoffs waiting or assigned.", registry=self.registry)

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


def _grade(confidence: float) -> str:
    return "high" if confidence >= 0.8 else "middle" if confidence >= 0.5 else "low"
