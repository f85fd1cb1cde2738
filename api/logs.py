"""Structured logs: JSON when a machine reads them, colours when a person does; never a phone, a token or a message."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Mapping, MutableMapping
from typing import Any, TextIO

import structlog

from engine.trace import where

# Chatty libraries that would put addresses, and so phones and tokens, into the log.
_QUIET = ("httpx", "httpcore", "openai", "uvicorn.access", "alembic", "asyncio", "psycopg.pool")

_SECRET_KEYS = frozenset(
    {"text", "texts", "body", "content", "message", "token", "password", "authorization", "secret"}
)

_FRAMES = 8  # of an exception nobody foresaw

# A phone as people and providers write it, standing free: not inside a word, a UUID or an ISO time.
_PHONE = re.compile(r"(?<![\w.-])\+?\d(?:[ ()-]{0,2}\d){7,14}(?![\w-])")
_ISO_TIME = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}")
_WAMID = re.compile(r"\bwamid\.[\w+/=-]+")  # WhatsApp's message ids carry the phone in base64
_BEARER = re.compile(r"(?i)\b(bearer|basic)\s+[\w.~+/=-]+")


def configure(level: str, stream: TextIO | None = None) -> None:
    """Sends structlog and the standard library's loggers to one stream (stderr): JSON unless it is a terminal.

    Tracebacks are shown at DEBUG only: what an exception says may be what a customer wrote.
    """
    stream = stream or sys.stderr
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info if level == "DEBUG" else _placed,
        mask,
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,  # first: a line nobody reads costs nothing
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    last = structlog.processors.JSONRenderer() if not stream.isatty() else structlog.dev.ConsoleRenderer()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared, processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, last]
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    for name in _QUIET:
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.getLevelName(level)))


def _placed(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """An exception, ours or a library's, told by its kind and its place."""
    raised = event.pop("exc_info", None)
    error = raised[1] if isinstance(raised, tuple) else sys.exc_info()[1] if raised is True else raised
    if isinstance(error, BaseException):
        event.setdefault("error", type(error).__name__)
        event["where"] = where(error, _FRAMES)
    return event


def mask(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """The last look at every line before it is written."""
    for key, value in event.items():
        event[key] = "(hidden)" if key in _SECRET_KEYS else _masked(value)
    return event


def _masked(value: Any) -> Any:
    match value:
        case str():
            return _masked_text(value)
        case Mapping():
            return {key: "(hidden)" if key in _SECRET_KEYS else _masked(part) for key, part in value.items()}
        case list() | tuple() | set() | frozenset():
            return [_masked(part) for part in value]
        case None | bool() | int() | float():
            return value
        case _:
            return _masked_text(str(value))


def _masked_text(text: str) -> str:
    if _ISO_TIME.match(text):
        return text
    text = _WAMID.sub(lambda found: f"wamid.…{found[0][-6:]}", text)
    text = _BEARER.sub(lambda found: f"{found[1]} (hidden)", text)
    return _PHONE.sub(lambda found: f"…{found[0][-4:]}", text)
