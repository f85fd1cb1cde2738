"""The tools of one turn: validates arguments, runs one tool at a time and keeps a trace without personal data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from domain.business import Business
from domain.errors import FixArguments, Impossible, ToolError
from domain.ports import Records
from tools import booking, customers, knowledge, orders, people
from tools.tool import Arguments, Desk, Tool

if TYPE_CHECKING:
    from langchain_core.tools import StructuredTool

TOOLS: dict[str, Tool] = {
    tool.name: tool
    for tool in (*booking.TOOLS, *orders.TOOLS, *knowledge.TOOLS, *customers.TOOLS, *people.TOOLS)
}  # fmt: skip


class Toolbox:
    """Every tool, bound to one business, one customer's books and one instant.

    `calls` is the trace: `{"tool", "effect", "ok", "error"?, "receipt"?}` in order.
    """

    def __init__(self, business: Business, records: Records, now: datetime) -> None:
        self._desk = Desk(business, records, now)
        self.calls: list[dict[str, Any]] = []

    async def call(self, name: str, arguments: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Runs a tool and returns its facts: ids, ISO times, money as strings.

        Raises FixArguments (correct them and call again) or Impossible (tell the customer `reason` and `facts`).
        """
        tool = TOOLS.get(name)
        entry: dict[str, Any] = {"tool": name, "effect": tool.effect if tool else "read", "ok": False}
        self.calls.append(entry)
        try:
            if tool is None:
                raise FixArguments(f"tool: no tool is called {name!r}; allowed: {', '.join(sorted(TOOLS))}")
            result = await tool.run(self._desk, _validated(tool, arguments or {}))
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

    def as_langchain(self, names: Iterable[str]) -> list[StructuredTool]:
        """The named reading tools as LangChain tools. A model never gets a writing one: it proposes, flows dispose."""
        return [self._as_langchain(name) for name in names]

    def _as_langchain(self, name: str) -> StructuredTool:
        from langchain_core.tools import StructuredTool  # heavy: only loaded where a model is bound

        tool = TOOLS.get(name)
        if tool is None or tool.effect != "read":
            readable = ", ".join(sorted(name for name, known in TOOLS.items() if known.effect == "read"))
            raise FixArguments(f"names: {name!r} is no reading tool; allowed: {readable}")

        async def run(**arguments: Any) -> dict[str, Any]:
            try:
                return await self.call(name, arguments)
            except Impossible as error:
                return {"impossible": error.reason, "facts": error.facts}
            except ToolError as error:
                return {"fix_arguments": str(error)}

        return StructuredTool.from_function(
            coroutine=run, name=tool.name, description=tool.manual, args_schema=tool.arguments
        )


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
