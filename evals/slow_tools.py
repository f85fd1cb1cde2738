"""Tools that do their work and then give no answer in time: what became of it is not known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from domain.business import Business
from domain.ports import Pending, Records
from tools.toolbox import Looking, Toolbox
from understanding.local import topics


class NoAnswerInTime(TimeoutError):
    """The dialogue says that this tool gives no answer in time."""


@dataclass(slots=True)
class Slowness:
    """How many of a tool's next calls get no answer; None: all."""

    calls: dict[str, int | None] = field(default_factory=dict)

    def takes(self, tool: str) -> bool:
        """Whether this call is one of them."""
        left = self.calls.get(tool, 0)
        if left is not None:
            self.calls[tool] = max(left - 1, 0)
        return left != 0


class SlowToolbox(Toolbox):
    """The tools of one turn, slow where the dialogue says so."""

    def __init__(
        self,
        business: Business,
        records: Records,
        now: datetime,
        looking: Looking,
        slowness: Slowness,
        pending: Pending,
    ) -> None:
        super().__init__(business, records, now, looking, topics.about, pending.standing, pending.ordered)
        self._slowness = slowness

    async def call(self, name: str, arguments: Mapping[str, Any] | None = None) -> dict[str, Any]:
        result = await super().call(name, arguments)
        if self._slowness.takes(name):
            raise NoAnswerInTime(name)
        return result
