"""Chat completions as OpenAI-compatible endpoints speak them: our question as a body, their body as an answer.

https://platform.openai.com/docs/api-reference/chat/create
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel, ValidationError

from domain.ports import Function, ModelMessage, Purpose, ToolCall

_BYTES_A_TOKEN = 4  # a cautious guess, for endpoints that do not count
_MOST_TOKENS = 10**8

Shaping = Literal["named_function", "only_function", "json_schema"]


@dataclass(frozen=True, slots=True)
class Question:
    """Everything that is asked of an endpoint. See `domain.ports.Models`."""

    purpose: Purpose
    messages: Sequence[ModelMessage]
    temperature: float = 0.0
    tools: Sequence[Function] = ()
    structure: Function | None = None


@dataclass(frozen=True, slots=True)
class Dialect:
    """How an endpoint is told the answer's shape: by a function it must call, named or the only one there is, or by a
    schema for its text. `inlined`: it does not follow references inside a schema."""

    shaping: Shaping = "named_function"
    inlined: bool = False


DIALECTS: Mapping[str, Dialect] = {
    "gemini": Dialect("only_function", inlined=True),
    "local": Dialect("json_schema"),  # servers that ignore tool_choice still keep to a schema
}
"""What is known of providers that differ from OpenAI."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back. Tokens are counted by the endpoint, or guessed from the bytes when it does not."""

    text: str
    tool_calls: tuple[ToolCall, ...]
    refused: bool
    input_tokens: int
    output_tokens: int


class _Called(BaseModel):
    name: str
    arguments: str | dict[str, Any] = ""


class _Call(BaseModel):
    id: str | None = None
    function: _Called


class _Part(BaseModel):
    text: str = ""


class _Message(BaseModel):
    content: str | list[_Part] | None = None
    refusal: str | None = None
    tool_calls: list[_Call] | None = None


class _Choice(BaseModel):
    message: _Message
    finish_reason: str | None = None


class _Tokens(BaseModel):
    prompt_tokens: int | None = None
    completion_tokens: int | None = None


class _Completion(BaseModel):
    choices: list[_Choice]
    usage: _Tokens | None = None


def written(question: Question, model: str, dialect: Dialect, temperature: float | None) -> bytes:
    """The body of a request. `temperature` None leaves it to the model, for those that know only their own."""
    body: dict[str, Any] = {"model": model, "messages": [_message(message) for message in question.messages]}
    if temperature is not None:
        body["temperature"] = temperature
    if question.structure is not None:
        body |= _shaped(question.structure, dialect)
    elif question.tools:
        body["tools"] = [_tool(tool, dialect) for tool in question.tools]
    return json.dumps(body, separators=(",", ":")).encode()  # escaped: half a surrogate pair is no error here


def read(body: bytes, asked: bytes) -> Reply:
    """The first choice of a completion. Raises ValueError when it is none."""
    try:
        completion = _Completion.model_validate_json(body)
        choice = completion.choices[0]
    except (ValidationError, IndexError) as error:
        raise ValueError("not a chat completion") from error
    message, tokens = choice.message, completion.usage or _Tokens()
    text = _text(message.content)
    calls = tuple(_call(call, number) for number, call in enumerate(message.tool_calls or ()))
    said = len(text) + sum(len(str(call.function.arguments)) for call in message.tool_calls or ())
    return Reply(
        text or message.refusal or "",
        calls,
        bool(message.refusal) or choice.finish_reason == "content_filter",
        _counted(tokens.prompt_tokens, len(asked)),
        _counted(tokens.completion_tokens, said),
    )


def inlined(schema: Mapping[str, Any]) -> dict[str, Any]:
    """The schema with each reference replaced by what it names. Ours refer to nothing that refers back."""
    definitions = schema.get("$defs", {})

    def resolved(part: Any) -> Any:
        if isinstance(part, Mapping):
            if "$ref" in part:
                return resolved({**definitions[part["$ref"].rpartition("/")[2]], **_without(part, "$ref")})
            return {key: resolved(value) for key, value in part.items() if key != "discriminator"}
        return [resolved(value) for value in part] if isinstance(part, list) else part

    whole: dict[str, Any] = resolved(_without(schema, "$defs"))
    return whole


def _without(part: Mapping[str, Any], key: str) -> dict[str, Any]:
    return {name: value for name, value in part.items() if name != key}


def _shaped(structure: Function, dialect: Dialect) -> dict[str, Any]:
    if dialect.shaping == "json_schema":
        schema = {"name": structure.name, "schema": _parameters(structure, dialect)}
        return {"response_format": {"type": "json_schema", "json_schema": schema}}
    named = {"type": "function", "function": {"name": structure.name}}
    return {
        "tools": [_tool(structure, dialect)],
        "tool_choice": named if dialect.shaping == "named_function" else "required",
    }


def _tool(function: Function, dialect: Dialect) -> dict[str, Any]:
    parameters = _parameters(function, dialect)
    described = {"name": function.name, "description": function.description, "parameters": parameters}
    return {"type": "function", "function": described}


def _parameters(function: Function, dialect: Dialect) -> Mapping[str, Any]:
    return inlined(function.parameters) if dialect.inlined else function.parameters


def _message(message: ModelMessage) -> dict[str, Any]:
    if message.role == "tool":
        return {"role": "tool", "tool_call_id": message.answers, "content": message.text}
    if not message.tool_calls:
        return {"role": message.role, "content": message.text}
    calls = [
        {
            "id": call.id,
            "type": "function",
            "function": {"name": call.name, "arguments": json.dumps(call.arguments or {})},
        }
        for call in message.tool_calls
    ]
    return {"role": message.role, "content": message.text or None, "tool_calls": calls}


def _call(call: _Call, number: int) -> ToolCall:
    return ToolCall(call.id or f"call_{number}", call.function.name, _arguments(call.function.arguments))


def _arguments(written: str | Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Arguments as data; None when they are no JSON object. No arguments at all are an empty one."""
    if not isinstance(written, str):
        return written
    try:
        data = json.loads(written or "{}")
    except (ValueError, RecursionError):
        return None
    return data if isinstance(data, dict) else None


def _text(content: str | Sequence[_Part] | None) -> str:
    if content is None or isinstance(content, str):
        return content or ""
    return "".join(part.text for part in content)


def _counted(tokens: int | None, size: int) -> int:
    if tokens is not None and 0 <= tokens < _MOST_TOKENS:
        return tokens
    return -(-size // _BYTES_A_TOKEN)
