"""The times of a message: which are wanted, which name a certain start, which differ."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from domain.commands import Command, Fill
from understanding.local.facts.fact import Fact

EXACT_GRAINS = ("day", "hour", "minute")


def wished(fact: Fact) -> bool:
    """Whether it is a time that is wanted."""
    return fact.kind == "time" and not fact.negated and fact.role not in ("old", "except")


def is_of(value: dict[str, Any], start: datetime) -> bool:
    """Whether a time names the day or the hour of that start, and nothing else."""
    told = datetime.fromisoformat(value["start"]) if value["start"] else None
    if told is None or value["grain"] not in EXACT_GRAINS:
        return False
    return (not value["has_date"] or told.date() == start.date()) and (
        not value["has_time"] or told.time() == start.time() or value["kind"] == "interval"
    )


def tells_day_and_hour(command: Command) -> bool:
    """Whether a time is told, to its day and its hour."""
    if not isinstance(command, Fill) or command.slot != "time" or not isinstance(command.value, list):
        return False
    return bool(command.value) and all(time["has_date"] and time["has_time"] for time in command.value)


def other(one: dict[str, Any], two: dict[str, Any]) -> bool:
    """Whether both name a day, or both an hour, and not the same."""
    if not one["start"] or not two["start"]:
        return False
    days, hours = one["has_date"] and two["has_date"], one["has_time"] and two["has_time"]
    return bool(
        (days and one["start"][:10] != two["start"][:10]) or (hours and not days and one["start"] != two["start"])
    )


def exactly(start: str) -> dict[str, Any]:
    """That very start, as a time said."""
    begins = datetime.fromisoformat(start)
    return {
        "kind": "moment",
        "start": begins.isoformat(),
        "end": (begins + timedelta(minutes=1)).isoformat(),
        "grain": "minute",
        "has_date": True,
        "has_time": True,
        "ambiguous": False,
        "why": None,
        "text": "",
    }
