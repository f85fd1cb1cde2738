"""Time as an argument: the only place of the program that reads the machine's clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Tells the time of the business's world."""

    def now(self) -> datetime:
        """The current instant, timezone-aware, in UTC."""
        ...


class RunningClock:
    """The machine's clock, optionally moved so that it started at `start` (setting PROSA_CLOCK)."""

    def __init__(self, start: datetime | None = None) -> None:
        self._offset = timedelta(0) if start is None else start.astimezone(UTC) - datetime.now(UTC)

    def now(self) -> datetime:
        return datetime.now(UTC) + self._offset


class StandingClock:
    """A clock that moves only when told to: tests, dialogue suites and demos."""

    def __init__(self, now: datetime) -> None:
        self._now = now.astimezone(UTC)

    def now(self) -> datetime:
        return self._now

    def advance(self, by: timedelta) -> None:
        """Moves the clock forward."""
        self._now += by
