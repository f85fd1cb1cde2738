"""Typed facts inside sentences: flows hand over values, the reply node words them in the customer's language."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from graph.state import Data


def when(instant: str) -> Data:
    """A day and a time: "quarta, 11/03, às 15:00"."""
    return {"$when": instant}


def day(instant: str) -> Data:
    """A day: "quarta, 11/03"."""
    return {"$day": instant}


def clock(instant: str) -> Data:
    """A time of the day: "15:00"."""
    return {"$clock": instant}


def short(instant: str) -> Data:
    """A day and a time that fit on a button: "qua 11/03 15:00"."""
    return {"$short": instant}


def money(amount: str | None) -> Data:
    """An amount in the business's currency: "R$ 90,00"; None says that the price comes after an evaluation."""
    return {"$money": amount}


def phrase(key: str, **facts: Any) -> Data:
    """Another template inside this one."""
    return {"$phrase": key, "with": facts}


def lines(items: Sequence[Any]) -> Data:
    """One item a line."""
    return {"$lines": list(items)}


def listed(items: Sequence[Any], last: str = "and") -> Data:
    """Items in one sentence: "a, b e c" (`last` "or": "a, b ou c")."""
    return {"$listed": list(items), "last": last}
