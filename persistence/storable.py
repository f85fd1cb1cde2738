"""What came from outside, as plain data that Postgres can keep."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from domain.messages import Inbound


def content(message: Inbound) -> dict[str, Any]:
    """The event's content, as `domain.ports.Event` describes it."""
    content: dict[str, Any] = {"kind": message.content.kind, "text": message.content.text}
    if message.content.choice is not None:
        content["choice"] = message.content.choice
    if message.content.detail:
        content["detail"] = message.content.detail
    if message.quoted:
        content["quoted"] = message.quoted
    plain: dict[str, Any] = storable(content)
    return plain


def storable(value: Any) -> Any:
    """The same value in plain data that Postgres can keep: without null characters and halves of characters."""
    if isinstance(value, str):
        return value.replace("\x00", "").encode("utf-8", "replace").decode()
    if isinstance(value, Mapping):
        return {storable(key): storable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [storable(item) for item in value]
    return value.isoformat() if isinstance(value, datetime) else value
