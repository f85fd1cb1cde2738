"""The front door: what every request passes whatever it asks for (name it, bound it, log it, never fail unanswered)."""

from __future__ import annotations

import time
import uuid
from collections.abc import MutableMapping
from typing import Any

import structlog
from fastapi import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api import problems

log = structlog.get_logger("http")

MAX_BODY_BYTES = 3 * 1024 * 1024  # the most a provider sends: Meta's own limit
# A longer body is read on and thrown away up to here: closing a socket with bytes unread resets the connection, and the
# caller never sees the answer (https://www.rfc-editor.org/rfc/rfc9112#section-9.6).
_THROWN_AWAY_BYTES = 16 * 1024 * 1024

SECURITY_HEADERS = {
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; "
    "form-action 'self'; object-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
}
_RAW_HEADERS = tuple((name.lower().encode(), value.encode()) for name, value in SECURITY_HEADERS.items())

# Asked all the time by machines: logged only when something is wrong. The metrics count webhooks.
_ROUTINE = frozenset(
    {"/health", "/health/db", "/health/redis", "/metrics", "/chat/api/messages", "/webhooks/{channel}"}
)


class Front:
    """ASGI middleware: request id, security headers, body limit, one log line, problem documents for the unforeseen."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = uuid.uuid4().hex
        scope.setdefault("state", {})["request_id"] = request_id
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request_id)
        answer = _Answer(send, request_id)
        started = time.perf_counter()
        try:
            if _has_null(scope):
                await problems.response(Request(scope), 422, "No address has a null character.")(
                    scope, receive, answer.send
                )
            else:
                await self._app(scope, _bounded(scope, receive), answer.send)
        except Exception as error:
            log.error("request failed", error=type(error).__name__, exc_info=error)
            if answer.status:  # too late to say anything else: the server closes the connection
                raise
            detail = "This is our fault. It is logged under the request_id."
            await problems.response(Request(scope), 500, detail)(scope, receive, answer.send)
        finally:
            _log(scope, answer.status, time.perf_counter() - started)


class _Answer:
    """Notes the status on its way out and adds the headers every response carries."""

    def __init__(self, send: Send, request_id: str) -> None:
        self._send, self._request_id = send, request_id
        self.status = 0

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            own = message.get("headers", ())
            named = {name for name, _ in own}
            added = (header for header in _RAW_HEADERS if header[0] not in named)
            message["headers"] = [*own, (b"x-request-id", self._request_id.encode()), *added]
        await self._send(message)


def _bounded(scope: Scope, receive: Receive) -> Receive:
    """Keeps no byte beyond the limit; a request that says it is far longer is refused before its first byte."""
    announced = next((value for name, value in scope["headers"] if name == b"content-length"), b"0")
    read = 0

    async def bounded() -> MutableMapping[str, Any]:
        nonlocal read
        if announced.isdigit() and int(announced) > _THROWN_AWAY_BYTES:
            raise _too_long()
        message = await receive()
        read += len(message.get("body", b""))
        if read <= MAX_BODY_BYTES:
            return message
        while message.get("more_body") and read < _THROWN_AWAY_BYTES:
            message = await receive()
            read += len(message.get("body", b""))
        raise _too_long()

    return bounded


def _too_long() -> HTTPException:
    return HTTPException(413, f"A body may have {MAX_BODY_BYTES} bytes.", {"Connection": "close"})


def _has_null(scope: Scope) -> bool:
    return "\x00" in scope["path"] or b"%00" in scope["query_string"]  # Postgres keeps no text with one


def _log(scope: Scope, status: int, seconds: float) -> None:
    route = getattr(scope.get("route"), "path", "(none)")  # the pattern: a path or a query may hold what no log may
    level = log.debug if route in _ROUTINE and status < 400 else log.info
    level("request", method=scope["method"], route=route, status=status, ms=round(seconds * 1000, 1))
