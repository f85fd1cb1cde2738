"""The tools of one turn: validates arguments, runs one tool at a time and keeps a trace without personal data."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import Any

from pydantic import ValidationError

from domain.business import Business
from domain.errors import FixArguments, Impossible
from domain.ports import STANDS_FOR, Booking, Function, Order, Records, Topics, no_topics
from tools import booking, customers, knowledge, orders, people
from tools.availability import written
from tools.tool import Arguments, Desk, Tool, untitled

TOOLS: dict[str, Tool] = {
    tool.name: tool
    for tool in (*booking.TOOLS, *orders.TOOLS, *knowledge.TOOLS, *customers.TOOLS, *people.TOOLS)
}  # fmt: skip
_READABLE = sorted(name for name, tool in TOOLS.items() if tool.effect == "read")

Looking = Callable[[], AbstractAsyncContextManager[Records]]


class Toolbox:
    """Every tool, bound to one business, one customer's books and one instant.

    `calls` is the trace: `{"tool", "effect", "ok", "error"?, "receipt"?, "by"?}` in order; `by` is "model" for what a
    model looked up. `looking` opens the books for one look; without it a look reads `records`. `topics` tells what a
    question is about; without it the business's texts are found by their words alone. `standing` are the customer's
    appointments to come and `ordered` the orders under way, where they are known already.
    """

    def __init__(
        self,
        business: Business,
        records: Records,
        now: datetime,
        looking: Looking | None = None,
        topics: Topics = no_topics,
        standing: Sequence[Booking] | None = None,
        ordered: Sequence[Order] | None = None,
    ) -> None:
        self._desk = Desk(business, records, now, topics)
        self._looking = looking or (lambda: nullcontext(records))
        self._standing, self._ordered = standing, ordered
        self.calls: list[dict[str, Any]] = []

    async def call(self, name: str, arguments: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Runs a tool and returns its facts: ids, ISO times, money as strings.

        Raises FixArguments (correct them and call again) or Impossible (tell the customer `reason` and `facts`).
        """
        tool = TOOLS.get(name)
        if tool is None:
            self.calls.append({"tool": name, "effect": "read", "ok": False, "error": "FixArguments"})
            raise FixArguments(f"tool: no tool is called {name!r}; allowed: {', '.join(sorted(TOOLS))}")
        return await self._run(tool, arguments or {}, self._desk)

    async def look(self, name: str, arguments: Mapping[str, Any]) -> dict[str, Any]:
        """Runs a reading tool for a model, before the turn's first write; no connection is held afterwards.

        What a model wrote may be anything: whatever is wrong with it raises FixArguments or Impossible.
        """
        tool = TOOLS.get(name)
        if tool is None or tool.effect != "read":
            raise FixArguments(f"tool: no reading tool has this name; allowed: {', '.join(_READABLE)}")
        async with self._looking() as records:
            try:
                return await self._run(tool, arguments, replace(self._desk, records=records), by="model")
            except (OverflowError, ValueError) as error:
                raise FixArguments(f"{name}: a value is out of range") from error

    async def standing(self) -> list[dict[str, Any]]:
        """The customer's appointments to come, for whoever reads the message: before the first write, in no trace."""
        if self._standing is None:
            async with self._looking() as records:
                self._standing = await records.bookings.mine(self._desk.now)
        return [written(self._desk, booking) for booking in self._standing]

    async def ordered(self) -> list[dict[str, Any]]:
        """The customer's orders under way, likewise."""
        if self._ordered is None:
            async with self._looking() as records:
                self._ordered = await records.orders.standing(self._desk.now - STANDS_FOR)
        return [orders.written(self._desk, order) for order in self._ordered]

    def functions(self, names: Iterable[str]) -> tuple[Function, ...]:
        """The named reading tools as a model is told of them. It gets no writing one: it proposes, flows dispose."""
        return tuple(_function(name) for name in names)

    async def _run(self, tool: Tool, arguments: Mapping[str, Any], desk: Desk, **told: str) -> dict[str, Any]:
        entry: dict[str, Any] = {"tool": tool.name, "effect": tool.effect, "ok": False, **told}
        self.calls.append(entry)
        try:
            result = await tool.run(desk, _validated(tool, arguments))
        except Impossible as error:
            entry["error"] = error.reason
            raise
        except Exception as error:
            entry["error"] = type(error).__name__
            raise
        entry["ok"] = True
        if "receipt" in result:
            entry["receipt"] = result["receipt"]
        return result


@cache
def _function(name: str) -> Function:
    tool = TOOLS.get(name)
    if tool is None or tool.effect != "read":
        raise FixArguments(f"names: {name!r} is no reading tool; allowed: {', '.join(_READABLE)}")
    return Function(name, tool.manual, untitled(tool.arguments.model_json_schema()))


def _validated(tool: Tool, arguments: Mapping[str, Any]) -> Arguments:
    try:
        return tool.arguments.model_validate(dict(arguments))
    except ValidationError as error:
        raise FixArguments(f"{tool.name}: {_explained(tool, error)}") from None


def _explained(tool: Tool, error: ValidationError) -> str:
    """Names each wrong field and what is allowed, never the value: it may be personal."""
    parts = []
    for problem in error.errors(include_url=False, include_input=False):
        field = ".".join(str(part) for part in problem["loc"]) or "(arguments)"
        if problem["type"] == "extra_forbidden":
            parts.append(f"{field} is unknown; allowed: {', '.join(tool.arguments.model_fields)}")
        else:
            parts.append(f"{field}: {problem['msg'].removeprefix('Value error, ')}")
    return "; ".join(parts)
