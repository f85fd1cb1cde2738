"""A model that answers as the test says, and remembers what it was asked.

models = ScriptedModels(calls(("search_products", {"query": "ração"})), "Temos ração por R$ 74,50.")
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from domain.business import Business
from domain.errors import ModelError
from domain.ports import Function, ModelAnswer, ModelMessage, Purpose, Reuse, ToolCall, Usage

Calls = tuple[ToolCall, ...]
Said = str | Calls | Exception


def calls(*wanted: tuple[str, Mapping[str, Any] | None]) -> Calls:
    """An answer that wants these functions called."""
    return tuple(ToolCall(f"call_{number}", name, arguments) for number, (name, arguments) in enumerate(wanted))


class ScriptedModels:
    """Implements `domain.ports.Models`. The last thing said is said for ever."""

    def __init__(self, *script: Said, tokens: int = 100, cost: Decimal = Decimal("0.01")) -> None:
        self.asked: list[tuple[list[ModelMessage], list[str]]] = []
        self._script, self._tokens, self._cost = deque(script), tokens, cost

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
        self.asked.append((list(messages), [tool.name for tool in tools]))
        said = self._script.popleft() if len(self._script) > 1 else self._script[0]
        if isinstance(said, Exception):
            raise said
        usage = Usage(purpose, "twin", "twin", self._tokens, 10, self._cost, 5)
        return ModelAnswer("", usage, said) if isinstance(said, tuple) else ModelAnswer(said, usage)


DOWN = ModelError("the provider is down")
