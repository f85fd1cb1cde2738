"""A loopback twin of an OpenAI-compatible endpoint: answers chat completions as told, in the caller's own structure.

async with OpenAiServer() as twin:
    twin.script(Commands({"name": "affirm"}), Refusal(), Failure(429), Hang())
    ... Providers(Config((Endpoint("openai", "twin", twin.url),)), clock) ...
    twin.requests                           # the bodies of the calls, in order
"""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any


@dataclass(frozen=True)
class Commands:
    """A good answer: these commands, as a tool call or as JSON text, as the request asks."""

    commands: tuple[Mapping[str, Any], ...]
    language: str | None = None
    confidence: float = 0.95

    def __init__(self, *commands: Mapping[str, Any], language: str | None = None, confidence: float = 0.95) -> None:
        object.__setattr__(self, "commands", commands)
        object.__setattr__(self, "language", language)
        object.__setattr__(self, "confidence", confidence)


@dataclass(frozen=True)
class Text:
    """Raw text where structure was asked for."""

    text: str


@dataclass(frozen=True)
class Call:
    """A tool call with these raw arguments."""

    arguments: str


@dataclass(frozen=True)
class ToolCalls:
    """These tools called: names and arguments as data."""

    calls: tuple[tuple[str, Mapping[str, Any]], ...]

    def __init__(self, *calls: tuple[str, Mapping[str, Any]]) -> None:
        object.__setattr__(self, "calls", calls)


@dataclass(frozen=True)
class Refusal:
    """The model will not answer."""

    text: str = "I can't help with that."


@dataclass(frozen=True)
class Failure:
    """An HTTP error. `body` None: an error page that is no JSON."""

    status: int
    body: str | None = '{"error": {"message": "scripted", "type": "server_error", "code": null}}'
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Garbage:
    """200 with a body that is not the API's."""

    body: str = "<html>gateway</html>"


@dataclass(frozen=True)
class Hang:
    """Never answers."""


Behaviour = Commands | Text | Call | ToolCalls | Refusal | Failure | Garbage | Hang


class OpenAiServer:
    """The twin. What is not scripted is answered by `Failure(500)`. `tokens` is the usage it reports (in, out)."""

    def __init__(self, tokens: tuple[int, int] = (1000, 50)) -> None:
        self.requests: list[dict[str, Any]] = []
        self.url = ""
        self._tokens = tokens
        self._script: deque[Behaviour] = deque()
        self._hangs = False
        self._server: asyncio.Server | None = None
        self._connections: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> OpenAiServer:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}/v1"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._server is not None
        self._server.close()
        connections = list(self._connections)
        for connection in connections:
            connection.cancel()
        await asyncio.gather(*connections, return_exceptions=True)
        await self._server.wait_closed()

    def script(self, *behaviours: Behaviour) -> None:
        """What the next calls meet, one each."""
        self._script.extend(behaviours)

    @contextmanager
    def hanging(self) -> Iterator[None]:
        """No call that arrives within is ever answered, and none takes what is scripted."""
        self._hangs = True
        try:
            yield
        finally:
            self._hangs = False

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._connections.add(task)
        try:
            while (request := await _read(reader)) is not None:
                self.requests.append(request)
                writer.write(await self._answer(request))
                await writer.drain()
        except (asyncio.CancelledError, ConnectionError):
            pass  # the twin closes, or the caller gave up waiting
        finally:
            writer.close()
            self._connections.discard(task)

    async def _answer(self, request: dict[str, Any]) -> bytes:
        match self._next():
            case Failure(status, body, headers):
                return _raw(status, (body or "<html>Sorry</html>").encode(), headers)
            case Garbage(body):
                return _raw(200, body.encode(), {})
            case Hang():
                await asyncio.Event().wait()
                raise AssertionError("waited for ever and came back")
            case Commands() as good:
                answer = {
                    "commands": list(good.commands),
                    "language": good.language,
                    "confidence": good.confidence,
                }
                return self._completion(_structured(json.dumps(answer), request))
            case Text(text):
                return self._completion({"content": text})
            case Call(arguments):
                return self._completion(_called(arguments, request))
            case ToolCalls(calls):
                named = [_call(name, json.dumps(arguments), number) for number, (name, arguments) in enumerate(calls)]
                return self._completion({"content": None, "tool_calls": named})
            case Refusal(text):
                return self._completion({"content": None, "refusal": text})

    def _next(self) -> Behaviour:
        if self._hangs:
            return Hang()
        return self._script.popleft() if self._script else Failure(500)

    def _completion(self, message: Mapping[str, Any]) -> bytes:
        tokens_in, tokens_out = self._tokens
        body = {
            "id": f"chatcmpl-{len(self.requests)}",
            "object": "chat.completion",
            "created": 1_773_000_000,
            "model": "twin",
            "choices": [
                {
                    "index": 0,
                    "message": {"role": "assistant", "refusal": None, **message},
                    "finish_reason": "tool_calls" if message.get("tool_calls") else "stop",
                    "logprobs": None,
                }
            ],
            "usage": {
                "prompt_tokens": tokens_in,
                "completion_tokens": tokens_out,
                "total_tokens": tokens_in + tokens_out,
            },
        }
        return _raw(200, json.dumps(body).encode(), {})


def _structured(answer: str, request: Mapping[str, Any]) -> dict[str, Any]:
    """The answer where the request wants it: in a tool call, or in the text under a JSON schema."""
    return _called(answer, request) if request.get("tools") else {"content": answer}


def _called(arguments: str, request: Mapping[str, Any]) -> dict[str, Any]:
    return {"content": None, "tool_calls": [_call(request["tools"][0]["function"]["name"], arguments, 1)]}


def _call(name: str, arguments: str, number: int) -> dict[str, Any]:
    return {"id": f"call_{number}", "type": "function", "function": {"name": name, "arguments": arguments}}


async def _read(reader: asyncio.StreamReader) -> dict[str, Any] | None:
    """The body of the connection's next request; None at its end."""
    try:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    except asyncio.IncompleteReadError:
        return None
    headers = dict(line.lower().split(": ", 1) for line in head.strip().split("\r\n")[1:])
    body: dict[str, Any] = json.loads(await reader.readexactly(int(headers["content-length"])))
    return body


def _raw(status: int, body: bytes, headers: Mapping[str, str]) -> bytes:
    lines = [f"HTTP/1.1 {status} Twin", "content-type: application/json", f"content-length: {len(body)}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode() + body
