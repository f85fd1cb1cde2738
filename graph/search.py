"""The loop of an open question: the model calls reading tools, a few, and words what they told.

Bounded in tool calls, tokens and money by the numbers below, in time by whoever runs it. The model's calls are run one
after another, each holding a connection only for itself; an answer that says what no tool told is sent back once.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from domain.business import Business
from domain.errors import Impossible, ProsaError, ToolError
from domain.ports import Function, ModelAnswer, ModelMessage, Models, ToolCall, Usage
from graph.evidence import Lookup, evidence
from graph.grounding import unfounded
from graph.state import Data, Tools
from understanding.prompt import as_json

CALLS = 4
CORRECTIONS = 1
TOKENS = 30_000
COST = Decimal("0.50")  # BRL
UNKNOWN = "UNKNOWN"

_LONGEST_RESULT = 6000
_KNOWING = ("search_knowledge", "business_hours", "business_facts")
_SELLING = ("search_products", "quote_order", "my_orders")
_SERVING = ("list_services", "my_appointments")
_CORRECT = "Your answer says what no function told. Answer again without it, or with UNKNOWN. Without: "


class Unanswered(ProsaError):
    """The question has no answer that holds; the message says why."""


@dataclass(slots=True)
class Search:
    """One question being answered: what tools told so far, and what the model's answers took."""

    models: Models
    tools: Tools
    business: Business
    language: str
    today: date
    lookups: list[Lookup] = field(default_factory=list)
    passages: list[str] = field(default_factory=list)
    usages: list[Usage] = field(default_factory=list)
    _calls: int = 0

    async def answer(self, messages: list[ModelMessage], question: str) -> str:
        """An answer that says only what tools told. Raises Unanswered or ModelError."""
        wrong: list[str] = []
        for _ in range(1 + CORRECTIONS):
            answer = await self._conversed(messages)
            if answer.refused or not self.lookups or UNKNOWN in answer.text.upper():
                raise Unanswered("refused" if answer.refused else "unknown")
            told = evidence(self.lookups, self.language, self.business, self.today)
            wrong = unfounded(answer.text, told, question, self.language, self.business, self.today)
            if not wrong:
                return answer.text.strip()
            messages += [answer.message, ModelMessage("user", _CORRECT + as_json(wrong))]
        raise Unanswered(f"unfounded: {', '.join(wrong)}")

    async def _conversed(self, messages: list[ModelMessage]) -> ModelAnswer:
        """The model's words, once it calls nothing more; when its calls are used up it is given no functions."""
        while True:
            functions = self._functions() if self._calls < CALLS else ()
            answer = await self._asked(messages, functions)
            if not answer.tool_calls:
                return answer
            if not functions:
                raise Unanswered("calls too much")
            messages.append(answer.message)
            for call in answer.tool_calls:
                messages.append(
                    ModelMessage("tool", as_json(await self._looked(call))[:_LONGEST_RESULT], answers=call.id)
                )

    async def _asked(self, messages: list[ModelMessage], functions: tuple[Function, ...]) -> ModelAnswer:
        tokens = sum(usage.input_tokens + usage.output_tokens for usage in self.usages)
        if tokens >= TOKENS or sum((usage.cost for usage in self.usages), Decimal(0)) >= COST:
            raise Unanswered("too dear")
        answer = await self.models.ask(self.business, "answer", messages, tools=functions)
        self.usages.append(answer.usage)
        return answer

    async def _looked(self, call: ToolCall) -> Data:
        """A call's result, or what is wrong with it; a wrong one counts as well."""
        self._calls += 1
        if self._calls > CALLS:
            return {"error": "no calls are left"}
        if call.arguments is None or call.name not in {function.name for function in self._functions()}:
            return {"error": "no such function, or its arguments are no JSON object"}
        try:
            result = await self.tools.look(call.name, call.arguments)
        except Impossible as error:
            return {"impossible": error.reason}
        except ToolError as error:
            return {"error": str(error)}
        told: Data = _without_addresses(result)
        self.lookups.append(Lookup(call.arguments, told))
        self.passages += [each["id"] for each in told.get("passages", ()) if each["id"] not in self.passages]
        return told

    def _functions(self) -> tuple[Function, ...]:
        """The tools that can tell something of this business."""
        rules, business = self.business.booking, self.business
        free = ("find_free_times",) if business.services and rules and rules.by == "bot" else ()
        serving = _SERVING if business.services else ()
        return self.tools.functions((*_KNOWING, *(_SELLING if business.products else ()), *serving, *free))


def _without_addresses(value: Any) -> Any:
    """A result without where orders went: the customer wrote that, so that it is neither needed nor a source."""
    if isinstance(value, dict):
        return {
            key: _delivered(inner) if key == "delivery" else _without_addresses(inner) for key, inner in value.items()
        }
    return [_without_addresses(inner) for inner in value] if isinstance(value, list) else value


def _delivered(terms: Any) -> Any:
    return {key: value for key, value in terms.items() if key != "address"} if isinstance(terms, dict) else terms
