"""Answers as they are kept for the same question asked again, and what makes a question the same."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from domain.ports import ModelAnswer, ModelMessage, Reuse, ToolCall, Usage
from understanding.wire import Question

Names = Sequence[tuple[str, str]]  # provider and model, in the order they are asked


def question(asked: Question, reuse: Reuse | None, names: Names) -> str:
    """A text that two questions share only if one's answer may serve the other. The catalogue and the prompt are in
    the messages, so that a changed one makes another question."""
    messages: Any = [_plain(message) for message in asked.messages] if reuse is None else reuse.question
    functions = [(one.name, one.description, one.parameters) for one in (*asked.tools, asked.structure) if one]
    return json.dumps([asked.purpose, names, messages, functions], sort_keys=True)


def written(answer: ModelAnswer) -> str:
    """An answer as text."""
    usage = answer.usage
    return json.dumps(
        {
            "text": answer.text,
            "tool_calls": [_called(call) for call in answer.tool_calls],
            "refused": answer.refused,
            "usage": [usage.purpose, usage.provider, usage.model],
        }
    )


def read(text: str) -> ModelAnswer:
    """The inverse. It cost nothing this time."""
    data = json.loads(text)
    purpose, provider, model = data["usage"]
    return ModelAnswer(
        data["text"],
        Usage(purpose, provider, model, cached=True),
        tuple(ToolCall(*call) for call in data["tool_calls"]),
        data["refused"],
    )


def _plain(message: ModelMessage) -> tuple[Any, ...]:
    return message.role, message.text, message.answers, [_called(call) for call in message.tool_calls]


def _called(call: ToolCall) -> tuple[Any, ...]:
    return call.id, call.name, call.arguments
