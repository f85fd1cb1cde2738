"""`ack`: signed WhatsApp webhooks acknowledged by the product, beside a bare endpoint that only inserts a row.

Each serves from a process of its own; this process is the client. They are asked in turn.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import itertools
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import median

import psycopg
import uvloop

from bench import server
from bench.figures import Figure, quantile
from bench.home import ROOT, Home
from bench.home import seconds as seconds_of
from bench.server import Server

_TARGET = 0.6
_SECRET = "an app's secret"
_ACCOUNT = "100000000000001"
_CONNECTIONS = 32
_PEOPLE = 200

Request = Callable[[int], bytes]


@dataclass(slots=True)
class _Side:
    """One of the two: where it serves, what it is asked, what came of it."""

    name: str
    server: Server
    request: Request
    numbers: Iterator[int] = field(default_factory=itertools.count)
    latencies: list[float] = field(default_factory=list)
    rates: list[float] = field(default_factory=list)
    python: float = 0.0
    postgres: float = 0.0


def measure(home: Home, rounds: int, seconds: float) -> list[Figure]:
    """Messages come from people who wrote before, all different."""
    with psycopg.connect(home.bare_url, autocommit=True) as connection:
        connection.execute("CREATE TABLE arrived (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, body jsonb)")
    environment = {"DATABASE_URL": home.url, "APP_SECRET": _SECRET, "LOG_LEVEL": "INFO"}
    with server.serving(home.folder, environment, "--no-worker") as whole, _bare(home) as bare:
        server.ready(whole)
        server.ready(bare)
        ours, theirs = _Side("webhook", whole, _webhook), _Side("bare endpoint", bare, _insert)
        uvloop.run(_introduce(ours))
        for side in (theirs, ours):
            uvloop.run(_round(side, 0.5))
            side.rates.clear()
            side.latencies.clear()
        for _ in range(rounds):
            for side in (theirs, ours):
                python, postgres = seconds_of(side.server.pid), home.cpu()
                uvloop.run(_round(side, seconds))
                side.python += seconds_of(side.server.pid) - python
                side.postgres += home.cpu() - postgres
    print(f"{'':16}{'requests/s':>11}{'p50 ms':>9}{'p99 ms':>9}{'CPU ms python':>15}{'postgres':>10}")
    ratio = median([mine / other for mine, other in zip(ours.rates, theirs.rates, strict=True)])
    figure = Figure("webhook beside the bare endpoint", ratio, "of its requests/s", _TARGET)
    return [*_told(theirs), *_told(ours), figure]


def _told(side: _Side) -> list[Figure]:
    rate, p50, p99 = median(side.rates), quantile(side.latencies, 0.5) * 1000, quantile(side.latencies, 0.99) * 1000
    asked = max(1, len(side.latencies))
    python, postgres = side.python / asked * 1000, side.postgres / asked * 1000
    print(f"{side.name:16}{rate:11.0f}{p50:9.1f}{p99:9.1f}{python:15.2f}{postgres:10.2f}", flush=True)
    return [
        Figure(f"{side.name}: requests/s", rate, "requests/s"),
        Figure(f"{side.name}: p99", p99, "ms"),
        Figure(f"{side.name}: CPU of python", python, "ms a request"),
        Figure(f"{side.name}: CPU of Postgres", postgres, "ms a request"),
    ]


async def _introduce(side: _Side) -> None:
    """Everybody's first message, which makes them known."""
    talk = _Talk(side)
    async with asyncio.timeout(60):
        await talk.open()
        for _ in range(_PEOPLE):
            await talk.ask()
    talk.close()


async def _round(side: _Side, seconds: float) -> None:
    """As many requests as it answers, over connections that stay open."""
    talks = [_Talk(side) for _ in range(_CONNECTIONS)]
    await asyncio.gather(*(talk.open() for talk in talks))
    before, began = len(side.latencies), time.monotonic()
    async with asyncio.timeout(seconds + 30):
        await asyncio.gather(*(talk.go_on(began + seconds) for talk in talks))
    side.rates.append((len(side.latencies) - before) / (time.monotonic() - began))
    for talk in talks:
        talk.close()


class _Talk:
    """One kept-alive connection. As little HTTP as will do: the client must not be what is measured."""

    def __init__(self, side: _Side) -> None:
        self._side = side

    async def open(self) -> None:
        self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self._side.server.port)

    def close(self) -> None:
        self._writer.close()

    async def go_on(self, until: float) -> None:
        while time.monotonic() < until:
            await self.ask()

    async def ask(self) -> None:
        request = self._side.request(next(self._side.numbers))
        began = time.monotonic()
        self._writer.write(request)
        head = await self._reader.readuntil(b"\r\n\r\n")
        if not head.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(f"{self._side.name} answered {head[:40].decode(errors='replace')}")
        length = next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
        await self._reader.readexactly(int(length.partition(b":")[2]))
        self._side.latencies.append(time.monotonic() - began)


def _webhook(number: int) -> bytes:
    body = _payload(number)
    signature = hmac.new(_SECRET.encode(), body, hashlib.sha256).hexdigest()
    return _post("/webhooks/whatsapp", body, f"X-Hub-Signature-256: sha256={signature}\r\n")


def _insert(number: int) -> bytes:
    return _post("/arrived", _payload(number), "")


def _post(path: str, body: bytes, headers: str) -> bytes:
    head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
    return f"{head}Content-Length: {len(body)}\r\n{headers}\r\n".encode() + body


def _payload(number: int) -> bytes:
    """One text message, in the Cloud API's own shape."""
    phone = f"55118{number % _PEOPLE:08}"
    message = {
        "from": phone,
        "id": f"wamid.bench.{number}",
        "timestamp": "1773147600",
        "type": "text",
        "text": {"body": "quero marcar um corte feminino amanhã às 15h"},
    }
    value = {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "551130000001", "phone_number_id": _ACCOUNT},
        "contacts": [{"profile": {"name": "Mariana"}, "wa_id": phone}],
        "messages": [message],
    }
    entry = {"id": "102290129340398", "changes": [{"field": "messages", "value": value}]}
    return json.dumps({"object": "whatsapp_business_account", "entry": [entry]}).encode()


@contextmanager
def _bare(home: Home) -> Iterator[Server]:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "bench.bare", home.bare_url, str(port)], cwd=ROOT, env={**os.environ}
    )
    try:
        yield Server(process.pid, port)
    finally:
        process.terminate()
        process.wait(15)
