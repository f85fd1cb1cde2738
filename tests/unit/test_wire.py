"""Chat completions: whatever an endpoint makes of the format, an answer is read as it was meant, or not at all."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest

from domain.ports import Function, ModelMessage, ToolCall
from understanding import schema, wire
from understanding.wire import Dialect, Question

LOOK = Function("look", "Looks.", {"type": "object", "properties": {"product": {"type": "string"}}})
ASKED = b"x" * 400


def completion(message: Mapping[str, Any], finish: str = "stop", usage: Mapping[str, Any] | None = None) -> bytes:
    return json.dumps({"choices": [{"message": message, "finish_reason": finish}], "usage": usage}).encode()


def called(arguments: object, **more: Any) -> bytes:
    return completion({"tool_calls": [{**more, "function": {"name": "look", "arguments": arguments}}]}, "tool_calls")


def body(question: Question, dialect: Dialect | None = None, temperature: float | None = 0) -> dict[str, Any]:
    written: dict[str, Any] = json.loads(wire.written(question, "m", dialect or Dialect(), temperature))
    return written


@pytest.mark.parametrize(
    ("message", "text"),
    [
        ({"content": "oi"}, "oi"),
        ({"content": None}, ""),
        ({}, ""),
        ({"content": [{"type": "text", "text": "o"}, {"type": "text", "text": "i"}]}, "oi"),
        ({"content": "oi", "tool_calls": []}, "oi"),
        ({"content": "oi", "tool_calls": None, "reasoning_content": "hmm"}, "oi"),
    ],
    ids=json.dumps,
)
def test_text_is_read_wherever_it_is(message: Mapping[str, Any], text: str) -> None:
    assert wire.read(completion(message), ASKED).text == text


@pytest.mark.parametrize(
    ("answer", "call"),
    [
        (called('{"product": "bola"}', id="a"), ToolCall("a", "look", {"product": "bola"})),
        (called({"product": "bola"}), ToolCall("call_0", "look", {"product": "bola"})),
        (called("", id=""), ToolCall("call_0", "look", {})),
        (called('{"product": ', id="a"), ToolCall("a", "look", None)),
        (called('["bola"]', id="a"), ToolCall("a", "look", None)),
    ],
)
def test_a_call_is_read_and_its_bad_arguments_are_none(answer: bytes, call: ToolCall) -> None:
    assert wire.read(answer, ASKED).tool_calls == (call,)


@pytest.mark.parametrize(
    "answer",
    [b"", b"<html>", b"{}", b"[]", b'{"choices": []}', b'{"choices": [{}]}', b'{"choices": "x"}', b"\xff"],
)
def test_what_is_no_completion_is_an_error(answer: bytes) -> None:
    with pytest.raises(ValueError, match="not a chat completion"):
        wire.read(answer, ASKED)


def test_a_refusal_and_a_filtered_answer_are_refused() -> None:
    assert wire.read(completion({"refusal": "no"}), ASKED).refused
    assert wire.read(completion({"content": ""}, "content_filter"), ASKED).refused
    assert not wire.read(completion({"content": "no"}), ASKED).refused


def test_tokens_that_the_endpoint_does_not_count_are_guessed_so_that_budgets_hold() -> None:
    counted = wire.read(completion({"content": "oi"}, usage={"prompt_tokens": 7, "completion_tokens": 2}), ASKED)
    assert (counted.input_tokens, counted.output_tokens) == (7, 2)
    guessed = wire.read(completion({"content": "x" * 41}), ASKED)
    assert (guessed.input_tokens, guessed.output_tokens) == (100, 11)
    assert wire.read(called('{"product": "bola"}'), ASKED).output_tokens > 0
    odd = wire.read(completion({"content": "oi"}, usage={"prompt_tokens": -7, "completion_tokens": 10**30}), ASKED)
    assert (odd.input_tokens, odd.output_tokens) == (100, 1)


def test_a_conversation_with_tools_is_told_in_the_formats_words() -> None:
    call = ToolCall("a", "look", {"product": "bola"})
    messages = (
        ModelMessage("user", "tem bola?"),
        ModelMessage("assistant", "", (call,)),
        ModelMessage("tool", '{"stock": 3}', answers="a"),
    )
    sent = body(Question("answer", messages, tools=(LOOK,)))
    assert sent["messages"] == [
        {"role": "user", "content": "tem bola?"},
        {
            "role": "assistant",
            "content": None,
            "tool_calls": [
                {"id": "a", "type": "function", "function": {"name": "look", "arguments": '{"product": "bola"}'}}
            ],
        },
        {"role": "tool", "tool_call_id": "a", "content": '{"stock": 3}'},
    ]
    assert [tool["function"]["name"] for tool in sent["tools"]] == ["look"]
    assert "tool_choice" not in sent


def test_an_answer_of_a_shape_is_asked_for_as_the_endpoint_knows_it() -> None:
    question = Question("understand", (), structure=LOOK)
    assert body(question)["tool_choice"] == {"type": "function", "function": {"name": "look"}}
    assert body(question, Dialect("only_function"))["tool_choice"] == "required"
    asked = body(question, Dialect("json_schema"))
    assert asked["response_format"]["json_schema"] == {"name": "look", "schema": LOOK.parameters}
    assert "tools" not in asked


def test_a_schema_without_references_says_the_same() -> None:
    inlined = wire.inlined(schema.answer())
    assert "$" not in json.dumps(inlined)
    commands = inlined["properties"]["commands"]["items"]["anyOf"]
    fill = next(one for one in commands if one["properties"]["name"]["const"] == "fill")
    assert "factor" in fill["properties"]["slot"]["enum"]
    assert fill["properties"]["value"]["anyOf"][0]["items"]["properties"]["grain"]["enum"][0] == "minute"


def test_half_a_character_can_be_sent() -> None:
    assert body(Question("answer", (ModelMessage("user", "\ud83d"),)))["messages"][0]["content"] == "\ud83d"


def test_a_temperature_is_sent_unless_it_is_the_models_own() -> None:
    question = Question("voice", (), 0.7)
    assert body(question, temperature=0.7)["temperature"] == 0.7
    assert "temperature" not in body(question, temperature=None)
