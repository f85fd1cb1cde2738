"""`waiting`: many conversations wait for a slow model at once, on a pool of few connections.

The product serves as users run it, understanding by model alone; the model is a loopback twin of an OpenAI-compatible
endpoint that takes its time.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import psycopg
import uvloop

from bench import server
from bench.figures import Figure
from bench.home import Home

_TARGET = 3.5  # seconds
_POOL = 10
_BUSINESS = "studio-aurora"
_ANSWERED = "SELECT count(DISTINCT conversation) FROM messages WHERE role = 'bot' AND at > %s"
_PATIENCE = 60.0


def measure(home: Home, conversations: int, model_seconds: float = 2.0) -> list[Figure]:
    """From the first message to the last answer committed."""
    return uvloop.run(_measure(home, conversations, model_seconds))


async def _measure(home: Home, conversations: int, model_seconds: float) -> list[Figure]:
    async with _model(model_seconds) as (url, asked):
        environment = {
            "DATABASE_URL": home.url,
            "POOL_SIZE": str(_POOL),
            "REPLY_PAUSE_SECONDS": "0",
            "UNDERSTANDER": "model",
            "OPENAI_BASE_URL": url,
            "OPENAI_MODEL": "twin",
            "OPENAI_API_KEY": "none",
            "MODEL_CACHE_SECONDS": "0",  # everybody asks the same, and all shall wait
        }
        with server.serving(home.folder, environment) as running:
            await asyncio.to_thread(server.ready, running)
            await _answered(home, running.port, 1)  # whatever the first message loads
            asked.clear()
            seconds = await _answered(home, running.port, conversations)
    print(
        f"{conversations} conversations, {len(asked)} asked a model that takes {model_seconds:g} s, "
        f"{_POOL} connections: all answered after {seconds:.2f} s"
    )
    name = f"{conversations} conversations on a {model_seconds:g} s model"
    share = len(asked) / conversations
    return [
        Figure(name, seconds, "s", _TARGET, "at most"),
        Figure("share of them that asked the model", share, "", 1.0, "at least"),
    ]


async def _answered(home: Home, port: int, conversations: int) -> float:
    """Seconds until everybody has an answer."""
    async with await psycopg.AsyncConnection.connect(home.url, autocommit=True) as connection:
        row = await (await connection.execute("SELECT clock_timestamp()")).fetchone()
        began, since = time.monotonic(), row[0] if row else None
        await asyncio.gather(*(_say(port, f"waiting-{conversations}-{n:06}") for n in range(conversations)))
        answered = 0
        while answered < conversations:
            if time.monotonic() - began > _PATIENCE:
                raise TimeoutError(f"{answered} of {conversations} answered")
            await asyncio.sleep(0.02)
            row = await (await connection.execute(_ANSWERED, [since])).fetchone()
            answered = row[0] if row else 0
    return time.monotonic() - began


async def _say(port: int, session: str) -> None:
    body = json.dumps({"session": session, "business": _BUSINESS, "id": "m1", "text": "quanto custa a escova?"})
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    head = "POST /webhooks/web HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
    writer.write(f"{head}Content-Length: {len(body)}\r\nConnection: close\r\n\r\n{body}".encode())
    answer = await reader.read()
    writer.close()
    if not answer.startswith(b"HTTP/1.1 200"):
        raise RuntimeError(f"the chat's message was answered {answer[:40].decode(errors='replace')}")


@asynccontextmanager
async def _model(seconds: float) -> AsyncIterator[tuple[str, list[float]]]:
    """The twin's url, and when it was asked. It always thinks that prices are wanted."""
    asked: list[float] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
                length = next(line for line in head.split("\r\n") if line.startswith("content-length:"))
                request = json.loads(await reader.readexactly(int(length.partition(":")[2])))
                asked.append(time.monotonic())
                await asyncio.sleep(seconds)
                body = json.dumps(_completion(request)).encode()
                lines = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
                writer.write(lines.encode() + body)
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    listening = await asyncio.start_server(serve, "127.0.0.1", 0, backlog=1024)
    async with listening:
        yield f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}/v1", asked


def _completion(request: dict[str, Any]) -> dict[str, Any]:
    """A chat completion with one command, in a tool call or as text, as the request asks."""
    answer = json.dumps({"commands": [{"name": "ask", "topic": "prices"}], "language": "pt-BR", "confidence": 0.95})
    message: dict[str, Any] = {"role": "assistant", "content": answer, "refusal": None}
    if request.get("tools"):
        function = {"name": request["tools"][0]["function"]["name"], "arguments": answer}
        calls = [{"id": "call_1", "type": "function", "function": function}]
        message = {"role": "assistant", "content": None, "tool_calls": calls}
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1_773_000_000,
        "model": "twin",
        "choices": [{"index": 0, "message": message, "finish_reason": "stop", "logprobs": None}],
        "usage": {"prompt_tokens": 1000, "completion_tokens": 30, "total_tokens": 1030},
    }
