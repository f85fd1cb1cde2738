"""The model understander: one call a turn to any OpenAI-compatible endpoint, its answer checked before it counts."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal

import httpx

from domain.clock import Clock
from domain.commands import Ask, Command, Human, Smalltalk, Start
from domain.errors import ModelError, UselessAnswer
from domain.ports import Reading, Situation
from understanding import checks, prompt, schema

if TYPE_CHECKING:
    from langchain_core.messages import AIMessage
    from langchain_openai import ChatOpenAI

_LANGUAGES = ("pt-BR", "en", "es")
_MILLION = Decimal(1_000_000)
_FENCED = re.compile(r"^\s*```(?:json)?\s*(.*?)\s*```\s*$", re.DOTALL)
_TOPICS = {"services": "catalog", "professionals": "faq", "stock": "catalog", "duration": "faq", "why": "faq"}


@dataclass(frozen=True, slots=True)
class Config:
    """Which model, where, and its limits. Prices are money a million tokens.

    `timeout_seconds` bounds a whole call, its `retries` included. `method` is how the endpoint gives structured output.
    """

    name: str
    api_key: str = ""
    base_url: str | None = None
    timeout_seconds: float = 10.0
    retries: int = 1
    price_input: Decimal = Decimal(0)
    price_output: Decimal = Decimal(0)
    method: Literal["function_calling", "json_schema"] = "function_calling"


class ModelUnderstander:
    """Reads through a language model. Building one loads langchain (seconds, 60 MB): do it only when one is used."""

    def __init__(self, config: Config, clock: Clock) -> None:
        self._config, self._clock = config, clock
        self._prompt = prompt.load()
        trusted = httpx.create_ssl_context()
        limits = httpx.Limits(max_connections=None, max_keepalive_connections=20)  # conversations wait side by side
        self._client = httpx.AsyncClient(verify=trusted, timeout=config.timeout_seconds, limits=limits)
        # never used; given because langchain would open one of its own that nobody closes
        self._sync_client = httpx.Client(verify=trusted)
        self._chat = _chat(config, self._client, self._sync_client)
        self._structure = _structure(config.method)

    async def read(self, texts: Sequence[str], situation: Situation) -> Reading:
        """Turns a turn's messages into commands. Raises ModelError when the model gives none that hold."""
        started = self._clock.now()
        message = await self._ask(self._prompt.render(texts, situation))
        elapsed = self._clock.now() - started
        usage = self._usage(message, round(elapsed.total_seconds() * 1000))
        answer = _answer(message, usage)
        proposed = answer["commands"]
        commands = checks.hold(proposed, texts, situation)
        if proposed and not commands:
            raise UselessAnswer("no proposed command holds", usage)
        language = answer.get("language")
        return Reading(
            commands,
            intents_of(commands),
            language if language in _LANGUAGES else situation.language,
            _confidence(answer.get("confidence")),
            "model",
            usage,
        )

    async def close(self) -> None:
        """Gives back connections."""
        await self._client.aclose()
        self._sync_client.close()

    async def _ask(self, messages: list[tuple[str, str]]) -> AIMessage:
        try:
            async with asyncio.timeout(self._config.timeout_seconds):
                return await self._chat.ainvoke(messages, **self._structure)
        except Exception as error:
            # beside its own errors the client raises whatever a strange answer makes it stumble on (IndexError, …)
            raise ModelError(type(error).__name__) from error

    def _usage(self, message: AIMessage, milliseconds: int) -> dict[str, Any]:
        counted = message.usage_metadata or {"input_tokens": 0, "output_tokens": 0}
        tokens_in, tokens_out = counted["input_tokens"], counted["output_tokens"]
        cost = (tokens_in * self._config.price_input + tokens_out * self._config.price_output) / _MILLION
        return {
            "model": self._config.name,
            "prompt": self._prompt.version,
            "input_tokens": tokens_in,
            "output_tokens": tokens_out,
            "latency_ms": milliseconds,
            "cost": f"{cost:f}",
        }


def _chat(config: Config, client: httpx.AsyncClient, sync_client: httpx.Client) -> ChatOpenAI:
    from langchain_openai import ChatOpenAI
    from pydantic import SecretStr

    return ChatOpenAI(
        model=config.name,
        api_key=SecretStr(config.api_key or "none"),
        base_url=config.base_url,
        temperature=0,
        timeout=config.timeout_seconds,
        max_retries=config.retries,
        http_async_client=client,
        http_client=sync_client,
        use_responses_api=False,
    )


def _structure(method: str) -> dict[str, Any]:
    """How the endpoint is told the answer's shape. The schema goes as it is: with_structured_output would inline its
    definitions, at twice the tokens, and parse an answer that is checked here anyway."""
    name, about = "understand", "What the customer's messages ask for, as commands."
    if method == "json_schema":
        return {"response_format": {"type": "json_schema", "json_schema": {"name": name, "schema": schema.answer()}}}
    function = {"name": name, "description": about, "parameters": schema.answer()}
    chosen = {"type": "function", "function": {"name": name}}
    # sent the same as arguments of their own, but the client does not look through all of the schema at every call
    return {"extra_body": {"tools": [{"type": "function", "function": function}], "tool_choice": chosen}}


def intents_of(commands: Sequence[Command]) -> tuple[str, ...]:
    """The intent names that commands stand for; requests before courtesies."""
    names: list[str] = []
    for command in commands:
        match command:
            case Start(flow):
                names.append(flow)
            case Ask(topic):
                names.append(_TOPICS.get(topic, topic))
            case Human(reason):
                names.append("complaint" if reason == "complaint" else "human")
            case Smalltalk(kind):
                names.append(kind if kind in ("greet", "goodbye", "thanks") else "smalltalk")
            case _ if command.name in ("affirm", "deny", "repeat", "wait", "opt_out", "opt_in"):
                names.append(command.name)
            case _ if command.name == "cancel":
                names.append("forget")
            case _ if command.name == "unclear":
                names.append("out_of_scope")
    courtesies = ("greet", "goodbye", "thanks", "smalltalk", "affirm", "deny")
    return tuple(sorted(dict.fromkeys(names), key=lambda name: name in courtesies))


def _answer(message: AIMessage, usage: Mapping[str, Any]) -> dict[str, Any]:
    """The answer as data, from a tool call or from the text: endpoints differ in where they put it."""
    if message.additional_kwargs.get("refusal"):
        raise UselessAnswer("refused", usage)
    data: object = message.tool_calls[0]["args"] if message.tool_calls else _parsed(message.text)
    if not isinstance(data, dict) or not isinstance(data.get("commands"), list):
        raise UselessAnswer("malformed", usage)
    return data


def _parsed(text: str) -> object:
    fenced = _FENCED.match(text)
    try:
        return json.loads(fenced.group(1) if fenced else text)
    except (ValueError, RecursionError):
        return None


def _confidence(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return 0.9
    return min(1.0, max(0.0, float(value)))
