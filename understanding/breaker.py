"""A circuit breaker: after several failures in a row nobody waits for a provider that is down.

closed ──failures──> open ──pause over──> half-open ──one trial answers──> closed
                       ^                      └──────the trial fails──────────┘ (back to open)
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Literal, TypeVar

from domain.clock import Clock
from domain.errors import CircuitOpen, ModelError, UselessAnswer

State = Literal["closed", "open", "half-open"]
T = TypeVar("T")


class Breaker:
    """Guards calls that raise ModelError when the provider fails. Any other end of a call says nothing about it.

    UselessAnswer is no failure: the provider is up, and no customer's text may open the circuit.
    """

    def __init__(self, clock: Clock, failures: int = 3, pause: timedelta = timedelta(seconds=30)) -> None:
        self._clock, self._allowed, self._pause = clock, failures, pause
        self._failures = 0
        self._opened: datetime | None = None
        self._trying = False

    @property
    def state(self) -> State:
        """Whether calls pass (closed), are refused (open), or one may try (half-open)."""
        if self._opened is None:
            return "closed"
        return "open" if self._clock.now() < self._opened + self._pause else "half-open"

    @property
    def passes(self) -> bool:
        """Whether a call would be let through now."""
        return self.state == "closed" or (self.state == "half-open" and not self._trying)

    async def call(self, work: Callable[[], Awaitable[T]]) -> T:
        """Runs `work` when calls pass. Raises CircuitOpen at once when they do not."""
        if not self.passes:
            raise CircuitOpen("the circuit is open")
        trial = self.state == "half-open"
        self._trying = self._trying or trial
        try:
            result = await work()
        except UselessAnswer:
            self._succeeded()
            raise
        except ModelError:
            self._failed()
            raise
        finally:
            self._trying = self._trying and not trial
        self._succeeded()
        return result

    def _succeeded(self) -> None:
        self._failures, self._opened = 0, None

    def _failed(self) -> None:
        self._failures += 1
        if self._failures >= self._allowed or self._opened is not None:
            self._opened = self._clock.now()
