"""Language models as everybody asks them: a conversation in, text or tool calls out, and what the answer cost.

One question:

    answer = await models.ask(business, "voice", [ModelMessage("system", rules), ModelMessage("user", text)])
    answer.text

Tools, for as many rounds as the caller allows:

    messages = [ModelMessage("system", rules), ModelMessage("user", question)]
    answer = await models.ask(business, "answer", messages, tools=functions)
    while answer.tool_calls:
        messages.append(answer.message)
        messages += [ModelMessage("tool", await result(call), answers=call.id) for call in answer.tool_calls]
        answer = await models.ask(business, "answer", messages, tools=functions)

Each answer carries its `usage`; those of one turn are put together by `summed` and kept in its `understanding`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal, Protocol

from domain.business import Business

Purpose = Literal["understand", "answer", "voice"]
_COUNTED = ("input_tokens", "output_tokens", "latency_ms")


@dataclass(frozen=True, slots=True)
class ToolCall:
    """What the model wants called. `arguments` is None when it wrote no JSON object: answer that with an error text."""

    id: str
    name: str
    arguments: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class ModelMessage:
    """One message to a model. `tool_calls` are those of an assistant message; `answers` is the id of the call whose
    result a tool message holds."""

    role: Literal["system", "user", "assistant", "tool"]
    text: str
    tool_calls: tuple[ToolCall, ...] = ()
    answers: str = ""


@dataclass(frozen=True, slots=True)
class Function:
    """Something a model may call, or the shape its answer must have. `parameters` is the JSON schema of an object."""

    name: str
    description: str
    parameters: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Usage:
    """What one answer took. `cost` is in BRL; a `cached` answer cost nothing and kept nobody waiting.

    `prompt` is the version of the prompt file, when the asker has one.
    """

    purpose: Purpose
    provider: str
    model: str
    input_tokens: int = 0
    output_tokens: int = 0
    cost: Decimal = Decimal(0)
    latency_ms: int = 0
    cached: bool = False
    prompt: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Plain data, as a transcript keeps it; the cost is a decimal string."""
        counted = {name: getattr(self, name) for name in _COUNTED}
        told: dict[str, Any] = {"purpose": self.purpose, "provider": self.provider, "model": self.model, **counted}
        told |= {"cost": f"{self.cost:f}", "cached": self.cached}
        return {**told, "prompt": self.prompt} if self.prompt else told


@dataclass(frozen=True, slots=True)
class ModelAnswer:
    """What a model said. `refused`: it would not answer, and says so in `text`."""

    text: str
    usage: Usage
    tool_calls: tuple[ToolCall, ...] = ()
    refused: bool = False

    @property
    def message(self) -> ModelMessage:
        """The answer as a message, for the next question of a conversation with tools."""
        return ModelMessage("assistant", self.text, self.tool_calls)


@dataclass(frozen=True, slots=True)
class Reuse:
    """When a kept answer may serve again: the same `question`, if `holds` said of the answer that it stays true.

    Without one, all messages must be the same, to the letter.
    """

    question: str
    holds: Callable[[ModelAnswer], bool]


class Models(Protocol):
    """The models of a business, in its order: who fails is followed by the next."""

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
        """One answer, from the first provider that gives one.

        `tools` may be called or not. With `structure` the answer is an object of that shape: the arguments of its only
        tool call, or JSON in its text, as the endpoint likes. `seconds` bounds the whole call, fail-over included; the
        default is the configured one. At temperature 0 an answer to the same question may come from the cache.

        Raises ModelError: NoProvider (nobody is configured for this business), BudgetSpent (nothing is left for today),
        CircuitOpen (all are being spared after failures), else whatever the last provider failed with.
        """
        ...


class Spending(Protocol):
    """What the models of each business have cost, day by day in the business's zone. Shared by all processes."""

    async def spent(self, tenant: str, day: date) -> Decimal:
        """BRL so far. Raises Unavailable."""
        ...

    async def add(self, tenant: str, day: date, cost: Decimal) -> None:
        """Adds one answer's cost, committed at once. Raises Unavailable."""
        ...

    async def refuse(self, tenant: str, day: date) -> bool:
        """Notes that the day's budget is spent. True for whoever notes it first, on any machine. Raises Unavailable."""
        ...


class AnswerCache(Protocol):
    """Answers by their questions, for a while. What is kept may be lost at any time; it never fails."""

    async def get(self, tenant: str, question: str) -> str | None: ...

    async def put(self, tenant: str, question: str, answer: str) -> None: ...


def summed(usages: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Several usages (`Usage.as_dict`, or sums of them) as one: added up, with each of them under `calls`.

    One alone stays as it is, none is empty. `fallback`, why no model read the turn, is carried over.
    """
    told = [dict(usage) for usage in usages if usage]
    if len(told) < 2:
        return told[0] if told else {}
    calls = [call for usage in told for call in usage.get("calls", [usage] if "provider" in usage else [])]
    total: dict[str, Any] = {name: sum(usage.get(name, 0) for usage in told) for name in _COUNTED}
    total["cost"] = f"{sum((Decimal(usage.get('cost', 0)) for usage in told), Decimal(0)):f}"
    fallback = next((usage["fallback"] for usage in told if "fallback" in usage), None)
    return {**total, "calls": calls} if fallback is None else {**total, "calls": calls, "fallback": fallback}
