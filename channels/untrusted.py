"""Taking apart JSON that a stranger wrote: each reader returns the promised type, whatever it is given.

What comes out can be stored: no NUL and no lone surrogate (Postgres takes neither), no NaN, nothing unbounded.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from domain.errors import PayloadInvalid

TEXT_LIMIT = 16_000
IDENTIFIER_LIMIT = 256
_NAME_LIMIT = 64
_DEPTH_LIMIT = 6
_WIDTH_LIMIT = 200
_INTEGER_LIMIT = 2**63
_FUTURE = timedelta(minutes=10)  # clocks differ
_PAST = timedelta(days=8)  # providers redeliver for seven days


def json_object(body: bytes, limit: int) -> Mapping[str, Any]:
    """The JSON object in `body`. Raises PayloadInvalid for more than `limit` bytes and for anything else."""
    if len(body) > limit:
        raise PayloadInvalid(f"the body is longer than {limit} bytes")
    try:
        value = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise PayloadInvalid(f"the body is not JSON ({type(error).__name__})") from error
    if not isinstance(value, dict):
        raise PayloadInvalid("the body is not a JSON object")
    return value


def mapping(value: object) -> Mapping[str, Any]:
    """The object, or an empty one."""
    return value if isinstance(value, dict) else {}


def sequence(value: object) -> Sequence[Any]:
    """The array, or an empty one."""
    return value if isinstance(value, list) else []


def text(value: object, limit: int = TEXT_LIMIT) -> str:
    """The string or whole number as storable text, cut at `limit` characters; anything else is empty."""
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < _INTEGER_LIMIT:
        return str(value)
    if not isinstance(value, str):
        return ""
    return value[: limit * 2].replace("\x00", "").encode("utf-8", "ignore").decode()[:limit]


def identifier(value: object, limit: int = IDENTIFIER_LIMIT) -> str:
    """A provider's id. One that is too long to be indexed is empty, never cut: two cut ids could become one."""
    found = text(value, limit + 1).strip()
    return found if len(found) <= limit else ""


def plain(value: object, depth: int = _DEPTH_LIMIT) -> Any:
    """A copy fit for a jsonb column, cut at a fixed depth and width."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, dict):
        pairs = list(value.items())[:_WIDTH_LIMIT] if depth else []
        return {text(key, _NAME_LIMIT): plain(item, depth - 1) for key, item in pairs}
    if isinstance(value, list):
        return [plain(item, depth - 1) for item in value[:_WIDTH_LIMIT]] if depth else []
    if isinstance(value, int):
        return value if abs(value) < _INTEGER_LIMIT else None
    return number(value) if isinstance(value, float) else text(value)


def number(value: object) -> float | None:
    """A finite number, also when written as a string."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        found = float(value)
    except (ValueError, OverflowError):
        return None
    return found if math.isfinite(found) else None


def instant(value: object, now: datetime) -> datetime:
    """Unix seconds as an aware time; `now` for what cannot be the time of a message arriving at `now`."""
    seconds = number(value)
    if seconds is None or not (now - _PAST).timestamp() <= seconds <= (now + _FUTURE).timestamp():
        return now
    return datetime.fromtimestamp(seconds, UTC)
