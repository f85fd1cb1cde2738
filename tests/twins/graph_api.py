"""A loopback twin of Meta's Graph API: takes messages as strictly as Meta, fails as told, posts statuses back.

async with GraphApi() as twin:
    twin.script(Refuse(131047), Hang())     # what the next messages meet; afterwards everything is accepted
    ... WhatsApp(Config(..., graph_api_url=twin.url), clock) ...
    twin.sent                               # the bodies of the messages taken, in order
"""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any

import httpx

from tests.twins import graph_limits, meta_webhooks


@dataclass(frozen=True)
class Refuse:
    """Answers with a Graph API error. `code` None: an error page that is no JSON."""

    code: int | None = None
    status: int = 400
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Hang:
    """Never answers. `taken`: the message was accepted all the same."""

    taken: bool = True


@dataclass(frozen=True)
class Drop:
    """Closes the connection without an answer. `taken`: after accepting the message."""

    taken: bool = True


@dataclass(frozen=True)
class Garble:
    """Accepts the message and answers 200 with something that is not the API's answer."""

    body: bytes = b"<html>"


Behaviour = Refuse | Hang | Drop | Garble


@dataclass(frozen=True)
class Request:
    """One request as it came."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: dict[str, Any]


class GraphApi:
    """The twin. `requests` is everything that came, `sent` the messages taken, `marked_read` the ids marked as read.

    `dropped` are messages to a user id put in `to`: Meta answers 200 and forgets them.
    """

    def __init__(self, token: str | None = None) -> None:
        """`token`: the only access token that is accepted; None accepts any."""
        self.requests: list[Request] = []
        self.sent: list[dict[str, Any]] = []
        self.ids: list[str] = []
        self.dropped: list[dict[str, Any]] = []
        self.marked_read: list[str] = []
        self.url = ""
        self._token = token
        self._script: deque[Behaviour] = deque()
        self._server: asyncio.Server | None = None
        self._connections: set[asyncio.Task[None]] = set()
        self._changed = asyncio.Condition()

    async def __aenter__(self) -> GraphApi:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
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
        """What the next messages meet, one each."""
        self._script.extend(behaviours)

    def texts(self, customer: str | None = None) -> list[str]:
        """What was said, in order: to everybody, or to one phone number or user id."""
        return [
            body["text"]["body"] if body["type"] == "text" else body["interactive"]["body"]["text"]
            for body in self.sent
            if customer is None or customer in (body.get("to"), body.get("recipient"))
        ]

    async def wait_for(self, messages: int, seconds: float = 10.0) -> Sequence[dict[str, Any]]:
        """Waits until that many messages were taken in all. Raises TimeoutError."""
        async with asyncio.timeout(seconds), self._changed:
            await self._changed.wait_for(lambda: len(self.sent) >= messages)
        return self.sent

    async def post_status(self, webhook_url: str, secret: str, index: int, word: str) -> httpx.Response:
        """Posts a signed status of `sent[index]` to the webhook, as Meta does."""
        body, path = self.sent[index], self._path_of(self.sent[index])
        customer = body.get("to") or body["recipient"]
        entry = meta_webhooks.status(self.ids[index], word, customer, body.get("biz_opaque_callback_data"))
        content, headers = meta_webhooks.signed(meta_webhooks.envelope(path, statuses=[entry]), secret)
        async with httpx.AsyncClient(trust_env=False) as client:
            return await client.post(webhook_url, content=content, headers=headers)

    def _path_of(self, body: Mapping[str, Any]) -> str:
        """The phone number id a message was posted to."""
        return next(request.path.split("/")[-2] for request in self.requests if request.body is body)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._connections.add(task)
        try:
            while (request := await _read(reader)) is not None:
                answer = await self._answer(request)
                if answer is None:
                    break
                writer.write(answer)
                await writer.drain()
        except (asyncio.CancelledError, ConnectionError):
            pass  # the twin closes, or the caller gave up waiting
        finally:
            writer.close()
            self._connections.discard(task)

    async def _answer(self, request: Request) -> bytes | None:
        """The response, or None to close the connection."""
        self.requests.append(request)
        if error := self._objection(request):
            return error
        if request.body.get("status") == "read":
            self.marked_read.append(request.body["message_id"])
            return _response(200, {"success": True})
        match self._script.popleft() if self._script else None:
            case Refuse(code, status, headers):
                return _response(status, None if code is None else _error(code, "Scripted"), headers)
            case Hang(taken) | Drop(taken) as behaviour:
                if taken:
                    await self._take(request.body)
                if isinstance(behaviour, Hang):
                    await asyncio.Event().wait()
                return None
            case Garble(body):
                await self._take(request.body)
                return _raw(200, body, {})
            case None:
                return _response(200, await self._take(request.body))

    def _objection(self, request: Request) -> bytes | None:
        given = request.headers.get("authorization", "").removeprefix("Bearer ")
        if not given or (self._token is not None and given != self._token):
            return _response(401, _error(190, "Invalid OAuth access token"))
        if request.method != "POST" or not request.path.endswith("/messages") or request.path.count("/") != 3:
            return _response(404, _error(100, "Unsupported request"))
        try:
            graph_limits.check(request.body)
        except graph_limits.Violation as violation:
            return _response(400, _error(100, "Invalid parameter", str(violation)))
        return None

    async def _take(self, body: dict[str, Any]) -> dict[str, Any]:
        identity = meta_webhooks.new_id()
        to = body.get("to", body.get("recipient"))
        if "to" in body and not body["to"].isdigit():
            self.dropped.append(body)
        else:
            async with self._changed:
                self.sent.append(body)
                self.ids.append(identity)
                self._changed.notify_all()
        return {
            "messaging_product": "whatsapp",
            "contacts": [{"input": to, "wa_id": to}],
            "messages": [{"id": identity, "message_status": "accepted"}],
        }


async def _read(reader: asyncio.StreamReader) -> Request | None:
    """The next request of the connection; None at its end."""
    try:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    except asyncio.IncompleteReadError:
        return None
    first, *lines = head.strip().split("\r\n")
    method, path, _ = first.split(" ", 2)
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    content = await reader.readexactly(int(headers.get("content-length", "0")))
    try:
        body = json.loads(content or b"{}")
    except ValueError:
        body = None
    return Request(method, path, headers, body if isinstance(body, dict) else {})


def _error(code: int, message: str, details: str = "") -> dict[str, Any]:
    error = {"message": f"(#{code}) {message}", "type": "OAuthException", "code": code, "fbtrace_id": "TWIN"}
    return {"error": {**error, "error_data": {"messaging_product": "whatsapp", "details": details}}}


def _response(status: int, payload: object, headers: Mapping[str, str] | None = None) -> bytes:
    return _raw(status, b"<html>Sorry</html>" if payload is None else json.dumps(payload).encode(), headers or {})


def _raw(status: int, body: bytes, headers: Mapping[str, str]) -> bytes:
    lines = [f"HTTP/1.1 {status} Twin", "content-type: application/json", f"content-length: {len(body)}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode() + body
